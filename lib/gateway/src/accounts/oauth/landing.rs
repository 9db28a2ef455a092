//! Where a browser comes back to after a person allowed it: a port of this machine, for one login.

use std::net::SocketAddr;
use std::time::Duration;

use oqto_kit::Secret;
use subtle::ConstantTimeEq as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::ask::field;
use super::tokens::LoginError;

/// The most that is read of a request.
const LARGEST: usize = 16 << 10;
/// How long a browser may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections at the same time; browsers open some that they never use.
const CROWD: usize = 16;

/// Waits for one browser.
pub(super) struct Landing {
    listener: TcpListener,
    address: SocketAddr,
    path: String,
}

/// What a request means.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    /// The right one, with its code.
    Allowed(Secret),
    /// The right one, with a no.
    Denied(String),
    /// Not the right one: the status and the reason that it is told.
    Other(&'static str, &'static str),
}

impl Landing {
    pub(super) async fn bind(port: u16, path: &str) -> Result<Self, LoginError> {
        let listen = |source| LoginError::Listen { port, source };
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        Ok(Self { listener, address, path: path.to_owned() })
    }

    /// The address that the browser is sent back to, to the letter.
    pub(super) fn redirect(&self) -> String {
        format!("http://{}{}", self.address, self.path)
    }

    /// Waits for the browser that comes back with this state, and gives its code. Others are told why not.
    pub(super) async fn code(&self, state: &Secret) -> Result<Secret, LoginError> {
        let (tell, mut told) = mpsc::channel(1);
        let mut visitors = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    while visitors.try_join_next().is_some() {}
                    if visitors.len() < CROWD {
                        let (host, path) = (self.address.to_string(), self.path.clone());
                        visitors.spawn(visit(stream, host, path, state.clone(), tell.clone()));
                    }
                }
                Some(came) = told.recv() => return came,
            }
        }
    }
}

async fn visit(
    mut stream: TcpStream,
    host: String,
    path: String,
    state: Secret,
    tell: mpsc::Sender<Result<Secret, LoginError>>,
) {
    let Ok(Some(head)) = tokio::time::timeout(PATIENCE, head(&mut stream)).await else { return };
    let came = read(&head, &host, &path, &state);
    let (status, said) = match &came {
        Came::Allowed(_) => ("200 OK", "The login came back. You can close this page."),
        Came::Denied(_) => ("200 OK", "The login was refused. You can close this page."),
        Came::Other(status, said) => (*status, *said),
    };
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>eavs</title><p>{said}</p>\n");
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'\r\n\r\n{page}",
        page.len()
    );
    // A browser that went away has nothing to be told.
    let _ = tokio::time::timeout(PATIENCE, async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    })
    .await;
    let result = match came {
        Came::Allowed(code) => Ok(code),
        Came::Denied(why) => Err(LoginError::Denied(why)),
        Came::Other(..) => return,
    };
    let _ = tell.send(result).await;
}

/// The head of a request; `None` where it is too long or broke off.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::with_capacity(2048);
    while memchr::memmem::find(&bytes, b"\r\n\r\n").is_none() {
        if bytes.len() >= LARGEST || stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}

fn read(head: &str, host: &str, path: &str, state: &Secret) -> Came {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let to_us = lines.any(|line| {
        line.split_once(':').is_some_and(|(name, value)| name.eq_ignore_ascii_case("host") && value.trim() == host)
    });
    let (asked, question) = target.split_once('?').unwrap_or((target, ""));
    if method != "GET" {
        return Came::Other("405 Method Not Allowed", "A login comes back with GET.");
    }
    if asked != path || !to_us {
        return Came::Other("404 Not Found", "Nothing is here.");
    }
    let shown = field(question, "state").unwrap_or_default();
    if !bool::from(shown.as_bytes().ct_eq(state.expose().as_bytes())) {
        return Came::Other("400 Bad Request", "The state is not that of the login that is waited for.");
    }
    if let Some(error) = field(question, "error") {
        let more = field(question, "error_description").map(|more| format!(" ({more})")).unwrap_or_default();
        return Came::Denied(oqto_kit::escape::line(&format!("{error}{more}")).chars().take(300).collect());
    }
    match field(question, "code").filter(|code| !code.is_empty()) {
        Some(code) => Came::Allowed(Secret::new(code)),
        None => Came::Other("400 Bad Request", "The login came back without a code."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(line: &str) -> Came {
        read(&format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n"), "127.0.0.1:9", "/callback", &Secret::new("st"))
    }

    #[test]
    fn only_the_right_one_is_the_right_one() {
        let because = |line: &str| match came(line) {
            Came::Other(status, said) => format!("{status}: {said}"),
            Came::Allowed(_) | Came::Denied(_) => "the right one".to_owned(),
        };
        assert_eq!(came("GET /callback?code=c%2F1&state=st"), Came::Allowed(Secret::new("c/1")));
        for (line, why) in [
            ("GET /callback?code=c&state=other", "400 Bad Request: The state is not"),
            ("GET /callback?code=c", "400 Bad Request: The state is not"),
            ("GET /callback?code=c&state=", "400 Bad Request: The state is not"),
            ("GET /callback?error=access_denied&state=other", "400 Bad Request: The state is not"),
            ("GET /callback?state=st", "400 Bad Request: The login came back without a code"),
            ("GET /callback/?code=c&state=st", "404"),
            ("GET /?code=c&state=st", "404"),
            ("POST /callback?code=c&state=st", "405"),
            ("", "405"),
        ] {
            assert!(because(line).starts_with(why), "{line}: {}", because(line));
        }
        let other_host = read(
            "GET /callback?code=c&state=st HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "127.0.0.1:9",
            "/callback",
            &Secret::new("st"),
        );
        assert_eq!(other_host, Came::Other("404 Not Found", "Nothing is here."));
        let denied = came("GET /callback?error=access_denied&error_description=no+%1b%5b2J&state=st");
        let Came::Denied(said) = denied else { panic!("{denied:?}") };
        assert!(said.starts_with("access_denied (no ") && !said.contains('\u{1b}'), "{said}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_allowed_without_the_state(head in "\\PC{0,200}", question in "[a-z0-9&=%+]{0,60}") {
            for text in [head, format!("GET /callback?{question} HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n")] {
                let came = read(&text, "127.0.0.1:9", "/callback", &Secret::new("a state that nobody guesses"));
                proptest::prop_assert!(matches!(came, Came::Other(..)), "{:?}", text);
            }
        }
    }
}
