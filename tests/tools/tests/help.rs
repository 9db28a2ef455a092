//! Every command of every tool explains itself.

use oqto_testkit::binaries;
use oqto_tools_tests::{Place, TOOLS, envelope};

/// What is the same in every program, and generated.
const GENERATED: [&str; 2] = ["help", "completions"];

/// Commands that a shell calls in other words than their own.
const SHOWN_OTHERWISE: [&str; 2] = ["merge-driver", "issues merge-driver"];

/// The commands that a help text lists.
fn listed(help: &str) -> Vec<String> {
    let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let names = list.lines().take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   "));
    let first_word = |line: &str| line.split_whitespace().next().map(str::to_owned);
    names.filter_map(first_word).filter(|name| !GENERATED.contains(&name.as_str())).collect()
}

/// Every command of a tool, as the words that call it, and its help.
fn commands(place: &Place, tool: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut open = vec![Vec::<String>::new()];
    while let Some(words) = open.pop() {
        let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        arguments.push("--help");
        let ran = place.run(tool, &arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{tool} {arguments:?}");
        for name in listed(&ran.out) {
            open.push(words.iter().cloned().chain([name]).collect());
        }
        found.push((words, ran.out));
    }
    found
}

#[test]
fn every_command_has_help_examples_and_a_man_page() {
    let (place, root) = (Place::new(), binaries::checkout());
    let mut without = Vec::new();
    for tool in TOOLS {
        let all = commands(&place, tool);
        assert!(all.len() > 3, "{tool}: the commands are found: {all:?}");
        for (words, help) in all {
            let called = [&[tool.to_owned()][..], &words].concat();
            assert!(help.contains("Usage:") && help.contains("--json"), "{called:?}");
            // A command that only holds others says by them what it does.
            let is_group = !listed(&help).is_empty();
            let shows = |example: &str| help.contains(&format!("\n  {example}"));
            if !is_group
                && !(help.contains("Examples:") && (shows(tool) || SHOWN_OTHERWISE.contains(&words.join(" ").as_str())))
            {
                without.push(called.join(" "));
            }
            let page = root.join("man").join(format!("{}.1", called.join("-")));
            if !page.is_file() {
                without.push(page.display().to_string());
            }
        }
    }
    assert!(without.is_empty(), "no examples in, or no page at (cargo xtask codegen):\n{}", without.join("\n"));
}

#[test]
fn every_command_refuses_a_flag_that_it_does_not_have_in_words_and_in_json() {
    let place = Place::new();
    for tool in TOOLS {
        for (words, _) in commands(&place, tool) {
            let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
            arguments.push("--no-such-flag");
            let wrong = place.run(tool, &arguments);
            assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""), "{tool} {arguments:?}");
            assert!(wrong.err.contains("--no-such-flag"), "{tool} {arguments:?}: {}", wrong.err);
            arguments.push("--json");
            assert_eq!(envelope(&place.run(tool, &arguments)), (2, "invalid_params".into()), "{tool} {arguments:?}");
        }
    }
}

#[test]
fn a_command_that_is_nearly_right_is_suggested() {
    let place = Place::new();
    for (tool, typed, meant) in [("trx", "lsit", "list"), ("trx", "craete", "create"), ("byt", "statsu", "status")] {
        let ran = place.run(tool, &[typed]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(&format!("'{meant}'")), "{tool} {typed}: {}", ran.err);
    }
}

#[test]
fn the_help_of_every_program_fits_a_terminal() {
    let place = Place::new();
    for tool in TOOLS {
        for (words, help) in commands(&place, tool) {
            let longest = help.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(longest <= 140, "{tool} {words:?}: a line of {longest} characters");
        }
    }
}
