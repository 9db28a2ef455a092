//! A runner that echoes, and floods with events of the size of a delta.

use bytes::Bytes;
use oqto_protocol::frame::Frame;
use oqto_protocol::raw::RawJson;
use oqto_wire::unix::{Listener, lines};
use oqto_wire::{HelloRule, Limits, accept, greeting};
use std::error::Error;
use std::path::Path;
use tokio::net::UnixStream;

/// Serves in a thread of its own, so that it is measured as another process would be.
pub(crate) fn start(socket: &Path) -> Result<(), Box<dyn Error>> {
    let path = socket.to_path_buf();
    let (ready, is_ready) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        runtime.block_on(async {
            let listener = Listener::bind(&path).ok()?;
            ready.send(()).ok()?;
            while let Ok(stream) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
            Some(())
        })
    });
    Ok(is_ready.recv()?)
}

async fn serve(stream: UnixStream) -> Option<()> {
    let (source, sink) = lines(stream);
    let hello = greeting::hello("bench/1", &[]);
    let accepted = accept(source, sink, hello, HelloRule::Required, Limits::default()).await.ok()?;
    let (mut incoming, outgoing) = (accepted.incoming, accepted.outgoing);
    tokio::spawn(accepted.writer.run());
    let session = "ses_0123456789abcdefghjkmnpqrs";
    let delta = format!(
        r#"{{"channel":"agent","session":"{session}","ts":1763710000001,"event":"stream.text_delta","data":{{"message_id":"msg_0123456789abcdefghjkmnpqrs","part":0,"offset":1234,"delta":"some words "}}}}"#
    );
    let delta = Bytes::from(delta);
    while let Ok(Some(request)) = incoming.next().await {
        if request.cmd() == "flood" {
            let count: u64 = request.frame.params.as_ref().and_then(|params| params.decode().ok()).unwrap_or(0);
            for _ in 0..count {
                outgoing.send(delta.clone()).await.ok()?;
            }
        }
        let reply = Frame::reply(request.frame.channel(), request.frame.id.clone(), RawJson::of(&()).ok()?);
        outgoing.send(Bytes::from(reply.to_line().ok()?)).await.ok()?;
    }
    Some(())
}
