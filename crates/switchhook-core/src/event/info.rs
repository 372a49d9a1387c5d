//! The rows of the tables as values: what an event is called, what it carries, how it is told
//! from the others of its group.

use std::borrow::Cow;

use super::{
    key::{KeyRule, OrderRule},
    source::Source,
    view::Visit,
};
use crate::{
    IdempotencyKey, Json, JsonRef, JsonType, Kind, Member, Order, Params, Payload, Position,
    WireType,
    json::{Edit, is_absent, quoted},
    params::index,
};

/// The row of an event in its family's table.
#[derive(Clone, Copy, Debug)]
pub struct EventInfo {
    /// The provider's name of the event, such as `room-ended`, or the table's where the
    /// provider has none, such as `gather-action.dtmf`.
    pub name: &'static str,
    /// The family that it belongs to, such as `twilio.video`.
    pub family: &'static str,
    /// The group of the table, such as `room`.
    pub group: &'static str,
    /// Whether the table has this event. A delivery of a group whose event the table does not
    /// have goes by the name of the group.
    pub listed: bool,
    /// The parameter that carries the name, where the family has one.
    pub discriminator: Option<&'static str>,
    /// The method of the JSON-RPC requests that may be around the event.
    pub rpc: Option<&'static str>,
    /// The fields of the event's type, the subject first.
    pub fields: &'static [Field],
    /// The parameters that come under many names, such as `SipHeader_…`.
    pub patterns: &'static [Pattern],
    /// What deliveries of this event are written in.
    pub format: Format,
    /// Where the account stands; the first that a delivery has counts.
    #[doc(hidden)]
    pub accounts: &'static [&'static str],
    /// What tells the event from the others of its type; all of it has to hold.
    #[doc(hidden)]
    pub when: &'static [Condition],
    /// What its sample has beside the documented fields of its type.
    #[doc(hidden)]
    pub sends: &'static [(&'static str, Option<&'static str>)],
    #[doc(hidden)]
    pub key: KeyRule,
    #[doc(hidden)]
    pub order: &'static [OrderRule],
    /// Visits the view of a delivery, where the type has one: see [`View`](crate::View).
    #[doc(hidden)]
    pub visit: Option<Visit>,
}

impl EventInfo {
    /// The field with this wire name.
    pub fn field(&self, wire: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.goes_by(wire.as_bytes()))
    }

    /// Whether the model names this parameter on this event.
    pub fn names(&self, wire: &str) -> bool {
        self.discriminator == Some(wire)
            || self.field(wire).is_some()
            || self.patterns.iter().any(|pattern| pattern.covers(wire))
    }

    /// The event with every documented parameter, as a provider would send it. Hosts,
    /// numbers and ids are invented. Of an event in JSON the names are paths: see
    /// [`sample_payload`](Self::sample_payload).
    pub fn sample(&self) -> Params {
        self.sample_values().into_iter().collect()
    }

    /// The sample in the event's own format.
    pub fn sample_payload(&self) -> Payload {
        match self.format {
            Format::Form => self.sample().into(),
            Format::Json => self.json_of(self.sample_values()).into(),
        }
    }

    /// JSON with these values at their paths, of which those of known fields are what the
    /// fields are: numbers, truth values, objects. Where one is not, and for other paths, it
    /// is a text.
    pub fn json_of<'a>(&self, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Json {
        let values: Vec<_> = values.into_iter().collect();
        let text = |path: &str, value: &str| {
            let kind = self.field(path).map(|field| field.kind);
            Some(kind.map_or_else(|| quoted(value), |kind| kind.json_text(value)))
        };
        let edit =
            |&(path, value): &(&'a str, &str)| Edit { path: path.into(), text: text(path, value) };
        Json::empty_object().with(&values.iter().map(edit).collect::<Vec<_>>())
    }

    fn sample_values(&self) -> Vec<(&'static str, &'static str)> {
        let named = self.discriminator.map(|name| (name, self.name));
        let sent = |field: &&Field| {
            field.presence != FieldPresence::Also
                || self.sends.iter().any(|sends| sends.0 == field.wire)
        };
        let sample = |field: &'static Field| {
            let special = self.sends.iter().find(|sends| sends.0 == field.wire);
            (field.wire, special.and_then(|sends| sends.1).unwrap_or(field.sample))
        };
        let fields = self.fields.iter().filter(sent).map(sample);
        // What comes under many names is given with its whole name.
        let others = self.sends.iter().filter(|sends| self.field(sends.0).is_none());
        let others = others.filter_map(|sends| Some((sends.0, sends.1?)));
        named.into_iter().chain(fields).chain(others).collect()
    }

    /// The account that a delivery is of.
    pub(super) fn account<'a>(&self, source: Source<'a>) -> Cow<'a, str> {
        self.accounts.iter().find_map(|name| self.text(source, name)).unwrap_or_default()
    }

    /// The text of the parameter with this wire name, in any of its spellings.
    pub(super) fn text<'a>(&self, source: Source<'a>, wire: &str) -> Option<Cow<'a, str>> {
        source.text(wire, self.aliases_of(wire))
    }

    /// The other spellings of the parameter with this wire name.
    pub(super) fn aliases_of(&self, wire: &str) -> &'static [&'static str] {
        let field = self.fields.iter().find(|field| field.wire == wire);
        field.map_or(&[], |field| field.aliases)
    }

    /// The key of a delivery of this event.
    pub(super) fn idempotency_key(&self, source: Source<'_>) -> IdempotencyKey {
        self.key.of(self, source)
    }

    /// The place of a delivery among those about the same thing.
    pub(super) fn order(&self, source: Source<'_>) -> Option<Order> {
        self.order.iter().find_map(|rule| rule.of(self, source))
    }

    /// The first of these rows that fits the parameters. The last resort of a type is a row
    /// without conditions.
    #[doc(hidden)]
    pub fn select<'a>(
        rows: &'static [Self],
        source: impl Into<Source<'a>>,
    ) -> Option<&'static Self> {
        let source = source.into();
        // The rows of a type mostly ask for the same parameter.
        let mut seen: Option<(&str, Option<Cow<'a, str>>)> = None;
        let mut holds = |condition: &Condition| {
            let Condition { wire, aliases, test } = *condition;
            if test == Test::Present {
                return source.has(wire, aliases);
            }
            if seen.as_ref().is_none_or(|seen| seen.0 != wire) {
                seen = Some((wire, source.text(wire, aliases)));
            }
            let value = seen.as_ref().and_then(|seen| seen.1.as_deref());
            value.is_some_and(|value| test.holds(value))
        };
        rows.iter().find(|row| row.when.iter().all(&mut holds))
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
    /// Other spellings of the name that are taken, too.
    pub aliases: &'static [&'static str],
    /// What the value is read as.
    pub kind: Kind,
    /// Whether the provider's pages put it on this event.
    pub presence: FieldPresence,
    /// A value as the provider would send it.
    pub sample: &'static str,
    /// Reads a text as this field's type and writes it again.
    pub(super) canonical: fn(&str) -> Option<String>,
    /// Reads a JSON value as this field's type and writes it again.
    pub(super) rewrite: fn(JsonRef<'_>) -> Option<String>,
    /// What is known of the inside of a JSON value.
    pub members: &'static [Member],
}

/// What deliveries of an event are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// A form, or the query of a GET: fields go by the names of parameters.
    Form,
    /// JSON: fields go by paths, such as `params.call_id`.
    Json,
}

impl Field {
    /// For [`form_events!`](crate::form_events) alone.
    #[doc(hidden)]
    pub const fn new<T: WireType>(
        name: &'static str,
        wire: &'static str,
        aliases: &'static [&'static str],
        presence: FieldPresence,
        sample: &'static str,
    ) -> Self {
        let (canonical, rewrite) = (canonical::<T>, nothing);
        let (kind, members) = (T::KIND, &[]);
        Self { name, wire, aliases, kind, presence, sample, canonical, rewrite, members }
    }

    /// For [`json_events!`](crate::json_events) alone.
    #[doc(hidden)]
    pub const fn json<T: JsonType>(
        name: &'static str,
        wire: &'static str,
        aliases: &'static [&'static str],
        presence: FieldPresence,
        sample: &'static str,
    ) -> Self {
        let (canonical, rewrite) = (none, rewrite::<T>);
        let (kind, members) = (T::KIND, T::MEMBERS);
        Self { name, wire, aliases, kind, presence, sample, canonical, rewrite, members }
    }

    /// For laws: the text as the field's type writes it again, `None` where it does not fit.
    #[doc(hidden)]
    pub fn rewritten(&self, text: &str) -> Option<String> {
        (self.canonical)(text)
    }

    /// Whether this is one of its names.
    pub(super) fn goes_by(&self, name: &[u8]) -> bool {
        self.wire.as_bytes() == name || self.aliases.iter().any(|alias| alias.as_bytes() == name)
    }
}

fn none(_: &str) -> Option<String> {
    None
}

fn nothing(_: JsonRef<'_>) -> Option<String> {
    None
}

fn rewrite<T: JsonType>(value: JsonRef<'_>) -> Option<String> {
    if is_absent(value) {
        return None;
    }
    T::from_json(value).map(|value| value.to_value().to_string())
}

impl Kind {
    /// The JSON of a value of this kind, whose text is `text`.
    pub(super) fn json_text(self, text: &str) -> String {
        let json = || Json::parse(text.as_bytes()).ok();
        let is = |wanted: &[crate::JsonKind]| {
            json()
                .filter(|json| wanted.contains(&json.as_ref().kind()))
                .map(|json| json.to_string())
        };
        let plain = match self {
            Self::Integer
            | Self::Seconds
            | Self::Milliseconds
            | Self::Minutes
            | Self::Decimal
            | Self::EpochSeconds
            | Self::EpochMilliseconds
            | Self::EpochMicroseconds => is(&[crate::JsonKind::Number]),
            Self::Boolean => is(&[crate::JsonKind::Boolean]),
            Self::Object => is(&[crate::JsonKind::Object]),
            Self::Array => is(&[crate::JsonKind::List]),
            Self::Value => json().map(|json| json.to_string()),
            _ => None,
        };
        plain.unwrap_or_else(|| quoted(text))
    }
}

fn canonical<T: WireType>(text: &str) -> Option<String> {
    T::from_wire(text).map(|value| value.to_wire().to_string())
}

/// How far a parameter can be counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldPresence {
    /// The event is about it: without it the delivery is [`Malformed`](crate::Malformed).
    Subject,
    /// The provider's pages list it for this event; the wire may lack it all the same.
    Documented,
    /// Seen on some deliveries of this event only.
    Also,
}

/// Parameters that come under many names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// A prefix and whatever the sender has put after it, such as `SipHeader_X-Tier`.
    Prefixed(&'static str),
    /// A name and a number from 0, such as `MediaUrl0`: as [`Params::indexed`] reads it, so that
    /// `MediaUrl00` is another name.
    Indexed(&'static str),
}

impl Pattern {
    /// Whether a parameter of this name is one of them.
    pub fn covers(self, name: &str) -> bool {
        let rest = |prefix: &str| name.strip_prefix(prefix).filter(|rest| !rest.is_empty());
        match self {
            Self::Prefixed(prefix) => rest(prefix).is_some(),
            Self::Indexed(prefix) => rest(prefix).is_some_and(|rest| index(rest).is_some()),
        }
    }
}

/// Something that the parameters of an event have and those of its siblings have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub struct Condition {
    pub wire: &'static str,
    pub aliases: &'static [&'static str],
    pub test: Test,
}

/// What a [`Condition`] asks of a value. An empty one counts as absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Test {
    Present,
    OneOf(&'static [&'static str]),
    StartsWith(&'static str),
    Within(u64, u64),
}

impl Condition {
    /// For classifications.
    pub fn holds<'a>(&self, source: impl Into<Source<'a>>) -> bool {
        let source = source.into();
        match self.test {
            Test::Present => source.has(self.wire, self.aliases),
            test => source.text(self.wire, self.aliases).is_some_and(|value| test.holds(&value)),
        }
    }
}

impl Test {
    fn holds(self, value: &str) -> bool {
        match self {
            Self::Present => true,
            Self::OneOf(values) => values.contains(&value),
            Self::StartsWith(prefix) => value.starts_with(prefix),
            Self::Within(least, most) => {
                u64::from_wire(value).is_some_and(|number| (least..=most).contains(&number))
            }
        }
    }
}

/// For [`OrderRule`]: where a text of this type stands in an order.
pub(super) fn position<T: WireType>(text: &str) -> Option<Position> {
    T::from_wire(text)?.position()
}
