#![doc = include_str!("../README.md")]
//!
//! ## The events
//!
//! | group | events |
//! |---|---|
//! | [`RoomEvent`] | [`RoomCreated`], [`RoomEnded`] |
//! | [`ParticipantEvent`] | [`ParticipantConnected`], [`ParticipantDisconnected`] |
//! | [`TrackEvent`] | [`TrackAdded`], [`TrackRemoved`], [`TrackEnabled`], [`TrackDisabled`] |
//! | [`RecordingEvent`] | [`RecordingStarted`], [`RecordingCompleted`], [`RecordingFailed`] |
//! | [`CompositionEvent`] | [`CompositionEnqueued`], [`CompositionHookFailed`], [`CompositionStarted`], [`CompositionAvailable`], [`CompositionProgress`], [`CompositionFailed`] |
//!
//! Source: Twilio's page "Status Callbacks" (Video API) and public captures.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod params;
mod composition;
mod enums;
mod participant;
mod recording;
mod room;
mod sids;
mod track;

pub use self::{
    composition::{
        CompositionAvailable, CompositionEnqueued, CompositionEvent, CompositionFailed,
        CompositionHookFailed, CompositionProgress, CompositionStarted,
    },
    enums::{
        FailedOperation, ParticipantStatus, RecordingCodec, RecordingContainer, RecordingType,
        RoomStatus, RoomType, TrackKind,
    },
    participant::{ParticipantConnected, ParticipantDisconnected, ParticipantEvent},
    recording::{RecordingCompleted, RecordingEvent, RecordingFailed, RecordingStarted},
    room::{RoomCreated, RoomEnded, RoomEvent},
    sids::{CompositionSid, HookSid, ParticipantSid, RecordingSid, RoomSid, TrackSid},
    track::{TrackAdded, TrackDisabled, TrackEnabled, TrackEvent, TrackRemoved},
};

switchhook_core::form_family! {
    params param;
    /// Every Twilio Video status callback.
    ///
    /// Told apart by `StatusCallbackEvent`. Conference callbacks of Twilio Voice use the same
    /// parameter with other values: they are `Unknown` here.
    pub enum VideoEvent = "twilio.video" by "StatusCallbackEvent",
        common account_sid, timestamp, room_sid {
        RoomCreated,
        RoomEnded,
        ParticipantConnected,
        ParticipantDisconnected,
        TrackAdded,
        TrackRemoved,
        TrackEnabled,
        TrackDisabled,
        RecordingStarted,
        RecordingCompleted,
        RecordingFailed,
        CompositionEnqueued,
        CompositionHookFailed,
        CompositionStarted,
        CompositionAvailable,
        CompositionProgress,
        CompositionFailed,
    }
}
