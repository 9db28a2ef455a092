//! The attach protocol's bytes.

use oqto_process::Exit;
use oqto_process::frames::{
    Call, CallFailure, FRAME_HEADER, FailureCode, FrameError, MAX_REPLY, MAX_REQUEST, Phase, Refusal, Reply, Request,
    SentAt, Stall, Status, parse_header,
};
use proptest::prelude::*;

fn split(frame: &[u8], limit: usize) -> (u8, Vec<u8>) {
    let (header, body) = frame.split_first_chunk::<FRAME_HEADER>().expect("a header");
    let (length, kind) = parse_header(*header, limit).expect("a length");
    assert_eq!(length, body.len());
    (kind, body.to_vec())
}

fn requests() -> Vec<Request> {
    let calls = [
        Call::Send { send_id: "id".into(), bytes: b"bytes".to_vec() },
        Call::Send { send_id: "é".into(), bytes: Vec::new() },
        Call::CloseStdin,
        Call::Signal { signal: 15 },
        Call::KillTree,
        Call::Resize { rows: 1, cols: 65535 },
        Call::Trim { below: u64::MAX },
        Call::Status,
        Call::Release,
    ];
    let mut all = vec![Request::Attach { version: 1, epoch: 2, from: 3, credit: 4 }, Request::Credit { bytes: 5 }];
    all.extend(calls.into_iter().zip(9..).map(|(call, id)| Request::Call { id, call }));
    all
}

fn replies() -> Vec<Reply> {
    let failure = CallFailure { code: FailureCode::Busy, message: "later".into() };
    vec![
        Reply::Attached { version: 1, first: 2, next: 3 },
        Reply::Refused { refusal: Refusal::Epoch { current: 9 } },
        Reply::Chunk(b"journal".to_vec()),
        Reply::Fenced { epoch: 10 },
        Reply::Done { id: 11, body: b"null".to_vec() },
        Reply::Failed { id: 12, failure },
        Reply::Stalled(Some(Stall::Limit)),
        Reply::Stalled(Some(Stall::Disk { message: "full".into() })),
        Reply::Stalled(None),
        Reply::Released,
    ]
}

#[test]
fn what_is_said_is_understood() {
    for request in requests() {
        let (kind, body) = split(&request.encode(), MAX_REQUEST);
        assert_eq!(Request::decode(kind, body.clone()), Ok(request));
    }
    for reply in replies() {
        let (kind, body) = split(&reply.encode(), MAX_REPLY);
        assert_eq!(Reply::decode(kind, body), Ok(reply));
    }
}

#[test]
fn half_a_request_is_refused() {
    for request in requests() {
        let (kind, body) = split(&request.encode(), MAX_REQUEST);
        for cut in 0..body.len() {
            let is_shorter_send = matches!(&request, Request::Call { call: Call::Send { .. }, .. });
            match Request::decode(kind, body[..cut].to_vec()) {
                Err(error) => assert_eq!(error, FrameError::Shape(kind)),
                // The bytes of a send may be any; how many there are is said by the frame's length.
                Ok(other) => assert!(is_shorter_send && other != request),
            }
        }
    }
}

#[test]
fn the_words_that_outlive_a_build_are_pinned() {
    // An older holder and a newer runner (and the reverse) meet in these bytes.
    let attach = Request::Attach { version: 1, epoch: 2, from: 3, credit: 4 }.encode();
    assert_eq!(attach, [22, 0, 0, 0, 1, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0]);
    let later = [attach[5..].to_vec(), b"more".to_vec()].concat();
    assert!(Request::decode(1, later).is_ok(), "a newer client may say more when it attaches");
    let send = Request::Call { id: 1, call: Call::Send { send_id: "a".into(), bytes: b"b".to_vec() } }.encode();
    assert_eq!(send, [8, 0, 0, 0, 3, 1, 0, 0, 0, 1, 0, b'a', b'b']);
    assert_eq!(
        serde_json::to_string(&SentAt { index: 1, already: true }).expect("json"),
        r#"{"index":1,"already":true}"#
    );
    let status = Status {
        phase: Phase::Ending,
        exit: Some(Exit::Signal(9)),
        first: 0,
        next: 7,
        journal_bytes: 100,
        journal_limit: 200,
        stall: Some(Stall::Limit),
        stdin_waiting: 0,
        epoch: 3,
        cgroup: false,
        others: Vec::new(),
    };
    assert_eq!(
        serde_json::to_string(&status).expect("json"),
        r#"{"phase":"ending","exit":{"signal":9},"first":0,"next":7,"journal_bytes":100,"journal_limit":200,"stall":"limit","stdin_waiting":0,"epoch":3,"cgroup":false,"others":[]}"#
    );
}

proptest! {
    #[test]
    fn any_bytes_are_a_frame_or_an_error(kind in any::<u8>(), body in prop::collection::vec(any::<u8>(), 0..300), header in any::<[u8; 5]>()) {
        let _ = Request::decode(kind, body.clone());
        let _ = Reply::decode(kind, body);
        if let Ok((length, _)) = parse_header(header, MAX_REQUEST) {
            prop_assert!(length <= MAX_REQUEST);
        }
    }
}
