//! Tables: aligned for a person, tab-separated for `cut` and `awk`.

use crate::escape;
use crate::style::Styles;
use comfy_table::{ContentArrangement, presets};

/// How a table is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Aligned columns in a terminal of this many columns.
    Aligned {
        /// Columns of the terminal.
        width: u16,
    },
    /// One row a line, cells parted by tabs, no heading.
    TabSeparated,
}

/// Rows under a heading. Cells may be foreign text: they are escaped when drawn.
#[derive(Clone, Debug, Default)]
pub struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with its heading.
    #[must_use]
    pub fn new(heading: &[&'static str]) -> Self {
        Self { heading: heading.to_vec(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text without a final newline; empty when there are no rows.
    #[must_use]
    pub fn draw(&self, layout: Layout, styles: Styles) -> String {
        match layout {
            _ if self.rows.is_empty() => String::new(),
            Layout::TabSeparated => self.tab_separated(),
            Layout::Aligned { width } => self.aligned(width, styles),
        }
    }

    fn tab_separated(&self) -> String {
        let row = |cells: &Vec<String>| cells.iter().map(|c| escape::line(c)).collect::<Vec<_>>().join("\t");
        self.rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    fn aligned(&self, width: u16, styles: Styles) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        table.set_header(&self.heading);
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| escape::line(cell)));
        }
        table
            .lines()
            .enumerate()
            .map(|(number, line)| match number {
                0 => styles.bold(line.trim_end()),
                _ => line.trim_end().to_owned(),
            })
            .collect::<Vec<_>>()
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_get_tabs_and_terminals_columns() {
        let mut table = Table::new(&["ID", "TITLE"]);
        table.row(["a", "first\u{1b}[1m"]).row(["bb", "second\nline"]);
        assert_eq!(table.draw(Layout::TabSeparated, Styles::plain()), "a\tfirst\\u{1b}[1m\nbb\tsecond\\nline");
        let aligned = table.draw(Layout::Aligned { width: 40 }, Styles::plain());
        assert_eq!(aligned, " ID  TITLE\n a   first\\u{1b}[1m\n bb  second\\nline");
    }

    #[test]
    fn no_rows_no_output() {
        assert_eq!(Table::new(&["ID"]).draw(Layout::Aligned { width: 9 }, Styles::plain()), "");
    }
}
