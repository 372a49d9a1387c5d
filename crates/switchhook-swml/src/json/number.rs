//! Numbers that keep their spelling.

use std::fmt;

/// A JSON number. One that was read is written as it was spelled.
///
/// ```
/// use switchhook_swml::Number;
///
/// assert_eq!(Number::from(4.5).to_string(), "4.5");
/// assert_eq!(Number::from(20.0).as_i64(), Some(20));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Number(Repr);

#[derive(Clone, PartialEq, Eq)]
enum Repr {
    Integer(i64),
    /// Everything else, in JSON's spelling.
    Spelled(Box<str>),
}

/// Beyond these a float may stand for several integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// A number in JSON's spelling. What `i64` writes the same way is kept as such.
    pub(crate) fn spelled(text: &str) -> Self {
        // `-0` and `1.0` would be written otherwise.
        match text.parse::<i64>() {
            Ok(integer) if text != "-0" => Self(Repr::Integer(integer)),
            _ => Self(Repr::Spelled(text.into())),
        }
    }

    /// A float that stays one: `5.0` is not `5` to everybody.
    pub(crate) fn float(float: f64) -> Self {
        let finite = if float.is_nan() { 0.0 } else { float.clamp(f64::MIN, f64::MAX) };
        Self::spelled(&format!("{finite:?}"))
    }

    /// The number, if it is whole and in range: `1`, but also `1.0`.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(integer) => Some(*integer),
            Repr::Spelled(_) => whole(self.as_f64()),
        }
    }

    /// The nearest float.
    #[allow(clippy::cast_precision_loss, reason = "the nearest is what is asked for")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Integer(integer) => *integer as f64,
            // JSON's spelling is one of Rust's; what is too large is infinite.
            Repr::Spelled(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        if let Repr::Integer(integer) = self.0 { Some(integer) } else { None }
    }

    pub(crate) fn write(&self, out: &mut String) {
        match &self.0 {
            Repr::Integer(integer) => write_integer(*integer, out),
            Repr::Spelled(text) => out.push_str(text),
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "checked before")]
fn whole(float: f64) -> Option<i64> {
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
}

/// Writes digits without the way through `fmt`.
fn write_integer(integer: i64, out: &mut String) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = integer.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b"0123456789"[usize::try_from(rest % 10).unwrap_or_default()];
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if integer < 0 {
        out.push('-');
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self(Repr::Integer(integer))
    }
}

impl From<i32> for Number {
    fn from(integer: i32) -> Self {
        i64::from(integer).into()
    }
}

impl From<u32> for Number {
    fn from(integer: u32) -> Self {
        i64::from(integer).into()
    }
}

impl From<u64> for Number {
    fn from(integer: u64) -> Self {
        match i64::try_from(integer) {
            Ok(integer) => integer.into(),
            Err(_) => Self(Repr::Spelled(integer.to_string().into())),
        }
    }
}

/// JSON has no infinity and no NaN: the largest number or 0 stands in.
impl From<f64> for Number {
    fn from(float: f64) -> Self {
        if let Some(integer) = whole(float) {
            return integer.into();
        }
        Self::float(float)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

/// A number may be a phone number.
impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_stays() {
        for text in [
            "0",
            "-0",
            "7",
            "-7",
            "1.0",
            "1e3",
            "0.1",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1e400",
        ] {
            assert_eq!(Number::spelled(text).to_string(), text);
        }
        assert_eq!(Number::spelled("1e3").as_i64(), Some(1000));
        assert_eq!(Number::spelled("1.5").as_i64(), None);
        assert_eq!(Number::spelled("1e400").as_i64(), None);
        assert!(Number::spelled("1e400").as_f64().is_infinite());
    }

    #[test]
    fn floats_are_json() {
        for float in [0.5, -2.25, 1e300, 1e-300, f64::MIN, f64::INFINITY, f64::NAN, 1e17] {
            let text = Number::from(float).to_string();
            assert!(serde_json::from_str::<f64>(&text).is_ok(), "{text}");
        }
        assert_eq!(Number::from(-3.0).to_string(), "-3");
    }
}
