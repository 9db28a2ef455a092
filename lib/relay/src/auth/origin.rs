//! Which names this server answers to, and which pages may talk to it.
//!
//! A page of another site can make a browser send requests here, and a hostile name can be pointed at this address
//! (DNS rebinding). So the `Host` must be one we know, and the `Origin` of whatever changes something or opens a
//! WebSocket must be that same host.

use axum::http::{HeaderMap, Method, header};
use oqto_protocol::error::{ErrorKind, WireError};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The names and pages that are accepted beyond the loopback ones.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Host names, without a port, such as `oqto.example.org`.
    pub hosts: Vec<String>,
    /// Whole origins, such as `https://oqto.example.org`.
    pub origins: Vec<String>,
}

impl Allowed {
    /// Refuses a request for a name that is not ours.
    ///
    /// # Errors
    /// `not_permitted`, with the setting that would allow it.
    pub fn check_host(&self, headers: &HeaderMap) -> Result<(), WireError> {
        let host = text(headers, &header::HOST).unwrap_or_default();
        let name = without_port(host);
        let known = is_local_name(name) || self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(name));
        if known {
            return Ok(());
        }
        let error =
            WireError::new(ErrorKind::NotPermitted, format!("this server does not answer to the name {name:?}"));
        Err(error.with_hint("open it by its address, or add the name to `allowed_hosts` in the configuration"))
    }

    /// Refuses a request that a page of another site makes, where it changes something.
    ///
    /// # Errors
    /// `not_permitted`.
    pub fn check_method(&self, method: &Method, headers: &HeaderMap) -> Result<(), WireError> {
        match (method.is_safe(), headers.contains_key(header::ORIGIN)) {
            // A browser always says where a request that changes something comes from; a script need not.
            (true, _) | (false, false) => Ok(()),
            (false, true) => self.check_origin(headers),
        }
    }

    /// Refuses a WebSocket that does not come from our own page.
    ///
    /// # Errors
    /// `not_permitted`, also where the origin is not said.
    pub fn check_origin(&self, headers: &HeaderMap) -> Result<(), WireError> {
        let refused = |why: String| Err(WireError::new(ErrorKind::NotPermitted, why));
        let Some(origin) = text(headers, &header::ORIGIN) else {
            return refused("the request does not say which page it comes from (Origin)".to_owned());
        };
        if self.origins.iter().any(|allowed| allowed == origin) {
            return Ok(());
        }
        let host = text(headers, &header::HOST).unwrap_or_default();
        let from = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        match from {
            Some(from) if !host.is_empty() && from.eq_ignore_ascii_case(host) => Ok(()),
            Some(_) | None => refused(format!("a page of {origin} may not talk to {host}")),
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Names that no one else can point here: addresses, and `localhost`.
fn is_local_name(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<Ipv4Addr>().is_ok() || bare.parse::<Ipv6Addr>().is_ok()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        Some(_) | None => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn names_that_can_be_rebound_are_refused() {
        let allowed = Allowed { hosts: vec!["oqto.example.org".into()], origins: Vec::new() };
        for host in ["127.0.0.1:8080", "localhost:9", "[::1]:8080", "[::1]", "192.168.1.4", "OQTO.example.org:443"] {
            assert!(allowed.check_host(&headers(host, None)).is_ok(), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:8080", "localhost.evil.example", "", ":8080"] {
            let error = allowed.check_host(&headers(host, None)).unwrap_err();
            assert_eq!(error.code, ErrorKind::NotPermitted, "{host}");
            assert!(error.message.contains("does not answer to the name"), "{}", error.message);
        }
    }

    #[test]
    fn only_our_own_page_may_open_a_socket() {
        let allowed = Allowed { hosts: Vec::new(), origins: vec!["https://front.example".into()] };
        let check = |origin| allowed.check_origin(&headers("127.0.0.1:8080", origin));
        assert!(check(Some("http://127.0.0.1:8080")).is_ok());
        assert!(check(Some("https://front.example")).is_ok());
        for origin in [Some("http://127.0.0.1:8081"), Some("http://evil.example"), Some("null"), None] {
            assert!(check(origin).is_err(), "{origin:?}");
        }
    }

    #[test]
    fn reading_needs_no_origin_but_writing_from_elsewhere_is_refused() {
        let allowed = Allowed::default();
        let foreign = headers("127.0.0.1:8080", Some("http://evil.example"));
        assert!(allowed.check_method(&Method::GET, &foreign).is_ok());
        assert!(allowed.check_method(&Method::POST, &foreign).is_err());
        assert!(allowed.check_method(&Method::POST, &headers("127.0.0.1:8080", None)).is_ok());
    }
}
