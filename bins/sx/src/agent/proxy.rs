//! Which proxy a request goes through: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, as other clients read them.

use ureq::Proxy;
use ureq::http::Uri;

use crate::fault::Fault;

/// The proxy for an address, if the environment names one.
///
/// # Errors
/// When it names one that cannot be used.
pub(super) fn from_environment(address: &str) -> Result<Option<Proxy>, Fault> {
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some((name, proxy)) = choose(address, var) else { return Ok(None) };
    let unusable = |_| Fault::Proxy(format!("{name} is no address of a proxy"));
    Proxy::new(&proxy).map(Some).map_err(unusable)
}

/// The variable that decides, and its value. The small spelling comes first; `HTTP_PROXY` may also be set by a header
/// where a program runs as a web server's script (CGI), so there it is not believed.
fn choose(address: &str, var: impl Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    let uri: Uri = address.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_ascii_lowercase();
    let except = var("no_proxy").or_else(|| var("NO_PROXY")).unwrap_or_default();
    if except.split(',').any(|pattern| covers(pattern.trim(), &host, uri.port_u16())) {
        return None;
    }
    let is_script = var("REQUEST_METHOD").is_some();
    let names: &[&'static str] = match uri.scheme_str() {
        Some("https") => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        _ if is_script => &["http_proxy", "all_proxy", "ALL_PROXY"],
        _ => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    names.iter().find_map(|name| var(name).map(|value| (*name, value)))
}

/// Whether one item of `NO_PROXY` names the host: exactly, a domain above it, or `*`.
fn covers(pattern: &str, host: &str, port: Option<u16>) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let (name, wanted) = match pattern.rsplit_once(':') {
        Some((name, digits)) if !name.contains(':') => (name.to_owned(), digits.parse::<u16>().ok()),
        _ => (pattern, None),
    };
    let name = name.trim_matches(['[', ']']).trim_start_matches("*.").trim_start_matches('.');
    if wanted.is_some() && wanted != port {
        return false;
    }
    match name {
        "" => false,
        "*" => true,
        _ => host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(address: &str, vars: &[(&str, &str)]) -> Option<String> {
        let var = |name: &str| vars.iter().find(|(k, _)| *k == name).map(|(_, v)| (*v).to_owned());
        choose(address, var).map(|(name, value)| format!("{name}={value}"))
    }

    #[test]
    fn each_scheme_has_its_own_and_all_is_the_last() {
        let vars = [("HTTP_PROXY", "http://a:1"), ("https_proxy", "http://b:2"), ("ALL_PROXY", "socks5://c:3")];
        assert_eq!(chosen("http://x.org/search", &vars).as_deref(), Some("HTTP_PROXY=http://a:1"));
        assert_eq!(chosen("https://x.org", &vars).as_deref(), Some("https_proxy=http://b:2"));
        assert_eq!(chosen("https://x.org", &vars[2..]).as_deref(), Some("ALL_PROXY=socks5://c:3"));
        assert_eq!(chosen("https://x.org", &[]), None);
    }

    #[test]
    fn exceptions_are_hosts_domains_and_everything() {
        let through =
            |no: &str, address: &str| chosen(address, &[("ALL_PROXY", "http://a:1"), ("NO_PROXY", no)]).is_some();
        assert!(!through("example.org", "https://search.example.org"));
        assert!(!through(" .example.org ,x", "https://example.org"));
        assert!(!through("*", "https://example.org"));
        assert!(!through("127.0.0.1,::1", "http://[::1]:8080"));
        assert!(!through("example.org:8080", "http://example.org:8080"));
        assert!(through("example.org:8080", "http://example.org"));
        assert!(through("ample.org", "https://example.org"));
        assert!(through("", "https://example.org"));
    }

    #[test]
    fn a_header_cannot_set_the_proxy_of_a_script() {
        let vars = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil:1")];
        assert_eq!(chosen("http://x.org", &vars), None);
    }
}
