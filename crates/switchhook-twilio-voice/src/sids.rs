use switchhook_core::sid;

sid! {
    /// The SID of a call.
    pub struct CallSid = "CA";
}

sid! {
    /// The SID of a media stream.
    pub struct StreamSid = "MZ";
}

sid! {
    /// The SID of a ConversationRelay session.
    pub struct SessionSid = "VX";
}
