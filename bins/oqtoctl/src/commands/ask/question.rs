//! Questions of an agent to the person: how they are shown, and what an answer means.

use oqto_kit::{Error, escape};
use oqto_protocol::command::InputRespond;
use oqto_protocol::entry::{InputKind, InputRequest};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::SessionId;
use std::fmt::Write as _;

/// The error of a question that nobody can be asked here: the question, and how to answer it.
pub(crate) fn unanswerable(session: SessionId, request: &InputRequest) -> Error {
    let what = format!("the agent asks, and nobody is here to answer: {}", described(request));
    let example = match request.kind {
        InputKind::Select => request.options.first().map_or("…".to_owned(), |option| quoted(option)),
        InputKind::Confirm | InputKind::Permission => "yes".to_owned(),
        InputKind::Input | InputKind::Editor => "\"…\"".to_owned(),
    };
    Error::new(ErrorKind::Unavailable, what).hint(format!("oqtoctl session answer {session} {example}"))
}

/// A text as a shell takes it.
fn quoted(text: &str) -> String {
    let plain =
        !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// The question with everything that belongs to it, over several lines.
pub(crate) fn described(request: &InputRequest) -> String {
    let mut text = request.title.clone();
    if let Some(message) = request.message.as_ref().filter(|message| !message.is_empty()) {
        let _ = write!(text, "\n  {}", message.replace('\n', "\n  "));
    }
    for (number, option) in request.options.iter().enumerate() {
        let _ = write!(text, "\n  {}  {option}", number + 1);
    }
    text
}

/// How a question is put to a person who is there.
pub(super) fn on_terminal(request: &InputRequest) -> String {
    let wants = match request.kind {
        InputKind::Select => "number or text".to_owned(),
        InputKind::Confirm | InputKind::Permission => "y/n".to_owned(),
        InputKind::Input => request.placeholder.clone().unwrap_or_else(|| "one line".to_owned()),
        InputKind::Editor => "one line; \\n begins another".to_owned(),
    };
    let before = request.prefill.as_ref().map(|text| format!("\n  now: {text}")).unwrap_or_default();
    let question = format!("\n? {}{before}\n  [{wants}; nothing declines] ", described(request));
    escape::text(&question).into_owned()
}

/// What an answer means: `None` and the empty line decline.
///
/// # Errors
/// What is wrong with it, in words for the person.
pub(crate) fn answer(request: &InputRequest, text: Option<&str>) -> Result<InputRespond, String> {
    let mut given =
        InputRespond { request_id: request.id, value: None, confirmed: None, cancelled: false, client_id: None };
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        given.cancelled = true;
        return Ok(given);
    };
    match request.kind {
        InputKind::Confirm | InputKind::Permission => given.confirmed = Some(yes_or_no(text)?),
        InputKind::Select => given.value = Some(chosen(&request.options, text)?),
        InputKind::Input => given.value = Some(text.to_owned()),
        InputKind::Editor => given.value = Some(text.replace("\\n", "\n")),
    }
    Ok(given)
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err("the answer is yes or no".to_owned()),
    }
}

/// An option by its text, else by its number.
fn chosen(options: &[String], text: &str) -> Result<String, String> {
    let text = text.trim();
    let by_text = options.iter().find(|option| *option == text);
    let by_number = || options.get(text.parse::<usize>().ok()?.checked_sub(1)?);
    let wrong = || format!("the answer is one of: {}", escape::line(&options.join(", ")));
    by_text.or_else(by_number).cloned().ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::ids::InputId;

    fn request(kind: InputKind, options: &[&str]) -> InputRequest {
        InputRequest {
            id: InputId::mint(),
            kind,
            title: "Run this?".into(),
            message: None,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            placeholder: None,
            prefill: None,
            expires_at: None,
        }
    }

    #[test]
    fn an_option_is_chosen_by_its_text_or_its_number() {
        let request = request(InputKind::Select, &["Allow", "2", "Block"]);
        let value = |text: &str| answer(&request, Some(text)).map(|given| given.value.unwrap_or_default());
        assert_eq!(value("3").as_deref(), Ok("Block"));
        assert_eq!(value("2").as_deref(), Ok("2"), "the text goes before the number");
        assert_eq!(value("Allow").as_deref(), Ok("Allow"));
        for wrong in ["0", "4", "allow?"] {
            assert!(value(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nothing_declines_and_yes_is_yes() {
        let request = request(InputKind::Confirm, &[]);
        assert!(answer(&request, Some("")).unwrap().cancelled);
        assert!(answer(&request, None).unwrap().cancelled);
        assert_eq!(answer(&request, Some("Yes")).unwrap().confirmed, Some(true));
        assert_eq!(answer(&request, Some("n")).unwrap().confirmed, Some(false));
        assert!(answer(&request, Some("perhaps")).is_err());
    }

    #[test]
    fn the_hint_can_be_pasted() {
        let session = SessionId::mint();
        let error = unanswerable(session, &request(InputKind::Select, &["Don't run"]));
        assert_eq!(error.advice(), Some(&*format!("oqtoctl session answer {session} 'Don'\\''t run'")));
        assert_eq!(error.kind().exit_code(), oqto_protocol::error::exit::TRY_AGAIN);
    }
}
