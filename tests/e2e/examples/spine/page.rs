//! A WebSocket client that looks at lines and does nothing else.

use futures_util::{SinkExt as _, StreamExt as _};
use oqto_e2e::browser::Browser;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::ids::SessionId;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Utf8Bytes;

pub(crate) struct Page {
    socket: WebSocketStream<TcpStream>,
    asked: u64,
}

impl Page {
    pub(crate) async fn open(browser: &Browser) -> Outcome<Self> {
        let mut page = Self { socket: browser.socket().await?, asked: 0 };
        page.next().await?;
        let hello = json!({"channel": "system", "event": "hello", "data": {
            "protocol": oqto_protocol::PROTOCOL_VERSION, "software": "bench/1", "capabilities": []}});
        page.socket.send(Message::text(hello.to_string())).await?;
        Ok(page)
    }

    pub(crate) async fn next(&mut self) -> Outcome<Utf8Bytes> {
        loop {
            let message = tokio::time::timeout(DEADLINE, self.socket.next()).await?.ok_or("closed")??;
            if let Message::Text(text) = message {
                return Ok(text);
            }
        }
    }

    pub(crate) async fn send(&mut self, cmd: &str, session: Option<SessionId>, params: &Value) -> Outcome<String> {
        self.asked += 1;
        let id = format!("b{}", self.asked);
        let mut frame = json!({"channel": "agent", "id": id, "cmd": cmd, "params": params});
        if let Some(session) = session {
            frame["session"] = json!(session);
        }
        self.socket.send(Message::text(frame.to_string())).await?;
        Ok(id)
    }

    /// Asks and waits for the reply; events that come before it are dropped.
    pub(crate) async fn ask(&mut self, cmd: &str, session: Option<SessionId>, params: &Value) -> Outcome<Value> {
        let id = self.send(cmd, session, params).await?;
        loop {
            let line: Value = serde_json::from_str(&self.next().await?)?;
            if line["id"] == id {
                return if line["error"].is_null() { Ok(line["ok"].clone()) } else { Err(line.to_string().into()) };
            }
        }
    }

    pub(crate) async fn create(&mut self, workspace: &std::path::Path) -> Outcome<SessionId> {
        let reply = self.ask("session.create", None, &json!({"harness": "pi", "workspace": workspace})).await?;
        Ok(serde_json::from_value(reply["session"]["id"].clone())?)
    }

    /// Subscribes and reads up to the snapshot.
    pub(crate) async fn subscribe(&mut self, session: SessionId) -> Outcome {
        self.ask("subscribe", Some(session), &json!({})).await?;
        while !self.next().await?.contains("\"session.snapshot\"") {}
        Ok(())
    }
}

/// Whether a line is an entry of this name.
pub(crate) fn is_entry(line: &str, name: &str) -> bool {
    line.contains("\"seq\":") && line.contains(&format!("\"event\":\"{name}\""))
}
