//! The parameters of Twilio Conversations, each named once.

switchhook_core::params! { param {
    /// The account that the conversation service belongs to: `AC` and 32 hex digits.
    account_sid: switchhook_core::AccountSid = "AccountSid",
        sample "ACf4aac78a044ec408eb627a2ce7f18cd8";
    /// What caused it: an SDK, the REST API, or a channel.
    source: crate::Source = "Source", sample "SDK";
    /// The identity of the user who acted; where an SDK was used.
    client_identity: String = "ClientIdentity", sample "agent7";
    /// How often it was tried before: the only sign of a second delivery. Not documented, yet
    /// on every capture.
    retry_count: u64 = "RetryCount", sample "0";

    /// The conversation service.
    chat_service_sid: crate::ChatServiceSid = "ChatServiceSid",
        sample "ISf37557dfe246b603d575a5bdf0576b60";
    /// The messaging service that sends for the conversation: `MG` and 32 hex digits.
    messaging_service_sid: switchhook_core::MessagingServiceSid = "MessagingServiceSid",
        sample "MG162b9fd3d0e32ffa7f94dc8463b667d8";
    /// The conversation in which it happened: `CH` and 32 hex digits.
    conversation_sid: crate::ConversationSid = "ConversationSid",
        sample "CH6699bed80bf2c10e1667fe2bfceedcdf";
    /// The name that people see of the conversation or the user; left out when unset.
    friendly_name: String = "FriendlyName", sample "Order 42";
    /// The conversation's unique name; left out when unset.
    unique_name: String = "UniqueName", sample "order-42";
    /// The application's own data as JSON text, `{}` when never set. It need not be an object.
    attributes: switchhook_core::JsonText = "Attributes", sample "{}";
    /// The conversation's state.
    state: crate::ConversationState = "State", sample "active";
    /// The conversation's new state, in another spelling than the pages have.
    conversation_state: crate::ConversationState = "ConversationState", sample "active";
    /// When the state changed, in UTC.
    state_updated: switchhook_core::Timestamp = "StateUpdated",
        sample "2026-02-03T09:05:10.250Z";
    /// The conversation's former state.
    state_from: crate::ConversationState = "StateFrom", sample "active";
    /// The conversation's new state.
    state_to: crate::ConversationState = "StateTo", sample "inactive";
    /// What changed the state.
    reason: crate::StateReason = "Reason", sample "TIMER";
    /// When the thing was made, in UTC.
    date_created: switchhook_core::Timestamp = "DateCreated", sample "2026-02-03T09:00:00.000Z";
    /// When the thing was last changed, in UTC.
    date_updated: switchhook_core::Timestamp = "DateUpdated", sample "2026-02-03T09:05:10.250Z";
    /// When the thing was removed, in UTC.
    date_removed: switchhook_core::Timestamp = "DateRemoved", sample "2026-02-03T09:06:10.250Z";

    /// The message. Not the SID that the channel gives it.
    message_sid: crate::MessageSid = "MessageSid", sample "IMa9c41f998d52b63dbf42e4cfa363bd3b";
    /// The message's place in the conversation; numbers may be skipped.
    index: u64 = "Index", sample "36";
    /// The message's text; left out where there is only media.
    body: String = "Body", sample "Hello there";
    /// Who wrote the message: an identity, a phone number, an address with its channel, such as
    /// `whatsapp:+15550001111`, or `system`.
    author: String = "Author", sample "agent7";
    /// The message's media: a JSON list; `media_items` reads it.
    media: switchhook_core::JsonText = "Media", sample "[]";
    /// The text of the message that makes the conversation.
    message_body: String = "MessageBody", sample "Hello there";

    /// The participant, of a message the author's; none for the author `system`.
    participant_sid: crate::ParticipantSid = "ParticipantSid",
        sample "MBd43ac3ef1ecbba3c73556f04147a572e";
    /// The identity of a chat participant or user; none for those who write from a phone.
    identity: String = "Identity", sample "agent8";
    /// The role that the participant or the user has: `RL` and 32 hex digits.
    role_sid: crate::RoleSid = "RoleSid", sample "RL9dbc0d64450511256f0dfdab3b969860";
    /// The user that the event is about: `US` and 32 hex digits.
    user_sid: crate::UserSid = "UserSid", sample "US8f39f5d8bc63447c4d2165409bf78fff";
    /// The index of the last message that the participant has read.
    last_read_message_index: u64 = "LastReadMessageIndex", sample "36";
    /// Whether the user is online; missing where reachability is off.
    is_online: bool = "isOnline" | "IsOnline", sample "true";
    /// Whether the user can be notified; missing where reachability is off.
    is_notifiable: bool = "isNotifiable" | "IsNotifiable", sample "false";

    /// The address of the person. Of a group that is being made, all of theirs with commas
    /// between them.
    messaging_binding_address: String = "MessagingBinding.Address", sample "+15550100001";
    /// Twilio's number that the person writes to; none in a group.
    messaging_binding_proxy_address: String = "MessagingBinding.ProxyAddress",
        sample "+15550199999";
    /// In a group: Twilio's number that a chat identity, or nobody, is shown as.
    messaging_binding_projected_address: String = "MessagingBinding.ProjectedAddress",
        sample "+15550199999";
    /// Who wrote the message that makes a group; only groups have it.
    messaging_binding_author_address: String = "MessagingBinding.AuthorAddress",
        sample "+15550100003";
    /// The channel of the address.
    messaging_binding_type: crate::BindingType = "MessagingBinding.Type", sample "CHAT";
    /// Where the participant's address is in an e-mail.
    messaging_binding_level: crate::EmailLevel = "MessagingBinding.Level", sample "to";
    /// The name in an e-mail's address.
    messaging_binding_name: String = "MessagingBinding.Name", sample "Guest";

    /// The receipt of one message to one participant: `DY` and 32 hex digits.
    delivery_receipt_sid: crate::DeliveryReceiptSid = "DeliveryReceiptSid",
        sample "DY14c4dd851ae5857b3e2bdda76801014d";
    /// The SID that the channel gives the message, such as `SM…` or `WA…`: the way to the status
    /// callbacks of messaging.
    channel_message_sid: String = "ChannelMessageSid",
        sample "SMefc3327160dca6a04b3bfbe412dd3b11";
    /// How far the delivery to this recipient is.
    status: crate::DeliveryStatus = "Status", sample "delivered";
    /// Why the delivery failed, by Twilio's list of errors.
    error_code: u64 = "ErrorCode", sample "63016";
    /// What the channel tells about the message, as JSON.
    channel_metadata: switchhook_core::JsonText = "ChannelMetadata", sample "{}";
} }
