//! `oqto-runner connect`.

use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};

use super::daemon::reach;

/// Join stdin and stdout to the daemon, starting it if it is not there
///
/// This is what runs at the other end of `ssh host oqto-runner connect`: bytes pass through untouched. After the end of
/// input the daemon answers what it was asked, then the connection ends.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    ctx.block_on(async {
        let stream = reach(ctx).await?;
        let (from_daemon, to_daemon) = stream.into_split();
        let up = pass(tokio::io::stdin(), to_daemon);
        let down = pass(from_daemon, tokio::io::stdout());
        tokio::pin!(up, down);
        tokio::select! {
            down = &mut down => told(down).and_then(|()| Err(lost())),
            // The daemon ends a connection after its peer has; what it still says is passed on.
            _over = &mut up => told(down.await),
        }
    })?;
    Ok(Exit::DONE)
}

/// How what the daemon says ended. Nobody reading it any more is the reader's choice.
fn told(down: std::io::Result<()>) -> Result<()> {
    match down {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        down => down.or_fail(ErrorKind::Unreachable, || "the connection to the runner was lost"),
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::Unreachable, "the runner has closed the connection").hint("oqtoctl doctor")
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) -> std::io::Result<()> {
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let count = tokio::io::AsyncReadExt::read(&mut from, &mut buffer).await?;
        if count == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..count]).await?;
        to.flush().await?;
    }
}
