//! Tables. One within another is there for its looks, not for its rows: then all of them are read as paragraphs.

/// The tables that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables(Vec<Table>);

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<String>>,
    /// Whether we are in a cell.
    in_cell: bool,
    /// Whether it only arranges what is in it.
    is_layout: bool,
}

/// Tables within tables are followed no deeper than this.
const DEEPEST: usize = 16;

impl Tables {
    /// Whether we are in a table.
    pub(super) fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// Opens a table. The ones around it turn out to be there for their looks; what they hold already is returned.
    pub(super) fn open(&mut self) -> Vec<String> {
        let mut paragraphs = Vec::new();
        for table in &mut self.0 {
            table.is_layout = true;
            paragraphs.extend(std::mem::take(&mut table.rows).into_iter().flatten().filter(|cell| !cell.is_empty()));
        }
        if self.0.len() < DEEPEST {
            let is_layout = !self.0.is_empty() && self.0.len() + 1 == DEEPEST;
            self.0.push(Table { is_layout, ..Table::default() });
        }
        paragraphs
    }

    /// A row begins.
    pub(super) fn row(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.in_cell = false;
            table.rows.push(Vec::new());
        }
    }

    /// A cell begins.
    pub(super) fn cell(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.in_cell = true;
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut() {
                row.push(String::new());
            }
        }
    }

    /// A cell or a row ends.
    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.in_cell = false;
        }
    }

    /// Takes a block into the cell we are in; false where there is none.
    pub(super) fn take(&mut self, block: &str) -> bool {
        let Some(table) = self.0.last_mut().filter(|table| !table.is_layout && table.in_cell) else { return false };
        let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) else { return false };
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&block.split_whitespace().collect::<Vec<_>>().join(" "));
        true
    }

    /// Closes the innermost table, and returns it as blocks.
    pub(super) fn close(&mut self) -> Vec<String> {
        let Some(table) = self.0.pop() else { return Vec::new() };
        let mut rows = table.rows;
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns < 2 {
            return rows.into_iter().flatten().collect();
        }
        let mut lines: Vec<String> = rows.iter().map(|row| line(row, columns)).collect();
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        vec![lines.join("\n")]
    }
}

fn line(row: &[String], columns: usize) -> String {
    let mut line = "|".to_owned();
    for column in 0..columns {
        let cell = row.get(column).map(String::as_str).unwrap_or_default().replace('|', "\\|");
        line.push_str(&format!(" {cell} |"));
    }
    line
}
