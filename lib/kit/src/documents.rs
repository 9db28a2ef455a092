//! Shell completions and man pages, generated from the same clap command that parses the arguments.
//!
//! Every binary has them as subcommands: flatten [`Documents`] into its own commands.

use crate::app::{Ctx, Exit};
use crate::error::{OrFail as _, Result};
use clap::{Args, Command, Subcommand};
use clap_complete::Shell;
use oqto_protocol::error::ErrorKind;
use std::path::PathBuf;

/// The subcommands that print what is generated.
#[derive(Subcommand, Clone, Debug)]
pub enum Documents {
    /// Print a completion script for a shell
    Completions(Completions),
    /// Write the man pages into a folder
    #[command(hide = true)]
    Man(Man),
}

/// Arguments of `completions`.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Args, Clone, Debug)]
pub struct Man {
    /// The folder, which exists
    folder: PathBuf,
}

impl Documents {
    /// Does it for a binary's command.
    ///
    /// # Errors
    /// When stdout or the folder cannot be written.
    pub fn run(&self, ctx: &Ctx, command: Command) -> Result<Exit> {
        match self {
            Self::Completions(args) => ctx.printer().data(&completions(args.shell, command))?,
            Self::Man(args) => {
                for (name, page) in man_pages(command)? {
                    let path = args.folder.join(format!("{name}.1"));
                    std::fs::write(&path, page)
                        .or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))?;
                }
            }
        }
        Ok(Exit::DONE)
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

/// The man pages of a command and of each of its subcommands, by their names (`oqto`, `oqto-config-show`).
///
/// # Errors
/// When a page cannot be rendered.
pub fn man_pages(mut command: Command) -> Result<Vec<(String, Vec<u8>)>> {
    command.build();
    let mut pages = Vec::new();
    let name = command.get_name().to_owned();
    add_pages(&command, &name, &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let mut page = Vec::new();
    let renamed = command.clone().name(name.to_owned()).display_name(name.to_owned());
    clap_mangen::Man::new(renamed)
        .date("")
        .render(&mut page)
        .or_fail(ErrorKind::Internal, || format!("cannot render the man page of {name}"))?;
    pages.push((name.to_owned(), page));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        add_pages(sub, &format!("{name}-{}", sub.get_name()), pages)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_a_page_and_hidden_ones_none() {
        let hidden = Command::new("man").hide(true);
        let command = Command::new("demo").subcommand(Command::new("go").about("Goes")).subcommand(hidden);
        let names: Vec<String> = man_pages(command).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["demo", "demo-go"]);
    }

    #[test]
    fn a_script_completes_the_subcommands() {
        let command = Command::new("demo").subcommand(Command::new("go"));
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let script = String::from_utf8(completions(shell, command.clone())).unwrap();
            assert!(script.contains("go"), "{shell}");
        }
    }
}
