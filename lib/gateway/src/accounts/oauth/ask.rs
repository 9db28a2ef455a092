//! A form sent to an address, and the answer.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderValue, Method, Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use oqto_kit::Secret;
use zeroize::Zeroizing;

use crate::percent;
use crate::upstream::client::Client;
use crate::upstream::trust::Trust;

/// The most that is read of an answer.
const LARGEST: usize = 1 << 20;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks the addresses of logins.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    pub(crate) client: Arc<Client>,
    pub(crate) trust: Option<Arc<Trust>>,
}

/// An address gave no answer. Says nothing of what was sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("{0}")]
    NotReached(String),
    #[error("it did not answer within {} s", PATIENCE.as_secs())]
    TooSlow,
    #[error("it answered {0}; redirects are not followed")]
    Redirects(StatusCode),
}

impl Asker {
    /// Sends a form, with who asks in a header where it is not in the form, and reads the answer whatever its status.
    pub(super) async fn form(
        &self,
        url: &str,
        fields: &[(&str, &str)],
        basic: Option<&Secret>,
    ) -> Result<(StatusCode, Bytes), AskError> {
        let text = Zeroizing::new(percent::fields(fields.iter().copied()));
        let mut request = Request::new(Full::new(Bytes::copy_from_slice(text.as_bytes())));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.parse().map_err(|_| AskError::NotReached("it is not an address".to_owned()))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(basic) = basic {
            let text = Zeroizing::new(format!("Basic {}", basic.expose()));
            let mut value =
                HeaderValue::from_str(&text).map_err(|_| AskError::NotReached("it has no header".to_owned()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        headers.insert(USER_AGENT, HeaderValue::from_static(concat!("eavs/", env!("CARGO_PKG_VERSION"))));
        let asked = async {
            let answer = self.client.ask(request, self.trust.as_deref()).await;
            let answer = answer.map_err(|why| AskError::NotReached(why.to_string()))?;
            if answer.status().is_redirection() {
                return Err(AskError::Redirects(answer.status()));
            }
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, LARGEST).collect().await;
            let body = body.map_err(|error| AskError::NotReached(format!("its answer broke off: {error}")))?;
            Ok((head.status, body.to_bytes()))
        };
        tokio::time::timeout(PATIENCE, asked).await.map_err(|_| AskError::TooSlow)?
    }
}

/// One field of a question.
pub(super) fn field(question: &str, name: &str) -> Option<String> {
    question.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        // In a form, a space is a plus.
        (key == name).then(|| percent::decoded(&value.replace('+', " ")))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_were() {
        let fields = [("a", "ä &=+%"), ("b", "")];
        let text = percent::fields(fields);
        assert_eq!(text, "a=%C3%A4%20%26%3D%2B%25&b=");
        assert_eq!((field(&text, "a").as_deref(), field(&text, "b").as_deref()), (Some("ä &=+%"), Some("")));
        assert_eq!((field("c=a+b", "c").as_deref(), field("c=%zz", "c"), field(&text, "c")), (Some("a b"), None, None));
    }
}
