//! Signals and drain: the first SIGINT or SIGTERM asks every task to end, the second ends the process, and so does a
//! deadline.

use crate::error::{Error, OrFail as _, Result};
use crate::printer::Printer;
use crate::tasks::Tasks;
use oqto_protocol::error::ErrorKind;
use std::future::Future;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Runs a service until it ends by itself or a signal asks for it, then drains its tasks within `grace`.
///
/// # Errors
/// The service's own error; `timed_out` when tasks did not end in time; `cancelled` on a second signal.
pub(crate) async fn until_drained<F>(printer: &Printer, grace: Duration, service: impl FnOnce(Tasks) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    let mut signals = Signals::listen()?;
    let tasks = Tasks::new();
    let mut service = std::pin::pin!(service(tasks.clone()));
    let ended = tokio::select! {
        ended = &mut service => Some(ended),
        () = signals.next() => None,
    };
    if ended.is_none() {
        printer.note("stopping (a second signal ends at once)");
        tasks.token().cancel();
    }
    let drained = async {
        let ended = match ended {
            Some(ended) => ended,
            None => tokio::time::timeout(grace, &mut service).await.unwrap_or_else(|_| Err(too_slow(&tasks.names()))),
        };
        let left = tasks.drain(grace).await.map_err(|names| too_slow(&names));
        ended.and(left)
    };
    tokio::select! {
        result = drained => result,
        () = signals.next() => Err(Error::new(ErrorKind::Cancelled, "ended by a second signal")),
    }
}

fn too_slow(names: &[&'static str]) -> Error {
    Error::new(ErrorKind::TimedOut, format!("still running at the deadline: {}", names.join(", ")))
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> Result<Self> {
        let listen = |kind| signal(kind).or_fail(ErrorKind::Failed, || "cannot listen for signals");
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags::GlobalFlags;

    async fn drained<F: Future<Output = Result<()>>>(service: impl FnOnce(Tasks) -> F) -> Result<()> {
        let printer = Printer::standard(&GlobalFlags { quiet: true, ..GlobalFlags::default() });
        until_drained(&printer, Duration::from_secs(5), service).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_ends_drains_its_tasks() {
        let ended = drained(async |tasks: Tasks| {
            let token = tasks.token().clone();
            tasks.spawn("listens", async move { token.cancelled().await });
            Ok(())
        });
        assert!(ended.await.is_ok());
        let failed = drained(async |_| Err(Error::new(ErrorKind::DiskFull, "full"))).await;
        assert_eq!(failed.unwrap_err().kind(), ErrorKind::DiskFull);
    }

    #[tokio::test(start_paused = true)]
    async fn a_deadline_ends_those_that_do_not_listen_and_names_them() {
        let ended = drained(async |tasks: Tasks| {
            tasks.spawn("deaf", std::future::pending::<()>());
            Ok(())
        });
        let error = ended.await.unwrap_err();
        assert_eq!((error.kind(), error.what()), (ErrorKind::TimedOut, "still running at the deadline: deaf"));
    }
}
