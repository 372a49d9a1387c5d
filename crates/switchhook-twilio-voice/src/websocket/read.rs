//! Filling a message's fields from its text.

use std::{borrow::Cow, fmt};

use super::{
    FieldKind, Limits, Malformed, MessageInfo, Unknown, Value, field::Place, json,
    value::needs_text,
};

/// Why a text is no usable message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is not one JSON object.
    NotObject,
    /// It is over [`Limits::bytes`].
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// It is over [`Limits::depth`].
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A required field is missing or null; or a SID, and empty.
    Missing {
        /// The dotted path of the field.
        path: &'static str,
    },
    /// A required field does not fit its type.
    Unreadable {
        /// The dotted path of the field.
        path: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}

switchhook_core::error_texts! {
    Reason:
    Self::NotObject => "not a JSON object",
    Self::TooLong { limit } => "longer than {limit} bytes",
    Self::TooDeep { limit } => "more than {limit} levels deep",
    Self::Missing { path } => "{path} is missing",
    Self::Unreadable { path, expected } => "{path} is not {expected}",
}

/// A value that did not fit its field, which is empty then.
///
/// It never fails the message, and what came stays in the JSON that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The dotted path of the value.
    pub path: &'static str,
    /// What was expected.
    pub expected: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not {}", self.path, self.expected)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a message keeps beside its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Received<'a> {
    /// The JSON that it was read from; none for one that was built.
    pub(crate) text: Option<Cow<'a, str>>,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Received<'a> {
    pub(crate) fn borrowed(text: &'a str, problems: Vec<Problem>) -> Self {
        Self { text: Some(Cow::Borrowed(text)), problems }
    }

    pub(crate) fn into_owned(self) -> Received<'static> {
        let text = self.text.map(|text| Cow::Owned(text.into_owned()));
        Received { text, problems: self.problems }
    }
}

/// Reads a message whose type `read_as` finds by the tag's value.
pub(crate) fn parse<M>(
    text: &str,
    limits: &Limits,
    tag: &str,
    read_as: impl Fn(&str) -> Option<(&'static MessageInfo, Result<M, Reason>)>,
) -> Result<M, Result<Unknown, Malformed>> {
    let malformed = |info, reason| Err(Err(Malformed::new(info, reason, text)));
    if text.len() > limits.bytes {
        return malformed(None, Reason::TooLong { limit: limits.bytes });
    }
    if json::is_deeper(text, limits.depth) {
        return malformed(None, Reason::TooDeep { limit: limits.depth });
    }
    // The tag usually comes first. The reading checks the guess, and the rest of the text.
    if let Some((_, Ok(message))) = first_text(text, tag).and_then(&read_as) {
        return Ok(message);
    }
    let mut name = None;
    let is_object = json::entries(text, |key, value| {
        if key == tag {
            // A tag that is not text names nothing.
            name = if value.starts_with('"') { json::scalar(value) } else { None };
        }
    });
    if !is_object {
        return malformed(None, Reason::NotObject);
    }
    match name.as_deref().and_then(read_as) {
        Some((_, Ok(message))) => Ok(message),
        Some((info, Err(reason))) => malformed(Some(info), reason),
        None => Err(Ok(Unknown::new(name.as_deref(), text))),
    }
}

/// The value of the first key where that is `tag` and the value looks like a plain text.
fn first_text<'a>(object: &'a str, tag: &str) -> Option<&'a str> {
    let inside = object.trim_ascii_start().strip_prefix('{')?.trim_ascii_start();
    let value = inside.strip_prefix('"')?.strip_prefix(tag)?.strip_prefix('"')?;
    let text = value.trim_ascii_start().strip_prefix(':')?.trim_ascii_start().strip_prefix('"')?;
    text.split_once('"').map(|(text, _)| text)
}

/// Reads the fields of one message.
#[derive(Default)]
pub(crate) struct Reader {
    problems: Vec<Problem>,
    /// Whether the tag names the message that is read.
    is_announced: bool,
}

impl Reader {
    /// The texts of the fields' values, in the order of the table.
    ///
    /// # Errors
    ///
    /// [`Reason::NotObject`] for a text that is no object, or announces another message.
    pub(crate) fn slots<'a, const FIELDS: usize>(
        &mut self,
        text: &'a str,
        info: &'static MessageInfo,
    ) -> Result<[Option<&'a str>; FIELDS], Reason> {
        let mut slots = [None; FIELDS];
        let is_object = self.fill(text, "", info, &mut slots);
        if is_object && self.is_announced { Ok(slots) } else { Err(Reason::NotObject) }
    }

    fn fill<'a>(
        &mut self,
        object: &'a str,
        parent: &str,
        info: &'static MessageInfo,
        slots: &mut [Option<&'a str>],
    ) -> bool {
        json::entries(object, |key, value| match info.place(parent, &key) {
            Place::Field(at) => slots[at] = Some(value),
            Place::Object(path) => {
                // The last of repeated objects counts, and nothing of the others.
                for (field, slot) in info.fields.iter().zip(slots.iter_mut()) {
                    if field.step(path).is_some() {
                        *slot = None;
                    }
                }
                self.problems.retain(|problem| problem.path != path);
                if value.starts_with('{') {
                    self.fill(value, path, info, slots);
                } else if value != "null" {
                    self.problems.push(Problem { path, expected: "an object" });
                }
            }
            Place::Tag => {
                let name = json::scalar(value).filter(|_| value.starts_with('"'));
                self.is_announced = name.as_deref() == Some(info.name);
            }
            Place::Nowhere => {}
        })
    }

    /// # Errors
    ///
    /// [`Reason`] for a field that is missing or does not fit.
    pub(crate) fn required<'a, T: Value<'a>>(
        slot: Option<&'a str>,
        path: &'static str,
    ) -> Result<T, Reason> {
        let present = |json: &&str| *json != "null" && !(needs_text(T::KIND) && *json == "\"\"");
        let json = slot.filter(present).ok_or(Reason::Missing { path })?;
        T::read(json).ok_or(Reason::Unreadable { path, expected: T::KIND.expected() })
    }

    pub(crate) fn optional<'a, T: Value<'a>>(
        &mut self,
        slot: Option<&'a str>,
        path: &'static str,
    ) -> Option<T> {
        let json = slot.filter(|json| !super::Presence::Optional.is_absent(json))?;
        let value = T::read(json);
        if value.is_none() {
            self.problems.push(Problem { path, expected: FieldKind::expected(T::KIND) });
        }
        value
    }

    pub(crate) fn collected<'a, T: Value<'a> + Default>(
        &mut self,
        slot: Option<&'a str>,
        path: &'static str,
    ) -> T {
        self.optional(slot, path).unwrap_or_default()
    }

    pub(crate) fn finish(self, text: &str) -> Received<'_> {
        Received::borrowed(text, self.problems)
    }
}
