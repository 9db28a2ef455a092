//! Blocks of Markdown: paragraphs within quotes and lists, each line with the prefix of where it stands.

/// What a block can stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// `> `.
    Quote,
    /// A list; the number of its next item where it has numbers.
    List(Option<u64>),
    /// An item of a list: its marker, until a block has taken it.
    Item(Marker),
    /// What a term means, set in.
    Definition,
}

/// The marker of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    text: String,
    is_taken: bool,
}

/// Containers are followed no deeper than this; what is deeper stands at this depth.
const DEEPEST: usize = 32;

/// A page of blocks.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    page: String,
    open: Vec<Container>,
    /// Whether the last block stands in a list, so that an item may follow without a blank line.
    in_list: bool,
}

impl Blocks {
    /// Opens a container.
    pub(super) fn open(&mut self, container: Container) {
        if self.open.len() < DEEPEST {
            self.open.push(container);
        }
    }

    /// Opens an item of the innermost list, after the item before it was closed; without a list it makes one.
    pub(super) fn open_item(&mut self) {
        let list = self.open.iter().rposition(|container| matches!(container, Container::List(_)));
        match list {
            Some(at) if self.open.get(at + 1..).is_some_and(|inner| !inner.contains(&Container::Quote)) => {
                self.open.truncate(at + 1);
            }
            Some(_) | None => self.open(Container::List(None)),
        }
        let marker = match self.open.last_mut() {
            Some(Container::List(Some(number))) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some(Container::List(None) | Container::Quote | Container::Item(_) | Container::Definition) | None => {
                "- ".to_owned()
            }
        };
        self.open(Container::Item(Marker { text: marker, is_taken: false }));
    }

    /// Closes the innermost container that an end tag names, and everything in it.
    pub(super) fn close(&mut self, name: &str) {
        let is_it = |container: &Container| match container {
            Container::Quote => name == "blockquote",
            Container::List(number) => name == if number.is_some() { "ol" } else { "ul" } || name == "menu",
            Container::Item(_) => name == "li",
            Container::Definition => name == "dd",
        };
        if let Some(at) = self.open.iter().rposition(is_it) {
            self.open.truncate(at);
        }
    }

    /// Writes a block.
    pub(super) fn write(&mut self, text: &str) {
        let is_item =
            self.open.iter().any(|container| matches!(container, Container::Item(marker) if !marker.is_taken));
        let follows_on = is_item && self.in_list;
        if !self.page.is_empty() && !follows_on {
            let blank = self.prefix(Line::Blank);
            self.page.push_str(blank.trim_end());
            self.page.push('\n');
        }
        let first = self.prefix(Line::First);
        let further = self.prefix(Line::Further);
        for (number, line) in text.lines().enumerate() {
            let prefix = if number == 0 { &first } else { &further };
            self.page.push_str(format!("{prefix}{line}").trim_end());
            self.page.push('\n');
        }
        self.in_list = self.open.iter().any(|container| matches!(container, Container::Item(_)));
    }

    /// The page.
    pub(super) fn finish(self) -> String {
        self.page
    }

    fn prefix(&mut self, line: Line) -> String {
        let mut prefix = String::new();
        for container in &mut self.open {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::List(_) => {}
                Container::Definition => prefix.push_str("  "),
                Container::Item(marker) if line == Line::First && !marker.is_taken => {
                    marker.is_taken = true;
                    prefix.push_str(&marker.text);
                }
                Container::Item(marker) => prefix.push_str(&" ".repeat(marker.text.len())),
            }
        }
        prefix
    }
}

/// Which line of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    First,
    Further,
    /// The empty one before it.
    Blank,
}
