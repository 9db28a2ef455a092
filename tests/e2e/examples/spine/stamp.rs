//! The times that `fake_pi` writes into its deltas.

/// The monotonic clock, in nanoseconds; the same for every process of a machine.
pub(crate) fn clock_ns() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    time.tv_sec.unsigned_abs() * 1_000_000_000 + time.tv_nsec.unsigned_abs()
}

/// Milliseconds since each stamp in the delta of a line, now.
pub(crate) fn ages_ms(line: &str) -> impl Iterator<Item = f64> {
    let text = line.split_once("\"delta\":\"").map_or("", |(_, rest)| rest);
    let text = text.split('"').next().unwrap_or_default();
    let now = clock_ns();
    text.split(' ').filter_map(|word| word.parse::<u64>().ok()).map(move |sent| now.saturating_sub(sent) as f64 / 1e6)
}

/// Milliseconds since the last stamp anywhere in a line, now.
pub(crate) fn age_of_last_ms(line: &str) -> Option<f64> {
    let now = clock_ns();
    let words = line.rsplit([' ', '"']).filter(|word| word.len() >= 10);
    let mut stamps = words.filter_map(|word| word.parse::<u64>().ok());
    stamps.next().map(|sent| now.saturating_sub(sent) as f64 / 1e6)
}
