//! How a SearXNG instance is asked, and how its answer is told from everything else that may come back.

use serde_json::Value;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::agent::{Downgrade, Manner, Reply};
use crate::answer::Answer;
use crate::encode;
use crate::fault::Fault;
use crate::instance::Instance;
use crate::question::{Method, Question};

/// No answer is longer than this (bytes, unpacked); a page of results is some hundred kilobytes at most.
const BOUND: usize = 16 << 20;

/// Asks one instance for one page (counted from 1).
///
/// # Errors
/// Whatever came instead of an answer.
pub(crate) fn ask(instance: &Instance, question: &Question, page: u32, manner: &Manner) -> Result<Answer, Fault> {
    let address = instance.search_address();
    let downgrade = if instance.is_https() { Downgrade::Refused } else { Downgrade::Followed };
    let agent = manner.agent(&address, downgrade)?;
    let form = encode::form(&question.fields(page));
    let response = match question.method {
        Method::Get => {
            let request = agent.get(format!("{address}?{form}")).header("accept", "application/json");
            authorised(request, instance).call()
        }
        Method::Post => {
            let request = agent.post(&address).header("accept", "application/json");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            authorised(request, instance).send(form)
        }
    };
    answer(&manner.read(response, BOUND)?)
}

fn authorised<B>(request: ureq::RequestBuilder<B>, instance: &Instance) -> ureq::RequestBuilder<B> {
    match instance.login() {
        Some(login) => {
            let pair = STANDARD.encode(format!("{}:{}", login.user, login.password.expose()));
            request.header("authorization", format!("Basic {pair}"))
        }
        None => request,
    }
}

fn answer(reply: &Reply) -> Result<Answer, Fault> {
    match reply.status {
        200 => {}
        429 => return Err(Fault::TooMany(reply.retry_after)),
        301 | 302 | 303 | 307 | 308 => return Err(Fault::Redirect),
        status => return Err(Fault::Status(status)),
    }
    if reply.is_cut_off {
        return Err(Fault::TooLarge(BOUND));
    }
    let text = String::from_utf8_lossy(&reply.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') || (reply.content_type.starts_with("text/html") && !text.starts_with('{')) {
        return Err(Fault::WebPage);
    }
    let value = parse(text).map_err(|error| Fault::NotJson(said(&error)))?;
    Answer::read(&value).ok_or_else(|| Fault::NotJson("it has no list of results".to_owned()))
}

/// What the parser says, without the text it read.
fn said(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Eof => "it breaks off".to_owned(),
        serde_json::error::Category::Io | serde_json::error::Category::Syntax | serde_json::error::Category::Data => {
            format!("line {} column {}", error.line(), error.column())
        }
    }
}

/// Parses, and forgives half characters: Python writes them as they came from a page that was cut within an emoji.
fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| match without_half_characters(text) {
        Some(mended) => serde_json::from_str(&mended),
        None => Err(error),
    })
}

/// Replaces `\uD800`-`\uDFFF` that has no other half by the replacement character; `None` when there was none.
fn without_half_characters(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let taken = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                changed = true;
                mended.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            // The escaped character is ASCII wherever this is JSON at all.
            _ => escape.chars().nth(1).map_or(1, |c| 1 + c.len_utf8()),
        };
        let (kept, after) = escape.split_at(taken);
        mended.push_str(kept);
        rest = after;
    }
    mended.push_str(rest);
    changed.then_some(mended)
}

/// The UTF-16 unit of a `\uXXXX` at the beginning.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reply(status: u16, content_type: &str, body: &[u8]) -> Reply {
        Reply { status, content_type: content_type.into(), retry_after: None, body: body.to_vec(), is_cut_off: false }
    }

    fn refused(status: u16, content_type: &str, body: &[u8]) -> Fault {
        answer(&reply(status, content_type, body)).unwrap_err()
    }

    #[test]
    fn what_is_no_answer_is_named() {
        assert_eq!(refused(200, "text/html; charset=utf-8", b"<!doctype html>"), Fault::WebPage);
        assert_eq!(refused(200, "application/json", b"\n <html>"), Fault::WebPage);
        assert_eq!(refused(200, "application/json", b"{\"results\":[{\"ti"), Fault::NotJson("it breaks off".into()));
        assert_eq!(refused(200, "", b"{\"results\":[}"), Fault::NotJson("line 1 column 13".into()));
        assert_eq!(refused(200, "", b"{}"), Fault::NotJson("it has no list of results".into()));
        assert_eq!(refused(302, "", b""), Fault::Redirect);
        assert_eq!(refused(418, "", b""), Fault::Status(418));
    }

    #[test]
    fn half_characters_and_foreign_bytes_are_forgiven() {
        let cut = br#"{"results":[{"title":"a\ud83d b\\ud83d \ud83e\udd80 \udd80","url":"x"}]}"#;
        let title = answer(&reply(200, "", cut)).unwrap().results[0].title.clone();
        assert_eq!(title, "a\u{fffd} b\\ud83d \u{1f980} \u{fffd}");
        let latin = b"\xef\xbb\xbf{\"results\":[{\"title\":\"caf\xe9\"}]}";
        assert_eq!(answer(&reply(200, "", latin)).unwrap().results[0].title, "caf\u{fffd}");
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_or_a_reason(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = answer(&reply(200, "application/json", &body));
        }

        #[test]
        fn mending_changes_no_sound_text(text in "[\\\\u0-9a-fA-Fdb\"{}é🦀]{0,40}") {
            if let Some(mended) = without_half_characters(&text) {
                prop_assert_eq!(without_half_characters(&mended), None);
            }
        }
    }
}
