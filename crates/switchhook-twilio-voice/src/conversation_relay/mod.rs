//! ConversationRelay: the messages of a `<ConversationRelay>`'s WebSocket.
//!
//! One JSON object per text frame: speech comes as text, text goes out and is spoken.
//! [`Inbound`] is what Twilio sends, [`Outbound`] what a server sends. Both are read and
//! written, so that a test can play either side.
//!
//! ```
//! use switchhook_twilio_voice::conversation_relay::{Inbound, outbound};
//!
//! let text = r#"{"type":"prompt","voicePrompt":"What time is it?","lang":"en-US","last":true}"#;
//! let Inbound::Prompt(prompt) = Inbound::parse(text) else { panic!("speech") };
//! assert!(prompt.is_last());
//!
//! // Tokens as they are made; the last one says so.
//! let tokens = ["It is ", "ten."];
//! let spoken = tokens.map(|token| outbound::Text::new(token).last(token == "ten.").to_json());
//! assert_eq!(spoken[1], r#"{"type":"text","token":"ten.","last":true}"#);
//! ```
//!
//! | side | messages |
//! |---|---|
//! | Twilio: [`inbound`] | [`setup`](inbound::Setup), [`prompt`](inbound::Prompt), [`dtmf`](inbound::Dtmf), [`interrupt`](inbound::Interrupt), [`error`](inbound::Error), [`info`](inbound::Info) |
//! | the server: [`outbound`] | [`text`](outbound::Text), [`play`](outbound::Play), [`sendDigits`](outbound::SendDigits), [`language`](outbound::Language), [`end`](outbound::End) |
//!
//! `setup` comes first, once. A message that Twilio cannot read is answered with `error`; ten
//! in a row close the session (close code 1007). Nothing else is acknowledged.
//!
//! Source: Twilio's page on `<ConversationRelay>` and public captures.

pub mod inbound;
pub mod outbound;

pub use self::{
    inbound::{CallType, Inbound, InfoName},
    outbound::Outbound,
};
pub use crate::SessionSid;
