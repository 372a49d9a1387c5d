//! The rows of the tables: messages and their fields.

use switchhook_core::Kind;

use super::{FieldValue, Value};

/// No message has more, so that what is told of each has its place on the stack.
pub(crate) const MOST_FIELDS: usize = 16;

/// The row of a message in its protocol's table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MessageInfo {
    /// The provider's name of the message, such as `media`: the value of its tag.
    pub name: &'static str,
    /// The key of the tag: `event` in Media Streams, `type` in ConversationRelay.
    pub tag: &'static str,
    /// The fields: the required ones first, the tag left out.
    pub fields: &'static [Field],
}

impl MessageInfo {
    pub(crate) const fn new(
        name: &'static str,
        tag: &'static str,
        fields: &'static [Field],
    ) -> Self {
        assert!(fields.len() <= MOST_FIELDS, "a message with more fields than any");
        Self { name, tag, fields }
    }

    /// The field with this dotted path.
    pub fn field(&self, path: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// What the model knows about `key` in the object at the path `parent`.
    pub(crate) fn place(&self, parent: &str, key: &str) -> Place {
        if parent.is_empty() && key == self.tag {
            return Place::Tag;
        }
        for (at, field) in self.fields.iter().enumerate() {
            let Some(rest) = field.inside(parent) else { continue };
            let end = match rest.strip_prefix(key) {
                // A key with a dot in it is no path.
                Some(end) if !key.contains('.') => end,
                _ => continue,
            };
            if end.is_empty() {
                return Place::Field(at);
            } else if end.starts_with('.') {
                return Place::Object(&field.path[..field.path.len() - end.len()]);
            }
        }
        Place::Nowhere
    }
}

/// What stands at a place of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// The tag.
    Tag,
    /// The field with this index.
    Field(usize),
    /// The object at this path, which has fields in it.
    Object(&'static str),
    /// Nothing that the model names.
    Nowhere,
}

/// A field of a message, as its table gives it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name of the struct's field, such as `call_sid`.
    pub name: &'static str,
    /// The path on the wire, dotted, such as `start.callSid`.
    pub path: &'static str,
    /// What the value is read as.
    pub kind: FieldKind,
    /// Whether the number travels as JSON text, such as `"chunk": "1"`.
    pub in_text: bool,
    /// How far the field can be counted on.
    pub presence: Presence,
    /// Whether a JSON text is read as this value.
    is: fn(&str, Option<FieldValue<'_>>) -> bool,
}

impl Field {
    pub(crate) const fn new<'a, T: Value<'a>>(
        name: &'static str,
        path: &'static str,
        in_text: bool,
        presence: Presence,
    ) -> Self {
        Self { name, path, kind: T::KIND, in_text, presence, is: T::is }
    }

    /// Whether what was received still gives the value.
    pub(crate) fn is(&self, json: Option<&str>, value: Option<FieldValue<'_>>) -> bool {
        match json.filter(|json| !self.presence.is_absent(json)) {
            None => value.is_none(),
            Some(json) => (self.is)(json, value),
        }
    }

    /// The rest of the path in the object at `parent`.
    fn inside(&self, parent: &str) -> Option<&'static str> {
        if parent.is_empty() {
            return Some(self.path);
        }
        // The dot tells most apart without a look at the names.
        let dot = self.path.as_bytes().get(parent.len()) == Some(&b'.');
        if dot { self.path.strip_prefix(parent)?.get(1..) } else { None }
    }

    /// What is on the way to the field in the object at `parent`. `None` when it is not in
    /// there.
    pub(crate) fn step(&self, parent: &str) -> Option<Step> {
        let rest = self.inside(parent)?;
        Some(match rest.find('.') {
            None => Step::Here(rest),
            Some(end) => Step::Inside {
                name: &rest[..end],
                path: &self.path[..self.path.len() - rest.len() + end],
            },
        })
    }
}

/// One step down towards a field.
pub(crate) enum Step {
    /// The field itself, by its key.
    Here(&'static str),
    /// An object that has the field somewhere inside.
    Inside { name: &'static str, path: &'static str },
}

/// How far a field can be counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Presence {
    /// Without it the message is [`Malformed`](super::Malformed).
    Required,
    /// May be missing, null or empty; all three are `None`.
    Optional,
    /// A list or a map; missing and null are as good as empty.
    Collected,
}

impl Presence {
    /// Whether a value of the wire is as good as none.
    pub(crate) fn is_absent(self, json: &str) -> bool {
        json == "null" || (self != Self::Required && json == "\"\"")
    }
}

/// What the value of a field is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// One value, which may travel as JSON text, number or truth value.
    One(Kind),
    /// A list of such values.
    List(Kind),
    /// An object of texts.
    Parameters,
    /// Bytes in base64.
    Base64,
}

impl FieldKind {
    /// What is said to be expected where a value does not fit.
    pub fn expected(self) -> &'static str {
        match self {
            Self::One(kind) => kind.expected(),
            Self::List(_) => "a list of texts",
            Self::Parameters => "an object of texts",
            Self::Base64 => "text in base64",
        }
    }
}
