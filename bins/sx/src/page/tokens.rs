//! HTML as a run of tags and texts. Pages are wrong in every way, so nothing here fails: what is no tag is text.

use super::entities;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name …>`, the name in lower case.
    Start(Tag),
    /// `</name>`.
    End(String),
    /// Text between tags, its references resolved.
    Text(String),
}

/// A tag with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty where it has none.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A tag has no more attributes than this; further ones are not kept.
const MOST_ATTRIBUTES: usize = 64;

/// Elements whose content is no markup: up to their own end tag everything is text.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Reads a page.
pub(super) fn read(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        rest = match rest.find('<') {
            None => {
                push_text(&mut tokens, rest);
                ""
            }
            Some(0) => markup(rest, &mut tokens),
            Some(at) => {
                let (text, after) = rest.split_at(at);
                push_text(&mut tokens, text);
                after
            }
        };
    }
    tokens
}

fn push_text(tokens: &mut Vec<Token>, raw: &str) {
    if !raw.is_empty() {
        tokens.push(Token::Text(entities::decode(raw)));
    }
}

/// Takes what begins with `<`, and returns what stands after it.
fn markup<'h>(html: &'h str, tokens: &mut Vec<Token>) -> &'h str {
    let after = html.get(1..).unwrap_or_default();
    match after.chars().next() {
        Some('a'..='z' | 'A'..='Z') => start_tag(after, tokens),
        Some('/') => end_tag(after, tokens),
        Some('!') if after.starts_with("!--") => past(after, "-->"),
        Some('!') if after.starts_with("![CDATA[") => {
            let inside = after.get(8..).unwrap_or_default();
            let (text, rest) = inside.split_once("]]>").unwrap_or((inside, ""));
            tokens.push(Token::Text(text.to_owned()));
            rest
        }
        Some('!' | '?') => past(after, ">"),
        Some(_) | None => {
            tokens.push(Token::Text("<".to_owned()));
            after
        }
    }
}

fn past<'h>(html: &'h str, end: &str) -> &'h str {
    html.split_once(end).map_or("", |(_, rest)| rest)
}

fn end_tag<'h>(after: &'h str, tokens: &mut Vec<Token>) -> &'h str {
    let (inside, rest) = after.split_once('>').unwrap_or((after, ""));
    let name: String = inside.chars().skip(1).take_while(|c| is_name(*c)).collect();
    if !name.is_empty() {
        tokens.push(Token::End(name.to_ascii_lowercase()));
    }
    rest
}

fn is_name(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '/' | '>' | '<')
}

fn start_tag<'h>(after: &'h str, tokens: &mut Vec<Token>) -> &'h str {
    let (name, mut rest) = after.split_at(after.find(|c| !is_name(c)).unwrap_or(after.len()));
    let mut tag = Tag { name: name.to_ascii_lowercase(), attributes: Vec::new() };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None => break,
            Some('>') => {
                rest = rest.get(1..).unwrap_or_default();
                break;
            }
            // A tag that was never closed; the next one begins here.
            Some('<') => break,
            Some(_) => rest = attribute(rest, &mut tag),
        }
    }
    let raw = RAW.contains(&tag.name.as_str()).then(|| tag.name.clone());
    tokens.push(Token::Start(tag));
    match raw {
        Some(name) => raw_text(rest, name, tokens),
        None => rest,
    }
}

fn attribute<'h>(html: &'h str, tag: &mut Tag) -> &'h str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    // A name may begin with `=`, and is then one character long at least.
    let first = html.chars().next().map_or(0, char::len_utf8);
    let length = html.get(first..).and_then(|tail| tail.find(ends)).map_or(html.len(), |at| first + at);
    let (name, rest) = html.split_at(length);
    let after = rest.trim_start();
    let (value, rest) = match after.strip_prefix('=') {
        None => ("", rest),
        Some(after) => value(after.trim_start()),
    };
    let name = name.to_ascii_lowercase();
    if tag.attributes.len() < MOST_ATTRIBUTES && tag.attribute(&name).is_none() {
        tag.attributes.push((name, entities::decode(value)));
    }
    rest
}

fn value(html: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = html.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    html.split_at(html.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(html.len()))
}

/// The text up to the element's own end tag.
fn raw_text<'h>(html: &'h str, name: String, tokens: &mut Vec<Token>) -> &'h str {
    let end = closing(html, &name).unwrap_or(html.len());
    let (text, rest) = html.split_at(end);
    // Only these two have references in them.
    let text = if matches!(name.as_str(), "title" | "textarea") { entities::decode(text) } else { text.to_owned() };
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
    tokens.push(Token::End(name));
    if rest.is_empty() { rest } else { past(rest, ">") }
}

/// Where `</name` stands, in letters of any case.
fn closing(html: &str, name: &str) -> Option<usize> {
    let is_it = |at: &usize| {
        let tag = html.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    html.match_indices("</").map(|(at, _)| at).find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(html: &str) -> String {
        let tell = |token: &Token| match token {
            Token::Start(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                format!("<{}{}>", tag.name, attributes.collect::<String>())
            }
            Token::End(name) => format!("</{name}>"),
            Token::Text(text) => text.clone(),
        };
        read(html).iter().map(tell).collect::<Vec<_>>().join("·")
    }

    #[test]
    fn tags_texts_and_attributes() {
        assert_eq!(
            told("a<B Class='x y' id=z checked data-a=\"&amp;1\">b</B >c"),
            "a·<b class=x y id=z checked= data-a=&1>·b·</b>·c"
        );
        assert_eq!(told("<br/><img src=/a/b.png alt=x>"), "<br>·<img src=/a/b.png alt=x>");
        assert_eq!(told("<!doctype html><?xml?><!-- <b> -->x<![CDATA[<y>]]>"), "x·<y>");
    }

    #[test]
    fn wrong_pages_are_read_too() {
        assert_eq!(told("1 < 2 <3 </ <"), "1 ·<· 2 ·<·3 ");
        assert_eq!(told("<a href='x"), "<a href=x>");
        assert_eq!(told("<a <b>x"), "<a>·<b>·x");
        assert_eq!(told("<p =x =>y"), "<p =x=>·y");
        assert_eq!(told("<!-- never ends"), "");
        assert_eq!(told("<SCRIPT>if (a</b) \"</scrip\" </ScRiPt >x"), "<script>·if (a</b) \"</scrip\" ·</script>·x");
        assert_eq!(told("<title>a &amp; <b>"), "<title>·a & <b>·</title>");
    }

    proptest! {
        #[test]
        fn anything_is_read(html in "(<|>|/|!|-|&|;|=|'|\"|script|title|a|é|🦀| ){0,60}") {
            read(&html);
        }
    }
}
