//! An error as each API says it.

use axum::http::StatusCode;
use oqto_scripted::status;
use serde_json::{Value, json};

use super::call::Api;

/// What went wrong, as a client is told it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// A word that programs can decide by, such as `budget_exceeded`.
    pub code: &'static str,
    /// One sentence for a person. Never holds a credential.
    pub message: String,
    /// After how many seconds it makes sense to try again.
    pub retry_after: Option<u64>,
}

impl Failure {
    /// A failure without a time to try again.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None }
    }

    /// The same with the seconds after which it makes sense to try again.
    #[must_use]
    pub fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The body of the answer, as the clients of this API expect it.
    #[must_use]
    pub fn body(&self, api: Option<Api>) -> Value {
        let kind = status::error_type(self.status.as_u16());
        match api {
            Some(Api::Messages) => {
                json!({"type": "error", "error": {"type": kind, "message": self.message, "code": self.code}})
            }
            Some(Api::Generate) => json!({"error": {"code": self.status.as_u16(), "message": self.message,
                "status": status::google(self.status.as_u16()), "details": self.google_details()}}),
            Some(Api::Chat | Api::Responses | Api::Embeddings) | None => {
                json!({"error": {"message": self.message, "type": kind, "param": null, "code": self.code}})
            }
        }
    }

    /// Google's clients show no headers: when to come back is told here too.
    fn google_details(&self) -> Value {
        let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": self.code, "domain": "eavs"});
        let mut details = vec![info];
        if let Some(seconds) = self.retry_after {
            let delay = format!("{seconds}s");
            details.push(json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}));
        }
        details.into()
    }

    /// The same inside a stream that has begun, as an event of that API.
    #[must_use]
    pub fn event(&self, api: Api) -> String {
        let body = self.body(Some(api));
        match api {
            Api::Messages => format!("event: error\ndata: {body}\n\n"),
            Api::Responses => {
                let body = json!({"type": "error", "code": self.code, "message": self.message, "param": null});
                format!("event: error\ndata: {body}\n\n")
            }
            Api::Chat | Api::Embeddings | Api::Generate => format!("data: {body}\n\n"),
        }
    }
}
