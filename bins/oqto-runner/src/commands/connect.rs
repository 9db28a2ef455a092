//! `oqto-runner connect`.

use oqto_kit::{Ctx, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};

use super::daemon::reach;

/// Join stdin and stdout to the daemon, starting it if it is not there
///
/// This is what runs at the other end of `ssh host oqto-runner connect`: bytes pass through untouched.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    ctx.block_on(async {
        let stream = reach(ctx).await?;
        let (from_daemon, to_daemon) = stream.into_split();
        let up = pass(tokio::io::stdin(), to_daemon);
        let down = pass(from_daemon, tokio::io::stdout());
        // The daemon ends a connection after its peer has; what it still says is passed on.
        let ended = tokio::select! {
            down = down => down,
            up = up => up,
        };
        ended.or_fail(ErrorKind::Unreachable, || "the connection to the runner was lost")
    })?;
    Ok(Exit::DONE)
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
