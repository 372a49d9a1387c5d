//! Filling an event's fields from parameters.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
};

use super::{
    Event, EventInfo, Extra, IdempotencyKey, Order, Reason, SubjectOf, TextOf, source::Source,
};
use crate::{Json, Params, Payload, WireType, params::index};

/// Something in a delivery that the model could not take over.
///
/// It never fails the delivery, and what it is about stays readable in the parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The wire name of the parameter.
    pub param: &'static str,
    /// What is the matter with it.
    pub kind: ProblemKind,
}

/// What is the matter with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The value does not fit its type; the field is `None`.
    Unreadable {
        /// What was expected.
        expected: &'static str,
    },
    /// The value is not UTF-8; the field is `None`. The bytes are in the parameters.
    NotText,
    /// The name came again with the same value. A signature does not see that.
    Repeated,
    /// The name came again with another value; the field has the first one.
    Conflicting,
    /// A member of the JSON value, or of an object of the list, does not fit its type.
    Member {
        /// The name of the member.
        name: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// An item of a list of the JSON value does not fit its type, and is left out of what is
    /// read. The value has it.
    Item {
        /// What was expected.
        expected: &'static str,
    },
    /// An object inside of the JSON value has a name twice; the first one counts.
    RepeatedMember,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.param, self.kind)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { expected } => write!(f, "is not {expected}"),
            Self::NotText => f.write_str("is not UTF-8"),
            Self::Repeated => f.write_str("is repeated"),
            Self::Conflicting => f.write_str("is repeated with another value"),
            Self::Member { name, expected } => write!(f, "has a {name} that is not {expected}"),
            Self::Item { expected } => write!(f, "has an item that is not {expected}"),
            Self::RepeatedMember => f.write_str("has a name twice in one object"),
        }
    }
}

/// What an event keeps beside its fields.
#[doc(hidden)]
#[derive(Clone)]
pub struct Received {
    pub params: Arc<Params>,
    pub problems: Vec<Problem>,
    /// What the parameters were made of, where it was not a form.
    pub json: Option<Json>,
}

/// The same event in JSON and in a form is one.
impl PartialEq for Received {
    fn eq(&self, other: &Self) -> bool {
        self.params == other.params && self.problems == other.problems
    }
}

/// Reads fields for the code that [`form_events!`](crate::form_events) writes: first the
/// texts are collected in one pass over the pairs, then each is read once.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Reader {
    problems: Vec<Problem>,
    json: Option<Json>,
}

impl Reader {
    /// For parameters that are made of JSON.
    pub(super) fn of_json(json: Json) -> Self {
        Self { problems: Vec::new(), json: Some(json) }
    }

    /// Takes the first value of a parameter; one that is not text counts as first and empty.
    #[inline]
    pub fn collect<'a>(
        &mut self,
        slot: &mut Option<&'a str>,
        param: &'static str,
        value: Option<&'a str>,
    ) {
        match (&slot, value) {
            (None, Some(value)) => *slot = Some(value),
            (None, None) => {
                *slot = Some("");
                self.problems.push(Problem { param, kind: ProblemKind::NotText });
            }
            (Some(first), value) => {
                let same = value == Some(*first);
                let kind = if same { ProblemKind::Repeated } else { ProblemKind::Conflicting };
                self.problems.push(Problem { param, kind });
            }
        }
    }

    /// Tells what is the matter with numbered parameters: those that come again, which
    /// [`Params::indexed`] leaves out, and those that are not text.
    pub fn check_indexed(&mut self, params: &Params, prefix: &'static str) {
        // As they are usually sent, none comes twice and all are text.
        let numbers = params.iter_bytes().filter_map(|(name, _)| number(name, prefix));
        if !params.has_invalid_text() && numbers.is_sorted_by(|one, next| one < next) {
            return;
        }
        let mut firsts: HashMap<u32, Option<&str>> = HashMap::new();
        for (name, value) in params.iter_all() {
            if let Some(number) = number(name, prefix) {
                self.collect(firsts.entry(number).or_default(), prefix, value);
            }
        }
    }

    #[inline]
    pub fn optional<T: WireType>(&mut self, text: TextOf<'_, T>, param: &'static str) -> Option<T> {
        let text = text.as_str()?;
        let value = T::from_wire(text);
        if value.is_none() {
            let kind = ProblemKind::Unreadable { expected: T::KIND.expected() };
            self.problems.push(Problem { param, kind });
        }
        value
    }

    /// Whether there is a subject that can be read.
    ///
    /// # Errors
    ///
    /// [`Reason`] for one that is missing or cannot be read.
    #[inline]
    pub fn check<T: WireType>(
        &self,
        subject: SubjectOf<'_, T>,
        param: &'static str,
        params: &Params,
    ) -> Result<(), Reason> {
        match subject.as_str() {
            "" if params.iter_all().any(|pair| pair == (param.as_bytes(), None)) => {
                Err(Reason::SubjectNotText { param })
            }
            "" => Err(Reason::SubjectMissing { param }),
            text if T::fits(text) => Ok(()),
            _ => Err(unreadable::<T>(param)),
        }
    }

    /// # Errors
    ///
    /// [`Reason`] for a subject that cannot be read.
    #[inline]
    pub fn subject<T: WireType>(
        &self,
        subject: SubjectOf<'_, T>,
        param: &'static str,
    ) -> Result<T, Reason> {
        T::from_wire(subject.as_str()).ok_or_else(|| unreadable::<T>(param))
    }

    pub fn finish(self, params: &Arc<Params>) -> Received {
        Received { params: Arc::clone(params), problems: self.problems, json: self.json }
    }
}

/// The number of a parameter, where its name is the prefix and a number. Most are not.
fn number(name: &[u8], prefix: &str) -> Option<u32> {
    if !name.last()?.is_ascii_digit() {
        return None;
    }
    index(std::str::from_utf8(name.strip_prefix(prefix.as_bytes())?).ok()?)
}

fn unreadable<T: WireType>(param: &'static str) -> Reason {
    Reason::SubjectUnreadable { param, expected: T::KIND.expected() }
}

/// A field that is a value or may be absent: lets code treat both alike.
pub trait Presence<T> {
    /// The value, where there is one.
    fn present(&self) -> Option<&T>;
}

impl<T: WireType> Presence<T> for T {
    fn present(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: WireType> Presence<T> for Option<T> {
    fn present(&self) -> Option<&T> {
        self.as_ref()
    }
}

/// The place where the first value of a parameter that is no field is collected.
#[doc(hidden)]
pub fn slot<'a>(_wire: &'static str) -> Option<&'a str> {
    None
}

/// The parameters `prefix…`, by the rest of their names. The bare prefix is a parameter like
/// any other: see [`Pattern::covers`](crate::Pattern::covers).
#[doc(hidden)]
pub fn prefixed<'a>(
    params: &'a Params,
    prefix: &'static str,
) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    params.prefixed(prefix).filter(|(name, _)| !name.is_empty())
}

/// The second of two: lets a macro give a value where it was given a name.
#[doc(hidden)]
pub const fn second<T: Copy>(_name: &'static str, value: T) -> T {
    value
}

/// Whether the name is one of a parameter's other spellings.
#[doc(hidden)]
#[inline]
pub fn is_one_of(aliases: &[&str], name: &[u8]) -> bool {
    aliases.iter().any(|alias| alias.as_bytes() == name)
}

/// Whether a payload carries the name of another event than `E`.
#[doc(hidden)]
pub fn is_named_otherwise<E: Event>(payload: &Payload) -> bool {
    let info = &E::EVENTS[0];
    let source = match payload.json() {
        Some(json) => Some(Source::Json(json.without_rpc(info.rpc))),
        None => Source::of(payload),
    };
    let named = info.discriminator.zip(source).and_then(|(name, source)| source.text(name, &[]));
    named.is_some_and(|name| E::EVENTS.iter().all(|info| info.name != name))
}

/// The names of these pairs, each once.
#[doc(hidden)]
pub fn extra_names(extra: Extra<'_>) -> Vec<Cow<'_, str>> {
    let mut seen = HashSet::new();
    extra.map(|(name, _)| name).filter(|name| seen.insert(*name)).map(Cow::Borrowed).collect()
}

#[doc(hidden)]
pub fn idempotency_key<'a>(info: &EventInfo, source: impl Into<Source<'a>>) -> IdempotencyKey {
    info.idempotency_key(source.into())
}

#[doc(hidden)]
pub fn order<'a>(info: &EventInfo, source: impl Into<Source<'a>>) -> Option<Order> {
    info.order(source.into())
}
