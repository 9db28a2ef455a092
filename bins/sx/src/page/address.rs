//! Addresses on a page: what they mean, seen from the page's own address (RFC 3986, as far as links need it).

/// Whether it is the address of a web page.
pub(crate) fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// The web or mail address that a link means; `None` for scripts, data, places on the same page and nonsense.
pub(super) fn resolve(base: &str, link: &str) -> Option<String> {
    let link: String = link.trim().chars().filter(|c| !c.is_control()).collect();
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let whole = match scheme(&link) {
        Some("http" | "https" | "mailto") => link,
        Some(_) => return None,
        None => relative(base, &link)?,
    };
    Some(safe(&whole))
}

/// The scheme, in lower case letters only: others are not followed anyway.
fn scheme(link: &str) -> Option<&'static str> {
    let (scheme, _) = link.split_once(':')?;
    let known = ["http", "https", "mailto"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known));
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    known.or(is_scheme.then_some("other"))
}

fn relative(base: &str, link: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    if let Some(rest) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = path.split('#').next().unwrap_or_default();
    let (path, _) = path.split_at(path.find('?').unwrap_or(path.len()));
    if link.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{link}"));
    }
    let (link, after) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    let joined = match link.starts_with('/') {
        true => link.to_owned(),
        false => format!("{}/{link}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    Some(format!("{scheme}://{host}{}{after}", without_dots(&joined)))
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(part),
        }
        if is_last && matches!(part, "." | "..") {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

/// What would end a Markdown link early is written as the web writes it.
fn safe(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => safe.push_str("%20"),
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_seen_from_their_page() {
        let base = "https://x.org/a/b/c.html?q=1#top";
        for (link, meant) in [
            ("d", "https://x.org/a/b/d"),
            ("../d/./e?x#y", "https://x.org/a/d/e?x#y"),
            ("/d/..", "https://x.org/"),
            ("../../../../d", "https://x.org/d"),
            ("?z", "https://x.org/a/b/c.html?z"),
            ("//y.org/d", "https://y.org/d"),
            ("HTTP://y.org/a b(c)", "HTTP://y.org/a%20b%28c%29"),
            ("mailto:a@b.org", "mailto:a@b.org"),
            ("a:b", ""),
            ("javascript:alert(1)", ""),
            ("java\nscript:alert(1)", ""),
            ("data:text/html,x", ""),
            ("#y", ""),
            ("", ""),
        ] {
            assert_eq!(resolve(base, link).unwrap_or_default(), meant, "{link}");
        }
        assert_eq!(resolve("https://x.org", "d").as_deref(), Some("https://x.org/d"));
        assert_eq!(resolve("https://x.org?q=1/2", "d").as_deref(), Some("https://x.org/d"));
    }

    #[test]
    fn only_the_web_is_the_web() {
        assert!(is_web("https://x") && is_web("HTTP://x"));
        assert!(!is_web("file:///x") && !is_web("x.org") && !is_web("javascript:http://x"));
    }
}
