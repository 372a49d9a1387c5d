use switchhook_core::sid;

sid! {
    /// The SID of a conversation.
    pub struct ConversationSid = "CH";
}

sid! {
    /// The SID of a conversation service.
    pub struct ChatServiceSid = "IS";
}

sid! {
    /// The SID of a message of a conversation. The channel has another one.
    pub struct MessageSid = "IM";
}

sid! {
    /// The SID of a participant.
    pub struct ParticipantSid = "MB";
}

sid! {
    /// The SID of a role.
    pub struct RoleSid = "RL";
}

sid! {
    /// The SID of a user.
    pub struct UserSid = "US";
}

sid! {
    /// The SID of a delivery receipt: one for each message and recipient.
    pub struct DeliveryReceiptSid = "DY";
}

sid! {
    /// The SID of a message's media.
    pub struct MediaSid = "ME";
}
