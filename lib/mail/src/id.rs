//! Ids of mails: `mail-` and ten base-32 digits, 50 random bits. They are never renumbered and never used again.

use oqto_store::rusqlite::Connection;

use crate::error::MailError;

/// What every id begins with.
pub const PREFIX: &str = "mail-";

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The fewest digits that stand for an id.
const SHORTEST: usize = 4;

/// A fresh id that no mail has.
pub(crate) fn fresh(db: &Connection) -> Result<String, MailError> {
    loop {
        let id = random()?;
        let taken: bool = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM letter WHERE id = ?1)")?
            .query_row([&id], |row| row.get(0))?;
        if !taken {
            return Ok(id);
        }
    }
}

fn random() -> Result<String, MailError> {
    let mut bytes = [0_u8; 10];
    rustix::rand::getrandom(&mut bytes[..], rustix::rand::GetRandomFlags::empty())
        .map_err(|source| MailError::Random(source.into()))?;
    let digit = |byte: u8| char::from(ALPHABET[usize::from(byte & 31)]);
    Ok(PREFIX.chars().chain(bytes.into_iter().map(digit)).collect())
}

/// The id that a person means by its beginning, with or without `mail-`.
pub(crate) fn resolve(db: &Connection, text: &str) -> Result<String, MailError> {
    let lower = text.trim().to_lowercase();
    let digits = lower.strip_prefix(PREFIX).unwrap_or(&lower);
    if digits.len() < SHORTEST || !digits.bytes().all(|byte| ALPHABET.contains(&byte)) {
        let why =
            format!("`{text}` is no id of a mail; an id looks like mail-7k2m9qx4tp, its first 4 digits are enough");
        return Err(MailError::Invalid(why));
    }
    let from = format!("{PREFIX}{digits}");
    // `~` comes after every digit.
    let to = format!("{from}~");
    let found: Vec<String> = db
        .prepare_cached("SELECT id FROM letter WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 3")?
        .query_map([&from, &to], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match found.as_slice() {
        [] => Err(MailError::NoMail { id: text.to_owned() }),
        [id] => Ok(id.clone()),
        [..] => Err(MailError::Ambiguous { id: text.to_owned(), among: found }),
    }
}
