#![doc = include_str!("../README.md")]
//!
//! ## The types
//!
//! | type | when | Twilio's page |
//! |---|---|---|
//! | [`IncomingCall`] | a call comes in, is answered, is redirected | TwiML for Programmable Voice |
//! | [`CallFallback`] | the primary URL failed | TwiML for Programmable Voice |
//! | [`CallStatusUpdate`] | a call changes its state | Call resource |
//! | [`MachineDetectionResult`] | somebody answered | Answering Machine Detection |
//! | [`DialResult`], [`DialLegStatusUpdate`], [`DialWhisper`] | `<Dial>` | `<Dial>`, `<Number>` |
//! | [`ReferRequest`], [`ReferResult`] | a SIP party refers | `<Dial>`, `<Refer>` |
//! | [`GatherResult`], [`GatherPartialResult`] | a caller types or speaks | `<Gather>` |
//! | [`RecordResult`], [`RecordingStatusUpdate`], [`RecordingTranscription`] | a recording | `<Record>`, Recordings |
//! | [`ConferenceEvent`], [`ConferenceWait`] | a conference | `<Conference>` |
//! | [`EnqueueResult`], [`QueueWait`], [`DequeueRequest`] | a queue | `<Enqueue>`, `<Queue>` |
//! | [`ConnectResult`], [`ConversationRelayResult`] | `<Connect>` ended | `<Connect>`, `<ConversationRelay>` |
//! | [`VirtualAgentResult`], [`VirtualAgentStatusUpdate`] | a virtual agent | `<VirtualAgent>` |
//! | [`StreamStatusUpdate`] | a media stream | `<Stream>` |
//! | [`SiprecStatusUpdate`] | a SIPREC session | `<Siprec>` |
//! | [`TranscriptionUpdate`] | words while they are said | `<Transcription>` |
//! | [`PaymentResult`], [`PaymentProgress`], [`PaymentSessionUpdate`] | a payment | `<Pay>`, Payments |
//! | [`TranscriptAvailable`] | a transcript can be fetched (JSON) | Voice Intelligence |
//! | [`SmsResult`] | the old `<Sms>` | `<Sms>` |
//!
//! Each type stands for a group of the table's events, and [`name`](CallStatusUpdate::name) tells
//! which. Where one URL takes everything, [`classify`] guesses and says how sure it is.
//!
//! A busy number sends more states of calls than anybody keeps. A route that goes by a field or two
//! looks at them where they lie: a [`View`](switchhook_core::View) has the fields of the event,
//! copies nothing, and makes the event when it is wanted after all. After a check of the
//! signature, `delivery.view_of::<CallStatusUpdate>()` gives it.
//!
//! ```
//! use switchhook_core::{Params, Payload, View};
//! use switchhook_twilio_voice::{CallStatus, CallStatusUpdate};
//!
//! /// The calls that ended, by their SIDs: nothing else is of interest here.
//! fn ended(payload: &Payload) -> Option<&str> {
//!     let update = View::<CallStatusUpdate>::read(payload).ok()?;
//!     let ended = update.call_status.read() == Some(CallStatus::Completed);
//!     ended.then_some(update.call_sid.as_str())
//! }
//!
//! let ringing = Params::parse(b"CallSid=CA1&CallStatus=ringing&From=%2B15550001111")?;
//! let completed = Params::parse(b"CallSid=CA1&CallStatus=completed&CallDuration=42")?;
//! assert_eq!(ended(&ringing.into()), None);
//! assert_eq!(ended(&completed.into()), Some("CA1"));
//! # Ok::<(), switchhook_core::ParamsError>(())
//! ```
//!
//! The WebSocket messages of `<Stream>` are in [`media_streams`], those of
//! `<ConversationRelay>` in [`conversation_relay`]; what both have in common is in [`websocket`].
//!
//! Webhooks that ask what to do want TwiML within 15 s; those that tell what happened want any
//! 2xx. They come in any order: see each type's `order()`.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod params;
#[macro_use]
mod common;
mod classify;
mod conference;
mod connect;
mod dial;
mod enums;
mod gather;
mod intelligence;
mod pay;
mod queue;
mod recording;
mod request;
mod sids;
mod status;
mod stream;

pub mod conversation_relay;
pub mod media_streams;
pub mod websocket;

pub use self::{
    classify::classify,
    conference::{ConferenceEvent, ConferenceWait},
    connect::{
        ConnectResult, ConversationRelayResult, VirtualAgentResult, VirtualAgentStatusUpdate,
    },
    dial::{DialResult, ReferResult, SmsResult},
    enums::*,
    gather::{GatherPartialResult, GatherResult},
    intelligence::TranscriptAvailable,
    pay::{PaymentProgress, PaymentResult, PaymentSessionUpdate},
    queue::{DequeueRequest, EnqueueResult, QueueWait},
    recording::{RecordResult, RecordingStatusUpdate, RecordingTranscription},
    request::{CallFallback, DialWhisper, IncomingCall, ReferRequest},
    sids::*,
    status::{CallStatusUpdate, DialLegStatusUpdate, MachineDetectionResult},
    stream::{SiprecStatusUpdate, StreamStatusUpdate, TranscriptionUpdate},
};

switchhook_core::form_family! {
    params param;
    /// Every webhook of Twilio Voice.
    ///
    /// Where the route does not name the type, [`classify`] does.
    pub enum VoiceWebhook = "twilio.voice" in Form & Json classified by intelligence::name, common account_sid {
        IncomingCall,
        CallFallback,
        CallStatusUpdate,
        DialLegStatusUpdate,
        DialWhisper,
        GatherResult,
        GatherPartialResult,
        RecordResult,
        RecordingStatusUpdate,
        RecordingTranscription,
        DialResult,
        ConferenceEvent,
        ConferenceWait,
        EnqueueResult,
        QueueWait,
        DequeueRequest,
        ConnectResult,
        ConversationRelayResult,
        VirtualAgentResult,
        VirtualAgentStatusUpdate,
        StreamStatusUpdate,
        SiprecStatusUpdate,
        TranscriptionUpdate,
        MachineDetectionResult,
        PaymentResult,
        PaymentProgress,
        PaymentSessionUpdate,
        ReferRequest,
        ReferResult,
        SmsResult,
        TranscriptAvailable,
    }
}
