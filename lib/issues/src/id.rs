//! Ids: a prefix, `-`, and letters of Crockford's base 32; children are numbered below their parent
//! (`trx-k7q2m0ab.3-x1y2z3a4`). Their letters are shown only where two clones gave the same number before they met.

use crate::error::{IssueError, Result};
use crate::source::Source;

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters of a new id: 8 × 5 bits.
const LENGTH: usize = 8;

/// Letters that are shown at least.
pub(crate) const SHOWN: usize = 4;

/// A new id.
///
/// # Errors
/// When the system gives no random numbers.
pub fn mint(prefix: &str, source: &Source) -> Result<String> {
    Ok(format!("{prefix}-{}", letters(source)?))
}

/// A new id below `parent`.
///
/// # Errors
/// When the system gives no random numbers.
pub(crate) fn mint_child(parent: &str, number: u64, source: &Source) -> Result<String> {
    Ok(format!("{parent}.{number}-{}", letters(source)?))
}

/// Eight random letters.
pub(crate) fn letters(source: &Source) -> Result<String> {
    let mut bytes = [0; LENGTH];
    (source.random)(&mut bytes).map_err(IssueError::Random)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}

/// Checks a prefix: letters, digits, `_` and `-`, beginning with a letter.
///
/// # Errors
/// `Invalid` says what it must be.
pub fn check_prefix(prefix: &str) -> Result<()> {
    let fine = prefix.starts_with(|c: char| c.is_ascii_alphabetic())
        && prefix.len() <= 32
        && prefix.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if fine {
        return Ok(());
    }
    Err(IssueError::invalid(format!("{prefix:?} is no prefix: a letter, then letters, digits, `-` or `_`, at most 32")))
}

/// Whether a line of a file may bring this id: it is shown, printed into files and typed.
#[must_use]
pub fn is_plausible(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 200
        && id.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '/' | '\\' | ','))
}

/// The issue that an id hangs below by its form, and its number there.
#[must_use]
pub fn parent_of(id: &str) -> Option<(&str, u64)> {
    let (parent, last) = id.rsplit_once('.')?;
    let number = last.split_once('-').map_or(last, |(number, _)| number);
    Some((parent, number.parse().ok()?))
}

/// The shortest beginning of `id` that neither neighbour in the order of ids begins with.
#[must_use]
pub(crate) fn short<'a>(id: &'a str, neighbours: [Option<&str>; 2]) -> &'a str {
    let shared = |other: &str| id.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let needed = neighbours.into_iter().flatten().map(shared).max().unwrap_or(0) + 1;
    let least = id.rfind('-').map_or(0, |dash| dash + 1) + SHOWN;
    let end = needed.max(least);
    id.get(..end).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_forty_bits_and_are_shown_short() {
        let id = mint("trx", &Source::SYSTEM).unwrap();
        assert_eq!(id.len(), 12);
        assert_eq!(short("trx-abcdefgh", [None, Some("trx-abcdxxxx")]), "trx-abcde");
        assert_eq!(short("trx-abcdefgh", [Some("trx-0"), None]), "trx-abcd");
        assert_eq!(short("trx-ab12", [None, Some("trx-ab12cdef")]), "trx-ab12");
        assert_eq!(short("trx-ab12cdef", [Some("trx-ab12"), None]), "trx-ab12c");
    }

    #[test]
    fn a_prefix_is_checked() {
        assert!(check_prefix("a/b c").is_err() && check_prefix("").is_err());
        check_prefix("my_app-2").unwrap();
        assert_eq!(parent_of("trx-a.1.10"), Some(("trx-a.1", 10)));
        assert_eq!(parent_of("trx-a.1-k7q2m0ab.10-x1y2z3a4"), Some(("trx-a.1-k7q2m0ab", 10)));
        let child = mint_child("trx-a.1", 3, &Source::SYSTEM).unwrap();
        assert_eq!((parent_of(&child), child.len()), (Some(("trx-a.1", 3)), "trx-a.1.3-x1y2z3a4".len()));
    }
}
