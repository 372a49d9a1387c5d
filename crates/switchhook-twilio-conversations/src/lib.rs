#![doc = include_str!("../README.md")]
//!
//! ## The events
//!
//! | group | before it happens: answer with a [`Decision`] | after it happened |
//! |---|---|---|
//! | [`MessageEvent`] | [`MessageAdd`], [`MessageUpdate`], [`MessageRemove`] | [`MessageAdded`], [`MessageUpdated`], [`MessageRemoved`] |
//! | [`ConversationEvent`] | [`ConversationAdd`], [`ConversationUpdate`], [`ConversationRemove`] | [`ConversationAdded`], [`ConversationUpdated`], [`ConversationRemoved`], [`ConversationStateUpdated`] |
//! | [`ParticipantEvent`] | [`ParticipantAdd`], [`ParticipantUpdate`], [`ParticipantRemove`] | [`ParticipantAdded`], [`ParticipantUpdated`], [`ParticipantRemoved`] |
//! | [`DeliveryEvent`] | | [`DeliveryUpdated`] |
//! | [`UserEvent`] | [`UserUpdate`] | [`UserAdded`], [`UserUpdated`] |
//!
//! Source: Twilio's page "Conversations Webhooks", now "Conversations (classic) Webhooks", and
//! public captures.
//!
//! ## One URL for one event
//!
//! A delivery without `EventType` is what its route says:
//!
//! ```
//! use switchhook_core::{FromFamily, Params, Payload};
//! use switchhook_twilio_conversations::MessageAdded;
//!
//! let body = b"ConversationSid=CH1&MessageSid=IM1&Body=Hello&Attributes=%7B%22from%22%3A%22Bot%22%7D";
//! let added = MessageAdded::read(&Payload::from(Params::parse(body)?)).unwrap();
//! let label: serde_json::Value = added.attributes.as_ref().unwrap().parse().unwrap();
//! assert_eq!(label["from"], "Bot");
//! # Ok::<(), switchhook_core::ParamsError>(())
//! ```
//!
//! ## Keys and orders
//!
//! Twilio promises neither one delivery nor an order. An event's `order()` is by the dates of the
//! thing that it is about, a delivery's by its status. A pre-event asks about an attempt, of which
//! there may be several: its whole content is in its key, but for `RetryCount`.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod params;
#[cfg(feature = "actix")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod conversation;
mod decision;
mod delivery;
mod enums;
mod media;
mod message;
mod participant;
mod sids;
mod user;

pub use self::{
    conversation::{
        ConversationAdd, ConversationAdded, ConversationEvent, ConversationRemove,
        ConversationRemoved, ConversationStateUpdated, ConversationUpdate, ConversationUpdated,
    },
    decision::{
        Changes, ConversationChanges, ConversationDecision, Decision, MessageChanges,
        MessageDecision, NoChanges, PreEvent,
    },
    delivery::{DeliveryEvent, DeliveryUpdated},
    enums::{BindingType, ConversationState, DeliveryStatus, EmailLevel, Source, StateReason},
    media::MediaItem,
    message::{
        MessageAdd, MessageAdded, MessageEvent, MessageRemove, MessageRemoved, MessageUpdate,
        MessageUpdated,
    },
    participant::{
        ParticipantAdd, ParticipantAdded, ParticipantEvent, ParticipantRemove, ParticipantRemoved,
        ParticipantUpdate, ParticipantUpdated,
    },
    sids::{
        ChatServiceSid, ConversationSid, DeliveryReceiptSid, MediaSid, MessageSid, ParticipantSid,
        RoleSid, UserSid,
    },
    user::{UserAdded, UserEvent, UserUpdate, UserUpdated},
};

switchhook_core::form_family! {
    params param;
    waits 5;
    /// Every Twilio Conversations webhook.
    ///
    /// Told apart by `EventType`. TaskRouter and the former Programmable Chat use the same
    /// parameter with other values: they are `Unknown` here.
    pub enum ConversationsWebhook = "twilio.conversations" by "EventType",
        common account_sid, retry_count {
        MessageAdd,
        MessageUpdate,
        MessageRemove,
        ConversationAdd,
        ConversationUpdate,
        ConversationRemove,
        ParticipantAdd,
        ParticipantUpdate,
        ParticipantRemove,
        UserUpdate,
        MessageAdded,
        MessageUpdated,
        MessageRemoved,
        ConversationAdded,
        ConversationUpdated,
        ConversationRemoved,
        ConversationStateUpdated,
        ParticipantAdded,
        ParticipantUpdated,
        ParticipantRemoved,
        DeliveryUpdated,
        UserAdded,
        UserUpdated,
    }
}
