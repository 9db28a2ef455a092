//! Takes secrets and data out of what was said, before it is kept.
//!
//! Works on any text, whole JSON or not, cut or not. What looks like a credential becomes `[hidden]`: the beginnings that
//! issuers give their keys, what follows `Bearer`, the values of fields with telling names, private keys. Long runs of
//! base64, which is how pictures and files are sent, become `[data: N bytes]`.

use std::ops::{ControlFlow, Range};

use oqto_kit::secret::HIDDEN;

/// A run of base64 that is at least so long is data.
const DATA: usize = 256;
/// What follows the beginning of a key is at least so long with it.
const SHORTEST_KEY: usize = 16;
/// A key shows within so many characters that it is none of a language's words.
const LONGEST_KEY: usize = 256;

/// The beginnings of keys, as their issuers write them.
const BEGINNINGS: [&str; 24] = [
    "eavs_",
    "sk-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "pk_live_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "AIza",
    "AKIA",
    "ASIA",
    "hf_",
    "gsk_",
    "xai-",
    "ya29.",
    "npm_",
    "pypi-",
];

/// Names of fields whose values are hidden.
const FIELDS: [&str; 16] = [
    "api_key",
    "apikey",
    "api-key",
    "x-api-key",
    "x-goog-api-key",
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "password",
    "passwd",
    "client_secret",
    "access_token",
    "refresh_token",
    "private_key",
    "secret",
];

/// Redacts a text, and cuts it to so many bytes. Says whether something was cut off.
#[must_use]
pub fn redact(bytes: &[u8], most: usize) -> (String, bool) {
    let text = String::from_utf8_lossy(bytes);
    let mut out = Redacted { text: String::new(), most };
    parts(&text, Last::Whole, |sort, range| {
        let part = text.get(range).unwrap_or_default();
        match sort {
            Sort::Word => out.text.push_str(part),
            Sort::Between => out.between(part),
            Sort::Secret => out.text.push_str(HIDDEN),
            Sort::Data => out.text.push_str(&format!("[data: {} bytes]", part.len() / 4 * 3)),
        }
        if out.text.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let cut = out.text.len() > most;
    let end = (0..=most.min(out.text.len())).rev().find(|at| out.text.is_char_boundary(*at)).unwrap_or(0);
    out.text.truncate(end);
    (out.text, cut)
}

/// Where the secrets of a text are that may go on after its end: what could be the beginning of one there is one.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    parts(text, Last::MayGoOn, |sort, range| {
        match sort {
            Sort::Secret => found.push(range),
            Sort::Word | Sort::Between | Sort::Data => {}
        }
        ControlFlow::Continue(())
    });
    found
}

/// What a part of a text is.
enum Sort {
    Word,
    /// What is between two words.
    Between,
    Secret,
    /// A long run of base64.
    Data,
}

/// What the last word of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Whole,
    /// It may be the beginning of a longer one.
    MayGoOn,
}

/// Tells the parts of a text, in order and without gaps, until `each` has enough of them.
fn parts(text: &str, last: Last, mut each: impl FnMut(Sort, Range<usize>) -> ControlFlow<()>) {
    let mut before = Before::Nothing;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (sort, length) = if let Some(after) = private_key(rest) {
            before = Before::Nothing;
            (Sort::Secret, rest.len() - after.len())
        } else {
            let run = rest.find(|c: char| !is_of_run(c)).unwrap_or(rest.len());
            let inside = rest.get(..run).and_then(|word| word.find("-----BEGIN")).filter(|at| *at > 0);
            let (word, after) = rest.split_at(inside.unwrap_or(run));
            if word.is_empty() {
                let (between, after) = rest.split_at(rest.find(is_of_run).unwrap_or(rest.len()));
                before = before.after(between);
                let letter = if between.ends_with('\\') { escape(after) } else { 0 };
                (Sort::Between, between.len() + letter)
            } else {
                let last = if after.is_empty() { last } else { Last::Whole };
                let judged = match before.judge(word, last) {
                    Verdict::Keep => (Sort::Word, word.len()),
                    Verdict::Hide => (Sort::Secret, word.len()),
                    Verdict::HideValue => (Sort::Secret, rest.len() - value_end(after).len()),
                    Verdict::Data => (Sort::Data, word.len()),
                };
                before = Before::of(word);
                judged
            }
        };
        if each(sort, at..at + length).is_break() {
            return;
        }
        at += length;
    }
}

struct Redacted {
    text: String,
    most: usize,
}

impl Redacted {
    /// What is between two words, as far as there is room for it.
    fn between(&mut self, text: &str) {
        let room = self.most.saturating_sub(self.text.len()) + 4;
        let end = (0..=room.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        self.text.push_str(text.get(..end).unwrap_or_default());
        if end < text.len() {
            // More than fits: what comes next does not either.
            self.text.push_str(&" ".repeat(room));
        }
    }
}

/// How many bytes of an escape, such as `\n` in JSON, follow its backslash: they belong to no word.
fn escape(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'n' | b't' | b'r' | b'b' | b'f', ..] => 1,
        [b'u', hex @ ..] if hex.len() >= 4 && hex.iter().take(4).all(u8::is_ascii_hexdigit) => 5,
        _ => 0,
    }
}

pub(super) fn is_of_run(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/=_-.~".contains(c)
}

/// What a word comes after.
enum Before {
    Nothing,
    /// A word, with nothing yet between.
    Word(String),
    /// The name of a field whose value is hidden, and its colon.
    Field,
    /// `Bearer` or `Basic`.
    Scheme,
    /// `;base64,`
    Base64,
}

enum Verdict {
    Keep,
    Hide,
    /// This word, and all that follows up to the end of the value.
    HideValue,
    Data,
}

impl Before {
    fn of(word: &str) -> Self {
        Self::Word(word.to_owned())
    }

    /// The same after what is between two words.
    fn after(self, between: &str) -> Self {
        let Self::Word(word) = self else {
            return Self::Nothing;
        };
        let marks: String = between.chars().filter(|c| !matches!(c, ' ' | '\\' | '"' | '\'')).collect();
        let name = word.to_ascii_lowercase();
        if marks == ":" && FIELDS.contains(&name.as_str()) {
            return Self::Field;
        }
        if marks.is_empty() && matches!(name.as_str(), "bearer" | "basic") && between.starts_with(' ') {
            return Self::Scheme;
        }
        if between == "," && name.ends_with("base64") {
            return Self::Base64;
        }
        Self::Nothing
    }

    fn judge(&self, word: &str, last: Last) -> Verdict {
        let begun = last == Last::MayGoOn;
        match self {
            Self::Field if !matches!(word, "null" | "true" | "false") => return Verdict::HideValue,
            Self::Scheme if (begun || word.len() >= 8) && is_random(word) => return Verdict::Hide,
            Self::Base64 => return Verdict::Data,
            Self::Field | Self::Scheme | Self::Nothing | Self::Word(_) => {}
        }
        if is_key(word, if begun { 0 } else { SHORTEST_KEY }) || is_jwt(word, last) {
            return Verdict::Hide;
        }
        if word.len() >= DATA { Verdict::Data } else { Verdict::Keep }
    }
}

/// Whether a key of at least so many characters stands in a word, at its beginning or as in `KEY=sk-…`.
fn is_key(word: &str, shortest: usize) -> bool {
    let begins = |at: usize| {
        let (before, key) = word.split_at_checked(at).unwrap_or((word, ""));
        key.len() >= shortest && !before.ends_with(|c: char| c.is_ascii_alphanumeric()) && is_random(key)
    };
    let found = |beginning: &&str| word.match_indices(*beginning).any(|(at, _)| begins(at));
    word.len() >= shortest && BEGINNINGS.iter().any(found)
}

/// Whether a word has what words have not, as far as a key is long.
fn is_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool, skipped: usize| word.as_bytes().iter().take(LONGEST_KEY).skip(skipped).any(is);
    has(|byte| byte.is_ascii_digit() || *byte == b'=', 0)
        || has(u8::is_ascii_uppercase, 1) && has(u8::is_ascii_lowercase, 0)
}

fn is_jwt(word: &str, last: Last) -> bool {
    let has_all = word.len() > 40 && word.matches('.').count() == 2;
    word.starts_with("eyJ") && (has_all || last == Last::MayGoOn)
}

/// What is left after a private key that begins here.
fn private_key(text: &str) -> Option<&str> {
    const END: &str = "PRIVATE KEY-----";
    let head = text.strip_prefix("-----BEGIN ")?;
    let name_end = head.find("-----")?;
    let (name, body) = head.split_at_checked(name_end + 5)?;
    if !name.ends_with(END) {
        return None;
    }
    let end = body.find("-----END ").and_then(|at| {
        let tail = body.get(at + 9..)?;
        Some(at + 9 + tail.find("-----")? + 5)
    });
    body.get(end.unwrap_or(body.len())..)
}

/// The rest of a text from the end of a value on: its quotation mark, or the end of its line.
fn value_end(text: &str) -> &str {
    let end = text.find(['"', '\'', '\n', ',', '}', '\\']).unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        redact(text.as_bytes(), 1 << 20).0
    }

    #[test]
    fn words_stay_as_they_are() {
        let text = "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":5,\"messages\":[{\"content\":\"Grüße, 日本 — token sk-1\"}]}";
        assert_eq!(said(text), text);
        for text in [
            "",
            "the secret of a good cake",
            "skip-level sk-learn",
            "a/b/c.txt",
            "token: 5",
            "basic information",
            "npm_config_registry",
        ] {
            assert_eq!(said(text), text);
        }
    }

    #[test]
    fn credentials_are_hidden_wherever_they_are() {
        let key = "sk-proj-0123456789abcdef";
        for (text, shown) in [
            (format!("my key is {key}."), "my key is [hidden]".to_owned()),
            (format!("export OPENAI_API_KEY={key}"), "export [hidden]".to_owned()),
            (format!("{{\"a\":\"{key}\",\"b\":1}}"), "{\"a\":\"[hidden]\",\"b\":1}".to_owned()),
            ("Authorization: Bearer abcdefgh12345".to_owned(), "Authorization: [hidden]".to_owned()),
            ("\"password\": \"hunter 2!\", \"x\": 1".to_owned(), "\"password\": \"[hidden]\", \"x\": 1".to_owned()),
            ("{\\\"api_key\\\":\\\"short\\\"}".to_owned(), "{\\\"api_key\\\":\\\"[hidden]\\\"}".to_owned()),
            ("curl -H 'Bearer abcdefghijk9'".to_owned(), "curl -H 'Bearer [hidden]'".to_owned()),
            (
                "x -----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY----- y".to_owned(),
                "x [hidden] y".to_owned(),
            ),
            ("-----BEGIN PRIVATE KEY-----\nMIIE cut off".to_owned(), "[hidden]".to_owned()),
        ] {
            assert_eq!(said(&text), shown, "{text}");
        }
        let line = "{\"text\":\"here:\\neavs_0123456789abcdefghij\\u0041\"}";
        assert_eq!(said(line), "{\"text\":\"here:\\n[hidden]\\u0041\"}");
        let jwt = format!("{}.{}.{}", "eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "abc_def-123");
        assert_eq!(said(&jwt), "[hidden]");
    }

    #[test]
    fn pictures_are_cut() {
        let data = "iVBORw0KGgo".repeat(40);
        assert_eq!(said(&format!("\"data\":\"{data}\"")), "\"data\":\"[data: 330 bytes]\"");
        assert_eq!(said("data:image/png;base64,AAAA\""), "data:image/png;base64,[data: 3 bytes]\"");
    }

    #[test]
    fn what_may_go_on_is_hidden_as_soon_as_it_could_be_a_secret() {
        let shown = |text: &str| {
            let mut text = text.to_owned();
            for range in secrets(&text).into_iter().rev() {
                text.replace_range(range, HIDDEN);
            }
            text
        };
        assert_eq!(shown("a sk-1 and eavs_01"), "a sk-1 and [hidden]");
        assert_eq!(shown("Bearer a1"), "Bearer [hidden]");
        assert_eq!(shown("x -----BEGIN PRIVATE KEY-----\nMII"), "x [hidden]");
        assert_eq!(shown("skip sk-learn"), "skip sk-learn");
        // It is not read from every beginning to the end.
        assert_eq!(shown(&"sk-".repeat(100_000)).len(), 300_000);
    }

    #[test]
    fn a_long_text_is_cut_and_never_in_the_middle_of_a_secret() {
        let (text, cut) = redact("é".repeat(100).as_bytes(), 9);
        assert_eq!((text.as_str(), cut), ("éééé", true));
        let long = format!("{} eavs_0123456789abcdefghijklmnopqrstuvwxyz", "word ".repeat(10));
        for most in 0..long.len() {
            let (text, _) = redact(long.as_bytes(), most);
            assert!(text.len() <= most && !text.contains("eavs_0"), "{text}");
        }
        assert_eq!(redact(b"whole", 5), ("whole".to_owned(), false));
    }

    proptest! {
        #[test]
        fn a_planted_key_is_never_kept(
            before in "[ -~é\\n]{0,40}[ \":,({\\[]",
            after in "[ \":,)}\\]\\n][ -~é\\n]{0,40}",
            most in 0_usize..200,
        ) {
            let key = "eavs_AbCdEf0123456789_-AbCdEf0123456789_-AbCdEf01";
            let (text, _) = redact(format!("{before}{key}{after}").as_bytes(), most);
            prop_assert!(!text.contains("eavs_AbCd"), "{}", text);
            prop_assert!(text.len() <= most);
        }

        #[test]
        fn any_bytes_are_redacted(bytes in prop::collection::vec(any::<u8>(), 0..400), most in 0_usize..500) {
            let (text, _) = redact(&bytes, most);
            prop_assert!(text.len() <= most);
        }
    }
}
