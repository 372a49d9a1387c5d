//! Values that are not lists.

use std::fmt;

/// A decimal number as the wire has it.
///
/// Built from a number, or read from text, which is kept: `20.50` stays `20.50`.
///
/// ```
/// use switchhook_twiml::Decimal;
///
/// let amount: Decimal = "20.50".parse()?;
/// assert_eq!((amount.as_str(), amount.to_f64()), ("20.50", 20.5));
/// assert!("20,50".parse::<Decimal>().is_err());
/// # Ok::<(), switchhook_twiml::NotADecimal>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, as near as the type comes.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// The text is not a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number")
    }
}

impl std::error::Error for NotADecimal {}

impl std::str::FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() > 0
            && all_digits(whole)
            && all_digits(fraction)
            && digits != "."
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotADecimal)
        }
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

/// What is not finite is written as it prints, which the linter reports.
impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Yes, no, or a text instead.
///
/// ```
/// use switchhook_twiml::FlagOrText;
///
/// assert_eq!(FlagOrText::from("true"), FlagOrText::Flag(true));
/// assert_eq!(FlagOrText::from("94109"), FlagOrText::Text("94109".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FlagOrText {
    /// `true` or `false`.
    Flag(bool),
    /// Any other text.
    Text(String),
}

impl FlagOrText {
    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => text,
        }
    }
}

impl From<bool> for FlagOrText {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&str> for FlagOrText {
    fn from(text: &str) -> Self {
        match text {
            "true" => Self::Flag(true),
            "false" => Self::Flag(false),
            _ => Self::Text(text.to_owned()),
        }
    }
}

/// The silence that ends speech: a span, or the provider's own judgement.
///
/// ```
/// use switchhook_twiml::SpeechTimeout;
///
/// assert_eq!(SpeechTimeout::from(3), SpeechTimeout::After(3));
/// assert_eq!("auto".parse(), Ok(SpeechTimeout::Auto));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeechTimeout {
    /// `auto`: the provider decides.
    Auto,
    /// A span, in the attribute's unit.
    After(u32),
}

impl SpeechTimeout {
    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Auto => "auto".to_owned(),
            Self::After(span) => span.to_string(),
        }
    }
}

impl From<u32> for SpeechTimeout {
    fn from(span: u32) -> Self {
        Self::After(span)
    }
}

impl std::str::FromStr for SpeechTimeout {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "auto" { Ok(Self::Auto) } else { text.parse().map(Self::After) }
    }
}
