//! Names of models with `*`, which stands for any text.

/// Whether a pattern fits a name as a whole.
#[must_use]
pub fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, name) in
            [("*", ""), ("a*", "a"), ("*/b*c", "x/bc"), ("a*b*c", "a--b--b-c"), ("é*", "éa"), ("x", "x")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("", "a"), ("a", "ab"), ("a*b", "ab-"), ("ab*b", "ab"), ("*a*", "b"), ("a*bc*c", "abc")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
