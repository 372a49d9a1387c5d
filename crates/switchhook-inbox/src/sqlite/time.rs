//! Times as the tables have them: microseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Now, by the clock of this machine.
pub(super) fn now() -> i64 {
    micros(SystemTime::now())
}

/// A time in microseconds; what does not fit is the nearest that does.
pub(super) fn micros(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => length(since),
        Err(before) => -length(before.duration()),
    }
}

/// The first microsecond that is not before this time: `received_at >= since` is to hold as
/// it does with the full precision.
pub(super) fn micros_up(time: SystemTime) -> i64 {
    micros(time.checked_add(Duration::from_nanos(999)).unwrap_or(time))
}

/// A length in microseconds.
pub(super) fn length(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// The time of a column.
pub(super) fn time(micros: i64) -> SystemTime {
    let length = Duration::from_micros(micros.unsigned_abs());
    let time =
        if micros < 0 { UNIX_EPOCH.checked_sub(length) } else { UNIX_EPOCH.checked_add(length) };
    time.unwrap_or(UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back() {
        let later = UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_001);
        assert_eq!(micros(later), 1_700_000_000_123_456);
        assert_eq!(micros_up(later), 1_700_000_000_123_457);
        assert_eq!(micros_up(time(5)), 5);
        for micros_of in [i64::MIN + 1, -1, 0, 1, 1_700_000_000_123_456] {
            assert_eq!(micros(time(micros_of)), micros_of);
        }
        // No panic at the ends.
        let _ = (time(i64::MIN), time(i64::MAX), length(Duration::MAX));
    }
}
