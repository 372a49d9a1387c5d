#![doc = include_str!("../README.md")]
//!
//! ## The types
//!
//! | type | when | Twilio's page |
//! |---|---|---|
//! | [`IncomingMessage`] | a message comes in | Twilio's request to your incoming message webhook URL |
//! | [`MessageFallback`] | the primary URL failed | Availability and Reliability |
//! | [`MessageStatusUpdate`] | a message that was sent got further | Track the message status of outbound messages |
//! | [`MessageAction`] | a TwiML `<Message>` was sent | `<Message>` (action) |
//!
//! Each type stands for a group of events, and [`name`](IncomingMessage::name) tells which. Where one
//! URL takes everything, [`classify`] guesses and says how sure it is.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod params;
mod channel;
mod classify;
mod enums;
mod incoming;
mod media;
mod outgoing;

pub use self::{
    channel::Channel,
    classify::classify,
    enums::{ChannelEventType, ChannelInstallSid, MessageStatus, MessageType, OptOutType},
    incoming::{IncomingMessage, MessageFallback},
    media::Media,
    outgoing::{MessageAction, MessageStatusUpdate},
};

switchhook_core::form_family! {
    params param;
    /// Every webhook of Twilio Messaging.
    ///
    /// Where the route does not name the type, [`classify`] does.
    pub enum MessagingWebhook = "twilio.messaging" classified by classify::group,
        common account_sid, from, to {
        IncomingMessage,
        MessageFallback,
        MessageStatusUpdate,
        MessageAction,
    }
}
