//! Typed events: what every one of them can tell, and the tables that they are made of.

mod classify;
mod family;
mod flat;
mod info;
mod json;
mod key;
mod macros;
mod read;
mod source;
mod view;
mod write;

use std::{borrow::Cow, fmt};

pub use self::{
    classify::Classification,
    family::{Certainty, Decoded, Family, FromFamily, Malformed, Reason, Selection, Unknown},
    info::{EventInfo, Field, FieldPresence, Format, Pattern},
    json::JsonExtra,
    key::{IdempotencyKey, Order, Position},
    read::{Problem, ProblemKind},
    view::{FormEvent, SubjectOf, TextOf, View},
};
#[doc(hidden)]
pub use self::{
    classify::{Clue, Rule},
    flat::{flat_params, to_payload},
    info::{Condition, Test},
    json::{JsonReader, ReceivedJson, json_extra_names, stranger, to_json},
    key::{KeyRule, OrderRule},
    read::{
        Presence, Reader, Received, extra_names, idempotency_key, is_named_otherwise, is_one_of,
        order, prefixed, second, slot,
    },
    source::Source,
    view::{Visit, fitting, from_payload, visit},
    write::{
        deserialize_family, deserialize_json_of, deserialize_of, serialize_decoded,
        serialize_event, to_params,
    },
};
use crate::{Params, Payload, WireValue};

/// One typed webhook of a [`Family`]: one event of its table, or several that share a type.
///
/// Declared by [`form_events!`](crate::form_events) and
/// [`form_webhooks!`](crate::form_webhooks).
pub trait Event: EventData + FromFamily {
    /// The rows of the family's table that are read as this type.
    const EVENTS: &'static [EventInfo];

    /// What a delivery goes by that none of the rows fits, where the type takes it.
    const UNLISTED: Option<&'static EventInfo>;

    /// Reads the event from a payload of which the caller knows that it is this type.
    ///
    /// # Errors
    ///
    /// [`Reason`] when the subject is missing or cannot be read. Nothing else fails: see
    /// [`EventData::problems`].
    fn from_payload(payload: &Payload) -> Result<Self, Reason>;

    /// The row that fits a payload of this type.
    fn row(payload: &Payload) -> &'static EventInfo;

    /// Whether this is the name of one of the rows, or of the group that the type stands for.
    fn goes_by(name: &str) -> bool {
        Self::EVENTS.iter().chain(Self::UNLISTED).any(|info| info.name == name)
    }
}

/// What every event can tell without knowing its type: an object-safe view.
pub trait EventData: fmt::Debug + Send + Sync {
    /// The row of the family's table.
    fn info(&self) -> &'static EventInfo;

    /// What was received.
    fn payload(&self) -> Payload;

    /// The parameters as they were received, where the payload has parameters.
    fn params(&self) -> Option<&Params>;

    /// What did not fit the model and yet did not fail the delivery.
    fn problems(&self) -> &[Problem];

    /// Calls `visitor` with each field in the order of the table, absent ones included.
    fn visit(&self, visitor: &mut dyn FnMut(&'static Field, Option<WireValue<'_>>));

    /// The names that the model does not name, each once, in the order in which they came.
    fn extra_names(&self) -> Vec<Cow<'_, str>>;

    /// The event as it would be sent: what was received, in its order, with what was changed
    /// or set since, and the discriminator where a route stood for it.
    fn to_payload(&self) -> Payload;

    /// What this delivery has in common with a second delivery of the same event.
    fn idempotency_key(&self) -> IdempotencyKey;

    /// The place of the delivery among those about the same thing, where the provider gives
    /// one.
    fn order(&self) -> Option<Order>;

    /// The provider's name of the event, such as `room-ended`.
    fn name(&self) -> &'static str {
        self.info().name
    }

    /// The group of the table that the event belongs to, such as `room`.
    fn group(&self) -> &'static str {
        self.info().group
    }
}

/// The pairs that an event's model does not name, in order.
#[derive(Clone, Debug)]
pub struct Extra<'a> {
    info: &'static EventInfo,
    pairs: crate::Pairs<'a>,
}

impl<'a> Extra<'a> {
    /// For the events' own `extra`.
    #[doc(hidden)]
    pub fn new(info: &'static EventInfo, params: &'a Params) -> Self {
        Self { info, pairs: params.iter() }
    }
}

impl<'a> Iterator for Extra<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.pairs.find(|(name, _)| !self.info.names(name))
    }
}

#[cfg(test)]
mod tests;
