//! Drawings of issues: as text, for Graphviz, and as SVG.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use oqto_kit::escape;

use super::nodes::Nodes;
use crate::Status;

/// How deep a drawing goes.
pub(super) const DEEPEST: usize = 60;

/// The issues of `roots` with what is below each and what each waits for.
pub(super) fn tree(nodes: &Nodes, roots: &[String]) -> String {
    let mut text = String::new();
    for root in roots {
        branch(nodes, root, "", "", &mut Vec::new(), &mut text);
    }
    text.trim_end().to_owned()
}

/// All issues, each below its parent.
pub(super) fn forest(nodes: &Nodes) -> String {
    let is_root = |id: &&String| nodes[*id].parent.as_ref().is_none_or(|parent| !nodes.contains_key(parent));
    let mut roots: Vec<String> = nodes.keys().filter(is_root).cloned().collect();
    // Parents that hang below each other have no root; they are drawn all the same.
    let mut seen = BTreeSet::new();
    for root in &roots {
        reach(nodes, root, &mut seen);
    }
    for id in nodes.keys() {
        if !seen.contains(id) {
            roots.push(id.clone());
            reach(nodes, id, &mut seen);
        }
    }
    tree(nodes, &roots)
}

/// Adds what is below `id`, and `id`.
fn reach(nodes: &Nodes, id: &str, seen: &mut BTreeSet<String>) {
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        if seen.insert(id.to_owned()) {
            todo.extend(nodes.get(id).iter().flat_map(|node| &node.children).map(String::as_str));
        }
    }
}

fn branch(nodes: &Nodes, id: &str, first: &str, rest: &str, path: &mut Vec<String>, text: &mut String) {
    let Some(node) = nodes.get(id) else {
        let _ = writeln!(text, "{first}{} (not shown)", escape::line(id));
        return;
    };
    let mark = match node.status {
        Status::Open => "○",
        Status::InProgress => "◐",
        Status::Blocked => "■",
        Status::Closed => "●",
        Status::Tombstone => "✕",
    };
    let waits = |id: &String| nodes.get(id).map_or_else(|| id.clone(), |node| node.short.clone());
    let waits: Vec<String> = node.waits.iter().map(waits).collect();
    let waits = if waits.is_empty() { String::new() } else { format!("  ← {}", waits.join(", ")) };
    let said = format!("{mark} {} {}{waits}", node.short, node.title);
    let _ = writeln!(text, "{first}{}", escape::line(&said));
    if path.iter().any(|above| above == id) {
        let _ = writeln!(text, "{rest}└─ … again");
        return;
    }
    if path.len() == DEEPEST && !node.children.is_empty() {
        let _ = writeln!(text, "{rest}└─ … deeper");
        return;
    }
    path.push(id.to_owned());
    for (number, child) in node.children.iter().enumerate() {
        let (turn, bar) = if number + 1 == node.children.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        branch(nodes, child, &format!("{rest}{turn}"), &format!("{rest}{bar}"), path, text);
    }
    path.pop();
}

/// For Graphviz.
pub(super) fn dot(nodes: &Nodes) -> String {
    let quote = |text: &str| format!("\"{}\"", escape::line(text).replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = String::from("digraph issues {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (id, node) in nodes {
        let label = quote(&format!("{} {}", node.short, node.title));
        let _ = writeln!(text, "  {} [label={label}];", quote(id));
    }
    for (id, node) in nodes {
        for blocker in &node.waits {
            let _ = writeln!(text, "  {} -> {};", quote(blocker), quote(id));
        }
        if let Some(parent) = &node.parent {
            let _ = writeln!(text, "  {} -> {} [style=dashed, arrowhead=none];", quote(parent), quote(id));
        }
    }
    text.push_str("}\n");
    text
}

/// How far each issue is from those that wait for nothing: one more than the farthest of what it waits for and its
/// parent. What is in a circle stays where it can.
fn columns(nodes: &Nodes) -> BTreeMap<&str, usize> {
    let mut after: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, node) in nodes {
        for other in node.waits.iter().chain(&node.parent).filter(|other| nodes.contains_key(*other)) {
            after.entry(other).or_default().push(id);
            *before.entry(id).or_default() += 1;
        }
    }
    let mut columns: BTreeMap<&str, usize> = nodes.keys().map(|id| (id.as_str(), 0)).collect();
    let mut todo: Vec<&str> = nodes.keys().map(String::as_str).filter(|id| !before.contains_key(id)).collect();
    while let Some(id) = todo.pop() {
        let next = columns.get(id).map_or(0, |column| column + 1);
        for later in after.get(id).into_iter().flatten() {
            if let Some(column) = columns.get_mut(later) {
                *column = next.max(*column);
            }
            if let Some(left) = before.get_mut(later) {
                *left -= 1;
                if *left == 0 {
                    todo.push(later);
                }
            }
        }
    }
    columns
}

/// A picture: boxes in columns, what is waited for on the left.
pub(super) fn svg(nodes: &Nodes) -> String {
    const BOX: (usize, usize) = (240, 44);
    const GAP: (usize, usize) = (70, 16);
    let columns = columns(nodes);
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for id in nodes.keys() {
        let column = columns.get(id.as_str()).copied().unwrap_or(0);
        let row = rows.entry(column).or_default();
        places.insert(id, (20 + column * (BOX.0 + GAP.0), 20 + *row * (BOX.1 + GAP.1)));
        *row += 1;
    }
    let width = 40 + (rows.keys().max().unwrap_or(&0) + 1) * (BOX.0 + GAP.0);
    let height = 40 + rows.values().max().unwrap_or(&1) * (BOX.1 + GAP.1);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n"
    );
    let mut line = |from: (usize, usize), to: (usize, usize), style: &str| {
        let (x1, y1, x2, y2) = (from.0 + BOX.0, from.1 + BOX.1 / 2, to.0, to.1 + BOX.1 / 2);
        let _ = writeln!(
            text,
            "<path d=\"M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#666\" {style}/>",
            x1 + 35,
            x2.saturating_sub(35)
        );
    };
    for (id, node) in nodes {
        let Some(to) = places.get(id.as_str()) else { continue };
        for from in node.waits.iter().filter_map(|other| places.get(other.as_str())) {
            line(*from, *to, "marker-end=\"url(#tip)\"");
        }
        if let Some(from) = node.parent.as_ref().and_then(|parent| places.get(parent.as_str())) {
            line(*from, *to, "stroke-dasharray=\"4 3\"");
        }
    }
    for (id, node) in nodes {
        let Some((x, y)) = places.get(id.as_str()) else { continue };
        let fill = match node.status {
            Status::Open => "#fff",
            Status::InProgress => "#fff3cd",
            Status::Blocked => "#f8d7da",
            Status::Closed | Status::Tombstone => "#d9ead3",
        };
        let title: String = node.title.chars().take(34).collect();
        let _ = writeln!(
            text,
            "<g><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" stroke=\"#333\"/>",
            xml(&node.title),
            BOX.0,
            BOX.1
        );
        let _ = writeln!(
            text,
            "<text x=\"{}\" y=\"{}\" font-weight=\"bold\">{}</text><text x=\"{}\" y=\"{}\">{}</text></g>",
            x + 8,
            y + 17,
            xml(&node.short),
            x + 8,
            y + 34,
            xml(&title)
        );
    }
    text.push_str("</svg>\n");
    text
}

fn xml(text: &str) -> String {
    escape::line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
