//! Media Streams: the messages of a `<Stream>`'s WebSocket.
//!
//! One JSON object per text frame, audio in base64 inside. [`Inbound`] is what Twilio sends,
//! [`Outbound`] what a server sends, of a `<Connect><Stream>` alone. Both are read and
//! written, so that a test can play either side.
//!
//! ```
//! use switchhook_twilio_voice::media_streams::{Inbound, NotBase64, Outbound, StreamSid};
//!
//! /// Sends the caller's voice back.
//! fn echo(text: &str, stream: &mut Option<StreamSid>) -> Result<Option<String>, NotBase64> {
//!     Ok(match (Inbound::parse(text), stream) {
//!         (Inbound::Start(start), stream) => {
//!             assert_eq!(start.custom_parameters.get("From"), Some("+15550001111"));
//!             *stream = Some(start.stream_sid);
//!             None
//!         }
//!         (Inbound::Media(media), Some(stream)) => {
//!             let audio = media.payload.audio()?;
//!             Some(Outbound::media(&*stream, &audio).to_json())
//!         }
//!         _ => None,
//!     })
//! }
//!
//! let mut stream = None;
//! let start = r#"{"event":"start","start":{"streamSid":"MZ1","callSid":"CA1","customParameters":{"From":"+15550001111"}}}"#;
//! assert_eq!(echo(start, &mut stream)?, None);
//! let reply = echo(r#"{"event":"media","media":{"payload":"/38="}}"#, &mut stream)?;
//! assert_eq!(reply.as_deref(), Some(r#"{"event":"media","streamSid":"MZ1","media":{"payload":"/38="}}"#));
//! # Ok::<(), NotBase64>(())
//! ```
//!
//! | side | messages |
//! |---|---|
//! | Twilio: [`inbound`] | [`connected`](inbound::Connected), [`start`](inbound::Start), [`media`](inbound::Media), [`dtmf`](inbound::Dtmf), [`mark`](inbound::Mark), [`stop`](inbound::Stop) |
//! | the server: [`outbound`] | [`media`](outbound::Media), [`mark`](outbound::Mark), [`clear`](outbound::Clear) |
//!
//! A [`Session`] knows the order of a stream: what fits where, what may be sent, which marks
//! are due. [`Utterances`] cuts what a caller says at its pauses; [`mulaw`] is the audio itself.
//!
//! `connected` comes first and `start` second, once each. A frame of `media` comes every
//! 20 ms and is read without an allocation. `stop` comes last and may be missing when the
//! connection breaks. Closing the socket ends a `<Connect><Stream>` and runs the next TwiML.
//!
//! Source: Twilio's page "Media Streams - WebSocket Messages" and public captures.

pub mod inbound;
pub mod mulaw;
pub mod outbound;
mod payload;
mod session;
mod stream;
mod utterances;

pub use self::{
    inbound::{Inbound, MediaTrack},
    outbound::Outbound,
    payload::{NotBase64, Payload},
    session::{Event, Misfit, Session, Unsendable},
    stream::StreamSidRef,
    utterances::{Heard, Utterances},
};
pub use crate::StreamSid;
