//! Values of conferences, queues and sessions.

use switchhook_core::open_enum;

open_enum! {
    /// What happened in a conference.
    pub enum ConferenceEventType {
        /// It began.
        ConferenceStart = "conference-start",
        /// It ended.
        ConferenceEnd = "conference-end",
        /// A participant came.
        ParticipantJoin = "participant-join",
        /// A participant left.
        ParticipantLeave = "participant-leave",
        /// A participant was muted.
        ParticipantMute = "participant-mute",
        /// A participant was unmuted.
        ParticipantUnmute = "participant-unmute",
        /// A participant was put on hold.
        ParticipantHold = "participant-hold",
        /// A participant was taken from hold.
        ParticipantUnhold = "participant-unhold",
        /// A participant was changed otherwise.
        ParticipantModify = "participant-modify",
        /// A participant began to speak.
        ParticipantSpeechStart = "participant-speech-start",
        /// A participant stopped speaking.
        ParticipantSpeechStop = "participant-speech-stop",
        /// An announcement ended.
        AnnouncementEnd = "announcement-end",
        /// An announcement failed.
        AnnouncementFail = "announcement-fail",
    }
}

open_enum! {
    /// Why a conference ended.
    pub enum ReasonConferenceEnded {
        /// By the REST API.
        ConferenceEndedViaApi = "conference-ended-via-api",
        /// The last participant was removed.
        LastParticipantKicked = "last-participant-kicked",
        /// Nobody is left: the last one has gone.
        LastParticipantLeft = "last-participant-left",
        /// A participant whose leaving ends it was removed.
        ParticipantWithEndConferenceOnExitKicked = "participant-with-end-conference-on-exit-kicked",
        /// A participant whose leaving ends it left.
        ParticipantWithEndConferenceOnExitLeft = "participant-with-end-conference-on-exit-left",
    }
}

open_enum! {
    /// Why a participant left.
    pub enum ReasonParticipantLeft {
        /// The REST API ended the conference.
        ConferenceEndedViaApi = "conference_ended_via_api",
        /// The one who moderates the conference ended it for all.
        ModeratorEndedConference = "moderator_ended_conference",
        /// The REST API removed the participant.
        ParticipantUpdatedViaApi = "participant_updated_via_api",
        /// The participant's own phone hung up.
        ParticipantHungUp = "participant_hung_up",
        /// The participant could not be added.
        ParticipantAddFailed = "participant_add_failed",
    }
}

open_enum! {
    /// How the leg of a participant ended.
    pub enum ParticipantCallStatus {
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// The line was busy.
        Busy = "busy",
        /// It goes on.
        InProgress = "in-progress",
        /// It could not be made.
        Failed = "failed",
        /// Given up before it was answered.
        Canceled = "canceled",
        /// It was answered and ended.
        Completed = "completed",
    }
}

open_enum! {
    /// How a call left a queue.
    pub enum QueueResult {
        /// It was connected.
        Bridged = "bridged",
        /// It is being connected.
        BridgingInProcess = "bridging-in-process",
        /// The queue could not be entered.
        Error = "error",
        /// The caller hung up.
        Hangup = "hangup",
        /// The document that it waited with said `<Leave>`.
        Leave = "leave",
        /// It was redirected while it waited.
        Redirected = "redirected",
        /// It was redirected while it was connected.
        RedirectedFromBridged = "redirected-from-bridged",
        /// The queue was full.
        QueueFull = "queue-full",
        /// The provider failed.
        SystemError = "system-error",
    }
}

open_enum! {
    /// What came of dialling a queue.
    pub enum DequeueResult {
        /// A caller was connected.
        Bridged = "bridged",
    }
}

open_enum! {
    /// How a ConversationRelay session ended.
    pub enum SessionStatus {
        /// The application ended it; the call goes on.
        Ended = "ended",
        /// The caller hung up.
        Completed = "completed",
        /// It failed; the code and the text say why.
        Failed = "failed",
    }
}

open_enum! {
    /// How a session with a virtual agent ended.
    pub enum VirtualAgentStatus {
        /// It ended.
        Completed = "completed",
        /// A person shall go on.
        LiveAgentHandoff = "live-agent-handoff",
        /// The caller hung up.
        Hangup = "hangup",
        /// The agent could not be reached, or broke off.
        Failed = "failed",
        /// It was paused.
        Paused = "paused",
        /// It took too long.
        Timeout = "timeout",
    }
}
