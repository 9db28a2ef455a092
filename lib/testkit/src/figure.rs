//! One measurement of a bench, as the line of JSON that `cargo xtask bench` reads: `{name, value, unit, yardstick,
//! ratio, target, pass}`.

use serde_json::json;

/// A measurement that is printed when its target is said.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a figure is printed by saying its target"]
pub struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    yardstick: Option<f64>,
}

impl Figure {
    /// What was measured, and in which unit.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, yardstick: None }
    }

    /// The same thing done the simplest way, in the same run and unit.
    pub fn beside(mut self, yardstick: f64) -> Self {
        self.yardstick = Some(yardstick);
        self
    }

    /// Prints it; it passes up to this limit, in its unit.
    pub fn at_most(self, limit: f64) {
        let target = format!("≤ {limit:.3} {}", self.unit);
        let pass = self.value <= limit;
        self.print(&target, pass);
    }

    /// Prints it; it passes from this limit on, in its unit.
    pub fn at_least(self, limit: f64) {
        let target = format!("≥ {limit} {}", self.unit);
        let pass = self.value >= limit;
        self.print(&target, pass);
    }

    /// Prints it; it passes up to so many times its yardstick.
    pub fn at_most_times_its_yardstick(self, times: f64) {
        let pass = self.yardstick.is_some_and(|yardstick| self.value <= times * yardstick);
        self.print(&format!("≤ {times} times"), pass);
    }

    /// Prints it; it has no limit.
    pub fn told(self) {
        self.print("", true);
    }

    #[expect(clippy::print_stdout, reason = "stdout is where a measurement is read from")]
    fn print(self, target: &str, pass: bool) {
        let ratio = self.yardstick.map(|yardstick| self.value / yardstick);
        let line = json!({
            "name": self.name, "value": self.value, "unit": self.unit, "yardstick": self.yardstick, "ratio": ratio,
            "target": target, "pass": pass,
        });
        println!("{line}");
    }
}

/// The value that so many percent of the samples do not exceed; NaN without samples. Sorts them.
pub fn percentile(samples: &mut [f64], percent: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    let at = (samples.len() * percent / 100).min(samples.len().saturating_sub(1));
    samples.get(at).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_of_few_and_none() {
        assert_eq!(percentile(&mut [3.0, 1.0, 2.0], 50), 2.0);
        assert_eq!(percentile(&mut [3.0, 1.0, 2.0], 99), 3.0);
        assert!(percentile(&mut [], 50).is_nan());
    }
}
