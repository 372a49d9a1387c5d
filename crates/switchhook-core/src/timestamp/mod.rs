//! Points in time as providers write them.

mod convert;
mod parse;

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    time::{Duration, SystemTime},
};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Kind, Position, WireType, WireValue};

/// A point in time, with the text that it came as.
///
/// Read from ISO 8601 (`2023-08-14T20:03:25.609Z`, 0 to 9 fraction digits, any offset) and
/// RFC 2822 (`Fri, 21 Nov 2025 10:11:12 +0000`). Compared by the instant, written as the
/// text. Features `jiff`, `chrono` and `time` convert it to those crates' types.
///
/// ```
/// use switchhook_core::Timestamp;
///
/// let iso: Timestamp = "2025-11-21T10:11:12.5Z".parse()?;
/// let rfc: Timestamp = "Fri, 21 Nov 2025 11:11:12 +0100".parse()?;
/// assert_eq!((iso.unix_seconds(), iso.subsec_nanos()), (1_763_719_872, 500_000_000));
/// assert!(rfc < iso);
/// assert_eq!(iso.as_str(), "2025-11-21T10:11:12.5Z");
/// # Ok::<(), switchhook_core::TimestampError>(())
/// ```
#[derive(Clone)]
pub struct Timestamp {
    text: Box<str>,
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// The text as the provider sent it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, negative before.
    pub fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds within the second, 0 to 999,999,999.
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// The same instant as the standard library's type, where the platform can hold it.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let whole = Duration::from_secs(self.seconds.unsigned_abs());
        let second = if self.seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        second?.checked_add(Duration::from_nanos(self.nanos.into()))
    }

    fn instant(&self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let (seconds, nanos) = parse::parse(text.as_bytes()).ok_or(TimestampError)?;
        Ok(Self { text: text.into(), seconds, nanos })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl WireType for Timestamp {
    const KIND: Kind = Kind::Timestamp;

    fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Time(&self.text)
    }

    fn position(&self) -> Option<Position> {
        Some(Position::Time { seconds: self.unix_seconds(), nanos: self.subsec_nanos() })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::deserialize_text(deserializer)
    }
}

/// The error of a text that is no time in a form that providers use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampError;

crate::error_texts! { TimestampError: _ => "expected a time in ISO 8601 or RFC 2822" }

#[cfg(test)]
mod tests;
