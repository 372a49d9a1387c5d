//! Typed events for every SignalWire webhook in JSON, and for what comes on the socket.
//!
//! [`SignalWireEvent`] reads any delivery; each event is a struct of its own, told apart by the
//! provider's own order of rules.
//!
//! ```
//! use switchhook_core::{Family, Json, Payload};
//! use switchhook_signalwire::{CallState, SignalWireEvent};
//!
//! let body = br#"{"event_type":"calling.call.state","project_id":"p1","timestamp":1785312000.5,
//!     "params":{"call_id":"c1","call_state":"ended","end_reason":"hangup"}}"#;
//! match SignalWireEvent::decode(&Payload::from(Json::parse(body)?)) {
//!     SignalWireEvent::CallStateChanged(call) => {
//!         assert_eq!((call.call_id.as_str(), call.call_state), ("c1", Some(CallState::Ended)));
//!     }
//!     other => panic!("not the state of a call: {other:?}"),
//! }
//! # Ok::<(), switchhook_core::ParseJsonError>(())
//! ```
//!
//! | what | events |
//! |---|---|
//! | calls, queues, conferences | [`CallStateChanged`], [`CallConnect`], [`CallRefer`], [`CallQueue`], [`ConferenceChanged`], [`CallReceive`], [`CallDial`], [`CallSendDigits`], [`CallHold`], [`CallEcho`], [`CallingError`], [`UserEvent`], [`ScriptWarning`] |
//! | what goes on in calls | [`CallPlay`], [`CallCollect`], [`CallRecord`], [`CallDetect`], [`CallFax`], [`CallTap`], [`CallStream`], [`CallPay`], [`CallDenoise`], [`CallTranscribe`], [`TranscriptCompleted`], [`TranscriptFailed`], [`MessagingReceive`], [`MessagingStateChanged`], [`SidecarRelayed`], [`ConversationLog`] |
//! | fetches of scripts for calls | [`InboundCall`], [`ScriptRequest`] |
//! | the same by GET | [`ScriptFetch`] |
//! | fetches of scripts for messages | [`InboundMessage`] |
//! | bodies without an envelope | [`CallStatusFlat`], [`CallbackBare`], [`MessageStatusChanged`], [`MessageInboundFlat`], [`MessageStatusFlat`], [`RoomStarted`], [`RoomEnded`], [`MemberJoined`], [`MemberLeft`], [`RecordingStarted`], [`RecordingCompleted`], [`PayConnector`] |
//! | 10DLC | [`RegistrationChanged`] |
//! | functions of the AI (SWAIG) and ends of conversations | [`SwaigFunction`], [`SwaigFunctionBedrock`], [`SwaigFunctionSidecar`], [`SwaigSignature`], [`CheckForInput`], [`FetchConversation`], [`PostPrompt`], [`PostPromptBedrock`] |
//! | the debug webhook | [`AiDebug`] |
//! | the sidecar | [`AiSidecar`] |
//! | live transcription | [`Utterance`], [`LiveTranscribeSummary`] |
//! | video rooms, on the socket | [`VideoRoom`], [`VideoAudienceCount`], [`VideoMember`], [`VideoRecording`], [`VideoPlayback`], [`VideoStream`], [`VideoLayoutChanged`] |
//!
//! Names of fields are those of the wire without the envelope around them: `call_id` is
//! `params.call_id` in an envelope. Null and the empty text count as absent, a number may come as
//! text and a text as number. What the model does not name is in `extra()`, everything in `json()`.
//!
//! Answers to functions of the AI are in [`swaig`]. The forms of the compatibility API (cXML) are
//! another family, in [`compat`].
//!
//! Source: SignalWire's pages and server libraries, and the founding document, whose flat
//! bodies are read, too. Callbacks arrive in any order and several at once; any 2xx answer
//! acknowledges one, while fetches and functions want a body.

#[macro_use]
mod envelope;
mod ai;
mod calls;
mod classify;
pub mod compat;
pub mod debug;
mod enums;
mod fetch;
mod flat;
mod inbound_call;
mod inbound_message;
mod live;
mod media;
mod objects;
mod registration;
mod sidecar;
pub mod swaig;
mod video;

pub use self::{
    ai::{
        CheckForInput, FetchConversation, PostPrompt, PostPromptBedrock, SwaigFunction,
        SwaigFunctionBedrock, SwaigFunctionSidecar, SwaigSignature,
    },
    calls::{
        CallConnect, CallDial, CallEcho, CallHold, CallQueue, CallReceive, CallRefer,
        CallSendDigits, CallStateChanged, CallingError, ConferenceChanged, ScriptWarning,
        UserEvent,
    },
    debug::AiDebug,
    enums::{
        AiAction, AiContentType, AiErrorReason, BargeType, CallDirection, CallState, CollectResult,
        CompletionType, ConnectState, ContentDisposition, ControlState, ConversationType,
        CreatedBy, DetectEvent, DetectType, DeviceType, DialState, EndReason, FaxDirection,
        FaxEvent, FillerType, FlowTrigger, GatherRejectReason, HoldEvent, HttpMethod,
        LlmErrorEvent, LoopType, MediaDirection, MemberType, MessageDirection, MessageState,
        MessageStatus, MessageType, NormalizeDirection, PauseBehavior, PayErrorType, PayFor,
        QueueOrConferenceStatus, RecordFormat, SessionEndReason, SidecarEventType, TenDlcCategory,
        UtteranceRole, VideoPlaybackState, VideoRecordingState, VideoStreamState, VoiceErrorEvent,
    },
    fetch::ScriptFetch,
    flat::{
        CallStatusFlat, CallbackBare, MemberJoined, MemberLeft, MessageInboundFlat,
        MessageStatusChanged, MessageStatusFlat, PayConnector, RecordingCompleted,
        RecordingStarted, RoomEnded, RoomStarted,
    },
    inbound_call::{InboundCall, ScriptRequest},
    inbound_message::InboundMessage,
    live::{LiveTranscribeSummary, Utterance},
    media::{
        CallCollect, CallDenoise, CallDetect, CallFax, CallPay, CallPlay, CallRecord, CallStream,
        CallTap, CallTranscribe, ConversationLog, MessagingReceive, MessagingStateChanged,
        SidecarRelayed, TranscriptCompleted, TranscriptFailed,
    },
    objects::{Media, ResponseTime, SipHeader, SwaigLogEntry},
    registration::RegistrationChanged,
    sidecar::AiSidecar,
    video::{
        VideoAudienceCount, VideoLayoutChanged, VideoMember, VideoPlayback, VideoRecording,
        VideoRoom, VideoStream,
    },
};

switchhook_core::form_family! {
    params envelope;
    waits 5;
    /// Every SignalWire webhook in JSON, the fetch of a script by GET, and the events of the
    /// socket.
    ///
    /// Those of the compatibility API (cXML) are another family: [`compat::CompatWebhook`].
    pub enum SignalWireEvent = "signalwire" in Json & Form classified by classify::classify,
        common {
        CallStateChanged,
        CallConnect,
        CallRefer,
        CallQueue,
        ConferenceChanged,
        CallReceive,
        CallDial,
        CallSendDigits,
        CallHold,
        CallEcho,
        CallingError,
        UserEvent,
        ScriptWarning,
        CallPlay,
        CallCollect,
        CallRecord,
        CallDetect,
        CallFax,
        CallTap,
        CallStream,
        CallPay,
        CallDenoise,
        CallTranscribe,
        TranscriptCompleted,
        TranscriptFailed,
        MessagingReceive,
        MessagingStateChanged,
        SidecarRelayed,
        ConversationLog,
        InboundCall,
        ScriptRequest,
        ScriptFetch,
        InboundMessage,
        CallStatusFlat,
        CallbackBare,
        MessageStatusChanged,
        MessageInboundFlat,
        MessageStatusFlat,
        RoomStarted,
        RoomEnded,
        MemberJoined,
        MemberLeft,
        RecordingStarted,
        RecordingCompleted,
        PayConnector,
        RegistrationChanged,
        SwaigFunction,
        SwaigFunctionBedrock,
        SwaigFunctionSidecar,
        SwaigSignature,
        CheckForInput,
        FetchConversation,
        PostPrompt,
        PostPromptBedrock,
        AiDebug,
        AiSidecar,
        Utterance,
        LiveTranscribeSummary,
        VideoRoom,
        VideoAudienceCount,
        VideoMember,
        VideoRecording,
        VideoPlayback,
        VideoStream,
        VideoLayoutChanged,
    }
}
