//! `cargo xtask bench`: every figure beside its yardstick, measured in the same run.

use std::path::PathBuf;

use serde_json::Value;

use crate::checkout;
use crate::failure::{Failure, Result, While as _};
use crate::process::Tool;
use crate::{say, shipped};

/// Measure: run every `examples/bench_*.rs` and print one table
///
/// Each measurement is one JSON line `{name, value, unit, yardstick, ratio, target, pass}`; everything else an example
/// prints is shown as it is. Fails when a figure misses its target.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only examples whose name contains this
    filter: Option<String>,
    /// Print the measurements as JSON lines instead of a table
    #[arg(long)]
    json: bool,
    /// Say which examples there are
    #[arg(long)]
    list: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Bench {
    package: String,
    example: String,
}

/// One figure, as text for the table.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    cells: [String; 6],
    pass: bool,
    line: String,
}

const HEAD: [&str; 6] = ["what", "measured", "yardstick", "ratio", "target", ""];

pub(crate) fn run(args: &Args) -> Result {
    let benches = find(args.filter.as_deref().unwrap_or_default())?;
    if benches.is_empty() {
        return Err(Failure::new("no example is called so").hint("cargo xtask bench --list"));
    }
    if args.list {
        benches.iter().for_each(|bench| say::data(&format!("{} ({})", bench.example, bench.package)));
        return Ok(());
    }
    let programs = build(&benches)?;
    let mut figures = Vec::new();
    let mut broken = Vec::new();
    for bench in &benches {
        say::doing(&bench.example);
        let program = checkout::target().join("release/examples").join(&bench.example);
        let (output, result) = Tool::new(program).env("OQTO_BIN_DIR", &programs).tee();
        let found: Vec<_> = output.lines().filter_map(figure).collect();
        if let Err(failure) = result {
            broken.push(format!("{}: {failure}", bench.example));
        } else if found.is_empty() {
            broken.push(format!("{}: it measured nothing", bench.example));
        }
        figures.extend(found);
    }
    show(&figures, args.json);
    broken.extend(figures.iter().filter(|figure| !figure.pass).map(|figure| format!("missed: {}", figure.cells[0])));
    if broken.is_empty() { Ok(()) } else { Err(Failure::new(broken.join("\n"))) }
}

/// The programs as they are shipped, whose folder it returns, and the examples that start them.
fn build(benches: &[Bench]) -> Result<PathBuf> {
    let programs = shipped::build(&[])?;
    Tool::cargo().args(["build", "--release", "--bins", "--package", "oqto-testkit"]).run()?;
    let mut packages: Vec<_> = benches.iter().map(|bench| bench.package.as_str()).collect();
    packages.dedup();
    let packages = packages.into_iter().flat_map(|package| ["--package", package]);
    let examples = benches.iter().flat_map(|bench| ["--example", bench.example.as_str()]);
    Tool::cargo().args(["build", "--release"]).args(packages).args(examples).run()?;
    Ok(programs)
}

fn find(filter: &str) -> Result<Vec<Bench>> {
    let text = Tool::cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).read()?;
    let metadata: Value = serde_json::from_str(&text).doing(|| "read cargo metadata".into())?;
    let mut benches: Vec<_> = list(&metadata["packages"]).iter().flat_map(examples).collect();
    benches.retain(|bench| bench.example.contains(filter));
    Ok(benches)
}

fn examples(package: &Value) -> Vec<Bench> {
    let is_bench = |target: &&Value| {
        target["kind"][0] == "example" && target["name"].as_str().is_some_and(|name| name.starts_with("bench_"))
    };
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let bench = |target: &Value| Bench { package: name(package), example: name(target) };
    list(&package["targets"]).iter().filter(is_bench).map(bench).collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// A measurement in a line of output, if it is one.
fn figure(line: &str) -> Option<Figure> {
    let value: Value = serde_json::from_str(line).ok()?;
    let pass = value["pass"].as_bool()?;
    let measured = format!("{} {}", cell(&value["value"]), cell(&value["unit"]));
    let [name, yardstick, ratio, target] = ["name", "yardstick", "ratio", "target"].map(|field| cell(&value[field]));
    let verdict = if pass { "ok" } else { "MISSED" }.to_owned();
    Some(Figure { cells: [name, measured.trim().into(), yardstick, ratio, target, verdict], pass, line: line.into() })
}

fn cell(value: &Value) -> String {
    match (value.as_str(), value.as_f64()) {
        (Some(text), _) => text.into(),
        (_, Some(number)) if number.fract() == 0.0 => format!("{number}"),
        (_, Some(number)) if number.abs() >= 100.0 => format!("{number:.0}"),
        (_, Some(number)) => format!("{number:.3}"),
        _ => String::new(),
    }
}

fn show(figures: &[Figure], json: bool) {
    if json {
        figures.iter().for_each(|figure| say::data(&figure.line));
        return;
    }
    let head = HEAD.map(String::from);
    let rows: Vec<_> = std::iter::once(&head).chain(figures.iter().map(|figure| &figure.cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..HEAD.len()).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        say::data(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_measurement_is_a_line_with_a_verdict() {
        let line = json!({"name": "append", "value": 0.4567, "unit": "ms", "yardstick": "fsync 0.31 ms", "ratio": 1.5,
            "target": "one fsync + 1 ms", "pass": true});
        let figure = figure(&line.to_string()).unwrap();
        assert_eq!(
            figure.cells,
            ["append", "0.457 ms", "fsync 0.31 ms", "1.500", "one fsync + 1 ms", "ok"].map(String::from)
        );
        assert!(figure.pass);
        assert_eq!(super::figure("{\"event\":\"hello\"}"), None);
        assert_eq!(super::figure("plain"), None);
    }

    #[test]
    fn benches_are_found_by_name() {
        let package = json!({"name": "oqto-store", "targets": [
            {"name": "oqto_store", "kind": ["lib"]}, {"name": "bench_append", "kind": ["example"]},
            {"name": "demo", "kind": ["example"]}]});
        let expected = Bench { package: "oqto-store".into(), example: "bench_append".into() };
        assert_eq!(examples(&package), [expected]);
    }
}
