//! The elements, one table per subject.

use crate::grammar::ElementInfo;

mod connect;
mod cxml;
mod dial;
mod flow;
mod messaging;
mod pay;
mod relay;
mod response;
mod sip;
mod speech;
mod ssml;
mod start;

pub use self::{
    connect::{
        AiSession, Assistant, Autopilot, Connect, Conversation, ConversationRelaySession, Room,
        VirtualAgent,
    },
    cxml::{
        Ai, AiLanguage, AiPrompt, ConferenceStream, Defaults, Denoise, FaxReject, Function,
        Languages, PostPrompt, Swaig, Verto,
    },
    dial::{
        Application, ApplicationSid, Client, Conference, Dial, Identity, Number, Sim, WhatsApp,
    },
    flow::{
        Annotate, BillingReferenceTag, Echo, Enqueue, Hangup, Leave, Queue, Record, Redirect,
        Reject, Task,
    },
    messaging::{Body, Media, Message, Receive, Sms},
    pay::{Pay, Prompt},
    relay::{ConversationRelay, Language},
    response::{FaxResponse, MessagingResponse, VoiceResponse},
    sip::{Header, Headers, Refer, ReferSip, Sip, SipUri},
    speech::{Gather, Pause, Play, Say},
    ssml::{Break, Emphasis, Lang, P, Phoneme, Prosody, S, SayAs, Sub, W},
    start::{Config, Parameter, Recording, Siprec, Start, Stop, Stream, Transcription},
};

/// Every element, file by file.
pub(crate) static TABLES: &[&[&ElementInfo]] = &[
    response::TABLE,
    speech::TABLE,
    ssml::TABLE,
    dial::TABLE,
    sip::TABLE,
    connect::TABLE,
    relay::TABLE,
    start::TABLE,
    flow::TABLE,
    pay::TABLE,
    messaging::TABLE,
    cxml::TABLE,
];

/// A shorthand on the elements that pass parameters on.
macro_rules! parameters {
    ($( $element:ident ),*) => { $(
        impl $element {
            /// Adds a [`Parameter`].
            pub fn parameter(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.with(Parameter::new(name, value))
            }
        }
    )* };
}

parameters!(
    Application,
    Assistant,
    Client,
    ConferenceStream,
    ConversationRelay,
    Hangup,
    Pay,
    Reject,
    Siprec,
    Stream,
    Transcription,
    VirtualAgent
);
