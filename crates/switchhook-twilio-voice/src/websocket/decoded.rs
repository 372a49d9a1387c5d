//! Messages seen without their type, and those that have none.

use std::{borrow::Cow, fmt};

use super::{Field, FieldValue, Limits, MessageInfo, Problem, Reason, write};

/// The messages of one protocol in one direction: what `Inbound` and `Outbound` have in common.
pub trait Messages<'a>: Sized {
    /// The name of the direction, such as `media-streams/in`.
    const NAME: &'static str;

    /// The key of the tag.
    const TAG: &'static str;

    /// The messages in the order of the provider's table.
    const MESSAGES: &'static [&'static MessageInfo];

    /// Reads a text frame; anything reads as something.
    fn parse_within(text: &'a str, limits: &Limits) -> Self;

    /// The message without its type.
    fn decoded(&self) -> Decoded<'_>;

    /// The row of the message with this name.
    fn message(name: &str) -> Option<&'static MessageInfo> {
        Self::MESSAGES.iter().copied().find(|info| info.name == name)
    }
}

/// What every message can tell without knowing its type: an object-safe view.
pub trait Message: fmt::Debug + Send + Sync {
    /// The row of the protocol's table.
    fn info(&self) -> &'static MessageInfo;

    /// The JSON that the message was read from; `None` for one that was built.
    fn received(&self) -> Option<&str>;

    /// What did not fit the model and yet did not fail the message.
    fn problems(&self) -> &[Problem];

    /// Calls `see` once with the values in the order of the table's fields.
    #[doc(hidden)]
    fn with_values(&self, see: &mut dyn FnMut(&[Option<FieldValue<'_>>]));

    /// Calls `visitor` with each field in the order of the table, absent ones included.
    fn visit(&self, visitor: &mut dyn FnMut(&'static Field, Option<FieldValue<'_>>)) {
        self.with_values(&mut |values| {
            for (field, value) in self.info().fields.iter().zip(values) {
                visitor(field, *value);
            }
        });
    }

    /// The dotted paths of the values that the model does not name, with their JSON.
    fn extra(&self) -> Vec<(Cow<'_, str>, &str)> {
        let mut extra = Vec::new();
        if let Some(text) = self.received() {
            write::visit_extra(self.info(), text, "", &mut |path, json| extra.push((path, json)));
        }
        extra
    }

    /// The JSON of the message: what was received, with what was changed or set since.
    fn to_json(&self) -> String {
        let mut json = String::new();
        self.with_values(&mut |values| json = write::to_json(self.info(), self.received(), values));
        json
    }
}

/// A message whose type is forgotten.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Decoded<'a> {
    /// A known message.
    Message(&'a dyn Message),
    /// A message that this version does not know.
    Unknown(&'a Unknown),
    /// A text that is no message or does not fit the one that it announces.
    Malformed(&'a Malformed),
}

impl<'a> Decoded<'a> {
    /// The name of the message, where there is one.
    pub fn name(&self) -> Option<&'a str> {
        match *self {
            Self::Message(message) => Some(message.info().name),
            Self::Unknown(unknown) => unknown.name(),
            Self::Malformed(malformed) => malformed.info().map(|info| info.name),
        }
    }

    /// The JSON of the message; of an unknown or malformed one the text that came.
    pub fn to_json(&self) -> String {
        match *self {
            Self::Message(message) => message.to_json(),
            Self::Unknown(unknown) => unknown.text().to_owned(),
            Self::Malformed(malformed) => malformed.text().to_owned(),
        }
    }
}

/// A message that this version does not know, with everything in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Unknown {
    name: Option<Box<str>>,
    text: Box<str>,
}

impl Unknown {
    pub(crate) fn new(name: Option<&str>, text: &str) -> Self {
        Self { name: name.map(Into::into), text: text.into() }
    }

    /// The value of the tag; `None` when there is none or it is not text.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The message as it came: one JSON object.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Shows lengths: nobody knows what is in it.
impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or_default();
        write!(f, "Unknown(name of {} bytes, {} bytes)", name.len(), self.text.len())
    }
}

/// A text that is no message, or a known message that cannot be used, with everything in it.
#[derive(Clone)]
pub struct Malformed {
    info: Option<&'static MessageInfo>,
    reason: Reason,
    text: Box<str>,
}

impl Malformed {
    pub(crate) fn new(info: Option<&'static MessageInfo>, reason: Reason, text: &str) -> Self {
        Self { info, reason, text: text.into() }
    }

    /// The row of the message that was announced; `None` for a text that was not looked into
    /// or is no JSON object.
    pub fn info(&self) -> Option<&'static MessageInfo> {
        self.info
    }

    /// Why it cannot be used.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Malformed {
    fn eq(&self, other: &Self) -> bool {
        let name = |info: Option<&MessageInfo>| info.map(|info| info.name);
        name(self.info) == name(other.info)
            && self.reason == other.reason
            && self.text == other.text
    }
}

/// Shows the reason, and of the text the length.
impl fmt::Debug for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.info.map_or("a text", |info| info.name);
        write!(f, "Malformed({name}: {}, {} bytes)", self.reason, self.text.len())
    }
}
