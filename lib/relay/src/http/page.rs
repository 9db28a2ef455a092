//! The embedded page: sent in the smallest form that a browser takes, hashed assets cached for ever, everything else checked by its ETag, never a page for a missing file.

use super::answer;
use super::guard;
use crate::relay::Relay;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use oqto_protocol::error::{ErrorKind, WireError};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Dist;

/// Names below this carry a hash of their content.
const HASHED: &str = "assets/";

/// Everything that is no route of the table.
pub(super) async fn serve(State(relay): State<Arc<Relay>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") || path.starts_with("ws/") {
        return answer::refused(&WireError::not_found("route", format!("/{path}")));
    }
    if method != Method::GET && method != Method::HEAD {
        let error = WireError::new(ErrorKind::Unsupported, "the page can only be read");
        return (StatusCode::METHOD_NOT_ALLOWED, answer::refused(&error)).into_response();
    }
    match (path, Dist::get(path).filter(|_| !is_form(path))) {
        ("" | "index.html", _) => index(&relay, &headers),
        (_, Some(file)) => asset(path, file, &headers),
        (_, None) if is_place(path) => index(&relay, &headers),
        (_, None) => (StatusCode::NOT_FOUND, "not found\n").into_response(),
    }
}

/// Another form of a file is not a file of its own.
fn is_form(path: &str) -> bool {
    FORMS.iter().any(|form| path.rsplit('.').next() == Some(form.ending))
}

/// A place within the page, such as `s/ses_…`, has no file ending; a missing file does.
fn is_place(path: &str) -> bool {
    !path.starts_with(HASHED) && !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// The page itself, for those who are signed in.
fn index(relay: &Relay, headers: &HeaderMap) -> Response {
    if relay.authenticator().account(headers).is_err() {
        return guard::to_login();
    }
    match Dist::get("index.html") {
        Some(file) => asset("index.html", file, headers),
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
    }
}

/// The smallest form of a file that the browser takes; the build of the page puts them beside the file itself.
fn asset(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let smaller = FORMS
        .into_iter()
        .filter(|form| form.is_taken(headers))
        .find_map(|form| Some((Dist::get(&format!("{path}.{}", form.ending))?, form.encoding)));
    let (file, encoding) = smaller.map_or((file, None), |(file, encoding)| (file, Some(encoding)));
    respond(path, file.data, encoding, &file.metadata.sha256_hash(), headers)
}

/// A form that a file may be sent in.
struct Form {
    ending: &'static str,
    encoding: &'static str,
}

/// The smallest first.
const FORMS: [Form; 2] = [Form { ending: "br", encoding: "br" }, Form { ending: "gz", encoding: "gzip" }];

impl Form {
    /// Whether `Accept-Encoding` names it, and not with a weight of nothing.
    fn is_taken(&self, headers: &HeaderMap) -> bool {
        let named = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
        named.flat_map(|value| value.split(',')).any(|one| {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            let nothing = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
            name.trim().eq_ignore_ascii_case(self.encoding) && !nothing
        })
    }
}

fn respond(
    path: &str,
    content: Cow<'static, [u8]>,
    encoding: Option<&'static str>,
    hash: &[u8],
    headers: &HeaderMap,
) -> Response {
    let etag = etag(hash);
    let cache = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let cached = [
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::ETAG, etag.clone()),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return (StatusCode::NOT_MODIFIED, cached).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)))];
    let mut response = match content {
        Cow::Borrowed(bytes) => (cached, kind, bytes).into_response(),
        Cow::Owned(bytes) => (cached, kind, bytes).into_response(),
    };
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn etag(hash: &[u8]) -> HeaderValue {
    let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{digits}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Served where the program was built without the page.
const NOT_BUILT: &str = include_str!("not-built.html");

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(path: &str, headers: &HeaderMap) -> Response {
        respond(path, Cow::Borrowed(b"x"), None, &[7; 32], headers)
    }

    fn header(response: &Response, name: header::HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn hashed_files_are_kept_for_ever_and_others_are_asked_for_again() {
        let hashed = answer("assets/index-1a2b.js", &HeaderMap::new());
        assert_eq!(header(&hashed, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(header(&hashed, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        let page = answer("index.html", &HeaderMap::new());
        assert_eq!(header(&page, header::CACHE_CONTROL), "no-cache");
        let mut known = HeaderMap::new();
        known.insert(header::IF_NONE_MATCH, page.headers()[header::ETAG].clone());
        assert_eq!(answer("index.html", &known).status(), StatusCode::NOT_MODIFIED);
        known.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"another\""));
        assert_eq!(answer("index.html", &known).status(), StatusCode::OK);
    }

    #[test]
    fn a_browser_gets_only_a_form_that_it_takes() {
        let taken = |accepts: &'static str| -> Vec<&str> {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts));
            FORMS.iter().filter(|form| form.is_taken(&headers)).map(|form| form.encoding).collect()
        };
        assert_eq!(taken("gzip, deflate, br, zstd"), ["br", "gzip"]);
        assert_eq!(taken("GZIP;q=0.5, br;q=0"), ["gzip"]);
        assert!(taken("identity").is_empty() && taken("brotli").is_empty());
        let small = respond("assets/a.js", Cow::Borrowed(b"x"), Some("br"), &[7; 32], &HeaderMap::new());
        assert_eq!(header(&small, header::CONTENT_ENCODING), "br");
        assert_eq!(header(&small, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        assert_eq!(header(&small, header::VARY), "accept-encoding");
    }

    #[test]
    fn places_are_told_from_missing_files() {
        assert!(is_place("s/ses_01"));
        assert!(is_place("settings"));
        assert!(!is_place("assets/index-gone"));
        assert!(!is_place("favicon.svg"));
        assert!(!is_place("a/b/app.js"));
    }
}
