use switchhook_core::sid;

sid! {
    /// The SID of a room.
    pub struct RoomSid = "RM";
}

sid! {
    /// The SID of a participant. A client that reconnects comes back with a new one.
    pub struct ParticipantSid = "PA";
}

sid! {
    /// The SID of a published track.
    pub struct TrackSid = "MT";
}

sid! {
    /// The SID of a recording of one track.
    pub struct RecordingSid = "RT";
}

sid! {
    /// The SID of a composition.
    pub struct CompositionSid = "CJ";
}

sid! {
    /// The SID of a composition hook.
    pub struct HookSid = "HK";
}
