//! TwiML and cXML: replies to calls, messages and faxes.
//!
//! Build a reply from typed elements, which nest only where the grammar lets them, and
//! write it:
//!
//! ```
//! use switchhook_twiml::{Connect, Say, Stream, voice};
//!
//! let reply = voice::Response::new()
//!     .with(Say::new("One moment please.").voice("Polly.Joanna"))
//!     .with(Connect::new().with(
//!         Stream::to_host("agent.example.com", "/media")?.parameter("CallSid", "CA1"),
//!     ));
//! assert_eq!(
//!     reply.to_xml()?,
//!     "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\
//!      <Say voice=\"Polly.Joanna\">One moment please.</Say>\
//!      <Connect><Stream url=\"wss://agent.example.com/media\">\
//!      <Parameter name=\"CallSid\" value=\"CA1\"/></Stream></Connect></Response>",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`read`] gives a [`Document`] back, with typed views of its elements and everything else
//! that was in it. A [`Linter`] says what the provider would object to, with the provider's
//! own codes. What the grammar lacks goes in by `attr` and [`Custom`].
//!
//! Features: with `axum` the replies are `IntoResponse`, with `actix` they are `Responder`.
//! Nothing else changes with them.
//!
//! The elements of calls, messages and faxes are at the root of the crate; those of speech
//! markup are in [`ssml`], those of SignalWire's dialect in [`cxml`], and the three roots
//! are [`voice::Response`], [`messaging::Response`] and [`fax::Response`].

#[cfg(feature = "actix")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod document;
pub mod dynamic;
mod elements;
pub mod grammar;
mod host;
mod lint;
mod name;
mod nest;
mod path;
mod pretty;
mod read;
mod table;
mod tree;
mod values;
mod write;

pub use self::{
    document::Document,
    elements::{
        AiSession, Annotate, Application, ApplicationSid, Assistant, Autopilot,
        BillingReferenceTag, Body, Client, Conference, Config, Connect, Conversation,
        ConversationRelay, ConversationRelaySession, Dial, Echo, Enqueue, FaxResponse, Gather,
        Hangup, Header, Headers, Identity, Language, Leave, Media, Message, MessagingResponse,
        Number, Parameter, Pause, Pay, Play, Prompt, Queue, Receive, Record, Recording, Redirect,
        Refer, ReferSip, Reject, Room, Say, Sim, Sip, SipUri, Siprec, Sms, Start, Stop, Stream,
        Task, Transcription, VirtualAgent, VoiceResponse, WhatsApp,
    },
    grammar::{Dialect, ReplyKind},
    lint::{Diagnostic, Linter, Severity},
    nest::{AttributeError, Custom, FindAll, Known, Markup, NestIn, NotFound, View},
    pretty::{pretty, pretty_fault},
    read::{Limits, ReadError, ReadErrorKind, read, read_within},
    tree::{Element, Node},
    values::*,
    write::{WriteError, WriteErrorKind},
};

pub use switchhook_core::{HostError, PublicHost};

/// The content type of every reply.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// Replies to calls.
pub mod voice {
    pub use crate::elements::VoiceResponse as Response;
}

/// Replies to messages.
pub mod messaging {
    pub use crate::elements::MessagingResponse as Response;
}

/// Replies to faxes.
pub mod fax {
    pub use crate::elements::FaxResponse as Response;
}

/// Markup of speech, inside a [`Say`]. What it does depends on the voice.
///
/// ```
/// use switchhook_twiml::{Markup, Say, ssml};
///
/// let say = Say::new("Your code is ").with(ssml::SayAs::new("digits", "42")).text(".");
/// assert_eq!(say.element().nodes().len(), 3);
/// ```
pub mod ssml {
    pub use crate::elements::{Break, Emphasis, Lang, P, Phoneme, Prosody, S, SayAs, Sub, W};
}

/// What only SignalWire's dialect has.
///
/// ```
/// use switchhook_twiml::{Dialect, cxml::Denoise, voice};
///
/// let reply = voice::Response::new().with(Denoise::new("on"));
/// assert!(reply.lint(Dialect::SignalWire).is_empty());
/// assert_eq!(reply.lint(Dialect::Twilio)[0].code, Some(12200));
/// ```
pub mod cxml {
    pub use crate::elements::{
        Ai, AiLanguage, AiPrompt, ConferenceStream, Defaults, Denoise, FaxReject, Function,
        Languages, PostPrompt, Swaig, Verto,
    };
}
