//! Equality that forgives the last digit of a decimal: reading one back may be a step off, and only a cost is one.

use serde_json::Value;

/// The largest relative difference between two decimals that count as the same.
const TOLERANCE: f64 = 1e-12;

fn numbers(left: f64, right: f64) -> bool {
    left == right || (left - right).abs() <= TOLERANCE * left.abs().max(right.abs())
}

/// Whether two values are the same.
#[must_use]
pub fn values(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || left.as_f64().zip(right.as_f64()).is_some_and(|(left, right)| numbers(left, right))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| values(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| values(value, other)))
        }
        (left, right) => left == right,
    }
}

/// Whether two texts are the same, but for decimals in them.
#[must_use]
pub fn texts(left: &str, right: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | 'e' | '-' | '+');
    let words = |text| str::split(text, move |letter| !is_part(letter));
    let same = |(left, right): (&str, &str)| {
        left == right || left.parse().ok().zip(right.parse().ok()).is_some_and(|(left, right)| numbers(left, right))
    };
    let rest = |text: &str| text.chars().filter(|letter| !is_part(*letter)).collect::<String>();
    left == right
        || words(left).count() == words(right).count()
            && words(left).zip(words(right)).all(same)
            && rest(left) == rest(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_last_digit_is_forgiven() {
        let cost = json!({"cost": 0.1, "n": [1]});
        assert!(values(&cost, &json!({"cost": 0.100_000_000_000_000_02, "n": [1]})));
        assert!(!values(&cost, &json!({"cost": 0.1001, "n": [1]})));
        assert!(!values(&cost, &json!({"cost": 0.1})));
        assert!(texts("Cost(0.1) a", "Cost(0.10000000000000002) a"));
        assert!(!texts("Cost(0.1) a", "Cost(0.1) b"));
        assert!(!texts("Cost(0.1)", "Cost(0.2)"));
    }
}
