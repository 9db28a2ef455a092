//! Which server is meant, and how it is reached: its admin socket, or its WebSocket with a credential.

use bytes::Bytes;
use oqto_kit::{Ctx, Error, OrFail as _, Result, Secret};
use oqto_protocol::env;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_wire::messages::{Message, MessageSink, MessageSource};
use oqto_wire::unix::{self, SocketError};
use oqto_wire::{Events, LineSink, LineSource, greeting, peer};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Response, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Utf8Bytes};

use crate::client::Client;
use futures_util::StreamExt as _;

const SOFTWARE: &str = concat!("oqtoctl/", env!("CARGO_PKG_VERSION"));

/// The path of the server's WebSocket.
const SOCKET: &str = "/api/ws/mux";

/// The server that is talked to.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Server")]
pub(crate) struct Place {
    /// Talk to the server at this address, instead of your own on this machine
    #[arg(long, global = true, value_name = "URL", env = env::OQTO_SERVER)]
    server: Option<String>,
    /// The credential for --server; `oqto token` prints one
    #[arg(long, global = true, value_name = "TOKEN", env = env::OQTO_TOKEN, hide_env_values = true, value_parser = secret)]
    token: Option<Secret>,
}

impl Place {
    /// Connects, for commands that only ask.
    ///
    /// # Errors
    /// `unreachable` where no server answers, with how to start one; `unauthenticated` without a good credential.
    pub(crate) async fn connect(&self, ctx: &Ctx) -> Result<Client> {
        self.open(ctx).await.map(|(client, events)| client.minding(events))
    }

    /// Connects, for commands that follow what happens.
    ///
    /// # Errors
    /// As [`Place::connect`].
    pub(crate) async fn open(&self, ctx: &Ctx) -> Result<(Client, Events)> {
        match self.server.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => self.over_http(url).await,
            None => over_admin_socket(ctx).await,
        }
    }

    async fn over_http(&self, url: &str) -> Result<(Client, Events)> {
        // An address that cannot be right is said before a credential is asked for.
        let address = socket_address(url)?;
        let token = self.token.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::Unauthenticated, format!("{url} wants a credential"))
                .hint(format!("on the server: oqto token; then here: {}=… oqtoctl …", env::OQTO_TOKEN))
        })?;
        let mut request = address
            .into_client_request()
            .or_fail(ErrorKind::InvalidParams, || format!("{url} is no address of a server"))?;
        let credential = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .or_fail(ErrorKind::InvalidParams, || "the credential has characters that no credential has")?;
        request.headers_mut().insert(header::AUTHORIZATION, credential);
        let limits = WebSocketConfig::default()
            .max_message_size(Some(oqto_protocol::MAX_LINE_BYTES))
            .max_frame_size(Some(oqto_protocol::MAX_LINE_BYTES));
        let connecting = tokio_tungstenite::connect_async_with_config(request, Some(limits), true);
        let (socket, _) = Box::pin(connecting).await.map_err(|error| refused(url, error))?;
        let (sink, stream) = socket.split();
        greet(MessageSource::new(stream, meaning), MessageSink::new(sink, text)).await
    }
}

async fn over_admin_socket(ctx: &Ctx) -> Result<(Client, Events)> {
    let stream = unix::connect(&ctx.dirs()?.admin_socket()).await.map_err(not_running)?;
    let (source, sink) = unix::lines(stream);
    greet(source, sink).await
}

/// No server of this user runs here.
fn not_running(error: SocketError) -> Error {
    Error::new(ErrorKind::Unreachable, "no server of yours is running here").because(error).hint("start it: oqto serve")
}

/// Says hello over any pair of lines, and gives the asking end.
///
/// # Errors
/// When the other end is none of ours, or of another version.
pub(crate) async fn greet<R, S>(source: R, sink: S) -> Result<(Client, Events)>
where
    R: LineSource + 'static,
    S: LineSink + 'static,
{
    let (peer, events, driver) = peer::open(source, sink, greeting::hello(SOFTWARE, &[]))
        .await
        .map_err(|error| Error::new(error.kind(), "the server does not answer as expected").because(error))?;
    Ok((Client::new(peer, tokio::spawn(driver.run())), events))
}

/// The WebSocket of a server.
fn socket_address(url: &str) -> Result<String> {
    let url = url.trim_end_matches('/');
    let wrong =
        |why: &str, hint: &str| Error::new(ErrorKind::InvalidParams, format!("--server {url}: {why}")).hint(hint);
    match url.split_once("://") {
        Some(("http", rest)) if !rest.is_empty() => Ok(format!("ws://{rest}{SOCKET}")),
        Some(("https", _)) => Err(wrong(
            "this version speaks plain HTTP only",
            "forward the port and use that: ssh -N -L 8080:127.0.0.1:8080 HOST",
        )),
        Some(_) | None => Err(wrong("this is no address", "for example: --server http://127.0.0.1:8080")),
    }
}

/// Why a WebSocket did not open; a refusal of the server says it in its own words.
fn refused(url: &str, error: tungstenite::Error) -> Error {
    if let tungstenite::Error::Http(response) = &error {
        return said(response).map_or_else(
            || {
                let status = response.status();
                Error::new(ErrorKind::Unreachable, format!("{url} is no Oqto server: it answers {status}"))
            },
            Error::from,
        );
    }
    Error::new(ErrorKind::Unreachable, format!("no server answers at {url}"))
        .because(error)
        .hint("start it there: oqto serve")
}

fn said(response: &Response<Option<Vec<u8>>>) -> Option<WireError> {
    #[derive(serde::Deserialize)]
    struct Body {
        error: WireError,
    }
    let body: Body = serde_json::from_slice(response.body().as_ref()?).ok()?;
    let mut error = body.error;
    if error.code == ErrorKind::Unauthenticated {
        error.hint = Some("a credential comes from the server: oqto token".to_owned());
    }
    Some(error)
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}

fn meaning(message: tungstenite::Message) -> Message {
    match message {
        tungstenite::Message::Text(text) => Message::Text(text.into()),
        tungstenite::Message::Binary(_) => Message::Binary,
        tungstenite::Message::Close(_) => Message::Close,
        tungstenite::Message::Ping(_) | tungstenite::Message::Pong(_) | tungstenite::Message::Frame(_) => {
            Message::Control
        }
    }
}

fn text(line: Bytes) -> std::io::Result<tungstenite::Message> {
    Utf8Bytes::try_from(line).map(tungstenite::Message::Text).map_err(std::io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wrong_address_is_said_before_a_credential_is_asked_for() {
        let place = Place { server: None, token: None };
        let said = async |url: &str| place.over_http(url).await.err().map(|error| error.what().to_owned());
        assert!(said("https://x").await.is_some_and(|what| what.contains("plain HTTP only")));
        assert!(said("http://x").await.is_some_and(|what| what.contains("wants a credential")));
    }

    /// A server that loses its runner answers nothing that was asked of it.
    #[tokio::test]
    async fn a_question_to_a_runner_that_is_lost_ends_at_once() {
        use oqto_protocol::command::{Command, RunnerDetails};
        use oqto_wire::Received;
        let ((source, sink), (mut asked, mut answers)) = oqto_wire::pipes::memory(1 << 16);
        let server = async {
            greeting::say_hello(&mut answers, greeting::hello("server/1", &[])).await.unwrap();
            greeting::read_hello(&mut asked).await.unwrap();
            assert!(matches!(asked.next_line().await, Ok(Some(Received::Line(_)))));
            for lost in ["near", "far"] {
                let event =
                    format!(r#"{{"channel":"system","event":"runner.lost","data":{{"runner":"{lost}","pipe":1}}}}"#);
                answers.feed(event.into()).await.unwrap();
            }
            answers.flush().await.unwrap();
            // It stays open: nothing but the news ends the question.
            asked.next_line().await
        };
        let asking = async {
            let (client, events) = greet(source, sink).await.unwrap();
            let client = client.minding(events);
            let question = Command::RunnerInfo(oqto_protocol::live::Empty {});
            client.on_runner::<RunnerDetails>("far", &question).await.unwrap_err()
        };
        let (error, _) = tokio::join!(asking, server);
        assert_eq!((error.kind(), error.what()), (ErrorKind::Unreachable, "runner far does not answer any more"));
        assert!(error.advice().is_some_and(|advice| advice.contains("oqtoctl doctor")));
    }

    #[test]
    fn addresses_of_servers() {
        assert_eq!(socket_address("http://127.0.0.1:8080/").unwrap(), "ws://127.0.0.1:8080/api/ws/mux");
        for (wrong, hint) in [("https://x", "ssh"), ("x:8080", "http://"), ("http://", "http://")] {
            let error = socket_address(wrong).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidParams, "{wrong}");
            assert!(error.advice().is_some_and(|advice| advice.contains(hint)), "{wrong}: {error:?}");
        }
    }
}
