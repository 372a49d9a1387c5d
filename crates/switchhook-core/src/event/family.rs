//! A family is one provider product: the enum over its events.

use std::{fmt, marker::PhantomData, time::Duration};

use super::{EventData, EventInfo};
use crate::{ContentType, Params, Payload};

/// Every webhook of one provider product as one enum, such as `VideoEvent`.
///
/// Reading never fails: what the family does not know is [`Unknown`], what it knows and
/// cannot use is [`Malformed`], both with everything in them.
pub trait Family: FromFamily<Family = Self> + fmt::Debug {
    /// The name of the family, such as `twilio.video`.
    const NAME: &'static str;

    /// The rows of the family's table, type by type. [`events`](Self::events) has them in one.
    const TABLE: &'static [&'static [EventInfo]];

    /// Whether the deliveries carry the name of their event. Where they do not, the route
    /// names the type, and [`decode`](Self::decode) judges by what there is.
    const NAMED: bool;

    /// How long the provider waits for an answer, by its pages; a fallback or a failure
    /// follows.
    const PATIENCE: Duration = Duration::from_secs(15);

    /// What the bodies of the family's deliveries announce themselves as.
    const CONTENT_TYPES: &'static [ContentType];

    /// Whether what comes as a form may also come as a flat JSON object with the same names. Its
    /// events are the same and keep the JSON; there is no [`View`](crate::View) of it.
    const FLAT_JSON: bool = false;

    /// Reads a delivery, its event told by what it carries.
    fn decode(payload: &Payload) -> Self;

    /// Reads a delivery as the named event or group, for routes that know which one they get.
    fn decode_as(event: &str, payload: &Payload) -> Self;

    /// What the delivery turned out to be.
    fn decoded(&self) -> Decoded<'_>;

    /// Takes an unknown delivery out of the enum, or gives the enum back.
    ///
    /// # Errors
    ///
    /// The unchanged enum when it holds something else.
    fn into_unknown(self) -> Result<Unknown<Self>, Self>;

    /// Takes a malformed delivery out of the enum, or gives the enum back.
    ///
    /// # Errors
    ///
    /// The unchanged enum when it holds something else.
    fn into_malformed(self) -> Result<Malformed<Self>, Self>;

    /// The rows of the family's table.
    fn events() -> impl Iterator<Item = &'static EventInfo> + Clone {
        Self::TABLE.iter().copied().flatten()
    }

    /// The row of the event with this name.
    fn info(event: &str) -> Option<&'static EventInfo> {
        Self::events().find(|info| info.name == event)
    }
}

/// Something that a delivery of a family can be taken as: one event, a group of events, the
/// whole family, [`Unknown`] or [`Malformed`].
///
/// Handlers and extractors are generic over it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event of a webhook family",
    label = "expected an event, an event group, a family enum, `Unknown<…>` or `Malformed<…>`"
)]
pub trait FromFamily: Sized + Send + 'static {
    /// The family that it belongs to.
    type Family: Family;

    /// Which deliveries of the family it takes.
    const SELECTION: Selection;

    /// Takes the event out of the family's enum, or gives the enum back.
    ///
    /// # Errors
    ///
    /// The unchanged enum when it holds another event.
    fn from_family(event: Self::Family) -> Result<Self, Self::Family>;

    /// Reads a delivery of which a route says that it is this: an event that does not carry
    /// its name is believed to be the one, an event of another name is not.
    ///
    /// # Errors
    ///
    /// The family's enum when it is something else.
    fn read(payload: &Payload) -> Result<Self, Self::Family> {
        Self::from_family(Self::in_family(payload))
    }

    /// The same as the family's enum: this, where the route is right.
    fn in_family(payload: &Payload) -> Self::Family {
        Self::Family::decode(payload)
    }
}

/// Which deliveries of a family a type takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection {
    /// The events with these names: one for an event, several for a group.
    Events(&'static [&'static str]),
    /// What the family does not know.
    Unknown,
    /// What the family knows and cannot use.
    Malformed,
    /// Everything.
    All,
}

/// How sure it is what a delivery is that does not carry its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Certainty {
    /// Nothing tells it from others; it is what is left.
    Guess,
    /// It has what it usually has, and others may have it, too.
    Likely,
    /// It has a parameter that nothing else has.
    Certain,
}

/// A read delivery, seen without its type.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Decoded<'a> {
    /// A known event.
    Event(&'a dyn EventData),
    /// An event that the family does not know.
    Unknown {
        /// The name that it came under, where it had one.
        name: Option<&'a str>,
        /// Everything that was sent.
        payload: &'a Payload,
    },
    /// A known event that cannot be used.
    Malformed {
        /// The row of the event.
        info: &'static EventInfo,
        /// Why it cannot be used.
        reason: Reason,
        /// Everything that was sent.
        payload: &'a Payload,
    },
}

/// Shows the size of an unknown name, never the name: it is the sender's text.
impl fmt::Debug for Decoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(event) => event.fmt(f),
            Self::Unknown { name, payload } => {
                let name = name.map(str::len);
                f.debug_struct("Unknown")
                    .field("name_bytes", &name)
                    .field("payload", payload)
                    .finish()
            }
            Self::Malformed { info, reason, payload } => f
                .debug_struct("Malformed")
                .field("name", &info.name)
                .field("reason", reason)
                .field("payload", payload)
                .finish(),
        }
    }
}

impl<'a> Decoded<'a> {
    /// The name of the event, where there is one.
    pub fn name(&self) -> Option<&'a str> {
        match *self {
            Self::Event(event) => Some(event.name()),
            Self::Unknown { name, .. } => name,
            Self::Malformed { info, .. } => Some(info.name),
        }
    }

    /// The parameters as received, where the payload has parameters.
    pub fn params(&self) -> Option<&'a Params> {
        match *self {
            Self::Event(event) => event.params(),
            Self::Unknown { payload, .. } | Self::Malformed { payload, .. } => payload.params(),
        }
    }
}

/// An event that the family `F` does not know, with everything in it.
pub struct Unknown<F> {
    name: Option<Box<str>>,
    payload: Payload,
    family: PhantomData<fn() -> F>,
}

impl<F> Unknown<F> {
    /// Keeps a delivery that no event of the family fits.
    pub fn new(name: Option<&str>, payload: Payload) -> Self {
        Self { name: name.map(Into::into), payload, family: PhantomData }
    }

    /// The value of the discriminator; `None` when there was none.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Everything that was sent.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The parameters, where the payload has parameters.
    pub fn params(&self) -> Option<&Params> {
        self.payload.params()
    }
}

/// A known event of the family `F` that cannot be used, with everything in it.
pub struct Malformed<F> {
    info: &'static EventInfo,
    reason: Reason,
    payload: Payload,
    family: PhantomData<fn() -> F>,
}

impl<F> Malformed<F> {
    /// Keeps a delivery of a known event that does not fit it.
    pub fn new(info: &'static EventInfo, reason: Reason, payload: Payload) -> Self {
        Self { info, reason, payload, family: PhantomData }
    }

    /// The row of the event that was announced.
    pub fn info(&self) -> &'static EventInfo {
        self.info
    }

    /// Why it cannot be used.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Everything that was sent.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The parameters, where the payload has parameters.
    pub fn params(&self) -> Option<&Params> {
        self.payload.params()
    }
}

/// Why a known event cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The SID that the event is about is missing or empty.
    SubjectMissing {
        /// The wire name of the subject.
        param: &'static str,
    },
    /// The SID that the event is about does not fit its type.
    SubjectUnreadable {
        /// The wire name of the subject.
        param: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// The SID that the event is about is not UTF-8.
    SubjectNotText {
        /// The wire name of the subject.
        param: &'static str,
    },
    /// The payload has no parameters at all, such as a JSON body.
    NoParameters,
    /// The payload is no JSON object, such as a form.
    NoObject,
}

crate::error_texts! {
    Reason:
    Self::SubjectMissing { param } => "{param} is missing",
    Self::SubjectUnreadable { param, expected } => "{param} is not {expected}",
    Self::SubjectNotText { param } => "{param} is not UTF-8",
    Self::NoParameters => "the payload has no parameters",
    Self::NoObject => "the payload is no JSON object",
}

impl<F: Family> FromFamily for Unknown<F> {
    type Family = F;
    const SELECTION: Selection = Selection::Unknown;

    fn from_family(event: F) -> Result<Self, F> {
        event.into_unknown()
    }
}

impl<F: Family> FromFamily for Malformed<F> {
    type Family = F;
    const SELECTION: Selection = Selection::Malformed;

    fn from_family(event: F) -> Result<Self, F> {
        event.into_malformed()
    }
}

// Derives would ask the family itself to be cloneable and comparable.

impl<F> Clone for Unknown<F> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), payload: self.payload.clone(), family: PhantomData }
    }
}

impl<F> Clone for Malformed<F> {
    fn clone(&self) -> Self {
        Self { payload: self.payload.clone(), ..*self }
    }
}

impl<F> PartialEq for Unknown<F> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.payload == other.payload
    }
}

impl<F> PartialEq for Malformed<F> {
    fn eq(&self, other: &Self) -> bool {
        self.info.name == other.info.name
            && self.reason == other.reason
            && self.payload == other.payload
    }
}

impl<F> fmt::Debug for Unknown<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decoded::Unknown { name: self.name(), payload: &self.payload }.fmt(f)
    }
}

impl<F> fmt::Debug for Malformed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decoded::Malformed { info: self.info, reason: self.reason, payload: &self.payload }.fmt(f)
    }
}
