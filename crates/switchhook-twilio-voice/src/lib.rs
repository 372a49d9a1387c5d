//! Twilio Voice: the WebSocket messages of Media Streams and ConversationRelay, typed.
//!
//! ```
//! use switchhook_twilio_voice::media_streams::{Inbound, Outbound, StreamSid};
//!
//! let stream = StreamSid::from("MZ18ad3ab5a668481ce02b83e7395059f0");
//! let text = r#"{"event":"media","sequenceNumber":"3","media":{"chunk":"1","payload":"/3//fw=="}}"#;
//! let Inbound::Media(media) = Inbound::parse(text) else { panic!("audio") };
//! let audio = media.payload.audio()?;
//! assert_eq!((media.chunk, audio.len()), (Some(1), 4));
//! let echo = Outbound::media(&stream, &audio).to_json();
//! assert!(echo.ends_with(r#""media":{"payload":"/3//fw=="}}"#));
//! # Ok::<(), switchhook_twilio_voice::media_streams::NotBase64>(())
//! ```
//!
//! | protocol | module | of TwiML |
//! |---|---|---|
//! | Media Streams: audio both ways | [`media_streams`] | `<Stream>` |
//! | ConversationRelay: text both ways | [`conversation_relay`] | `<ConversationRelay>` |
//!
//! What their messages have in common is in [`websocket`].

mod sids;

pub mod conversation_relay;
pub mod media_streams;
pub mod websocket;

pub use self::sids::{CallSid, SessionSid, StreamSid};
