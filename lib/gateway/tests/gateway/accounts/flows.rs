//! Logging in.

use std::sync::Mutex;
use std::time::Duration;

use oqto_gateway::accounts::oauth::{Flow, Login, LoginError, Visit};
use oqto_gateway::config::{ProviderSettings, UpstreamSettings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::logins::{CLIENT, Logins, Say, fields};
use crate::support::SURELY;

pub(crate) fn login(logins: &Logins) -> Login {
    let settings: ProviderSettings = toml::from_str(&logins.settings()).unwrap();
    Login::new(&settings, &UpstreamSettings::default(), &|_| None).unwrap()
}

/// What a browser is told at an address of this machine.
pub(crate) async fn visit(address: &str) -> String {
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    heard
}

/// Logs in with a browser that does this.
async fn with_browser<F: Future<Output = ()>>(
    logins: &Logins,
    browse: impl FnOnce(Visit) -> F,
) -> Result<oqto_gateway::accounts::Grant, LoginError> {
    let login = login(logins);
    let (tell, told) = oneshot::channel();
    let logging_in = login.by_browser(SURELY, |visit| tell.send(visit.clone()).unwrap());
    let browsing = async { browse(told.await.unwrap()).await };
    tokio::join!(logging_in, browsing).0
}

#[tokio::test]
async fn a_browser_comes_back_with_the_code_and_only_with_the_right_state() {
    let logins = Logins::start().await;
    assert_eq!(login(&logins).flows(), [Flow::Browser, Flow::Device]);
    let grant = with_browser(&logins, async |shown| {
        let (address, question) = shown.address.split_once("?a=b&").unwrap();
        assert_eq!(address, format!("http://{}/authorize", logins.address));
        let asked = fields(question);
        assert_eq!(asked["redirect_uri"], shown.returns_to);
        assert!(shown.returns_to.starts_with("http://127.0.0.1:") && shown.returns_to.ends_with("/callback"));
        let fixed = ["response_type", "client_id", "code_challenge_method", "scope"].map(|name| asked[name].as_str());
        assert_eq!(fixed, ["code", CLIENT, "S256", "models offline"]);
        logins.allow("code-planted-1", &asked["code_challenge"], &asked["redirect_uri"]);
        for wrong in ["state=other&code=stolen", "code=stolen", "state=other&error=access_denied"] {
            let told = visit(&format!("{}?{wrong}", shown.returns_to)).await;
            assert!(told.starts_with("HTTP/1.1 400") && told.contains("The state is not that of the login"), "{told}");
        }
        let elsewhere = visit(&shown.returns_to.replace("/callback", "/other")).await;
        assert!(elsewhere.starts_with("HTTP/1.1 404"), "{elsewhere}");
        assert!(logins.asked("/token").is_empty(), "nothing of that was believed");
        let told = visit(&format!("{}?state={}&code=code-planted-1", shown.returns_to, asked["state"])).await;
        assert!(told.starts_with("HTTP/1.1 200") && told.contains("The login came back"), "{told}");
    })
    .await
    .unwrap();
    assert_eq!(grant.access.expose(), "access-planted-1");
    assert_eq!(grant.refresh.as_ref().unwrap().expose(), "refresh-planted-1");
    assert_eq!(grant.expires_at_ms.unwrap() - grant.obtained_at_ms, 3_600_000);
    let asked = &logins.asked("/token")[0];
    assert!(asked["code_verifier"].len() >= 43 && !asked.contains_key("client_secret"), "{asked:?}");
}

#[tokio::test]
async fn a_no_at_the_provider_is_a_no_and_a_code_of_another_is_worth_nothing() {
    let logins = Logins::start().await;
    let back = async |shown: Visit, with: &str| {
        let state = fields(&shown.address)["state"].clone();
        visit(&format!("{}?state={state}&{with}", shown.returns_to)).await;
    };
    let denied = with_browser(&logins, |shown| back(shown, "error=access_denied&error_description=not+you")).await;
    assert_eq!(denied.unwrap_err().to_string(), "it was refused at the provider: access_denied (not you)");
    let other = with_browser(&logins, async |shown| {
        logins.allow("code-planted-2", "the challenge of another", &shown.returns_to);
        back(shown, "code=code-planted-2").await;
    });
    assert_eq!(other.await.unwrap_err().to_string(), "the provider refused: invalid_grant (said so)");
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let logins = Logins::start().await;
    let late = login(&logins).by_browser(Duration::from_millis(20), |_| {}).await;
    assert!(matches!(late, Err(LoginError::TooLate)), "{late:?}");
}

#[tokio::test]
async fn tokens_are_not_asked_for_at_another_host() {
    let (logins, other) = (Logins::start().await, Logins::start().await);
    logins.says([Say::Redirect(format!("http://{}/device", other.address))]);
    let refused = login(&logins).by_device(SURELY, |_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("307 Temporary Redirect; redirects are not followed"), "{refused}");
    assert!(other.asked("/device").is_empty());
    assert!(login(&other).by_device_pacing(SURELY, |_| {}, async |_| {}).await.is_ok(), "asked itself it answers");
}

/// Logs in on a device, and gives how long it waited before each question.
async fn on_device(says: &[Say]) -> (Result<String, String>, Vec<u64>) {
    let logins = Logins::start().await;
    let (shown, waits) = (Mutex::default(), Mutex::new(Vec::new()));
    let login = login(&logins);
    let pace = async |wait: Duration| waits.lock().unwrap().push(wait.as_secs());
    let show = |told: &oqto_gateway::accounts::oauth::Shown| {
        // From now on it says this at the address of tokens.
        logins.says(says.to_vec());
        *shown.lock().unwrap() = format!("{} {} {}", told.address, told.code, told.seconds);
    };
    let result = login.by_device_pacing(SURELY, show, pace).await;
    assert_eq!(*shown.lock().unwrap(), "https://login.example.org/device WDJB-MJHT 30");
    assert_eq!(logins.asked("/device")[0]["scope"], "models offline");
    let result = result.map(|grant| grant.access.expose().to_owned()).map_err(|error| error.to_string());
    (result, waits.into_inner().unwrap())
}

#[tokio::test]
async fn a_device_asks_as_slowly_as_it_is_told() {
    let pending = Say::Error("authorization_pending");
    let slow = Say::Error("slow_down");
    let (result, waits) = on_device(&[pending.clone(), slow.clone(), pending.clone(), slow]).await;
    assert_eq!((result.as_deref(), waits), (Ok("access-planted-1"), vec![1, 1, 6, 6, 11]));
    let (result, waits) = on_device(&[Say::Status(503), pending]).await;
    assert_eq!((result.as_deref(), waits), (Ok("access-planted-1"), vec![1, 2, 2]));
}

#[tokio::test]
async fn a_device_is_told_why_not() {
    for (error, said) in [
        ("access_denied", "it was refused at the provider: access_denied"),
        ("expired_token", "nobody allowed it in time"),
        ("invalid_client", "the provider refused: invalid_client"),
    ] {
        let (result, waits) = on_device(&[Say::Error("authorization_pending"), Say::Error(error)]).await;
        assert_eq!((result.unwrap_err().as_str(), waits.len()), (said, 2));
    }
    let for_ever = vec![Say::Error("authorization_pending"); 40];
    let (result, waits) = on_device(&for_ever).await;
    assert_eq!((result.unwrap_err().as_str(), waits.len()), ("nobody allowed it in time", 30));
}

#[tokio::test]
async fn a_secret_is_shown_as_the_provider_wants_it() {
    for (auth, shown) in [("client_secret_post", Some("client-planted-1")), ("client_secret_basic", None)] {
        let logins = Logins::start().await;
        let secret = format!("client_secret = 'client-planted-1', client_auth = '{auth}', client_id");
        let settings: ProviderSettings = toml::from_str(&logins.settings().replace("client_id", &secret)).unwrap();
        let login = Login::new(&settings, &UpstreamSettings::default(), &|_| None).unwrap();
        logins.says([Say::Error("access_denied")]);
        let begun = login.by_device(SURELY, |_| {}).await.unwrap_err();
        assert!(matches!(begun, LoginError::Refused(_)), "{begun}");
        let grant = login.by_device(SURELY, |_| {}).await.unwrap();
        assert_eq!(grant.access.expose(), "access-planted-1");
        for asked in logins.asked("/device").iter().chain(&logins.asked("/token")) {
            assert_eq!(asked["client_id"], CLIENT);
            assert_eq!(asked.get("client_secret").map(String::as_str), shown);
            let basic = asked.get("(basic)").map(String::as_str);
            assert_eq!(basic, shown.is_none().then_some("eavs-in-tests:client-planted-1"));
        }
    }
}
