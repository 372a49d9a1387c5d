//! Typed events for every Twilio Messaging webhook: SMS, MMS, WhatsApp and RCS.
//!
//! A messaging webhook does not say what it is: the URL that Twilio was given does. So the route
//! names the type.
//!
//! ```
//! use switchhook_core::{FromFamily, Params, Payload};
//! use switchhook_twilio_messaging::{Channel, IncomingMessage};
//!
//! let body = b"MessageSid=MM1&From=whatsapp%3A%2B15550001111&Body=Look&NumMedia=1\
//!     &MediaUrl0=https%3A%2F%2Fmedia.example.com%2F0&MediaContentType0=image%2Fjpeg";
//! let message = IncomingMessage::read(&Payload::from(Params::parse(body)?)).unwrap();
//! assert_eq!((message.channel(), message.body.as_deref()), (Some(Channel::WhatsApp), Some("Look")));
//! assert_eq!(message.media()[0].content_type, Some("image/jpeg"));
//! # Ok::<(), switchhook_core::ParamsError>(())
//! ```
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
//!
//! # States come in any order
//!
//! ```
//! use switchhook_core::{FromFamily, Params, Payload};
//! use switchhook_twilio_messaging::MessageStatusUpdate;
//!
//! let read = |body: &str| {
//!     let params = Params::parse(body.as_bytes()).unwrap();
//!     MessageStatusUpdate::read(&Payload::from(params)).unwrap()
//! };
//! let delivered = read("MessageSid=SM1&MessageStatus=delivered").order().unwrap();
//! let late = read("MessageSid=SM1&MessageStatus=sent").order().unwrap();
//! assert!(!late.is_after(&delivered));
//! ```

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
