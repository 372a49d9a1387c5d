//! Conversions to the time types of other crates, each behind the feature of its name.

#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
use super::{Timestamp, TimestampError};

#[cfg(feature = "jiff")]
impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(at: &Timestamp) -> Result<Self, TimestampError> {
        Self::new(at.seconds, at.nanos.cast_signed()).map_err(|_| TimestampError)
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = TimestampError;

    fn try_from(at: &Timestamp) -> Result<Self, TimestampError> {
        Self::from_timestamp(at.seconds, at.nanos).ok_or(TimestampError)
    }
}

#[cfg(feature = "time")]
impl TryFrom<&Timestamp> for time::OffsetDateTime {
    type Error = TimestampError;

    fn try_from(at: &Timestamp) -> Result<Self, TimestampError> {
        Self::from_unix_timestamp(at.seconds)
            .and_then(|second| second.replace_nanosecond(at.nanos))
            .map_err(|_| TimestampError)
    }
}
