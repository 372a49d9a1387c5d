//! Typed events: what every one of them can tell, and the tables that they are made of.

mod family;
mod macros;
mod read;
mod write;

use std::{fmt, sync::Arc};

pub use self::{
    family::{Decoded, Family, FromFamily, Malformed, Reason, Selection, Unknown},
    read::{Problem, ProblemKind},
};
#[doc(hidden)]
pub use self::{
    read::{Presence, Reader, Received},
    write::{deserialize_event, deserialize_family, serialize_decoded, serialize_event},
};
use crate::{Kind, Params, WireType, WireValue};

/// One typed webhook of a [`Family`], declared by [`form_events!`](crate::form_events).
pub trait Event: EventData + FromFamily {
    /// The row of the family's table: names, group, fields and a sample.
    const INFO: &'static EventInfo;

    /// Reads the event from its parameters, whose discriminator the caller has looked at.
    ///
    /// # Errors
    ///
    /// [`Reason`] when the subject is missing or cannot be read. Nothing else fails: see
    /// [`EventData::problems`].
    fn from_params(params: Arc<Params>) -> Result<Self, Reason>;
}

/// What every event can tell without knowing its type: an object-safe view.
pub trait EventData: fmt::Debug + Send + Sync {
    /// The row of the family's table.
    fn info(&self) -> &'static EventInfo;

    /// The parameters as they were received.
    fn params(&self) -> &Params;

    /// What did not fit the model and yet did not fail the delivery.
    fn problems(&self) -> &[Problem];

    /// Calls `visitor` with each field in the order of the table, absent ones included.
    fn visit(&self, visitor: &mut dyn FnMut(&'static Field, Option<WireValue<'_>>));

    /// The provider's name of the event, such as `room-ended`.
    fn name(&self) -> &'static str {
        self.info().name
    }

    /// The group of the table that the event belongs to, such as `room`.
    fn group(&self) -> &'static str {
        self.info().group
    }

    /// The pairs that the model does not name, in order.
    fn extra(&self) -> Extra<'_> {
        Extra { info: self.info(), pairs: self.params().iter() }
    }

    /// The exact pairs of the event: those received, in their order, with what was changed
    /// or set since, and the discriminator where a route stood for it.
    fn to_params(&self) -> Params {
        write::to_params(self.info(), self.params(), &|visitor| self.visit(visitor))
    }
}

/// The row of an event in its family's table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EventInfo {
    /// The provider's name of the event, such as `room-ended`.
    pub name: &'static str,
    /// The group of the table, such as `room`.
    pub group: &'static str,
    /// The parameter that carries the name, where the family has one.
    pub discriminator: Option<&'static str>,
    /// The fields, the subject first.
    pub fields: &'static [Field],
    /// Where the event's usual values differ from the samples of its fields.
    overrides: &'static [(&'static str, &'static str)],
}

impl EventInfo {
    /// For [`form_events!`](crate::form_events) alone.
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        group: &'static str,
        discriminator: Option<&'static str>,
        fields: &'static [Field],
        overrides: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, group, discriminator, fields, overrides }
    }

    /// The field with this wire name.
    pub fn field(&self, wire: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.wire == wire)
    }

    /// Whether the model names this parameter on this event.
    pub fn names(&self, wire: &str) -> bool {
        self.discriminator == Some(wire) || self.field(wire).is_some()
    }

    /// The event with every documented parameter, as a provider would send it. Hosts,
    /// numbers and ids are invented.
    pub fn sample(&self) -> Params {
        let named = self.discriminator.map(|name| (name, self.name));
        let documented = self.fields.iter().filter(|field| field.presence != FieldPresence::Also);
        let sample = |field: &Field| {
            let special = self.overrides.iter().find(|special| special.0 == field.wire);
            (field.wire, special.map_or(field.sample, |special| special.1))
        };
        named.into_iter().chain(documented.map(sample)).collect()
    }
}

/// A parameter of an event, as its table gives it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name of the struct's field, such as `room_sid`.
    pub name: &'static str,
    /// The name on the wire, such as `RoomSid`.
    pub wire: &'static str,
    /// What the value is read as.
    pub kind: Kind,
    /// Whether the provider's pages put it on this event.
    pub presence: FieldPresence,
    /// A value as the provider would send it.
    pub sample: &'static str,
    /// Reads a text as this field's type and writes it again.
    canonical: fn(&str) -> Option<String>,
}

impl Field {
    /// For [`form_events!`](crate::form_events) alone.
    #[doc(hidden)]
    pub const fn new<T: WireType>(
        name: &'static str,
        wire: &'static str,
        presence: FieldPresence,
        sample: &'static str,
    ) -> Self {
        Self { name, wire, kind: T::KIND, presence, sample, canonical: canonical::<T> }
    }
}

fn canonical<T: WireType>(text: &str) -> Option<String> {
    T::from_wire(text).map(|value| value.to_wire().to_string())
}

/// How far a parameter can be counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldPresence {
    /// The event is about it: without it the delivery is [`Malformed`].
    Subject,
    /// The provider's pages list it for this event; the wire may lack it all the same.
    Documented,
    /// Seen on some deliveries of this event only.
    Also,
}

/// The pairs that an event's model does not name, made by [`EventData::extra`].
#[derive(Clone, Debug)]
pub struct Extra<'a> {
    info: &'static EventInfo,
    pairs: crate::Pairs<'a>,
}

impl<'a> Iterator for Extra<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.pairs.find(|(name, _)| !self.info.names(name))
    }
}

#[cfg(test)]
mod tests;
