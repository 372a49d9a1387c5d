#![doc = include_str!("../README.md")]
//!
//! ## Where things are
//!
//! The elements of calls, messages and faxes are at the root of the crate; those of speech
//! markup are in [`ssml`], those of SignalWire's dialect in [`cxml`], and the three roots
//! are [`voice::Response`], [`messaging::Response`] and [`fax::Response`]. [`read`] gives a
//! [`Document`], [`Linter`] looks at one, [`grammar`] is the provider's table as data, [`dynamic`]
//! builds from data.

#![cfg_attr(docsrs, feature(doc_cfg))]

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
    lint::{Diagnostic, Linter},
    nest::{AttributeError, Custom, FindAll, Known, Markup, NestIn, NotFound, View},
    pretty::{pretty, pretty_fault},
    read::{Limits, ReadError, ReadErrorKind, read, read_within},
    tree::{Element, Node},
    values::*,
    write::{WriteError, WriteErrorKind},
};

pub use switchhook_core::{HostError, PublicHost, Severity};

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
