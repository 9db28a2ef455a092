//! A page's end of the WebSocket.

use super::{Server, soon};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message, client::IntoClientRequest as _};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub(crate) struct Browser {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) hello: Value,
}

impl Browser {
    /// Opens the page's connection and hears the hello.
    pub(crate) async fn open(server: &Server) -> Self {
        let cookie = server.sign_in().await;
        Self::with_cookie(server, &cookie).await
    }

    pub(crate) async fn with_cookie(server: &Server, cookie: &str) -> Self {
        let headers = [("cookie", cookie), ("origin", &server.origin())];
        let socket = connect(server, &headers).await.unwrap();
        let mut browser = Self { socket, hello: Value::Null };
        browser.hello = browser.json().await;
        assert_eq!(browser.hello["event"], "hello");
        browser
    }

    pub(crate) async fn send(&mut self, line: &str) {
        self.socket.send(Message::text(line)).await.unwrap();
    }

    /// The next text message, as it came.
    pub(crate) async fn line(&mut self) -> String {
        soon("a line", async {
            loop {
                match self.socket.next().await.expect("the connection is open").unwrap() {
                    Message::Text(text) => return text.to_string(),
                    Message::Close(frame) => panic!("closed: {frame:?}"),
                    Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
                }
            }
        })
        .await
    }

    pub(crate) async fn json(&mut self) -> Value {
        serde_json::from_str(&self.line().await).unwrap()
    }

    /// The next line for which `wanted` holds.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.json().await;
            if wanted(&frame) {
                return frame;
            }
        }
    }

    /// Sends a request and waits for its reply.
    pub(crate) async fn ask(&mut self, request: &str) -> Value {
        let id = serde_json::from_str::<Value>(request).unwrap()["id"].clone();
        self.send(request).await;
        self.until(|frame| frame["id"] == id).await
    }

    /// Reads, and so answers pings, until the server closes.
    pub(crate) async fn closed_or_silent(&mut self) {
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    /// Reads until the server closes: the close code.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        soon("the close", async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                }
            }
        })
        .await
    }
}

/// Tries to open the WebSocket with exactly these headers besides those of the handshake.
pub(crate) async fn connect(
    server: &Server,
    headers: &[(&str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, tungstenite::Error> {
    let mut request = format!("ws://{}/api/ws/mux", server.address).into_client_request()?;
    for (name, value) in headers {
        let name = tungstenite::http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let config = WebSocketConfig::default().max_message_size(Some(64 << 20)).max_frame_size(Some(64 << 20));
    let connected = tokio_tungstenite::connect_async_with_config(request, Some(config), true);
    soon("the handshake", connected).await.map(|(socket, _)| socket)
}
