//! Values of recordings, transcriptions and streams.

use switchhook_core::open_enum;

open_enum! {
    /// The state of a recording, ranked by how far it is.
    pub enum RecordingStatus {
        /// It is being made.
        InProgress = "in-progress" rank 0,
        /// It is paused; a state of the REST API.
        Paused = "paused" rank 0,
        /// It was stopped; a state of the REST API.
        Stopped = "stopped" rank 1,
        /// It is being stored; a state of the REST API.
        Processing = "processing" rank 2,
        /// It can be fetched.
        Completed = "completed" rank 3,
        /// There was nothing to record.
        Absent = "absent" rank 3,
        /// It could not be made.
        Failed = "failed" rank 3,
    }
}

open_enum! {
    /// What has made a recording.
    pub enum RecordingSource {
        /// A `<Record>` in the document of the call.
        RecordVerb = "RecordVerb",
        /// `<Dial record>`.
        DialVerb = "DialVerb",
        /// `<Conference record>`.
        Conference = "Conference",
        /// The REST API, when it made the call.
        OutboundAPI = "OutboundAPI",
        /// A SIP trunk.
        Trunking = "Trunking",
        /// The REST API, in a call.
        StartCallRecordingAPI = "StartCallRecordingAPI",
        /// A `<Start><Recording>` in the document of the call.
        StartCallRecordingTwiML = "StartCallRecordingTwiML",
        /// The REST API, in a conference.
        StartConferenceRecordingAPI = "StartConferenceRecordingAPI",
    }
}

open_enum! {
    /// Which track was recorded.
    pub enum RecordingTrack {
        /// What came in.
        Inbound = "inbound",
        /// What went out.
        Outbound = "outbound",
        /// What came in and what went out.
        Both = "both",
    }
}

open_enum! {
    /// How a transcription ended.
    pub enum TranscriptionStatus {
        /// There is a text.
        Completed = "completed",
        /// There is none.
        Failed = "failed",
    }
}

open_enum! {
    /// What happened to a transcription in real time.
    pub enum TranscriptionEvent {
        /// It began.
        TranscriptionStarted = "transcription-started",
        /// Something was said.
        TranscriptionContent = "transcription-content",
        /// It ended.
        TranscriptionStopped = "transcription-stopped",
        /// It failed.
        TranscriptionError = "transcription-error",
    }
}

open_enum! {
    /// Who transcribes.
    pub enum TranscriptionEngine {
        /// Google's speech to text.
        Google = "google",
        /// Deepgram's speech to text.
        Deepgram = "deepgram",
    }
}

open_enum! {
    /// Which track is heard.
    pub enum Track {
        /// What comes in.
        InboundTrack = "inbound_track",
        /// What goes out.
        OutboundTrack = "outbound_track",
        /// What comes in and what goes out.
        BothTracks = "both_tracks",
    }
}

open_enum! {
    /// What happened to a media stream.
    pub enum StreamEvent {
        /// It began.
        StreamStarted = "stream-started",
        /// It ended.
        StreamStopped = "stream-stopped",
        /// It failed.
        StreamError = "stream-error",
    }
}

open_enum! {
    /// What happened to a SIPREC session.
    pub enum SiprecEvent {
        /// It began.
        SiprecStarted = "siprec-started",
        /// It ended.
        SiprecStopped = "siprec-stopped",
        /// It failed.
        SiprecError = "siprec-error",
    }
}
