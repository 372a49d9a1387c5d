use switchhook_core::open_enum;

open_enum! {
    /// State of a room: `in-progress` on everything but `room-ended`.
    pub enum RoomStatus {
        /// The room is open.
        InProgress = "in-progress",
        /// The room was ended.
        Completed = "completed",
        /// The room could not be created; a value of the REST API, not seen in callbacks.
        Failed = "failed",
    }
}

open_enum! {
    /// Type of a room. New rooms are `group`; the others are older types.
    pub enum RoomType {
        /// A group room.
        Group = "group",
        /// A group room for few participants.
        GroupSmall = "group-small",
        /// Media goes from peer to peer.
        PeerToPeer = "peer-to-peer",
        /// A free room for two.
        Go = "go",
    }
}

open_enum! {
    /// State of a participant.
    pub enum ParticipantStatus {
        /// In the room.
        Connected = "connected",
        /// Out of the room.
        Disconnected = "disconnected",
        /// Lost and expected back; a value of the REST API, not seen in callbacks.
        Reconnecting = "reconnecting",
    }
}

open_enum! {
    /// Kind of a track.
    pub enum TrackKind {
        /// Sound.
        Audio = "audio",
        /// Pictures.
        Video = "video",
        /// Messages of the application.
        Data = "data",
    }
}

open_enum! {
    /// Kind of the track that was recorded.
    pub enum RecordingType {
        /// Sound.
        Audio = "audio",
        /// Pictures.
        Video = "video",
        /// Messages; a value of the REST API, not seen in callbacks.
        Data = "data",
    }
}

open_enum! {
    /// File format of a recording.
    pub enum RecordingContainer {
        /// Matroska audio.
        Mka = "mka",
        /// Matroska video.
        Mkv = "mkv",
    }
}

open_enum! {
    /// Codec of a recording. The pages print upper case, the wire has lower case: any case
    /// is read.
    pub enum RecordingCodec ignore case {
        /// Sound in G.711 µ-law.
        Pcmu = "PCMU",
        /// Sound in Opus.
        Opus = "OPUS",
        /// Pictures in VP8.
        Vp8 = "VP8",
        /// Pictures in H.264.
        H264 = "H264",
    }
}

open_enum! {
    /// What failed. The values for compositions are not documented.
    pub enum FailedOperation {
        /// The recording did not start.
        RecordingStart = "RecordingStart",
        /// The recording did not complete.
        RecordingComplete = "RecordingComplete",
        /// The recording was not uploaded.
        RecordingUpload = "RecordingUpload",
    }
}
