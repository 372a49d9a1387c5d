//! The wire layer of switchhook.
//!
//! Provider webhooks are forms with surprises: repeated names, empty values, numbers as
//! text, new parameters without notice. This crate decodes them once into [`Params`], and
//! makes typed events of them by tables: [`params!`] lists a family's parameters,
//! [`form_events!`] and [`form_webhooks!`] its events, [`form_family!`] the enum over them. The same
//! tables give each event that comes as a form a [`View`], which copies nothing. Bodies
//! in JSON are a [`Json`], bounded before they are read, and [`json_events!`] its events. Nothing that was sent
//! is lost, and nothing new fails a delivery.
//!
//! ```
//! use switchhook_core::{Params, Timestamp};
//!
//! let params = Params::parse(b"RoomSid=RMxxxx&Timestamp=2025-11-16T10%3A00%3A00Z&Beta=1")?;
//! let at: Timestamp = params.get("Timestamp").unwrap_or_default().parse()?;
//! assert_eq!(at.unix_seconds(), 1_763_287_200);
//! assert_eq!(params.to_form(), "RoomSid=RMxxxx&Timestamp=2025-11-16T10%3A00%3A00Z&Beta=1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The model crates of the providers build on it; most programs want the `switchhook`
//! facade.

mod delivery;
mod epoch;
mod event;
mod json;
mod limits;
mod open_enum;
mod params;
mod payload;
mod public_host;
mod secret;
mod sid;
mod structured;
mod timestamp;
mod units;
mod wire;

pub use self::{
    delivery::{ContentType, Delivery, DeliveryError},
    epoch::{EpochMicroseconds, EpochMilliseconds, EpochSeconds},
    event::{
        Certainty, Classification, Decoded, Event, EventData, EventInfo, Extra, Family, Field,
        FieldPresence, FormEvent, Format, FromFamily, IdempotencyKey, JsonExtra, Malformed, Order,
        Pattern, Position, Problem, ProblemKind, Reason, Selection, SubjectOf, TextOf, Unknown,
        View,
    },
    json::{
        FromJson, Items, Json, JsonKind, JsonOf, JsonRef, JsonType, Member, Members, ParseJsonError,
    },
    limits::Limits,
    open_enum::Unrecognized,
    params::{DeserializeError, Pairs, Params, ParamsError, Sorted},
    payload::Payload,
    public_host::{HostError, PublicHost},
    secret::{EmptySecret, Secret},
    sid::{AccountSid, MessagingServiceSid},
    structured::{CommaList, JsonError, JsonText},
    timestamp::{Timestamp, TimestampError},
    units::{DecimalSeconds, Degrees, Milliseconds, Minutes, Seconds},
    wire::{Kind, WireType, WireValue},
};

/// What the macros of this crate expand to. Not part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::event::{
        Clue, Condition, JsonReader, KeyRule, OrderRule, Presence, Reader, Received, ReceivedJson,
        Rule, Source, Test, Visit, deserialize_family, deserialize_json_of, deserialize_of,
        extra_names, fitting, from_payload, idempotency_key, is_named_otherwise, is_one_of,
        json_extra_names, order, prefixed, second, serialize_decoded, serialize_event, slot,
        to_json, to_params, visit,
    };

    pub use crate::json::{member, misfits};

    pub fn is_canonical_sid(text: &str, prefix: &str) -> bool {
        crate::sid::is_canonical(text, prefix)
    }

    pub fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: crate::WireType,
        D: serde::Deserializer<'de>,
    {
        crate::wire::deserialize_text(deserializer)
    }
}
