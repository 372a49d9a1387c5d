//! Values that may be variables.

use std::{fmt, time::Duration};

use switchhook_core::{DecimalSeconds, Milliseconds, Seconds};

/// A plain value, or a variable that holds one when the document runs.
///
/// A [`Duration`] becomes whole seconds or milliseconds, where the wire has those, by rounding up:
/// 900 ms are 1 s, so that no time-out is shorter than it was meant to be, and none is 0.
///
/// ```
/// use switchhook_swml::{Connect, Seconds, Value, var};
///
/// let connect = Connect::to("+15550001111").timeout(Seconds(20)).max_duration(var("vars.limit"));
/// let connect = connect.view();
/// assert_eq!(connect.timeout(), Some(Value::Plain(Seconds(20))));
/// assert_eq!(connect.max_duration().unwrap().variable().unwrap().as_str(), "${vars.limit}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<T> {
    /// The value itself.
    Plain(T),
    /// A variable.
    Variable(Variable),
}

impl<T> Value<T> {
    /// The value, unless it is a variable.
    pub fn plain(self) -> Option<T> {
        if let Self::Plain(value) = self { Some(value) } else { None }
    }

    /// The variable, if it is one.
    pub fn variable(&self) -> Option<&Variable> {
        if let Self::Variable(variable) = self { Some(variable) } else { None }
    }
}

impl<T> From<T> for Value<T> {
    fn from(value: T) -> Self {
        Self::Plain(value)
    }
}

/// A reference to a variable, like `${vars.tries}`.
///
/// In a document that was read it may be several, like `${vars.tens}${vars.ones}`: the provider's
/// schema takes that wherever it takes one.
#[derive(Clone, PartialEq, Eq)]
pub struct Variable(String);

/// The variable `${path}` of a call. Messages have [theirs](crate::messaging::var).
///
/// ```
/// assert_eq!(switchhook_swml::var("call.from").as_str(), "${call.from}");
/// ```
pub fn var(path: &str) -> Variable {
    Variable::marked("${", path)
}

impl Variable {
    /// The variable that a whole text stands for: `${…}` or `%{…}`.
    ///
    /// ```
    /// use switchhook_swml::Variable;
    ///
    /// assert!(Variable::parse("%{call.from}").is_some());
    /// assert!(Variable::parse("from ${call.from}").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        is_variable(text).then(|| Self(text.to_owned()))
    }

    /// With its marks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn marked(mark: &str, path: &str) -> Self {
        Self([mark, path, "}"].concat())
    }

    /// The text of a field that takes variables, if the provider's schema takes it for one.
    pub(crate) fn of_field(text: &str) -> Option<Self> {
        stands_for_value(text).then(|| Self(text.to_owned()))
    }
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "variable of {} bytes", self.0.len())
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Variable> for String {
    fn from(variable: Variable) -> Self {
        variable.0
    }
}

impl<T> From<Variable> for Value<T>
where
    T: crate::field::Plain,
{
    fn from(variable: Variable) -> Self {
        Self::Variable(variable)
    }
}

/// Whether the provider's schema takes a text for a variable, by `^[$%]\{.*\}$`: from its first
/// mark to its last brace, be that one reference or several.
pub(crate) fn stands_for_value(text: &str) -> bool {
    let inner = text.strip_prefix("${").or_else(|| text.strip_prefix("%{"));
    inner.is_some_and(|inner| inner.ends_with('}') && !inner.contains(LINE_ENDS))
}

/// What a `.` of the schema's patterns does not take.
pub(crate) const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The start, and the lines of the text with blanks between them.
pub(crate) fn one_line(start: &str, text: &str) -> String {
    let mut line = String::with_capacity(start.len() + text.len());
    line.push_str(start);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(LINE_ENDS) {
        line.push_str(before);
        line.push(' ');
        // Two characters are one end.
        let is_pair = rest[before.len()..].starts_with("\r\n");
        rest = if is_pair { &after[1..] } else { after };
    }
    line.push_str(rest);
    line
}

/// Whether the whole text is one variable: `${a}:${b}` is two.
pub(crate) fn is_variable(text: &str) -> bool {
    let inner = text.strip_prefix("${").or_else(|| text.strip_prefix("%{"));
    inner.is_some_and(|inner| !inner.contains(LINE_ENDS) && end(inner) == Some(inner.len()))
}

/// Where the brace that is open before the text is closed. What is inside may be `JavaScript`:
/// braces come in pairs, and those in quotes do not count.
fn end(inner: &str) -> Option<usize> {
    let (mut open, mut quote, mut escaped) = (1_usize, None, false);
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(mark), _) if mark == byte => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'{') => open += 1,
            (None, b'}') => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// A volume, relative to how it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Decibels(pub f64);

/// Whole units of a span: the next one where there is a rest.
fn up(whole: u64, rest: bool) -> u64 {
    whole.saturating_add(rest.into())
}

macro_rules! into_value {
    ($($from:ty => $to:ty, $value:ident => $convert:expr;)*) => { $(
        impl From<$from> for Value<$to> {
            fn from($value: $from) -> Self {
                Self::Plain($convert)
            }
        }
    )* };
}

into_value! {
    Seconds => DecimalSeconds, span => span.into();
    Duration => DecimalSeconds, span => span.into();
    Duration => Seconds, span => Seconds(up(span.as_secs(), span.subsec_nanos() > 0));
    Duration => Milliseconds, span => Milliseconds(up(
        u64::try_from(span.as_millis()).unwrap_or(u64::MAX),
        !span.subsec_nanos().is_multiple_of(1_000_000),
    ));
    i32 => i64, number => number.into();
    u32 => i64, number => number.into();
    u16 => i64, number => number.into();
    u8 => i64, number => number.into();
    i32 => f64, number => number.into();
    u32 => f64, number => number.into();
    f32 => f64, number => number.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_never_cut() {
        let seconds = |span: Duration| Value::<Seconds>::from(span).plain().unwrap().0;
        let milliseconds = |span: Duration| Value::<Milliseconds>::from(span).plain().unwrap().0;
        for (span, wanted) in [
            (Duration::ZERO, (0, 0)),
            (Duration::from_nanos(1), (1, 1)),
            (Duration::from_micros(1_001), (1, 2)),
            (Duration::from_millis(900), (1, 900)),
            (Duration::from_secs(20), (20, 20_000)),
            (Duration::MAX, (u64::MAX, u64::MAX)),
        ] {
            assert_eq!((seconds(span), milliseconds(span)), wanted, "{span:?}");
        }
    }

    #[test]
    fn a_variable_is_one() {
        for one in
            ["${a}", "%{a.b[0]}", "${}", "${a.${b}}", "${({x: 1}).x}", "${x == '}'}", "%{lc:x}"]
        {
            assert!(is_variable(one) && stands_for_value(one), "{one}");
        }
        for other in [
            "${a}:${b}",
            "${a}${b}",
            "%{a}${b}",
            "${a}}",
            "${a",
            "${a}b",
            "a${b}",
            "${'}",
            "${a\n}",
            "{a}",
        ] {
            assert!(!is_variable(other), "{other}");
            assert_eq!(Variable::parse(other), None);
        }
        for several in ["${a}:${b}", "${a}${b}", "%{a}${b}", "${a}}", "${'}"] {
            assert!(stands_for_value(several), "{several}");
        }
        for none in ["${a", "${a}b", "a${b}", "${a\n}", "${a\u{2028}}", "{a}", "${", "$}"] {
            assert!(!stands_for_value(none), "{none}");
        }
    }
}
