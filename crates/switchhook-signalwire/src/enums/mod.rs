//! The value lists of the table, open to values to come.

mod ai;
mod calling;

pub use self::{
    ai::{
        AiAction, AiContentType, AiErrorReason, BargeType, CompletionType, ContentDisposition,
        ConversationType, FillerType, FlowTrigger, GatherRejectReason, HoldEvent, LlmErrorEvent,
        LoopType, NormalizeDirection, SessionEndReason, SidecarEventType, UtteranceRole,
        VoiceErrorEvent,
    },
    calling::{
        CallDirection, CallState, CollectResult, ConnectState, ControlState, CreatedBy,
        DetectEvent, DetectType, DeviceType, DialState, EndReason, FaxDirection, FaxEvent,
        HttpMethod, MediaDirection, MemberType, MessageDirection, MessageState, MessageStatus,
        MessageType, PauseBehavior, PayErrorType, PayFor, QueueOrConferenceStatus, RecordFormat,
        TenDlcCategory, VideoPlaybackState, VideoRecordingState, VideoStreamState,
    },
};
