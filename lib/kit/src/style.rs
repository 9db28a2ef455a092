//! Colour, only where it was decided that there is colour.

use crate::flags::Color;
use owo_colors::OwoColorize as _;

/// Paints words when colour is on, else leaves them as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    on: bool,
}

impl Styles {
    /// Decides for a stream: `--color`, then `NO_COLOR` and `TERM=dumb`, then whether it is a terminal.
    #[must_use]
    pub fn decide(choice: Color, stream: Stream) -> Self {
        let on = match choice {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stream == Stream::Terminal && environment_allows(),
        };
        Self { on }
    }

    /// Never any colour.
    #[must_use]
    pub const fn plain() -> Self {
        Self { on: false }
    }

    /// A heading or an important word.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        if self.on { text.bold().to_string() } else { text.to_owned() }
    }

    /// Something of lesser weight.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        if self.on { text.dimmed().to_string() } else { text.to_owned() }
    }

    /// Something that went well.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        if self.on { text.green().to_string() } else { text.to_owned() }
    }

    /// Something to look at.
    #[must_use]
    pub fn warn(self, text: &str) -> String {
        if self.on { text.yellow().to_string() } else { text.to_owned() }
    }

    /// Something that failed.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        if self.on { text.red().bold().to_string() } else { text.to_owned() }
    }
}

/// What a standard stream is connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// A person sees it.
    Terminal,
    /// A file, a pipe, a log.
    Other,
}

impl Stream {
    /// What an open stream is.
    pub fn of(stream: &impl std::io::IsTerminal) -> Self {
        if stream.is_terminal() { Self::Terminal } else { Self::Other }
    }
}

fn environment_allows() -> bool {
    let no_color = std::env::var_os(oqto_protocol::env::NO_COLOR).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !no_color && !dumb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_gets_no_colour_unless_asked() {
        assert_eq!(Styles::decide(Color::Auto, Stream::Other), Styles::plain());
        assert_eq!(Styles::decide(Color::Always, Stream::Other).bold("x"), "\u{1b}[1mx\u{1b}[0m");
        assert_eq!(Styles::decide(Color::Never, Stream::Terminal).bad("x"), "x");
    }
}
