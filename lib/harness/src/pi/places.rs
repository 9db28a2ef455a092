//! Where Pi keeps what.

/// The folder in which Pi keeps the session files of a working directory (both absolute paths), unless a session
/// directory of its own is set: then files lie flat in that.
#[must_use]
pub fn session_dir(cwd: &str, agent_dir: &str) -> String {
    let inner = cwd.strip_prefix('/').unwrap_or(cwd).replace(['/', '\\', ':'], "-");
    format!("{}/sessions/--{inner}--", agent_dir.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_working_directory_has_one_folder() {
        assert_eq!(
            session_dir("/home/dev/pro:ject", "/home/dev/.pi/agent/"),
            "/home/dev/.pi/agent/sessions/--home-dev-pro-ject--"
        );
    }
}
