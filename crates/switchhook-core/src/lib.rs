#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod delivery;
mod epoch;
mod error_texts;
mod event;
mod json;
mod limits;
mod open_enum;
mod params;
mod payload;
mod public_host;
mod secret;
mod severity;
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
    severity::Severity,
    sid::{AccountSid, MessagingServiceSid},
    structured::{CommaList, JsonError, JsonText},
    timestamp::{Timestamp, TimestampError},
    units::{DecimalSeconds, Degrees, Milliseconds, Minutes, Seconds},
    wire::{Kind, WireType, WireValue},
};

/// What the macros of this crate expand to. Not part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use serde_core as serde;

    pub use crate::event::{
        Clue, Condition, JsonReader, KeyRule, OrderRule, Presence, Reader, Received, ReceivedJson,
        Rule, Source, Test, Visit, deserialize_family, deserialize_json_of, deserialize_of,
        extra_names, fitting, flat_params, from_payload, idempotency_key, is_named_otherwise,
        is_one_of, json_extra_names, order, prefixed, second, serialize_decoded, serialize_event,
        slot, stranger, to_json, to_params, to_payload, visit,
    };

    pub use crate::json::{member, misfits, write_text};

    pub fn is_canonical_sid(text: &str, prefix: &str) -> bool {
        crate::sid::is_canonical(text, prefix)
    }

    pub fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: crate::WireType,
        D: serde_core::Deserializer<'de>,
    {
        crate::wire::deserialize_text(deserializer)
    }
}
