//! The text of one paragraph: white space joined, links and emphasis around what they mark.

/// What marks a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Code,
    Struck,
    /// To this address; empty where it leads nowhere.
    Link(String),
}

impl Mark {
    /// Whether it is a link.
    pub(super) fn is_link(&self) -> bool {
        matches!(self, Self::Link(_))
    }
}

/// Marks within marks are followed no deeper than this.
const DEEPEST: usize = 16;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Spans {
    text: String,
    open: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    mark: Mark,
    /// Where it begins in the text.
    start: usize,
}

impl Spans {
    /// Opens a mark; where one of its kind is open already it adds nothing.
    pub(super) fn open(&mut self, mark: Mark) {
        if self.open.len() < DEEPEST {
            self.open.push(Span { mark, start: self.text.len() });
        }
    }

    /// Closes the innermost mark of a kind, if one is open.
    pub(super) fn close(&mut self, is_it: impl Fn(&Mark) -> bool) {
        if let Some(at) = self.open.iter().rposition(|span| is_it(&span.mark)) {
            let span = self.open.remove(at);
            self.mark(&span);
            // Those that were opened within it, and go on, begin anew after it.
            for inner in self.open.iter_mut().skip(at) {
                inner.start = self.text.len();
            }
        }
    }

    /// Adds text, its white space joined.
    pub(super) fn text(&mut self, raw: &str) {
        let is_code = self.open.iter().any(|span| span.mark == Mark::Code);
        for c in raw.chars() {
            if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else {
                if !is_code && is_markup(c) {
                    self.text.push('\\');
                }
                self.text.push(c);
            }
        }
    }

    /// A line ends within the paragraph.
    pub(super) fn line_break(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        // A mark that began after the space begins with the line.
        for span in &mut self.open {
            span.start = span.start.min(kept);
        }
        self.text.truncate(kept);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A picture, by the words that stand for it.
    pub(super) fn image(&mut self, alt: &str, source: &str) {
        let alt: String = alt.chars().flat_map(|c| is_markup(c).then_some('\\').into_iter().chain([c])).collect();
        self.text.push_str(&format!("![{alt}]({source})"));
    }

    /// Ends the paragraph, and returns it. Marks that are open go on in the next one.
    pub(super) fn take(&mut self) -> String {
        for span in std::mem::take(&mut self.open).iter().rev() {
            self.mark(span);
            self.open.insert(0, Span { mark: span.mark.clone(), start: 0 });
        }
        let text = std::mem::take(&mut self.text);
        text.trim().lines().map(|line| at_the_beginning(line.trim())).collect::<Vec<_>>().join("\n")
    }

    /// Writes the mark around its text; white space at its ends stays outside, and nothing is marked where nothing is.
    fn mark(&mut self, span: &Span) {
        let marked = self.text.get(span.start..).unwrap_or_default();
        let inside = marked.trim();
        if inside.is_empty() {
            return;
        }
        let (before, after) = (marked.len() - marked.trim_start().len(), marked.len() - marked.trim_end().len());
        let written = match &span.mark {
            Mark::Strong => format!("**{inside}**"),
            Mark::Emphasis => format!("*{inside}*"),
            Mark::Struck => format!("~~{inside}~~"),
            Mark::Code => code(inside),
            Mark::Link(target) if target.is_empty() => return,
            Mark::Link(target) => format!("[{}]({target})", inside.replace('\n', " ")),
        };
        let (before, after) = (before > 0, after > 0);
        self.text.truncate(span.start);
        if before {
            self.text.push(' ');
        }
        self.text.push_str(&written);
        if after {
            self.text.push(' ');
        }
    }
}

/// Code between ticks that are not in it.
fn code(inside: &str) -> String {
    let inside = inside.replace('\n', " ");
    let longest = inside.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let space = if inside.starts_with('`') || inside.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{inside}{space}{ticks}")
}

/// What Markdown, or a reader of it, would take for more than a letter.
fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '[' | ']' | '<')
}

/// What would make a heading, a list, a quote or a rule of a line is escaped.
fn at_the_beginning(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    let is_number =
        (1..10).contains(&digits) && after.starts_with(['.', ')']) && after.get(1..2).is_none_or(|c| c == " ");
    let is_marker =
        matches!(line.split(' ').next(), Some("-" | "+" | "#" | "##" | "###" | "####" | "#####" | "######"));
    let is_rule = line.len() > 2 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='));
    if is_number {
        let (number, rest) = line.split_at(digits);
        format!("{number}\\{rest}")
    } else if is_marker || is_rule || line.starts_with('>') || line.starts_with("~~~") {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
