//! The keyring of the system, asked through its own program: `secret-tool` of libsecret, which speaks with whatever keeps
//! secrets on this desktop (GNOME Keyring, KWallet, KeePassXC). The crates that speak D-Bus themselves would bring some fifty
//! more into a program whose point is that few can look at its secrets.

use std::path::Path;
use std::time::Duration;

use oqto_process::helper::{Bounds, Helper, Output, Terminal, run_blocking};
use zeroize::Zeroizing;

use super::error::AccountsError;

/// The program.
const PROGRAM: &str = "secret-tool";
/// A person may have to unlock the keyring.
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(120), output: 16 << 10 };

/// The secret for the accounts in a file; `None` where there is none.
pub(super) fn look_up(accounts: &Path) -> Result<Option<Zeroizing<String>>, AccountsError> {
    let output = ask(&["lookup"], accounts, b"")?;
    let text = Zeroizing::new(String::from_utf8_lossy(&Zeroizing::new(output.stdout)).into_owned());
    let said = String::from_utf8_lossy(&output.stderr);
    match (output.status.success(), text.trim().is_empty()) {
        (true, false) => Ok(Some(text)),
        // It says nothing where it knows nothing, and nothing either where it has it and is locked.
        (_, true) if said.trim().is_empty() => {
            if has(accounts)? {
                return Err(AccountsError::Keyring("it has the key, and it is locked".to_owned()));
            }
            Ok(None)
        }
        (true | false, true | false) => Err(refused(&said)),
    }
}

/// Whether the keyring knows of a secret for the accounts in a file, though it may not give it.
fn has(accounts: &Path) -> Result<bool, AccountsError> {
    let output = ask(&["search", "--all"], accounts, b"")?;
    // Where it was unlocked in the meantime, it tells the secret too.
    Ok(!Zeroizing::new(output.stdout).trim_ascii().is_empty())
}

/// Keeps a secret for the accounts in a file. It goes by stdin, where nobody else sees it.
pub(super) fn store(accounts: &Path, secret: &str) -> Result<(), AccountsError> {
    let output = ask(&["store", "--label=eavs: key of provider accounts"], accounts, secret.trim().as_bytes())?;
    if output.status.success() { Ok(()) } else { Err(refused(&String::from_utf8_lossy(&output.stderr))) }
}

fn ask(command: &[&str], accounts: &Path, input: &[u8]) -> Result<Output, AccountsError> {
    let helper =
        Helper::new(PROGRAM).args(command.iter().copied()).args(["application", "eavs", "accounts"]).arg(accounts);
    run_blocking(&helper, Terminal::None, input, BOUNDS).map_err(|error| {
        let why = std::error::Error::source(&error).map(|why| format!(": {why}")).unwrap_or_default();
        AccountsError::Keyring(format!("{error}{why}"))
    })
}

fn refused(said: &str) -> AccountsError {
    let said: String = oqto_kit::escape::line(said.trim()).chars().take(300).collect();
    AccountsError::Keyring(if said.is_empty() { format!("{PROGRAM} failed") } else { format!("{PROGRAM}: {said}") })
}
