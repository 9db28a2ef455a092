//! Pages that results point at, read for their text.
//!
//! Anyone can write a page and have it found. So: only web addresses, only hosts of the public network unless the
//! person says otherwise, a bound on every page, and nothing of it is run.

mod address;
mod charset;
mod entities;
mod markdown;
mod public;
mod tokens;

use oqto_protocol::error::ErrorKind;

use crate::agent::{Hosts, Manner, Reply};
use crate::clean;
use crate::fault::Fault;

pub(crate) use public::{NotPublic, PublicResolver};

/// No more of a page is read than this (bytes, unpacked).
const BOUND: usize = 5 << 20;

/// How many pages are read at a time.
const AT_ONCE: usize = 6;

/// What is wanted of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its text as Markdown.
    Markdown,
    /// Its HTML as it came.
    Html,
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// Its text, in the form that was asked for.
    pub(crate) text: String,
    /// Whether it went on after the bound.
    pub(crate) is_cut_off: bool,
}

/// Why a page could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum PageFault {
    #[error(transparent)]
    Fetch(#[from] Fault),
    #[error("only web pages are read")]
    NotWeb,
    #[error("it is no text ({0})")]
    NotText(String),
    #[error("there is no text in it")]
    Empty,
}

impl PageFault {
    /// The kind, which decides the exit code.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Fetch(Fault::Status(404 | 410)) => ErrorKind::NotFound,
            Self::Fetch(fault) => fault.kind(),
            Self::NotWeb | Self::NotText(_) => ErrorKind::Unsupported,
            Self::Empty => ErrorKind::NotFound,
        }
    }

    /// What may help. What helps with an instance does not help with a page.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Fetch(fault @ (Fault::Private | Fault::Tls(_) | Fault::Proxy(_) | Fault::TimedOut(_))) => {
                fault.hint()
            }
            Self::Fetch(_) | Self::NotWeb | Self::NotText(_) | Self::Empty => None,
        }
    }
}

/// Reads one page.
///
/// # Errors
/// Whatever came instead of a page with text.
pub(crate) fn read(url: &str, form: Form, manner: &Manner, hosts: Hosts) -> Result<Page, PageFault> {
    if !address::is_web(url) {
        return Err(PageFault::NotWeb);
    }
    let agent = manner.page_agent(url, hosts)?;
    let accepted = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.9, */*;q=0.1";
    let response = agent.get(url).header("accept", accepted).call();
    let last = response.as_ref().ok().map(|response| ureq::ResponseExt::get_uri(response).to_string());
    let reply = manner.read(response, BOUND)?;
    understood(&last.unwrap_or_else(|| url.to_owned()), &reply, form)
}

/// Reads many, some at a time; the answers stand in the order of the addresses.
pub(crate) fn read_all(urls: &[&str], form: Form, manner: &Manner, hosts: Hosts) -> Vec<Result<Page, PageFault>> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let worker = || {
        let mut mine = Vec::new();
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(url) = urls.get(at) else { return mine };
            mine.push((at, read(url, form, manner, hosts)));
        }
    };
    let mut all: Vec<(usize, Result<Page, PageFault>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE.min(urls.len())).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, page)| page).collect()
}

fn understood(url: &str, reply: &Reply, form: Form) -> Result<Page, PageFault> {
    match reply.status {
        200..=299 => {}
        429 => return Err(Fault::TooMany(reply.retry_after).into()),
        300..=399 => return Err(Fault::Redirect.into()),
        status => return Err(Fault::Status(status).into()),
    }
    let kind = Kind::of(reply)?;
    let text = charset::decode(&reply.body, &reply.content_type, kind == Kind::Html);
    let text = match (kind, form) {
        (Kind::Html, Form::Markdown) => markdown::of_page(&text, url),
        (Kind::Html, Form::Html) => text,
        (Kind::Plain, Form::Markdown | Form::Html) => text.trim_end().to_owned(),
    };
    let text = if form == Form::Markdown { clean::text(&text) } else { text };
    if text.trim().is_empty() { Err(PageFault::Empty) } else { Ok(Page { text, is_cut_off: reply.is_cut_off }) }
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Plain,
}

impl Kind {
    fn of(reply: &Reply) -> Result<Self, PageFault> {
        let media = reply.content_type.split(';').next().unwrap_or_default().trim();
        match media {
            "text/html" | "application/xhtml+xml" => Ok(Self::Html),
            "" if looks_like_html(&reply.body) => Ok(Self::Html),
            "" | "application/json" | "application/xml" | "application/javascript" | "application/x-ndjson" => {
                Self::plain(reply, media)
            }
            _ if media.starts_with("text/") || media.ends_with("+json") || media.ends_with("+xml") => {
                Self::plain(reply, media)
            }
            _ => Err(PageFault::NotText(media.to_owned())),
        }
    }

    /// A body that calls itself text and is none has NUL bytes in it.
    fn plain(reply: &Reply, media: &str) -> Result<Self, PageFault> {
        let is_wide = reply.content_type.contains("utf-16");
        let head = reply.body.get(..1024).unwrap_or(&reply.body);
        if !is_wide && head.contains(&0) && !head.starts_with(&[0xff, 0xfe]) && !head.starts_with(&[0xfe, 0xff]) {
            let said = if media.is_empty() { "bytes of an unnamed kind" } else { media };
            return Err(PageFault::NotText(said.to_owned()));
        }
        Ok(Self::Plain)
    }
}

fn looks_like_html(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..512).unwrap_or(body)).trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<!--"].iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, content_type: &str, body: &[u8]) -> Reply {
        Reply { status, content_type: content_type.into(), retry_after: None, body: body.to_vec(), is_cut_off: false }
    }

    fn fault(status: u16, content_type: &str, body: &[u8]) -> String {
        understood("https://x.org", &reply(status, content_type, body), Form::Markdown).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_page_is_named() {
        assert_eq!(fault(404, "text/html", b"gone"), "HTTP 404");
        assert_eq!(fault(200, "application/pdf", b"%PDF"), "it is no text (application/pdf)");
        assert_eq!(fault(200, "text/plain", b"a\0b"), "it is no text (text/plain)");
        assert_eq!(fault(200, "text/html", b"<p> </p><script>x</script>"), "there is no text in it");
        assert_eq!(read("file:///etc/passwd", Form::Html, &manner(), Hosts::Any), Err(PageFault::NotWeb));
    }

    fn manner() -> Manner {
        use crate::agent::{Certificates, UserAgent};
        let timeout = std::time::Duration::from_secs(5);
        Manner { timeout, certificates: Certificates::Verified, user_agent: UserAgent::Named }
    }

    #[test]
    fn text_of_every_kind_is_taken() {
        let read = |content_type: &str, body: &[u8], form| {
            understood("https://x.org", &reply(200, content_type, body), form).unwrap().text
        };
        assert_eq!(read("text/plain; charset=utf-8", "# ü\u{1b}[2J\n".as_bytes(), Form::Markdown), "# ü");
        assert_eq!(read("", b"<!DOCTYPE html><p>x", Form::Markdown), "x\n");
        assert_eq!(read("application/ld+json", b"{}", Form::Markdown), "{}");
        assert_eq!(read("text/html", b"<p>x</p>", Form::Html), "<p>x</p>");
        assert_eq!(
            read("text/html; charset=windows-1252", b"<p>\x93caf\xe9\x94", Form::Markdown),
            "\u{201c}café\u{201d}\n"
        );
    }
}
