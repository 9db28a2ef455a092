//! How results look: text for a terminal or a pipe, Markdown, links, JSON.

mod pages;

use oqto_kit::style::Styles;
use oqto_kit::{Ctx, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;
use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::answer::{Extras, Found};
use crate::clean;
use crate::search::{Failure, Outcome, Told};

pub(crate) use pages::Pages;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// For people.
    Text,
    /// A list of links with their descriptions.
    Markdown,
    /// Addresses, one a line.
    Links,
    /// Every field of every result.
    Json,
    /// The same without empty values.
    CleanJson,
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) expand: bool,
    pub(crate) plain: bool,
    pub(crate) terminal: bool,
}

/// The whole output.
pub(crate) fn draw(ctx: &Ctx, query: &str, outcome: &Outcome, shape: Shape, look: Look) -> Result<String> {
    match shape {
        Shape::Text => Ok(answers(outcome, styles(ctx, look)) + &list(&outcome.results, 0, styles(ctx, look), look)),
        Shape::Markdown => Ok(markdown(outcome)),
        Shape::Links => {
            let urls = outcome.results.iter().map(|found| &found.url).filter(|url| !url.is_empty());
            Ok(urls.map(|url| format!("{url}\n")).collect())
        }
        Shape::Json | Shape::CleanJson => {
            json_text(query, outcome, outcome.results.iter().map(|found| fields(found, shape)).collect())
        }
    }
}

/// How text is painted.
pub(crate) fn styles(ctx: &Ctx, look: Look) -> Styles {
    use oqto_kit::style::Stream;
    let stream = if look.terminal { Stream::Terminal } else { Stream::Other };
    if look.plain { Styles::plain() } else { Styles::decide(ctx.flags().color, stream) }
}

/// The direct answers, and summaries of what is meant.
pub(crate) fn answers(outcome: &Outcome, styles: Styles) -> String {
    let direct = outcome.extras.answers.iter();
    let direct = direct.map(|direct| (direct.answer.as_str(), "", direct.url.as_str()));
    let summaries = outcome.extras.infoboxes.iter();
    let summaries = summaries.map(|summary| {
        (summary.title.as_str(), summary.content.as_str(), summary.urls.first().map(String::as_str).unwrap_or_default())
    });
    let mut page = String::new();
    for (words, more, url) in direct.chain(summaries) {
        page.push_str(&format!("{} {}\n", styles.good("="), styles.bold(words)));
        for line in [clean::line(more), styles.good(url)].iter().filter(|line| !line.is_empty()) {
            page.push_str(&format!("  {line}\n"));
        }
        page.push('\n');
    }
    page
}

/// Results for people, counted from the one after `before`.
pub(crate) fn list(results: &[Found], before: usize, styles: Styles, look: Look) -> String {
    let width = if look.terminal { Some(terminal_width()) } else { None };
    let mut page = String::new();
    for (number, found) in results.iter().enumerate() {
        let address = match width {
            Some(width) if !look.expand => shortened(&found.url, width.saturating_sub(4)),
            Some(_) | None => found.url.clone(),
        };
        let number = before + number + 1;
        page.push_str(&format!("{number:>2}. {}\n", styles.bold(&found.title)));
        if !address.is_empty() {
            page.push_str(&format!("    {}\n", styles.good(&address)));
        }
        for line in wrapped(&clean::line(&found.content), width.map(|width| width.saturating_sub(4))) {
            page.push_str(&format!("    {line}\n"));
        }
        let facts = [found.published.as_str(), &found.author, &found.found_by()].map(str::to_owned);
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        if !facts.is_empty() {
            page.push_str(&format!("    {}\n", styles.dim(&facts.join(" · "))));
        }
    }
    page
}

/// Columns of the terminal on stdout, 80 where it does not say.
fn terminal_width() -> usize {
    let size = rustix::termios::tcgetwinsize(std::io::stdout());
    size.ok().map(|size| usize::from(size.ws_col)).filter(|columns| *columns >= 20).unwrap_or(80)
}

fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// The lines of a text at a width; one line where there is none. A word longer than a line has one of its own.
fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else {
        return if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    };
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn markdown(outcome: &Outcome) -> String {
    let mut page = String::new();
    for answer in &outcome.extras.answers {
        page.push_str(&format!("> {}\n\n", literal(&answer.answer)));
    }
    for summary in &outcome.extras.infoboxes {
        let content = literal(&clean::line(&summary.content));
        page.push_str(&format!("> **{}**: {content}\n\n", literal(&summary.title)));
    }
    for (number, found) in outcome.results.iter().enumerate() {
        let title = if found.title.is_empty() { &found.url } else { &found.title };
        let address = found.url.replace('<', "%3C").replace('>', "%3E");
        match address.is_empty() {
            true => page.push_str(&format!("{}. {}\n", number + 1, literal(title))),
            false => page.push_str(&format!("{}. [{}](<{address}>)\n", number + 1, literal(title))),
        }
        if !found.content.is_empty() {
            page.push_str(&format!("   {}\n", literal(&clean::line(&found.content))));
        }
    }
    page
}

/// Text that Markdown takes as it is: no link, picture, code or HTML of a stranger.
fn literal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// What JSON says, in this order.
#[derive(Serialize)]
struct Said<'a> {
    query: &'a str,
    results: Vec<Fields>,
    engine: &'static str,
    instance: String,
    errors: Vec<Told>,
    #[serde(flatten)]
    extras: &'a Extras,
}

/// The fields of a result, in their order.
struct Fields(Vec<(&'static str, Value)>);

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

fn json_text(query: &str, outcome: &Outcome, results: Vec<Fields>) -> Result<String> {
    let said = Said {
        query,
        results,
        engine: "searxng",
        instance: outcome.instance.to_string(),
        errors: outcome.failures.iter().map(Failure::told).collect(),
        extras: &outcome.extras,
    };
    let text = serde_json::to_string_pretty(&said).or_fail(ErrorKind::Internal, || "cannot write the result")?;
    Ok(text + "\n")
}

fn fields(found: &Found, shape: Shape) -> Fields {
    let wanted = |(_, value): &(&'static str, Value)| shape != Shape::CleanJson || !is_empty(value);
    Fields(found.fields().into_iter().filter(wanted).collect())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_writes_no_markdown() {
        assert_eq!(literal("[x](y) <img> `a` *b*"), "\\[x\\](y) \\<img\\> \\`a\\` \\*b\\*");
    }

    #[test]
    fn lines_fit_and_lose_no_word() {
        assert_eq!(wrapped("one two three", Some(7)), ["one two", "three"]);
        assert_eq!(wrapped("日本 日本", Some(5)), ["日本", "日本"]);
        assert_eq!(wrapped("", None), Vec::<String>::new());
        assert_eq!(shortened("https://example.org/long", 12), "https://exa…");
    }
}
