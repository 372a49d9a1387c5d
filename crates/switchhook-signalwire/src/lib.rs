#![doc = include_str!("../README.md")]
//!
//! ## The events
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
//! Null and the empty text count as absent, a number may come as text and a text as number.
//! Answers to functions of the AI are in [`swaig`]. The forms of the compatibility API (cXML) are
//! another family, in [`compat`].
//!
//! Source: SignalWire's pages and server libraries, and its older examples, whose flat
//! bodies are read, too. Callbacks arrive in any order and several at once; any 2xx answer
//! acknowledges one, while fetches and functions want a body.

#![cfg_attr(docsrs, feature(doc_cfg))]

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
