//! Shell completions and man pages, generated from the same clap command that parses the arguments.

use crate::app::{Ctx, Exit};
use crate::error::{OrFail as _, Result};
use clap::{Args, Command};
use clap_complete::Shell;
use oqto_protocol::error::ErrorKind;
use std::path::PathBuf;

/// Print a completion script for a shell
///
/// The `completions` subcommand that every binary has.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    pub shell: Shell,
}

impl Completions {
    /// Prints the script for `command`.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn run(&self, ctx: &Ctx, command: Command) -> Result<Exit> {
        ctx.printer().data(&completions(self.shell, command)).map(|()| Exit::DONE)
    }
}

/// The completion script of a command for a shell.
#[must_use]
pub fn completions(shell: Shell, mut command: Command) -> Vec<u8> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    script
}

/// Every generated document of a binary as (path below the repository, content): completions for bash, fish and zsh,
/// and one man page a command.
///
/// # Errors
/// When a man page cannot be rendered.
pub fn generate(command: &Command) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let name = command.get_name().to_owned();
    let mut files = Vec::new();
    for (shell, file) in [
        (Shell::Bash, format!("{name}.bash")),
        (Shell::Fish, format!("{name}.fish")),
        (Shell::Zsh, format!("_{name}")),
    ] {
        files.push((PathBuf::from("completions").join(file), completions(shell, command.clone())));
    }
    let mut built = command.clone();
    built.build();
    man_pages(&built, &name, &mut files)?;
    Ok(files)
}

fn man_pages(command: &Command, name: &str, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    let mut page = Vec::new();
    // clap_mangen takes names of any lifetime but keeps them, so the command is renamed, not the page.
    let renamed = command.clone().name(name.to_owned()).display_name(name.to_owned());
    clap_mangen::Man::new(renamed)
        .date("")
        .render(&mut page)
        .or_fail(ErrorKind::Internal, || format!("cannot render the man page of {name}"))?;
    files.push((PathBuf::from("man").join(format!("{name}.1")), page));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        man_pages(sub, &format!("{name}-{}", sub.get_name()), files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_yields_three_scripts_and_a_page_for_each_level() {
        let command = Command::new("demo").version("1").subcommand(Command::new("go").about("Goes"));
        let files = generate(&command).unwrap();
        let paths: Vec<String> = files.iter().map(|(p, _)| p.display().to_string()).collect();
        assert_eq!(
            paths,
            ["completions/demo.bash", "completions/demo.fish", "completions/_demo", "man/demo.1", "man/demo-go.1"]
        );
        assert!(files.iter().all(|(_, content)| !content.is_empty()));
    }
}
