//! What rows look at: parameters or JSON, by the names of the table.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::{
    JsonKind, JsonRef, Params, Payload,
    json::{after, is_absent},
};

/// Where the values of an event are looked up: by name in a form, by path in JSON.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    Params(&'a Params),
    Json(JsonRef<'a>),
}

impl<'a> From<&'a Params> for Source<'a> {
    fn from(params: &'a Params) -> Self {
        Self::Params(params)
    }
}

impl<'a> From<JsonRef<'a>> for Source<'a> {
    fn from(json: JsonRef<'a>) -> Self {
        Self::Json(json)
    }
}

impl<'a> Source<'a> {
    pub(crate) fn of(payload: &'a Payload) -> Option<Self> {
        match payload {
            Payload::Params(params) => Some(Self::Params(params)),
            Payload::Json(json) => Some(Self::Json(json.as_ref())),
            Payload::Other(_) => None,
        }
    }

    /// The text, the number or the truth value of this name or one of its other spellings, as a
    /// field reads it: of several in a form the first that came, be it no text. An empty one counts
    /// as absent.
    pub(crate) fn text(self, name: &str, aliases: &[&str]) -> Option<Cow<'a, str>> {
        match self {
            Self::Params(params) => params.first_of(name, aliases).map(Cow::Borrowed),
            Self::Json(json) => find(json, name, aliases)?.scalar(),
        }
        .filter(|text| !text.is_empty())
    }

    /// Whether there is something of this name, be it an object.
    pub(crate) fn has(self, name: &str, aliases: &[&str]) -> bool {
        match self {
            Self::Params(_) => self.text(name, aliases).is_some(),
            Self::Json(json) => find(json, name, aliases).is_some(),
        }
    }

    /// The digest of everything but these names, the same in any order of the names.
    pub(crate) fn digest(self, except: &[&str]) -> [u8; 32] {
        match self {
            Self::Params(params) => digest_of_pairs(params, except),
            Self::Json(json) => digest_of_value(json, except),
        }
    }
}

fn find<'a>(json: JsonRef<'a>, path: &str, aliases: &[&str]) -> Option<JsonRef<'a>> {
    let present = |path: &str| json.at(path).filter(|value| !is_absent(*value));
    present(path).or_else(|| aliases.iter().find_map(|path| present(path)))
}

fn digest_of_pairs(params: &Params, except: &[&str]) -> [u8; 32] {
    let mut pairs: Vec<_> = params
        .iter_bytes()
        .filter(|(name, _)| !except.iter().any(|except| except.as_bytes() == *name))
        .collect();
    pairs.sort_unstable();
    digest_of_parts(pairs.into_iter().flat_map(|(name, value)| [name, value]))
}

/// Each part after its length.
fn digest_of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// An object's digest is that of its members in the order of their names, a list's that of
/// its values, each in the place of its value.
fn digest_of_value(value: JsonRef<'_>, except: &[&str]) -> [u8; 32] {
    match value.kind() {
        JsonKind::Object => {
            let kept = value.members().filter_map(|(name, value)| {
                let below: Vec<&str> =
                    except.iter().filter_map(|path| after(path, &name)).collect();
                let kept = !below.contains(&"");
                kept.then(|| (name, digest_of_value(value, &below)))
            });
            let mut members: Vec<_> = kept.collect();
            members.sort_unstable();
            let parts = members.iter().flat_map(|(name, value)| [name.as_bytes(), value]);
            digest_of_parts(std::iter::once(&b"{"[..]).chain(parts))
        }
        JsonKind::List => {
            let values: Vec<_> = value.items().map(|value| digest_of_value(value, &[])).collect();
            digest_of_parts(std::iter::once(&b"["[..]).chain(values.iter().map(|v| &v[..])))
        }
        JsonKind::Text => match value.as_str() {
            Some(text) => digest_of_parts([&b"\""[..], text.as_bytes()]),
            None => digest_of_parts([value.raw().as_bytes()]),
        },
        _ => digest_of_parts([value.raw().as_bytes()]),
    }
}
