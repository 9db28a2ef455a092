//! A page's text as Markdown: its main part where it names one, without menus, forms and scripts.

mod blocks;
mod spans;
mod table;

use blocks::{Blocks, Container};
use spans::{Mark, Spans};
use table::Tables;

use super::address;
use super::tokens::{self, Tag, Token};
use crate::clean;

/// A main part shorter than this (bytes) is not believed where the whole page says much more.
const SHORT: usize = 200;

/// The text of a page that was found at this address.
pub(super) fn of_page(html: &str, url: &str) -> String {
    let tokens = tokens::read(html);
    let base = base(&tokens, url);
    let main = main_part(&tokens).map(|part| converted(part, &base));
    match main {
        Some(text) if text.len() >= SHORT => text,
        Some(text) => {
            let whole = converted(&tokens, &base);
            if whole.len() > text.len() * 5 { whole } else { text }
        }
        None => converted(&tokens, &base),
    }
}

/// What addresses on the page start from: its own, or what it names.
fn base(tokens: &[Token], url: &str) -> String {
    let named = starts(tokens).find(|tag| tag.name == "base").and_then(|tag| tag.attribute("href"));
    let named = named.and_then(|href| address::resolve(url, href)).filter(|base| address::is_web(base));
    named.unwrap_or_else(|| url.to_owned())
}

fn starts(tokens: &[Token]) -> impl Iterator<Item = &Tag> {
    tokens.iter().filter_map(|token| match token {
        Token::Start(tag) => Some(tag),
        Token::End(_) | Token::Text(_) => None,
    })
}

/// The content of `<main>`, or of the one `<article>` where there is just one.
fn main_part(tokens: &[Token]) -> Option<&[Token]> {
    let is_main = |tag: &Tag| tag.name == "main" || tag.attribute("role") == Some("main");
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::Start(tag) if is_main(tag))) {
        return element(tokens, at);
    }
    let is_article = |token: &&Token| matches!(token, Token::Start(tag) if tag.name == "article");
    let at = tokens.iter().position(|token| is_article(&token))?;
    (tokens.iter().filter(is_article).count() == 1).then(|| element(tokens, at))?
}

/// The content of the element that starts at a place.
fn element(tokens: &[Token], at: usize) -> Option<&[Token]> {
    let Token::Start(start) = tokens.get(at)? else { return None };
    let mut depth = 0_usize;
    for (offset, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Start(tag) if tag.name == start.name => depth += 1,
            Token::End(name) if *name == start.name => depth -= 1,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
        if depth == 0 {
            return tokens.get(at + 1..offset);
        }
    }
    tokens.get(at + 1..)
}

fn converted(tokens: &[Token], base: &str) -> String {
    let mut writer = Writer { base, ..Writer::default() };
    for token in tokens {
        match token {
            Token::Start(tag) => writer.start(tag),
            Token::End(name) => writer.end(name),
            Token::Text(text) => writer.text(text),
        }
    }
    writer.finish()
}

#[derive(Default)]
struct Writer<'p> {
    base: &'p str,
    blocks: Blocks,
    spans: Spans,
    tables: Tables,
    /// The heading that the current text belongs to; 0 for none.
    level: usize,
    /// What is inside `<pre>`, taken as it stands.
    code: Option<Code>,
    skipped: Option<Skipped>,
}

/// A block of code that is being read.
#[derive(Default)]
struct Code {
    text: String,
    language: String,
}

/// An element of which nothing is shown, and how deep we are in elements of its name.
struct Skipped {
    name: String,
    depth: usize,
}

impl Writer<'_> {
    fn start(&mut self, tag: &Tag) {
        if let Some(skipped) = &mut self.skipped {
            skipped.depth += usize::from(skipped.name == tag.name);
            return;
        }
        if is_hidden(tag) && !is_void(&tag.name) {
            self.skipped = Some(Skipped { name: tag.name.clone(), depth: 1 });
            return;
        }
        if let Some(code) = &mut self.code {
            code.start(tag);
            return;
        }
        match tag.name.as_str() {
            "br" => self.spans.line_break(),
            "hr" => {
                self.flush();
                self.block("---");
            }
            "img" => self.image(tag),
            "a" => self.link(tag),
            "b" | "strong" => self.spans.open(Mark::Strong),
            "i" | "em" | "cite" | "dfn" => self.spans.open(Mark::Emphasis),
            "code" | "kbd" | "samp" | "tt" => self.spans.open(Mark::Code),
            "del" | "s" | "strike" => self.spans.open(Mark::Struck),
            "table" | "tr" | "td" | "th" | "caption" => self.table_part(&tag.name),
            "pre" => {
                self.flush();
                self.code = Some(Code::default());
                self.code.iter_mut().for_each(|code| code.start(tag));
            }
            "ul" | "menu" | "ol" | "li" | "blockquote" | "dd" => self.container(tag),
            name => {
                if is_block(name) {
                    self.flush();
                }
                self.level = heading(name).unwrap_or(self.level);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &mut self.skipped {
            skipped.depth -= usize::from(skipped.name == name);
            if skipped.depth == 0 {
                self.skipped = None;
            }
            return;
        }
        if self.code.is_some() {
            if name == "pre" {
                self.end_code();
            }
            return;
        }
        match name {
            "a" => self.spans.close(Mark::is_link),
            "b" | "strong" => self.spans.close(|mark| *mark == Mark::Strong),
            "i" | "em" | "cite" | "dfn" => self.spans.close(|mark| *mark == Mark::Emphasis),
            "code" | "kbd" | "samp" | "tt" => self.spans.close(|mark| *mark == Mark::Code),
            "del" | "s" | "strike" => self.spans.close(|mark| *mark == Mark::Struck),
            "td" | "th" | "tr" | "table" => self.end_table_part(name),
            "ul" | "menu" | "ol" | "li" | "blockquote" | "dd" => {
                self.flush();
                self.blocks.close(name);
            }
            "p" | "br" => self.flush(),
            _ if is_block(name) => {
                self.flush();
                if heading(name).is_some() {
                    self.level = 0;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        // Before anything is escaped, so that the parts of a sequence for a terminal still stand together.
        let text = clean::text(text);
        match &mut self.code {
            Some(code) => code.text.push_str(&text),
            None => self.spans.text(&text),
        }
    }

    fn link(&mut self, tag: &Tag) {
        // A link within a link ends the one before, as in a browser.
        self.spans.close(Mark::is_link);
        let target = tag.attribute("href").and_then(|href| address::resolve(self.base, href));
        self.spans.open(Mark::Link(target.unwrap_or_default()));
    }

    fn image(&mut self, tag: &Tag) {
        let alt = tag.attribute("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let source = tag.attribute("src").and_then(|src| address::resolve(self.base, src));
        if let Some(source) = source.filter(|_| !alt.is_empty()) {
            self.spans.image(&alt, &source);
        }
    }

    fn container(&mut self, tag: &Tag) {
        self.flush();
        match tag.name.as_str() {
            "li" => self.blocks.open_item(),
            "blockquote" => self.blocks.open(Container::Quote),
            "dd" => self.blocks.open(Container::Definition),
            "ol" => {
                let first = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.blocks.open(Container::List(Some(first)));
            }
            _ => self.blocks.open(Container::List(None)),
        }
    }

    fn table_part(&mut self, name: &str) {
        self.flush();
        match name {
            "table" => {
                for paragraph in self.tables.open() {
                    self.blocks.write(&paragraph);
                }
            }
            "tr" => self.tables.row(),
            "td" | "th" => self.tables.cell(),
            _ => {}
        }
    }

    fn end_table_part(&mut self, name: &str) {
        self.flush();
        if name == "table" {
            for block in self.tables.close() {
                self.block(&block);
            }
        } else {
            self.tables.end_cell();
        }
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let block = code.fenced();
        if !block.is_empty() {
            self.block(&block);
        }
    }

    /// Ends the current paragraph or heading.
    fn flush(&mut self) {
        let text = self.spans.take();
        if text.is_empty() {
            return;
        }
        if self.level > 0 {
            let line = text.replace('\n', " ");
            self.block(&format!("{} {line}", "#".repeat(self.level)));
        } else {
            self.block(&text);
        }
    }

    /// Writes a block where we are: into the cell of a table, or onto the page.
    fn block(&mut self, text: &str) {
        if !self.tables.take(text) {
            self.blocks.write(text);
        }
    }

    fn finish(mut self) -> String {
        if self.code.is_some() {
            self.end_code();
        }
        self.flush();
        while self.tables.is_open() {
            self.end_table_part("table");
        }
        self.blocks.finish()
    }
}

impl Code {
    /// `<br>` is a line; a class names the language.
    fn start(&mut self, tag: &Tag) {
        if tag.name == "br" {
            self.text.push('\n');
        }
        let classes = tag.attribute("class").unwrap_or_default().split_whitespace();
        let mut named =
            classes.filter_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")));
        let plain = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c));
        if let Some(language) = named.find(plain).filter(|_| self.language.is_empty()) {
            language.clone_into(&mut self.language);
        }
    }

    /// Between fences longer than any within; empty where there is no code.
    fn fenced(&self) -> String {
        let text = self.text.trim_matches('\n').trim_end();
        if text.trim().is_empty() {
            return String::new();
        }
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        format!("{fence}{}\n{text}\n{fence}", self.language)
    }
}

/// Elements that hold nothing to read: what controls the page, what surrounds its text, what a reader never sees.
fn is_hidden(tag: &Tag) -> bool {
    let name = tag.name.as_str();
    let is_apart = matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noscript"
            | "iframe"
            | "noembed"
            | "noframes"
            | "object"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "datalist"
            | "button"
            | "textarea"
            | "dialog"
            | "nav"
            | "aside"
            | "footer"
    );
    let role = tag.attribute("role").unwrap_or_default();
    let is_unseen = tag.attribute("hidden").is_some_and(|value| value != "until-found")
        || tag.attribute("aria-hidden") == Some("true")
        || matches!(role, "navigation" | "banner" | "complementary" | "contentinfo" | "search" | "dialog");
    let style = || tag.attribute("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    is_apart || is_unseen || style().contains("display:none")
}

/// Elements without an end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

fn is_block(name: &str) -> bool {
    heading(name).is_some()
        || matches!(
            name,
            "p" | "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "figure"
                | "figcaption"
                | "details"
                | "summary"
                | "address"
                | "form"
                | "fieldset"
                | "legend"
                | "dl"
                | "dt"
                | "body"
                | "html"
                | "hgroup"
                | "caption"
                | "thead"
                | "tbody"
                | "tfoot"
                | "center"
                | "option"
                | "input"
        )
}

/// How deep a heading is.
fn heading(name: &str) -> Option<usize> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
