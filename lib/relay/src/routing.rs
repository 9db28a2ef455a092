//! Reading where a line goes.

use oqto_protocol::frame::{FrameError, Routing};

/// The routing fields of a line that is one JSON object on one line.
///
/// # Errors
/// [`FrameError`] when it is not; a list is refused too, which would otherwise be read field by field.
pub(crate) fn routing_of(line: &[u8]) -> Result<Routing<'_>, FrameError> {
    if line.trim_ascii_start().first() != Some(&b'{') {
        // What the parser says of anything that is no object at all.
        std::str::from_utf8(line).map_err(|_| FrameError::Utf8)?;
        return Err(FrameError::Kind);
    }
    Routing::parse(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_objects_are_frames() {
        assert_eq!(routing_of(b" {\"id\":\"1\"}").unwrap().id.as_deref(), Some("1"));
        assert!(matches!(routing_of(b"[\"agent\",\"1\"]"), Err(FrameError::Kind)));
        assert!(matches!(routing_of(b"\xff"), Err(FrameError::Utf8)));
        assert!(matches!(routing_of(b"{"), Err(FrameError::Json(_))));
    }
}
