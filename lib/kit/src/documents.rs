//! Shell completions and man pages, generated from the same clap command that parses the arguments.
//!
//! Every binary has them as subcommands: flatten [`Documents`] into its own commands.

use crate::app::{Ctx, Exit};
use crate::error::{OrFail as _, Result};
use clap::{Args, Command, Subcommand, ValueEnum};
use clap_complete::Generator;
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

/// The shells that there are completions for.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// GNU bash.
    Bash,
    /// Elvish.
    Elvish,
    /// fish.
    Fish,
    /// Nushell.
    Nushell,
    /// PowerShell.
    Powershell,
    /// zsh.
    Zsh,
}

impl Shell {
    fn generator(self) -> &'static dyn Generator {
        match self {
            Self::Bash => &clap_complete::Shell::Bash,
            Self::Elvish => &clap_complete::Shell::Elvish,
            Self::Fish => &clap_complete::Shell::Fish,
            Self::Nushell => &clap_complete_nushell::Nushell,
            Self::Powershell => &clap_complete::Shell::PowerShell,
            Self::Zsh => &clap_complete::Shell::Zsh,
        }
    }
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
    command.set_bin_name(name);
    command.build();
    let mut script = Vec::new();
    shell.generator().generate(&command, &mut script);
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
        for shell in Shell::value_variants() {
            let script = String::from_utf8(completions(*shell, command.clone())).unwrap();
            assert!(script.contains("go"), "{shell:?}");
        }
    }
}
