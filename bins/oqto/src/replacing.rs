//! Ending a daemon of this user that is to be replaced.

use std::path::Path;
use std::time::{Duration, Instant};

use oqto_wire::unix;

/// How long one may take to end.
const DEADLINE: Duration = Duration::from_secs(10);

/// Asks a daemon to end and waits until its socket is free. One that does not is taken over by its successor.
pub(crate) async fn end(pid: i32, socket: &Path) {
    let Some(stat) = oqto_process::procfs::stat(pid) else { return };
    let Some(handle) = oqto_process::tree::Handle::open(&stat) else { return };
    if let Err(error) = handle.signal(rustix::process::Signal::TERM) {
        tracing::warn!(pid, %error, "a daemon cannot be told to end");
        return;
    }
    let deadline = Instant::now() + DEADLINE;
    while unix::connect(socket).await.is_ok() && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
