//! Points in time as numbers since 1970, in the unit that the wire uses.

use std::{
    cmp::Ordering,
    fmt,
    time::{Duration, SystemTime},
};

use crate::{Kind, Position, WireType, WireValue};

macro_rules! epoch {
    ($(#[$meta:meta])* $name:ident, $kind:expr, $per_second:literal) => {
        $(#[$meta])*
        ///
        /// The number is kept as it was written, digits after the point included.
        #[derive(Clone)]
        pub struct $name {
            text: Box<str>,
            seconds: i64,
            nanos: u32,
        }

        impl $name {
            /// The number as it was written.
            pub fn as_str(&self) -> &str {
                &self.text
            }

            /// Whole seconds since 1970-01-01T00:00:00Z.
            pub fn unix_seconds(&self) -> i64 {
                self.seconds
            }

            /// Nanoseconds within the second, 0 to 999,999,999.
            pub fn subsec_nanos(&self) -> u32 {
                self.nanos
            }

            /// Whether the number is 0: where providers write one always, it stands for what
            /// has not happened.
            pub fn is_zero(&self) -> bool {
                (self.seconds, self.nanos) == (0, 0)
            }

            /// The same instant as the standard library's type, where the platform can hold
            /// it.
            pub fn to_system_time(&self) -> Option<SystemTime> {
                let seconds = u64::try_from(self.seconds).ok()?;
                SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, self.nanos))
            }
        }

        impl WireType for $name {
            const KIND: Kind = $kind;

            fn from_wire(text: &str) -> Option<Self> {
                let (seconds, nanos) = instant(text, $per_second)?;
                Some(Self { text: text.into(), seconds, nanos })
            }

            fn to_wire(&self) -> WireValue<'_> {
                WireValue::Number(&self.text)
            }

            fn position(&self) -> Option<Position> {
                Some(Position::Time { seconds: self.seconds, nanos: self.nanos })
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other) == Ordering::Equal
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                let (seconds, nanos) = split(number, $per_second);
                Self { text: number.to_string().into(), seconds, nanos }
            }
        }
    };
}

epoch! {
    /// A point in time in seconds since 1970-01-01T00:00:00Z, mostly with a fraction.
    ///
    /// ```
    /// use switchhook_core::{EpochSeconds, WireType};
    ///
    /// let at = EpochSeconds::from_wire("1785312000.123456").expect("a number");
    /// assert_eq!((at.unix_seconds(), at.subsec_nanos()), (1_785_312_000, 123_456_000));
    /// assert_eq!(at.as_str(), "1785312000.123456");
    /// ```
    EpochSeconds, Kind::EpochSeconds, 1
}

epoch! {
    /// A point in time in milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds, Kind::EpochMilliseconds, 1000
}

epoch! {
    /// A point in time in microseconds since 1970-01-01T00:00:00Z.
    EpochMicroseconds, Kind::EpochMicroseconds, 1_000_000
}

/// Seconds and nanoseconds of a number of parts of a second, without the rounding of a float.
/// What is finer than a nanosecond is cut off.
fn instant(text: &str, per_second: u64) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let (seconds, mut nanos) = split(whole.parse().ok()?, per_second);
    let mut scale = NANOS / per_second / 10;
    for digit in fraction.bytes() {
        nanos += u32::from(digit - b'0') * u32::try_from(scale).ok()?;
        scale /= 10;
    }
    Some((seconds, nanos))
}

const NANOS: u64 = 1_000_000_000;

/// Seconds and nanoseconds of a whole number of parts of a second.
fn split(number: u64, per_second: u64) -> (i64, u32) {
    let nanos = number % per_second * (NANOS / per_second);
    let seconds = i64::try_from(number / per_second).unwrap_or(i64::MAX);
    (seconds, u32::try_from(nanos).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_instants_in_their_unit() {
        for (text, expected) in [
            ("1785312000", Some((1_785_312_000, 0))),
            ("1785312000.1234567891", Some((1_785_312_000, 123_456_789))),
            ("0", Some((0, 0))),
            ("-1", None),
            ("1e9", None),
            ("1.", None),
            (".5", None),
            ("", None),
            ("99999999999999999999", None),
            ("18446744073709551615", Some((i64::MAX, 0))),
        ] {
            assert_eq!(instant(text, 1), expected, "{text}");
        }
        assert_eq!(instant("1785312000500", 1000), Some((1_785_312_000, 500_000_000)));
        assert_eq!(instant("1785312003000000.5", 1_000_000), Some((1_785_312_003, 500)));
        let at = EpochMicroseconds::from(1_785_312_003_000_001);
        assert_eq!((at.unix_seconds(), at.subsec_nanos()), (1_785_312_003, 1000));
        assert!(at > EpochMicroseconds::from(0) && EpochMicroseconds::from(0).is_zero());
        assert_eq!(EpochSeconds::from_wire("1.50"), EpochSeconds::from_wire("1.5"));
        assert!(EpochMilliseconds::from_wire("1").unwrap().to_system_time().is_some());
    }
}
