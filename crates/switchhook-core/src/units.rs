//! Numbers with the unit that the wire uses.

use std::{fmt, time::Duration};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use crate::{Kind, Position, WireType, WireValue, wire::refuse_unseen};

macro_rules! unit {
    ($(#[$meta:meta])* $name:ident, $kind:expr, $to_duration:path, $unit:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// The same span as the standard library's type.
            pub fn to_duration(self) -> Duration {
                $to_duration(self.0)
            }
        }

        impl From<$name> for Duration {
            fn from(span: $name) -> Self {
                span.to_duration()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let visitor = Number($kind);
                if deserializer.is_human_readable() {
                    deserializer.deserialize_any(visitor).map(Self)
                } else {
                    deserializer.deserialize_u64(visitor).map(Self)
                }
            }
        }

        impl WireType for $name {
            const KIND: Kind = $kind;

            fn from_wire(text: &str) -> Option<Self> {
                u64::from_wire(text).map(Self)
            }

            fn to_wire(&self) -> WireValue<'_> {
                WireValue::Unsigned(self.0)
            }

            fn position(&self) -> Option<Position> {
                Some(Position::Number(self.0))
            }
        }
    };
}

/// Reads a number as serde gives it.
struct Number(Kind);

impl Visitor<'_> for Number {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expected())
    }

    fn visit_u64<E>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    refuse_unseen! {
        visit_bool: bool, visit_i64: i64, visit_f64: f64, visit_str: &str, visit_bytes: &[u8],
    }
}

unit! {
    /// A span of whole seconds.
    Seconds, Kind::Seconds, Duration::from_secs, "s"
}

unit! {
    /// A span of whole milliseconds.
    Milliseconds, Kind::Milliseconds, Duration::from_millis, "ms"
}

unit! {
    /// A span of whole minutes, such as what a call is billed for.
    Minutes, Kind::Minutes, minutes, "min"
}

macro_rules! decimal {
    ($(#[$meta:meta])* $name:ident, $value:path) => {
        $(#[$meta])*
        pub struct $name(pub f64);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_any(Decimal).map(Self)
                } else {
                    deserializer.deserialize_f64(Decimal).map(Self)
                }
            }
        }

        impl WireType for $name {
            const KIND: Kind = Kind::Decimal;

            fn from_wire(text: &str) -> Option<Self> {
                f64::from_wire(text).map(Self)
            }

            fn to_wire(&self) -> WireValue<'_> {
                $value(self.0)
            }
        }
    };
}

decimal! {
    /// A span of seconds that may have a fraction.
    #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
    DecimalSeconds, WireValue::Decimal
}

decimal! {
    /// An angle in degrees, such as a latitude or a longitude.
    ///
    /// Where somebody is, is nobody else's business: `Debug` shows the length alone.
    ///
    /// ```
    /// let north = switchhook_core::Degrees(37.7879277);
    /// assert_eq!(format!("{north:?}"), "<10 bytes>");
    /// ```
    #[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
    Degrees, WireValue::PrivateDecimal
}

impl fmt::Debug for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_wire().fmt(f)
    }
}

/// Reads a number that may have a fraction, and quotes nothing of what is none.
struct Decimal;

impl Visitor<'_> for Decimal {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Kind::Decimal.expected())
    }

    fn visit_f64<E>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    #[expect(clippy::cast_precision_loss, reason = "no span is that long")]
    fn visit_u64<E>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "no span is that long")]
    fn visit_i64<E>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    refuse_unseen! { visit_bool: bool, visit_str: &str, visit_bytes: &[u8] }
}

impl DecimalSeconds {
    /// The same span as the standard library's type, where it is one: not of a negative number.
    pub fn to_duration(self) -> Option<Duration> {
        Duration::try_from_secs_f64(self.0).ok()
    }
}

impl From<Seconds> for DecimalSeconds {
    #[expect(clippy::cast_precision_loss, reason = "no span is that long")]
    fn from(span: Seconds) -> Self {
        Self(span.0 as f64)
    }
}

impl From<Duration> for DecimalSeconds {
    fn from(span: Duration) -> Self {
        Self(span.as_secs_f64())
    }
}

impl fmt::Display for DecimalSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0)
    }
}

/// `Duration` has none that the oldest supported compiler knows.
fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes.saturating_mul(60))
}
