//! Who gets in, who does not, and why not. Every denial has beside it the same request that is allowed.

use crate::support::Server;
use crate::support::browser::{Browser, connect};
use crate::support::http::{Response, get, send};
use tokio_tungstenite::tungstenite::Error as WsError;

/// The upgrade headers, so that only the header under test decides.
const UPGRADE: [(&str, &str); 4] = [
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
];

const PROTECTED: [&str; 6] = [
    "/api/features",
    "/api/openapi.json",
    "/api/sessions",
    "/api/sessions/ses_x",
    "/api/sessions/ses_x/messages",
    "/api/search?q=x",
];

#[tokio::test]
async fn nothing_is_readable_without_a_sign_in() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    for path in PROTECTED {
        let denied = get(&server, path, &[]).await;
        assert_eq!((denied.status, denied.code().as_str()), (401, "unauthenticated"), "{path}");
        let guessed = get(&server, path, &[("Cookie", "oqto_1=guessed")]).await;
        assert_eq!(guessed.status, 401, "{path}");
        let allowed = get(&server, path, &[("Cookie", &cookie)]).await;
        assert!(![401, 403].contains(&allowed.status), "{path}: {}", allowed.body);
    }
    let health = get(&server, "/api/health", &[]).await;
    assert_eq!((health.status, health.body.as_str()), (200, r#"{"status":"ok"}"#));
    server.stop().await;
}

#[tokio::test]
async fn the_page_itself_leads_to_the_sign_in() {
    let server = Server::start().await;
    for path in ["/", "/s/ses_1", "/index.html"] {
        let denied = get(&server, path, &[]).await;
        assert_eq!((denied.status, denied.header("location")), (303, Some("/login")), "{path}");
    }
    let cookie = server.sign_in().await;
    assert_ne!(get(&server, "/", &[("Cookie", &cookie)]).await.status, 303);
    let login = get(&server, "/login", &[]).await;
    assert_eq!(login.status, 200);
    assert!(login.body.contains("oqto link"), "{}", login.body);
    server.stop().await;
}

#[tokio::test]
async fn a_link_signs_in_once() {
    let server = Server::start().await;
    let url = server.relay.new_link().unwrap().url;
    let path = url.strip_prefix(&server.origin()).unwrap();
    assert_eq!(send(&server, "HEAD", path, &[], "").await.status, 200, "looking does not use it up");
    let first = get(&server, path, &[]).await;
    assert_eq!(first.status, 303);
    let cookie = first.header("set-cookie").unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let again = get(&server, path, &[]).await;
    assert_eq!(again.status, 401);
    assert!(again.body.contains("This link no longer works") && again.body.contains("oqto link"), "{}", again.body);
    assert!(again.header("set-cookie").is_none());
    server.stop().await;
}

#[tokio::test]
async fn a_restart_signs_nobody_out_but_signing_out_does() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    server.tasks.drain(crate::support::DEADLINE).await.unwrap();
    let server = Server::in_folder(&["local"], server.folder).await;
    assert_eq!(get(&server, "/api/features", &[("Cookie", &cookie)]).await.status, 200);
    let out = send(&server, "POST", "/api/logout", &[("Cookie", &cookie)], "").await;
    assert_eq!(out.status, 200);
    assert_eq!(get(&server, "/api/features", &[("Cookie", &cookie)]).await.status, 401);
    server.stop().await;
}

#[tokio::test(start_paused = true)]
async fn signing_out_closes_what_is_open() {
    let server = Server::start().await;
    let (staying, leaving) = (server.sign_in().await, server.sign_in().await);
    let mut stays = Browser::with_cookie(&server, &staying).await;
    let mut leaves = Browser::with_cookie(&server, &leaving).await;
    assert_eq!(send(&server, "POST", "/api/logout", &[("Cookie", &leaving)], "").await.status, 200);
    assert_eq!(leaves.closed().await, Some(1008));
    assert_eq!(stays.ask(r#"{"id":"1","cmd":"x"}"#).await["ok"]["did"], "x");
    server.stop().await;
}

#[tokio::test]
async fn a_foreign_page_may_not_open_the_socket() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let attempt = async |origin: Option<&str>| -> Response {
        let mut headers = UPGRADE.to_vec();
        headers.push(("Cookie", &cookie));
        headers.extend(origin.map(|origin| ("Origin", origin)));
        get(&server, "/api/ws/mux", &headers).await
    };
    let foreign = attempt(Some("http://evil.example")).await;
    assert_eq!((foreign.status, foreign.code().as_str()), (403, "not_permitted"));
    assert!(foreign.body.contains("a page of http://evil.example may not talk to"), "{}", foreign.body);
    let silent = attempt(None).await;
    assert!(silent.body.contains("does not say which page it comes from"), "{}", silent.body);
    assert_eq!(attempt(Some(&server.origin())).await.status, 101);
    server.stop().await;
}

#[tokio::test]
async fn the_socket_needs_a_sign_in() {
    let server = Server::start().await;
    let origin = server.origin();
    let Err(WsError::Http(denied)) = connect(&server, &[("origin", &origin)]).await else {
        panic!("a socket without a sign-in");
    };
    assert_eq!(denied.status(), 401);
    let cookie = server.sign_in().await;
    let browser = Browser::with_cookie(&server, &cookie).await;
    assert_eq!(browser.hello["data"]["peer"]["account"], "owner");
    server.stop().await;
}

#[tokio::test]
async fn a_program_with_a_credential_needs_no_origin() {
    let server = Server::start().await;
    let token = server.relay.new_credential().unwrap().token;
    let bearer = format!("Bearer {token}");
    assert!(connect(&server, &[("authorization", &bearer)]).await.is_ok());
    assert!(connect(&server, &[("authorization", "Bearer guessed")]).await.is_err());
    let foreign = [("authorization", bearer.as_str()), ("origin", "http://evil.example")];
    assert!(connect(&server, &foreign).await.is_err());
    server.stop().await;
}

#[tokio::test]
async fn a_name_that_is_not_ours_is_refused() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let rebound = get(&server, "/api/features", &[("Cookie", &cookie), ("Host", "evil.example")]).await;
    assert_eq!((rebound.status, rebound.code().as_str()), (403, "not_permitted"));
    assert!(rebound.body.contains("does not answer to the name"), "{}", rebound.body);
    let host = format!("localhost:{}", server.address.port());
    assert_eq!(get(&server, "/api/features", &[("Cookie", &cookie), ("Host", &host)]).await.status, 200);
    server.stop().await;
}

#[tokio::test]
async fn a_foreign_page_may_not_change_anything() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let body = r#"{"harness":"pi","workspace":"/w"}"#;
    let post = async |origin: &str| {
        send(&server, "POST", "/api/sessions", &[("Cookie", &cookie), ("Origin", origin)], body).await
    };
    let foreign = post("http://evil.example").await;
    assert_eq!((foreign.status, foreign.code().as_str()), (403, "not_permitted"));
    assert!(server.runners[0].lines().is_empty());
    let own = post(&server.origin()).await;
    assert_eq!(own.status, 200, "{}", own.body);
    assert_eq!(server.runners[0].lines().len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn links_are_made_on_the_admin_socket_only() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    let denied = browser.ask(r#"{"channel":"system","id":"1","cmd":"link.create"}"#).await;
    assert_eq!(denied["error"]["code"], "not_permitted");
    let stream = oqto_wire::unix::connect(&server.folder.path().join("run/admin.sock")).await.unwrap();
    let (source, sink) = oqto_wire::unix::lines(stream);
    let hello = oqto_wire::greeting::hello("test/1", &[]);
    let (peer, _events, driver) = oqto_wire::peer::open(source, sink, hello).await.unwrap();
    let driving = tokio::spawn(driver.run());
    let frame = oqto_wire::peer::request(oqto_protocol::frame::Channel::System, "link.create", &()).unwrap();
    let link: serde_json::Value = peer.call(frame, crate::support::DEADLINE).await.unwrap().decode().unwrap();
    let path = link["url"].as_str().unwrap().strip_prefix(&server.origin()).unwrap().to_owned();
    assert_eq!(get(&server, &path, &[]).await.status, 303);
    drop((peer, browser));
    driving.abort();
    server.stop().await;
}

#[tokio::test]
async fn every_response_carries_the_security_headers() {
    let server = Server::start().await;
    for path in ["/login", "/api/health", "/api/features", "/assets/none.js", "/"] {
        let response = get(&server, path, &[]).await;
        let policy = response.header("content-security-policy").unwrap();
        for part in ["default-src 'self'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_missing_file_is_never_the_page() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    for path in ["/assets/index-00000000.js", "/favicon-none.ico", "/assets/none"] {
        let missing = get(&server, path, &[("Cookie", &cookie)]).await;
        assert_eq!((missing.status, missing.body.as_str()), (404, "not found\n"), "{path}");
    }
    let route = get(&server, "/api/nothing", &[("Cookie", &cookie)]).await;
    assert_eq!((route.status, route.code().as_str()), (404, "not_found"));
    server.stop().await;
}
