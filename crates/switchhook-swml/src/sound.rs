//! What can be played: URLs of recordings, speech, silence, ring tones.

use std::fmt;

use crate::{
    Variable,
    value::{LINE_ENDS, one_line},
};

/// Something to hear.
///
/// ```
/// use switchhook_swml::Sound;
///
/// assert_eq!(Sound::say("Welcome").as_str(), "say:Welcome");
/// assert_eq!(Sound::silence(1.5).as_str(), "silence:1.5");
/// assert_eq!(Sound::ring(4.0, "us").as_str(), "ring:4:us");
/// assert_eq!(Sound::url("https://example.com/a.mp3").as_str(), "https://example.com/a.mp3");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Sound(String);

impl Sound {
    /// A recording at a `http` or `https` URL.
    pub fn url(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// Speech. Lines are joined by blanks: the provider's schema takes one line.
    pub fn say(text: &str) -> Self {
        Self(one_line("say:", text))
    }

    /// Silence, in seconds.
    pub fn silence(seconds: f64) -> Self {
        Self(format!("silence:{}", positive(seconds)))
    }

    /// The ring tone of a country, in seconds and as two letters like `us`.
    pub fn ring(seconds: f64, country: &str) -> Self {
        Self(format!("ring:{}:{country}", positive(seconds)))
    }

    /// The sound as the wire has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Spans have no sign and no exponent.
fn positive(seconds: f64) -> f64 {
    if seconds.is_finite() { seconds.clamp(0.0, 1e9) } else { 0.0 }
}

impl fmt::Debug for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sound of {} bytes", self.0.len())
    }
}

impl From<Sound> for String {
    fn from(sound: Sound) -> Self {
        sound.0
    }
}

/// In the wire's form: a URL, `say:…`, `silence:…`, `ring:…`, or a variable.
impl From<&str> for Sound {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// In the wire's form: a URL, `say:…`, `silence:…`, `ring:…`, or a variable.
impl From<String> for Sound {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Variable> for Sound {
    fn from(variable: Variable) -> Self {
        Self(variable.into())
    }
}

/// The schema's pattern, `^(http://.*|https://.*|ring: ?[0-9.]*: ?[a-zA-Z]{2}|say: ?.*|`
/// `silence: ?[0-9.]*|ring: ?[a-zA-Z]{2})$`.
pub(crate) fn is_sound(text: &str) -> bool {
    if text.contains(LINE_ENDS) {
        return false;
    }
    if text.starts_with("http://") || text.starts_with("https://") || text.starts_with("say:") {
        return true;
    }
    if let Some(span) = text.strip_prefix("silence:") {
        return is_span(span);
    }
    text.strip_prefix("ring:").is_some_and(|rest| match rest.split_once(':') {
        Some((span, country)) => is_span(span) && is_country(country),
        None => is_country(rest),
    })
}

fn is_span(text: &str) -> bool {
    let digits = text.strip_prefix(' ').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_country(text: &str) -> bool {
    let letters = text.strip_prefix(' ').unwrap_or(text);
    letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_those_of_the_pattern() {
        for sound in [
            "http://a",
            "https://a/b.mp3",
            "say:",
            "say: Hello",
            "silence:",
            "silence: 1.5",
            "ring:us",
            "ring: us",
            "ring:4:us",
            "ring: 4.5: us",
            "ring::us",
        ] {
            assert!(is_sound(sound), "{sound}");
        }
        for other in [
            "",
            "hello.mp3",
            "ftp://a",
            "/a.mp3",
            "SAY:x",
            "ring:usa",
            "ring:4",
            "silence:x",
            "say:a\nb",
            "ring:4:us:us",
            "ring:  us",
        ] {
            assert!(!is_sound(other), "{other}");
        }
    }

    #[test]
    fn built_sounds_are_sounds() {
        let built = [
            Sound::say("one\ntwo"),
            Sound::say("\u{2028}one\r\n\rtwo\u{2029}"),
            Sound::silence(-1.0),
            Sound::silence(f64::NAN),
            Sound::silence(1e300),
            Sound::ring(0.5, "gb"),
        ];
        for sound in built {
            assert!(is_sound(sound.as_str()), "{}", sound.as_str());
        }
        let lines = Sound::say("one\r\ntwo\u{2028}three\n\nfour\r");
        assert_eq!(lines.as_str(), "say:one two three  four ");
    }
}
