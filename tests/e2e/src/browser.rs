//! What a browser does to reach a session: the one-time link, the cookie, the WebSocket.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, duplex, split};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::Outcome;
use crate::client::Client;

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Where the server says it is.
    pub server: SocketAddr,
    /// Where the connections go: the server, or a proxy before it.
    pub through: SocketAddr,
    cookie: String,
}

impl Browser {
    /// Opens a one-time link.
    ///
    /// # Errors
    /// When the link does not sign in.
    pub async fn sign_in(link: &str) -> Outcome<Self> {
        let http = reqwest::Client::builder().redirect(Policy::none()).build()?;
        let answer = http.get(link).send().await?;
        let cookie = answer.headers().get(SET_COOKIE).ok_or_else(|| format!("no cookie: {answer:?}"))?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let server = link.split('/').nth(2).ok_or("the link names no server")?.parse()?;
        if !answer.headers().contains_key(LOCATION) {
            return Err(format!("the link leads nowhere: {answer:?}").into());
        }
        Ok(Self { server, through: server, cookie })
    }

    /// Opens the WebSocket.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn socket(&self) -> Outcome<WebSocketStream<TcpStream>> {
        let mut request = format!("ws://{}/api/ws/mux", self.server).into_client_request()?;
        request.headers_mut().insert("cookie", self.cookie.parse()?);
        request.headers_mut().insert("origin", format!("http://{}", self.server).parse()?);
        let stream = TcpStream::connect(self.through).await?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().max_message_size(Some(16 << 20)).max_frame_size(Some(16 << 20));
        Ok(tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?.0)
    }

    /// Opens the WebSocket and exchanges hellos.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn open(&self) -> Outcome<Client> {
        let socket = self.socket().await?;
        let (near, far) = duplex(1 << 20);
        let ((mut out, mut incoming), (lines, mut sink)) = (socket.split(), split(far));
        tokio::spawn(async move {
            let mut lines = BufReader::new(lines).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if out.send(Message::text(line)).await.is_err() {
                    break;
                }
            }
            drop(out.close().await);
        });
        tokio::spawn(async move {
            while let Some(Ok(message)) = incoming.next().await {
                let Message::Text(text) = message else {
                    continue;
                };
                if sink.write_all(format!("{text}\n").as_bytes()).await.is_err() {
                    break;
                }
            }
            drop(sink.shutdown().await);
        });
        let (read, write) = split(near);
        Client::over(read, write).await
    }

    /// A REST answer: the status and the body.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(&self, path: &str) -> Outcome<(u16, String)> {
        let url = format!("http://{}{path}", self.server);
        let answer = reqwest::Client::new().get(url).header(COOKIE, &self.cookie).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }
}

/// Whether a WebSocket opens without a cookie: it must not.
///
/// # Errors
/// When nobody listens.
pub async fn opens_without_sign_in(server: SocketAddr) -> Outcome<bool> {
    let request = format!("ws://{server}/api/ws/mux").into_client_request()?;
    Ok(client_async(request, TcpStream::connect(server).await?).await.is_ok())
}
