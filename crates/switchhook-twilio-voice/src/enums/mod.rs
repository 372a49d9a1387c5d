//! The value lists of voice webhooks, all of them open.

mod call;
mod conference;
mod pay;
mod recording;

pub use self::{
    call::{
        AnsweredBy, CallStatus, CallbackSource, DialCallStatus, Direction, StirStatus, StirVerstat,
    },
    conference::{
        ConferenceEventType, DequeueResult, ParticipantCallStatus, QueueResult,
        ReasonConferenceEnded, ReasonParticipantLeft, SessionStatus, VirtualAgentStatus,
    },
    pay::{BankAccountType, PayErrorType, PayFor, PayResult, PaymentCardType, PaymentMethod},
    recording::{
        RecordingSource, RecordingStatus, RecordingTrack, SiprecEvent, StreamEvent, Track,
        TranscriptionEngine, TranscriptionEvent, TranscriptionStatus,
    },
};
