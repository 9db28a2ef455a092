//! Asking the running server over its admin socket.

use oqto_kit::{Ctx, Error, Result};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::{Channel, Frame};
use oqto_wire::unix::SocketError;
use oqto_wire::{greeting, peer, unix};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long the server may take to answer.
const DEADLINE: Duration = Duration::from_secs(10);

/// Asks one thing of the server that this user runs.
pub(super) fn ask<T: DeserializeOwned>(ctx: &Ctx, cmd: &str) -> Result<T> {
    let socket = ctx.dirs()?.admin_socket();
    ctx.block_on(async {
        let stream = unix::connect(&socket).await.map_err(unreachable)?;
        let (source, sink) = unix::lines(stream);
        let hello = greeting::hello(concat!("oqto/", env!("CARGO_PKG_VERSION")), &[]);
        let (peer, events, driver) = peer::open(source, sink, hello)
            .await
            .map_err(|error| Error::new(error.kind(), "the server does not answer as expected").because(error))?;
        drop(events);
        let frame = Frame { channel: Some(Channel::System), cmd: Some(cmd.to_owned()), ..Frame::default() };
        let ok = tokio::select! {
            reply = peer.call(frame, DEADLINE) => reply.map_err(|error| Error::from(error.to_wire()))?,
            _ = driver.run() => return Err(Error::new(ErrorKind::Unreachable, "the server closed the connection")),
        };
        ok.decode().map_err(|e| Error::new(ErrorKind::Internal, format!("cannot read the answer to {cmd}")).because(e))
    })
}

fn unreachable(error: SocketError) -> Error {
    Error::new(ErrorKind::Unreachable, "no server of yours is running here").because(error).hint("start it: oqto serve")
}
