use switchhook_core::sid;

sid! {
    /// The SID of a leg of a call.
    pub struct CallSid = "CA";
}

sid! {
    /// The SID of a TwiML App.
    pub struct ApplicationSid = "AP";
}

sid! {
    /// The SID of a SIP domain.
    pub struct SipDomainSid = "SD";
}

sid! {
    /// The SID of a recording.
    pub struct RecordingSid = "RE";
}

sid! {
    /// The SID of the transcription of a recording.
    pub struct TranscriptionSid = "TR";
}

sid! {
    /// The SID of a transcription in real time.
    pub struct TranscriptionSessionSid = "GT";
}

sid! {
    /// The SID of a conference.
    pub struct ConferenceSid = "CF";
}

sid! {
    /// The SID of a queue.
    pub struct QueueSid = "QU";
}

sid! {
    /// The id of a ConversationRelay session.
    pub struct SessionSid = "VX";
}

sid! {
    /// The SID of a media stream.
    pub struct StreamSid = "MZ";
}

sid! {
    /// The SID of a SIPREC session.
    pub struct SiprecSid = "SR";
}

sid! {
    /// The SID of a payment session.
    pub struct PaymentSid = "PK";
}

sid! {
    /// The SID of a message.
    pub struct SmsSid = "SM";
}

sid! {
    /// The SID of a Voice Intelligence service.
    pub struct IntelligenceServiceSid = "GA";
}

sid! {
    /// The SID of a Voice Intelligence transcript.
    pub struct TranscriptSid = "GT";
}
