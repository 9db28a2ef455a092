//! Both ends of a connection, over memory: hello, requests, replies, events, and everything that can go wrong.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its support code too")]

use bytes::Bytes;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::Hello;
use oqto_wire::greeting::{GreetingError, hello, read_hello, say_hello};
use oqto_wire::pipes::{MemoryLines, memory};
use oqto_wire::{CallError, HelloRule, Limits, LineSink as _, LineSource as _, Received, accept, peer};
use std::io;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);

/// Serves one end: `silent` is never answered, `refuse` fails, `leave` ends the connection, the rest is echoed.
async fn serve(end: MemoryLines) -> io::Result<()> {
    let ours = hello("server/1", &["agent"]);
    let accepted = accept(end.0, end.1, ours, HelloRule::Required, Limits::default()).await;
    let accepted = accepted.map_err(io::Error::other)?;
    let (mut incoming, outgoing) = (accepted.incoming, accepted.outgoing);
    let answering = async move {
        while let Some(request) = incoming.next().await? {
            let result = match request.cmd() {
                "silent" => continue,
                "leave" => return Ok(()),
                "refuse" => Err(WireError::not_found("thing", "x")),
                cmd => Ok(RawJson::of(cmd)?),
            };
            let event = Bytes::from_static(br#"{"event":"before"}"#);
            outgoing.send(event).await.map_err(io::Error::other)?;
            let reply = request.reply(result)?;
            outgoing.send(reply).await.map_err(io::Error::other)?;
        }
        Ok::<(), io::Error>(())
    };
    let (answered, written) = tokio::join!(answering, accepted.writer.run());
    answered.and(written)
}

fn request(cmd: &str) -> Frame {
    peer::request(Channel::Agent, cmd, &()).unwrap()
}

async fn read_json(end: &mut MemoryLines) -> serde_json::Value {
    match end.0.next_line().await.unwrap() {
        Some(Received::Line(line)) => serde_json::from_slice(&line).unwrap(),
        other => panic!("no line but {other:?}"),
    }
}

async fn write(end: &mut MemoryLines, text: &'static [u8]) {
    end.1.feed(Bytes::from_static(text)).await.unwrap();
    end.1.flush().await.unwrap();
}

#[tokio::test]
async fn requests_find_their_replies_and_events_their_reader() {
    let (near, far) = memory(1024);
    let serving = tokio::spawn(serve(far));
    let opened = peer::open(near.0, near.1, hello("client/1", &[])).await;
    let (peer, mut events, driver) = opened.unwrap();
    let driving = tokio::spawn(driver.run());
    assert_eq!(peer.hello().software, "server/1");
    let names = ["a", "b", "c"];
    let [a, b, c] = names.map(request);
    let (a, b, c) = tokio::join!(peer.call(a, SOON), peer.call(b, SOON), peer.call(c, SOON));
    for (name, reply) in names.iter().zip([a, b, c]) {
        assert_eq!(reply.unwrap().decode::<String>().unwrap(), *name);
    }
    let refused = peer.call(request("refuse"), SOON).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    for _ in 0..4 {
        let event = events.next().await.unwrap();
        assert_eq!(event.frame.event.as_deref(), Some("before"));
    }
    drop(peer);
    driving.await.unwrap().unwrap();
    serving.await.unwrap().unwrap();
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn no_reply_is_a_deadline_and_a_lost_connection_is_said_at_once() {
    let (near, far) = memory(1024);
    let serving = tokio::spawn(serve(far));
    let opened = peer::open(near.0, near.1, hello("client/1", &[])).await;
    let (peer, events, driver) = opened.unwrap();
    drop(events);
    tokio::spawn(driver.run());
    let slow = peer.call(request("silent"), SOON).await.unwrap_err();
    assert!(matches!(slow, CallError::TimedOut(after) if after == SOON));
    let waiting = peer.call(request("silent"), SOON * 1000);
    let leaving = peer.call(request("leave"), SOON * 1000);
    let (waiting, leaving) = tokio::join!(waiting, leaving);
    assert!(matches!(waiting, Err(CallError::Lost)));
    assert!(matches!(leaving, Err(CallError::Lost)));
    assert!(peer.is_closed());
    let late = peer.call(request("late"), SOON).await;
    assert!(matches!(late, Err(CallError::Lost)));
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_is_no_request_is_answered_and_the_next_one_served() {
    let (mut near, far) = memory(64 * 1024);
    tokio::spawn(serve(far));
    let ours = hello("client/1", &[]);
    say_hello(&mut near.1, ours).await.unwrap();
    read_hello(&mut near.0).await.unwrap();
    for (line, id) in [
        (b"garbage".as_slice(), None),
        (b"\xff\xff", None),
        (br#"{"id":"7"}"#, Some("7")),
        (br#"{"id":"8","cmd":1}"#, None),
    ] {
        write(&mut near, line).await;
        let answer = read_json(&mut near).await;
        let error = match id {
            Some(_) => &answer["error"],
            None => &answer["data"]["error"],
        };
        assert_eq!(error["code"], "malformed_frame", "{answer}");
        assert_eq!(answer["id"].as_str(), id);
    }
    let ping = br#"{"channel":"system","id":"p","cmd":"ping"}"#;
    write(&mut near, ping).await;
    assert!(read_json(&mut near).await["ok"]["ts"].is_u64());
    write(&mut near, br#"{"id":"9","cmd":"x"}"#).await;
    assert_eq!(read_json(&mut near).await["event"], "before");
    assert_eq!(read_json(&mut near).await["id"], "9");
}

#[tokio::test]
async fn a_script_may_skip_the_hello_where_that_is_allowed() {
    for (rule, served) in [(HelloRule::Optional, true), (HelloRule::Required, false)] {
        let (mut near, far) = memory(64 * 1024);
        write(&mut near, br#"{"id":"1","cmd":"first"}"#).await;
        let ours = hello("server/1", &[]);
        match accept(far.0, far.1, ours, rule, Limits::default()).await {
            Ok(mut accepted) => {
                assert!(served && accepted.hello.is_none());
                let first = accepted.incoming.next().await.unwrap().unwrap();
                assert_eq!(first.cmd(), "first");
            }
            Err(error) => {
                assert!(!served && matches!(error, GreetingError::Unexpected(_)));
                assert_eq!(read_json(&mut near).await["event"], "hello");
                let told = read_json(&mut near).await;
                assert_eq!(told["data"]["error"]["code"], "malformed_frame");
            }
        }
    }
}

async fn fails_to_open(end: MemoryLines) -> GreetingError {
    let opened = peer::open(end.0, end.1, hello("client/1", &[])).await;
    opened.map(drop).unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_bad_greeting_is_told_apart() {
    let theirs = Hello { protocol: 2, ..hello("future/9", &[]) };
    let (near, mut far) = memory(4096);
    say_hello(&mut far.1, theirs).await.unwrap();
    let said = fails_to_open(near).await.to_string();
    let expected = "the other end (future/9) speaks protocol 2, this one 1";
    assert_eq!(said, expected);

    let (near, far) = memory(4096);
    drop(far);
    let error = fails_to_open(near).await;
    assert!(matches!(error, GreetingError::Io(_) | GreetingError::Silent));

    let (near, _quiet) = memory(4096);
    assert!(matches!(fails_to_open(near).await, GreetingError::TimedOut));
}

#[tokio::test]
async fn events_that_nobody_reads_hold_the_sender_back() {
    let (near, mut far) = memory(1024);
    say_hello(&mut far.1, hello("server/1", &[])).await.unwrap();
    let opened = peer::open(near.0, near.1, hello("client/1", &[])).await;
    let (peer, mut events, driver) = opened.unwrap();
    tokio::spawn(driver.run());
    let event = Bytes::from_static(br#"{"event":"e"}"#);
    let mut sent = 0;
    loop {
        far.1.feed(event.clone()).await.unwrap();
        // The other end runs on this same thread: what it does not take in so many turns it does not take at all.
        let flushed = tokio::time::timeout(Duration::from_millis(100), far.1.flush()).await;
        if flushed.is_err() {
            break;
        }
        sent += 1;
        assert!(sent < 10_000, "nothing holds the sender back");
    }
    for _ in 0..sent {
        events.next().await.unwrap();
    }
    drop(peer);
}
