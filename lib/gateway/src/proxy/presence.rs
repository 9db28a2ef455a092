//! Whether somebody still waits for an answer.
//!
//! A provider that was asked is at work, and is paid, whoever waits. Where answers are read on for their usage, one whose
//! client goes away before it has begun is waited for too; nothing is asked again then.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::Response;
use axum::http::request::Parts;
use bytes::Bytes;

use super::lingering::Lingering;
use crate::book::Key;
use crate::gateway::Current;
use crate::wire::Call;
use crate::wire::failure::Failure;

/// What a request and those who may stop waiting for it know of each other.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    /// A provider was asked, and has not refused.
    is_asked: AtomicBool,
    /// The client went away.
    is_gone: AtomicBool,
}

impl Presence {
    /// A provider is asked now.
    pub(super) fn asks(&self) {
        self.is_asked.store(true, Ordering::Relaxed);
    }

    /// It refused, or was not reached.
    pub(super) fn came_back(&self) {
        self.is_asked.store(false, Ordering::Relaxed);
    }

    /// Whether nobody waits any more.
    pub(super) fn is_gone(&self) -> bool {
        self.is_gone.load(Ordering::Relaxed)
    }
}

type Answered = Result<Response<Body>, Failure>;

/// A request that is waited for after its client went away, for a while.
struct Outlasting {
    answer: Option<Pin<Box<dyn Future<Output = Answered> + Send>>>,
    presence: Arc<Presence>,
    lingering: Lingering,
}

impl Future for Outlasting {
    type Output = Answered;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Answered> {
        let Some(answer) = &mut self.answer else { return Poll::Pending };
        let polled = answer.as_mut().poll(cx);
        if polled.is_ready() {
            self.answer = None;
        }
        polled
    }
}

impl Drop for Outlasting {
    fn drop(&mut self) {
        let Some(answer) = self.answer.take() else { return };
        if !self.presence.is_asked.load(Ordering::Relaxed) {
            return;
        }
        let Some(place) = self.lingering.place() else { return };
        self.presence.is_gone.store(true, Ordering::Relaxed);
        let lingering = self.lingering.clone();
        self.lingering.spawn(async move {
            let answered = lingering.within(answer).await;
            // Where it came, it is read on as one whose client goes away now, in the place that is free again.
            drop(place);
            drop(answered);
        });
    }
}

/// Answers a request for a model as [`super::call`] does. `held` lives as long as the request.
///
/// # Errors
/// What the client is told instead of an answer.
pub(crate) async fn call<H: Send + 'static>(
    current: &Arc<Current>,
    key: &Arc<Key>,
    provider: Option<String>,
    call: Call,
    head: &Parts,
    (body, held): (Bytes, H),
) -> Answered {
    let lingering = Lingering::of(current);
    if !lingering.is_wanted() {
        return super::call(current, key, provider.as_deref(), &call, head, body, &Presence::default()).await;
    }
    let presence = Arc::new(Presence::default());
    let (current, key, head, known) = (Arc::clone(current), Arc::clone(key), head.clone(), Arc::clone(&presence));
    let answer = async move {
        let _held = held;
        super::call(&current, &key, provider.as_deref(), &call, &head, body, &known).await
    };
    Outlasting { answer: Some(Box::pin(answer)), presence, lingering }.await
}
