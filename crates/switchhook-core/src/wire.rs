//! Values as they travel: text on one side, a type on the other.

use std::fmt;

use crate::{JsonRef, Position};

/// A type that a form parameter can be read as.
///
/// The models' field types implement it: `String`, integers, [`Seconds`](crate::Seconds),
/// [`Timestamp`](crate::Timestamp), SIDs and open enums.
pub trait WireType: Sized {
    /// What the provider's table calls this type.
    const KIND: Kind;

    /// Reads the text of a parameter, which is not empty. `None` when it does not fit.
    fn from_wire(text: &str) -> Option<Self>;

    /// Whether the text can be read, found out without making the value where that is
    /// cheaper.
    fn fits(text: &str) -> bool {
        Self::from_wire(text).is_some()
    }

    /// The value for writing it out.
    fn to_wire(&self) -> WireValue<'_>;

    /// Where the value stands in an order, where it counts something.
    fn position(&self) -> Option<Position> {
        None
    }
}

/// The kind of a parameter, as the provider's tables name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Free text, addresses and URLs included.
    Text,
    /// A SID with this prefix.
    Sid(&'static str),
    /// One of a list of values, by the enum's name.
    Enum(&'static str),
    /// A whole number.
    Integer,
    /// A whole number of seconds.
    Seconds,
    /// A whole number of milliseconds.
    Milliseconds,
    /// A number that may have a fraction.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A point in time.
    Timestamp,
    /// A whole number of minutes.
    Minutes,
    /// A JSON value in a text.
    Json,
    /// Texts with commas between them.
    List,
    /// A point in time as the number of seconds since 1970.
    EpochSeconds,
    /// A point in time as the number of milliseconds since 1970.
    EpochMilliseconds,
    /// A point in time as the number of microseconds since 1970.
    EpochMicroseconds,
    /// Any JSON value.
    Value,
    /// A JSON object.
    Object,
    /// A JSON list.
    Array,
}

impl Kind {
    /// What is said to be expected where a value does not fit.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Sid(_) | Self::Enum(_) | Self::Json | Self::List => "text",
            Self::Integer => "a whole number",
            Self::Seconds => "a whole number of seconds",
            Self::Milliseconds => "a whole number of milliseconds",
            Self::Decimal => "a number",
            Self::Boolean => "true or false",
            Self::Timestamp => "a time in ISO 8601 or RFC 2822",
            Self::Minutes => "a whole number of minutes",
            Self::EpochSeconds => "a number of seconds since 1970",
            Self::EpochMilliseconds => "a number of milliseconds since 1970",
            Self::EpochMicroseconds => "a number of microseconds since 1970",
            Self::Value => "a value",
            Self::Object => "an object",
            Self::Array => "a list",
        }
    }

    /// The number that `text` is in its usual spelling, for kinds that are numbers.
    pub(crate) fn number(self, text: &str) -> Option<WireValue<'static>> {
        let number = match self {
            Self::Integer | Self::Seconds | Self::Milliseconds | Self::Minutes => {
                u64::from_wire(text)
                    .map(WireValue::Unsigned)
                    .or_else(|| i64::from_wire(text).map(WireValue::Signed))
            }
            // More digits than these do not survive every reader of JSON.
            Self::Decimal if text.len() <= 15 => f64::from_wire(text).map(WireValue::Decimal),
            Self::Boolean => bool::from_wire(text).map(WireValue::Boolean),
            _ => None,
        };
        number.filter(|number| number.to_string() == text)
    }
}

/// A typed value on its way out.
///
/// `Display` writes the wire text. `Debug` shows numbers, times, SIDs and known enum values,
/// and only the length of everything else, which may be a phone number or a message.
#[derive(Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum WireValue<'a> {
    /// Free text.
    Text(&'a str),
    /// A SID.
    Sid {
        /// The SID.
        text: &'a str,
        /// What SIDs of this kind start with.
        prefix: &'static str,
    },
    /// A value of an open enum.
    Token {
        /// The value in the provider's spelling.
        text: &'a str,
        /// Whether this version knows the value.
        recognized: bool,
    },
    /// A time in the spelling of the wire.
    Time(&'a str),
    /// A whole number from 0 up.
    Unsigned(u64),
    /// A whole number.
    Signed(i64),
    /// A finite number.
    Decimal(f64),
    /// A finite number that tells of a person, such as where somebody is.
    PrivateDecimal(f64),
    /// A truth value.
    Boolean(bool),
    /// A number in the spelling of the wire.
    Number(&'a str),
    /// A JSON value.
    Json(JsonRef<'a>),
}

impl WireValue<'_> {
    /// The text, where the value is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text)
            | Self::Sid { text, .. }
            | Self::Token { text, .. }
            | Self::Time(text) => Some(text),
            Self::Unsigned(_)
            | Self::Signed(_)
            | Self::Decimal(_)
            | Self::PrivateDecimal(_)
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Json(_) => None,
        }
    }
}

impl fmt::Display for WireValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text)
            | Self::Sid { text, .. }
            | Self::Token { text, .. }
            | Self::Time(text)
            | Self::Number(text) => f.write_str(text),
            Self::Json(value) => value.fmt(f),
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Decimal(number) | Self::PrivateDecimal(number) => number.fmt(f),
            Self::Boolean(truth) => truth.fmt(f),
        }
    }
}

impl fmt::Debug for WireValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sid { text, prefix }
                if text.starts_with(prefix) && text.bytes().all(|b| b.is_ascii_alphanumeric()) =>
            {
                f.write_str(text)
            }
            Self::Text(text) | Self::Sid { text, .. } | Self::Token { text, recognized: false } => {
                write!(f, "<{} bytes>", text.len())
            }
            Self::PrivateDecimal(number) => write!(f, "<{} bytes>", number.to_string().len()),
            Self::Json(value) => value.fmt(f),
            Self::Token { .. }
            | Self::Time(_)
            | Self::Number(_)
            | Self::Unsigned(_)
            | Self::Signed(_)
            | Self::Decimal(_)
            | Self::Boolean(_) => fmt::Display::fmt(self, f),
        }
    }
}

impl serde_core::Serialize for WireValue<'_> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Text(text)
            | Self::Sid { text, .. }
            | Self::Token { text, .. }
            | Self::Time(text) => serializer.serialize_str(text),
            Self::Unsigned(number) => serializer.serialize_u64(number),
            Self::Signed(number) => serializer.serialize_i64(number),
            Self::Decimal(number) | Self::PrivateDecimal(number) => {
                serializer.serialize_f64(number)
            }
            Self::Boolean(truth) => serializer.serialize_bool(truth),
            Self::Json(value) => value.serialize(serializer),
            Self::Number(text) => crate::json::serialize_number(text, serializer),
        }
    }
}

/// serde's own messages quote what they did not expect; these say only what was expected.
macro_rules! refuse_unseen {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method<E: serde_core::de::Error>(self, _: $type) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("expected {}", crate::wire::Expected(&self))))
        }
    )*};
}
pub(crate) use refuse_unseen;

/// Shows what a visitor expects.
pub(crate) struct Expected<'a, V>(pub(crate) &'a V);

impl<'de, V: serde_core::de::Visitor<'de>> fmt::Display for Expected<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

/// Reads a wire type from a serde string, for the types that have a text form.
pub(crate) fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: WireType,
    D: serde_core::Deserializer<'de>,
{
    struct Text<T>(std::marker::PhantomData<T>);

    impl<T: WireType> serde_core::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::KIND.expected())
        }

        refuse_unseen! {
            visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_bytes: &[u8],
        }

        fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<T, E> {
            // Not `invalid_value`, whose message would quote the text.
            T::from_wire(text)
                .ok_or_else(|| E::custom(format_args!("expected {}", T::KIND.expected())))
        }
    }

    let visitor = Text(std::marker::PhantomData);
    // Asked for text alone, readers of JSON quote what they find instead.
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(visitor)
    } else {
        deserializer.deserialize_str(visitor)
    }
}

impl WireType for String {
    const KIND: Kind = Kind::Text;

    fn from_wire(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn fits(_: &str) -> bool {
        true
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Text(self)
    }
}

impl WireType for u64 {
    const KIND: Kind = Kind::Integer;

    fn from_wire(text: &str) -> Option<Self> {
        // `parse` takes a leading plus, which no provider writes and a phone number has.
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Unsigned(*self)
    }

    fn position(&self) -> Option<Position> {
        Some(Position::Number(*self))
    }
}

impl WireType for i64 {
    const KIND: Kind = Kind::Integer;

    fn from_wire(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Signed(*self)
    }
}

impl WireType for f64 {
    const KIND: Kind = Kind::Decimal;

    fn from_wire(text: &str) -> Option<Self> {
        // `parse` also takes "inf", "NaN" and a leading plus; that of an exponent is JSON's.
        let mut last = b' ';
        let mut plain = |byte: u8| {
            let before = std::mem::replace(&mut last, byte);
            byte.is_ascii_digit()
                || matches!(byte, b'.' | b'-' | b'e' | b'E')
                || (byte == b'+' && matches!(before, b'e' | b'E'))
        };
        text.bytes()
            .all(&mut plain)
            .then(|| text.parse().ok())?
            .filter(|number: &f64| number.is_finite())
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Decimal(*self)
    }
}

impl WireType for bool {
    const KIND: Kind = Kind::Boolean;

    fn from_wire(text: &str) -> Option<Self> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn to_wire(&self) -> WireValue<'_> {
        WireValue::Boolean(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_strictly() {
        for (text, number) in
            [("0", Some(0)), ("042", Some(42)), ("+1", None), ("-1", None), ("1.5", None)]
        {
            assert_eq!(u64::from_wire(text), number, "{text}");
        }
        assert_eq!(u64::from_wire("249293007297"), Some(249_293_007_297));
        assert_eq!(u64::from_wire("99999999999999999999"), None);
        assert_eq!(i64::from_wire("-3"), Some(-3));
        assert_eq!(i64::from_wire("--3"), None);
        for (text, number) in [("1e3", 1e3), ("1e+3", 1e3), ("1.742E+1", 17.42), ("-5e-1", -0.5)] {
            assert_eq!(f64::from_wire(text), Some(number), "{text}");
        }
        for text in ["inf", "NaN", "+1", "1e999", "x", " 1", "1+e3", "1e++3", "1+1", "e+3"] {
            assert_eq!(f64::from_wire(text), None, "{text}");
        }
        assert_eq!(f64::from_wire("40.5"), Some(40.5));
        assert_eq!(bool::from_wire("True"), None);
    }

    #[test]
    fn what_fits_can_be_read_and_what_does_not_cannot() {
        fn check<T: WireType>() {
            for text in ["7", "-7", "0.5", "true", "2026-01-01T00:00:00Z", "a,b", "{}", "\u{e9}"] {
                assert_eq!(T::fits(text), T::from_wire(text).is_some(), "{:?} {text}", T::KIND);
            }
        }
        check::<String>();
        check::<u64>();
        check::<bool>();
        check::<crate::Seconds>();
        check::<crate::Timestamp>();
        check::<crate::AccountSid>();
        check::<crate::JsonText>();
        check::<crate::CommaList>();
        check::<Level>();
        assert!(Level::KNOWN.iter().all(|level| Level::fits(level.as_str())));
    }

    crate::open_enum! {
        /// How high.
        enum Level { /// Low.
            Low = "7" }
    }

    #[test]
    fn debug_hides_free_text() {
        assert_eq!(format!("{:?}", WireValue::Text("+15550001111")), "<12 bytes>");
        assert_eq!(format!("{:?}", WireValue::Unsigned(7)), "7");
    }
}
