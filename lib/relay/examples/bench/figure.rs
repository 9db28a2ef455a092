//! One measurement as a line of JSON.

use serde_json::{Value, json};

pub(crate) struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    yardstick: Option<f64>,
    target: String,
    pass: bool,
}

impl Figure {
    pub(crate) fn at_most(name: &'static str, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { name, value, unit, yardstick: None, target: format!("≤ {limit:.3} {unit}"), pass: value <= limit }
    }

    pub(crate) fn at_least(name: &'static str, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { name, value, unit, yardstick: None, target: format!("≥ {limit} {unit}"), pass: value >= limit }
    }

    /// The same thing done the simplest way, in the same run.
    pub(crate) fn beside(mut self, yardstick: f64) -> Self {
        self.yardstick = Some(yardstick);
        self
    }

    #[expect(clippy::print_stdout, reason = "stdout is where a measurement is read from")]
    pub(crate) fn print(self) {
        let ratio = self.yardstick.map_or(Value::Null, |yardstick| json!(self.value / yardstick));
        let line = json!({
            "name": self.name, "value": self.value, "unit": self.unit, "yardstick": self.yardstick, "ratio": ratio,
            "target": self.target, "pass": self.pass,
        });
        println!("{line}");
    }
}

/// The value that so many percent of the samples do not exceed.
pub(crate) fn percentile(samples: &mut [f64], percent: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    let at = (samples.len() * percent / 100).min(samples.len().saturating_sub(1));
    samples.get(at).copied().unwrap_or(f64::NAN)
}
