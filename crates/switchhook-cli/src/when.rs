//! Points in time and ages, as people type and read them.

use std::time::{Duration, SystemTime};

use switchhook::Timestamp;

/// A point in time: RFC 3339, such as `2026-01-31T12:00:00Z`, or an age, such as `2h`.
pub(crate) fn moment(text: &str) -> Result<SystemTime, String> {
    if let Ok(age) = age(text) {
        return SystemTime::now().checked_sub(age).ok_or_else(|| "that is too long ago".to_owned());
    }
    let at: Option<Timestamp> = text.parse().ok();
    at.and_then(|at| at.to_system_time()).ok_or_else(|| {
        "expected a time such as 2026-01-31T12:00:00Z or an age such as 90s, 30m, 2h, 7d, 4w"
            .to_owned()
    })
}

/// A length of time: a number and its unit, such as `90s`, `30m`, `2h`, `7d`, `4w`.
pub(crate) fn age(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number and its unit, such as 90s, 30m, 2h, 7d, 4w".to_owned();
    let (number, seconds) = UNITS
        .iter()
        .find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, *seconds)))
        .ok_or_else(wrong)?;
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(wrong)
}

/// A short length of time: as [`age`] reads it, or in milliseconds, such as `200ms`.
pub(crate) fn pause(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number and its unit, such as 200ms, 2s, 1m".to_owned();
    match text.strip_suffix("ms") {
        Some(number) => number.parse().map(Duration::from_millis).map_err(|_| wrong()),
        None => age(text).map_err(|_| wrong()),
    }
}

const UNITS: [(&str, u64); 5] =
    [("s", 1), ("m", 60), ("h", 60 * 60), ("d", 24 * 60 * 60), ("w", 7 * 24 * 60 * 60)];

/// The point in time in UTC to the second, as [`moment`] reads it.
pub(crate) fn utc(at: SystemTime) -> String {
    written(at, 0)
}

/// The same to the microsecond.
pub(crate) fn utc_exactly(at: SystemTime) -> String {
    written(at, 6)
}

/// The time of day in UTC, to the millisecond.
pub(crate) fn time_of_day() -> String {
    let now = written(SystemTime::now(), 3);
    now.get(11..23).unwrap_or_default().to_owned()
}

fn written(at: SystemTime, digits: usize) -> String {
    jiff::Timestamp::try_from(at).map_or_else(|_| "?".to_owned(), |at| format!("{at:.digits$}"))
}

/// A length of time in its largest unit, such as `3 h`.
pub(crate) fn rough(length: Duration) -> String {
    let seconds = length.as_secs();
    let unit = UNITS[..4].iter().rev().find(|(_, unit)| seconds >= *unit).unwrap_or(&UNITS[0]);
    format!("{} {}", seconds / unit.1, if unit.0 == "m" { "min" } else { unit.0 })
}

/// How long ago something was, such as `3 h ago`.
pub(crate) fn ago(at: SystemTime) -> String {
    match SystemTime::now().duration_since(at) {
        Ok(length) => format!("{} ago", rough(length)),
        Err(ahead) => format!("in {}", rough(ahead.duration())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        let seconds = |text| age(text).map(|age| age.as_secs()).ok();
        let read = ["90s", "30m", "2h", "7d", "4w", "0s"].map(seconds);
        let expected = [90, 1800, 7200, 604_800, 2_419_200, 0].map(Some);
        assert_eq!(read, expected);
        for text in ["", "7", "d", "-1d", "1.5h", "7 d", "7y", "99999999999999999999d", "é"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn pauses_are_read() {
        let read = ["200ms", "2s", "1m"].map(|text| pause(text).map(|pause| pause.as_millis()));
        assert_eq!(read, [Ok(200), Ok(2000), Ok(60_000)]);
        for text in ["", "2", "ms", "-1ms", "1.5s", "2 s"] {
            assert!(pause(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_are_read_and_written() {
        let at = moment("2026-01-31T12:00:00.25+01:00").unwrap();
        assert_eq!(utc(at), "2026-01-31T11:00:00Z");
        assert_eq!(utc_exactly(at), "2026-01-31T11:00:00.250000Z");
        assert_eq!(moment(&utc_exactly(at)), Ok(at));
        let then = moment("2h").unwrap();
        let ago = SystemTime::now().duration_since(then).unwrap().as_secs();
        assert!((7200..7260).contains(&ago), "{ago}");
        assert!(moment("yesterday").is_err());
        assert_eq!(time_of_day().len(), "10:11:12.031".len());
    }

    #[test]
    fn lengths_are_written_roughly() {
        let shown = [0, 59, 60, 3599, 7300, 700_000].map(|s| rough(Duration::from_secs(s)));
        assert_eq!(shown, ["0 s", "59 s", "1 min", "59 min", "2 h", "8 d"]);
    }
}
