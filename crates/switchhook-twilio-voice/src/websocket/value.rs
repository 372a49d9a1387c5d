//! The values of fields: read from JSON, seen without their type, written again.

use std::fmt::{self, Write as _};

use switchhook_core::{Kind, WireType, WireValue};

use super::{FieldKind, json};

/// A type that a field of a message can have.
pub(crate) trait Value<'a>: Sized {
    /// What the provider's table calls it.
    const KIND: FieldKind;

    /// The same type with nothing borrowed.
    type Owned;

    /// Reads the JSON text of a value that is not null. `None` when it does not fit.
    fn read(json: &'a str) -> Option<Self>;

    /// The value without its type. An empty collection is none.
    fn value(&self) -> Option<FieldValue<'_>>;

    fn into_owned(self) -> Self::Owned;

    /// Whether `json` is read as the value.
    fn is(json: &str, value: Option<FieldValue<'_>>) -> bool;
}

/// Makes [`Value`]s of types that are texts, numbers or truth values.
macro_rules! wire_values {
    ($($type:ty),* $(,)?) => {$(
        impl<'a> $crate::websocket::Value<'a> for $type {
            const KIND: $crate::websocket::FieldKind =
                $crate::websocket::FieldKind::One(<$type as switchhook_core::WireType>::KIND);

            type Owned = Self;

            fn read(json: &'a str) -> Option<Self> {
                switchhook_core::WireType::from_wire(&$crate::websocket::scalar(json)?)
            }

            fn value(&self) -> Option<$crate::websocket::FieldValue<'_>> {
                let value = switchhook_core::WireType::to_wire(self);
                Some($crate::websocket::FieldValue::One(value))
            }

            fn into_owned(self) -> Self {
                self
            }

            fn is(json: &str, value: Option<$crate::websocket::FieldValue<'_>>) -> bool {
                let read = <Self as $crate::websocket::Value<'_>>::read(json);
                read.as_ref().and_then($crate::websocket::Value::value) == value
            }
        }
    )*};
}
pub(crate) use wire_values;

wire_values! {
    String, u64, bool,
    switchhook_core::Milliseconds, switchhook_core::AccountSid,
    crate::CallSid, crate::StreamSid, crate::SessionSid,
}

impl<'a, T: WireType + fmt::Debug> Value<'a> for Vec<T> {
    const KIND: FieldKind = FieldKind::List(T::KIND);

    type Owned = Self;

    fn read(json: &'a str) -> Option<Self> {
        let mut list = Some(Self::new());
        let is_list = json::elements(json, |element| {
            let value = json::scalar(element).and_then(|text| T::from_wire(&text));
            match (&mut list, value) {
                (Some(list), Some(value)) => list.push(value),
                _ => list = None,
            }
        });
        list.filter(|_| is_list)
    }

    fn value(&self) -> Option<FieldValue<'_>> {
        (!self.is_empty()).then_some(FieldValue::Json(self))
    }

    fn into_owned(self) -> Self {
        self
    }

    fn is(json: &str, value: Option<FieldValue<'_>>) -> bool {
        <Self as Value<'_>>::read(json).as_ref().and_then(Value::value) == value
    }
}

/// The value of a field, its type forgotten.
///
/// `Debug` shows of free text, parameters and audio the length alone.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum FieldValue<'a> {
    /// A text, number or truth value.
    One(WireValue<'a>),
    /// Anything else.
    Json(&'a dyn JsonValue),
}

impl FieldValue<'_> {
    /// The value as JSON, a number as number also where it travels as text.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(self.json_len());
        self.write_json(&mut out, false);
        out
    }

    /// Appends the value as JSON, numbers on demand in quotes.
    pub(crate) fn write_json(&self, out: &mut String, in_text: bool) {
        match self {
            Self::One(value) => {
                if let Some(text) = value.as_str() {
                    json::write_text(out, text);
                } else {
                    let quote = if in_text { "\"" } else { "" };
                    // Writing to a `String` does not fail.
                    let _ = write!(out, "{quote}{value}{quote}");
                }
            }
            Self::Json(value) => value.write_json(out),
        }
    }

    /// How long the JSON is, give or take escapes.
    pub(crate) fn json_len(&self) -> usize {
        match self {
            // 22: the longest number in quotes.
            Self::One(value) => value.as_str().map_or(22, |text| text.len() + 2),
            Self::Json(value) => value.json_len(),
        }
    }
}

impl PartialEq for FieldValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::One(one), Self::One(other)) => one == other,
            (Self::Json(_), Self::Json(_)) => self.to_json() == other.to_json(),
            (Self::One(_), Self::Json(_)) | (Self::Json(_), Self::One(_)) => false,
        }
    }
}

impl fmt::Debug for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(value) => value.fmt(f),
            Self::Json(value) => value.fmt(f),
        }
    }
}

/// A value that is more than one text or number: a list, parameters, audio.
///
/// `Debug` shows nothing of its content that may be private.
pub trait JsonValue: fmt::Debug {
    /// Appends the value as JSON.
    fn write_json(&self, out: &mut String);

    /// How long the JSON is, give or take escapes.
    fn json_len(&self) -> usize;
}

impl<T: WireType + fmt::Debug> JsonValue for Vec<T> {
    fn write_json(&self, out: &mut String) {
        for (at, element) in self.iter().enumerate() {
            out.push(if at == 0 { '[' } else { ',' });
            FieldValue::One(element.to_wire()).write_json(out, false);
        }
        out.push_str(if self.is_empty() { "[]" } else { "]" });
    }

    fn json_len(&self) -> usize {
        let elements = self.iter().map(|element| FieldValue::One(element.to_wire()).json_len() + 1);
        2 + elements.sum::<usize>()
    }
}

/// Whether an empty text is no value: a SID names something.
pub(crate) fn needs_text(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::One(Kind::Sid(_)))
}
