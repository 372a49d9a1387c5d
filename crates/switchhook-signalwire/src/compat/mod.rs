//! The webhooks of SignalWire's compatibility API (cXML): forms that resemble Twilio's.
//!
//! Most of them do not say what they are: the URL that SignalWire was given does. So the route
//! names the type.
//!
//! ```
//! use switchhook_core::{FromFamily, Params, Payload};
//! use switchhook_signalwire::compat::{CallStatus, CallStatusUpdate};
//!
//! let body = b"CallSid=bee0b64b-46d3-46c7-ab01-31f7768c0e33&CallStatus=completed&CallDuration=94";
//! let update = CallStatusUpdate::read(&Payload::from(Params::parse(body)?)).unwrap();
//! assert_eq!(update.call_status, Some(CallStatus::Completed));
//! assert_eq!(update.call_duration.unwrap().to_string(), "94 s");
//! # Ok::<(), switchhook_core::ParamsError>(())
//! ```
//!
//! | type | when |
//! |---|---|
//! | [`CallRequest`] | a call comes in, is answered, is redirected |
//! | [`CallStatusUpdate`], [`IncomingCallStatusUpdate`] | a call changes its state |
//! | [`MachineDetectionResult`] | somebody answered |
//! | [`DialResult`], [`ReferResult`], [`GatherResult`], [`VirtualAgentResult`] | a verb ended |
//! | [`RecordResult`], [`RecordingStatusUpdate`], [`RecordingTranscription`] | a recording |
//! | [`EnqueueResult`], [`QueueWait`], [`DequeueRequest`] | a queue |
//! | [`ConferenceEvent`], [`ConferenceWait`], [`ConferenceEnded`] | a conference |
//! | [`PaymentResult`], [`PaymentProgress`], [`PaymentConnectorRequest`] | a payment |
//! | [`StreamStatusUpdate`] | a media stream |
//! | [`StreamConnected`], [`StreamStarted`], [`StreamMedia`], [`StreamDigit`], [`StreamMark`], [`StreamStopped`] | the messages of its WebSocket |
//! | [`IncomingMessage`], [`MessageStatusUpdate`], [`MessageResult`] | a message |
//! | [`SmsResult`], [`SmsStatusUpdate`] | `<Sms>` |
//! | [`FaxRequest`], [`FaxReceived`], [`FaxStatusUpdate`] | a fax |
//!
//! What is the same as Twilio's is Twilio's: the value lists that are equal, the media of
//! messages, and [`media_streams`], which reads the messages of a WebSocket without an allocation
//! per frame and writes the answers. What differs:
//!
//! - Ids are bare UUIDs without a prefix, `AccountSid` is that of the project. They are not checked.
//! - There is no `Caller`, `Called`, no city, state, postal code or country.
//! - The last update of a call has figures on its audio, and who hung up. `SequenceNumber` is often
//!   missing.
//! - Streams may carry 16 bits, linear, at 8, 16 or 24 kHz.
//!
//! Requests that ask what to do want cXML within 5 s (`switchhook-twiml` writes it); those that
//! tell what happened want any 2xx. Where one URL takes everything, [`classify`] guesses and says
//! how sure it is.
//!
//! Source: SignalWire's pages on its compatibility API and public captures. Captures and guides have
//! forms; its schema lists JSON, so that flat objects with the same names are read as the same
//! events.

#[macro_use]
mod params;
#[macro_use]
mod common;
mod calls;
mod classify;
mod conferences;
mod enums;
mod faxes;
mod messages;
mod payments;
mod queues;
mod recordings;
mod streams;

pub use switchhook_twilio_messaging::Media;
pub use switchhook_twilio_voice::{
    DialCallStatus, PayResult, StreamEvent, TranscriptionStatus, media_streams,
};

pub use self::{
    calls::{
        CallRequest, CallStatusUpdate, DialResult, GatherResult, IncomingCallStatusUpdate,
        MachineDetectionResult, ReferResult, VirtualAgentResult,
    },
    classify::classify,
    conferences::{ConferenceEnded, ConferenceEvent, ConferenceWait},
    enums::*,
    faxes::{FaxReceived, FaxRequest, FaxStatusUpdate},
    messages::{IncomingMessage, MessageResult, MessageStatusUpdate, SmsResult, SmsStatusUpdate},
    payments::{PaymentConnectorRequest, PaymentProgress, PaymentResult},
    queues::{DequeueRequest, EnqueueResult, QueueWait},
    recordings::{RecordResult, RecordingStatusUpdate, RecordingTranscription},
    streams::{
        StreamConnected, StreamDigit, StreamMark, StreamMedia, StreamStarted, StreamStatusUpdate,
        StreamStopped,
    },
};

switchhook_core::form_family! {
    params form;
    waits 5;
    flat json;
    /// Every webhook of SignalWire's compatibility API, and the messages of its media streams.
    ///
    /// Where the route does not name the type, [`classify`] does.
    pub enum CompatWebhook = "signalwire.compat" in Form & Json classified by classify::name,
        common {
        CallRequest,
        CallStatusUpdate,
        IncomingCallStatusUpdate,
        MachineDetectionResult,
        DialResult,
        GatherResult,
        RecordResult,
        EnqueueResult,
        QueueWait,
        DequeueRequest,
        ReferResult,
        PaymentResult,
        PaymentProgress,
        PaymentConnectorRequest,
        VirtualAgentResult,
        RecordingStatusUpdate,
        RecordingTranscription,
        ConferenceEvent,
        ConferenceWait,
        ConferenceEnded,
        StreamStatusUpdate,
        StreamConnected,
        StreamStarted,
        StreamMedia,
        StreamDigit,
        StreamMark,
        StreamStopped,
        IncomingMessage,
        MessageStatusUpdate,
        MessageResult,
        SmsResult,
        SmsStatusUpdate,
        FaxRequest,
        FaxReceived,
        FaxStatusUpdate,
    }
}
