//! Failures of the libraries, as a person is told them: what failed, why, and what to do.

use oqto_kit::Error;
use oqto_mail::MailError;
use oqto_repo::GitError;

/// An error about mail or reservations as one of the program.
pub(crate) fn failed(error: MailError) -> Error {
    let hint = hint(&error);
    let told = Error::new(error.kind(), error.to_string()).because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

fn hint(error: &MailError) -> Option<String> {
    let text = match error {
        MailError::NoMail { .. } | MailError::NotYours { .. } => "agntz mail inbox --all".to_owned(),
        MailError::Ambiguous { .. } => "type more digits of the id".to_owned(),
        MailError::Unknown { alike, .. } if !alike.is_empty() => {
            format!(
                "did you mean {}? Else agntz mail who lists everybody, and --new writes to somebody who was never here",
                alike.join(" or ")
            )
        }
        MailError::Unknown { .. } => {
            "agntz mail who lists everybody; --new writes to somebody who was never here".to_owned()
        }
        MailError::Left { .. } => "agntz mail who lists everybody".to_owned(),
        MailError::NobodyThere { .. } => "agntz mail who --everywhere; then write to a name".to_owned(),
        MailError::KeyUsed { .. } => "use another --key for another mail".to_owned(),
        MailError::Held(conflicts) => {
            let held = &conflicts.first()?.held;
            format!(
                "ask {}: agntz mail send '{}' 'May I have {}?'; or wait until {}",
                held.holder, held.holder, held.pattern, held.expires_at
            )
        }
        MailError::NotHeld { .. } => "agntz reservations".to_owned(),
        MailError::RanOut { pattern, .. } => {
            format!("look whether somebody else has it now, then: agntz reserve '{pattern}'")
        }
        MailError::Busy { .. } => "try again".to_owned(),
        MailError::File { .. } => {
            "mail and reservations lie in the state folder: set XDG_STATE_HOME to one that can be written".to_owned()
        }
        MailError::Invalid(_) | MailError::Random(_) | MailError::Store(_) => return None,
    };
    Some(text)
}

/// An error of git as one of the program.
pub(crate) fn of_git(what: &str, error: GitError) -> Error {
    let hint = error.hint();
    let told = Error::new(error.kind(), what).because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}
