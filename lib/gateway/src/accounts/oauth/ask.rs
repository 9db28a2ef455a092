//! A form sent to an address, and the answer.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderValue, Method, Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use zeroize::Zeroizing;

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
    /// Sends a form, and reads the answer whatever its status.
    pub(super) async fn form(&self, url: &str, fields: &[(&str, &str)]) -> Result<(StatusCode, Bytes), AskError> {
        let text = Zeroizing::new(encoded(fields));
        let mut request = Request::new(Full::new(Bytes::copy_from_slice(text.as_bytes())));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.parse().map_err(|_| AskError::NotReached("it is not an address".to_owned()))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
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

/// Fields as `application/x-www-form-urlencoded`, which is a question's form too.
pub(super) fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn percent(text: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// One field of a question.
pub(super) fn field(question: &str, name: &str) -> Option<String> {
    question.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then(|| decoded(value))?
    })
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_were() {
        let fields = [("a", "ä &=+%"), ("b", "")];
        let text = encoded(&fields);
        assert_eq!(text, "a=%C3%A4%20%26%3D%2B%25&b=");
        assert_eq!((field(&text, "a").as_deref(), field(&text, "b").as_deref()), (Some("ä &=+%"), Some("")));
        assert_eq!((field("c=a+b", "c").as_deref(), field("c=%zz", "c"), field(&text, "c")), (Some("a b"), None, None));
    }
}
