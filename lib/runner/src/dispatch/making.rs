//! Making a conversation in the history, also when its reply is lost on the way.

use std::time::Duration;

use oqto_history::HistoryError;
use oqto_history::model::{Conversation, Written};
use oqto_protocol::error::WireError;
use oqto_protocol::ids::SessionId;

use crate::context::Shared;

/// How often what nobody was told of is taken back while the history is away.
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// Long enough for a connection that has ended to be known as such.
const RECONNECTED: Duration = Duration::from_millis(100);

/// Makes a conversation by `make`. A lost reply leaves it open whether it was made: its id is ours, so it is simply
/// made again, and being there already is success. What is not decided even then is taken back as soon as the history
/// answers, since whoever asked is told that it failed.
///
/// # Errors
/// Those of the history.
pub(super) async fn made<M, F>(ctx: &Shared, id: SessionId, make: M) -> Result<Conversation, WireError>
where
    M: Fn() -> F,
    F: Future<Output = Result<Written, HistoryError>>,
{
    let first = make().await;
    let written = if matches!(first, Err(HistoryError::Unavailable(_))) {
        again(ctx, id, &make).await
    } else {
        first.map(|written| written.conversation)
    };
    written.map_err(|error| error.to_wire())?.ok_or_else(|| WireError::not_found("session", id))
}

async fn again<M, F>(ctx: &Shared, id: SessionId, make: &M) -> Result<Option<Conversation>, HistoryError>
where
    M: Fn() -> F,
    F: Future<Output = Result<Written, HistoryError>>,
{
    let mut second = make().await;
    if matches!(second, Err(HistoryError::Unavailable(_))) {
        // It may have met the same connection, which was not known to be dead yet.
        tokio::time::sleep(RECONNECTED).await;
        second = make().await;
    }
    let made = match second {
        Ok(written) => Ok(written.conversation),
        Err(HistoryError::AlreadyExists(_)) => ctx.history.get(id).await.map(Some),
        Err(error) => Err(error),
    };
    if made.is_err() {
        take_back(ctx, id);
    }
    made
}

/// Deletes a conversation that nobody was told of. A runner that ends before that shows it with its next start.
fn take_back(ctx: &Shared, id: SessionId) {
    let own = ctx.clone();
    ctx.tasks.spawn(async move {
        let deleting = async {
            while let Err(error) = own.history.delete(id, None).await {
                tracing::debug!(%id, %error, "a conversation that nobody was told of cannot be taken back yet");
                tokio::time::sleep(TRY_AGAIN).await;
            }
        };
        tokio::select! {
            () = deleting => {}
            () = own.shutdown.cancelled() => {}
        }
    });
}
