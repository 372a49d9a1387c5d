use switchhook_core::open_enum;

open_enum! {
    /// What caused an event. The pages have the first two; read in any case.
    pub enum Source ignore case {
        /// A client of the SDK.
        Sdk = "SDK",
        /// The REST API.
        Api = "API",
        /// An SMS or MMS.
        Sms = "SMS",
        /// An e-mail.
        Email = "EMAIL",
        /// A WhatsApp message.
        WhatsApp = "WHATSAPP",
    }
}

open_enum! {
    /// State of a conversation.
    pub enum ConversationState {
        /// A group is being set up.
        Initializing = "initializing",
        /// Messages go back and forth.
        Active = "active",
        /// Nothing happened for a while; a message makes it active again.
        Inactive = "inactive",
        /// Over for good: its addresses are free for another conversation.
        Closed = "closed",
    }
}

open_enum! {
    /// What changed the state of a conversation.
    pub enum StateReason {
        /// The REST API.
        Api = "API",
        /// A timer of the conversation.
        Timer = "TIMER",
        /// Something that happened in it, such as a message.
        Event = "EVENT",
    }
}

open_enum! {
    /// How far the delivery of a message to one recipient is. Comes out of order: keep the one
    /// of the highest rank.
    pub enum DeliveryStatus {
        /// The channel has it.
        Sent = "sent" rank 0,
        /// The recipient has it.
        Delivered = "delivered" rank 1,
        /// The recipient has read it.
        Read = "read" rank 2,
        /// It could not be sent.
        Failed = "failed" rank 1,
        /// The channel could not deliver it.
        Undelivered = "undelivered" rank 1,
    }
}

open_enum! {
    /// Channel of a participant. The pages have the first three, in upper case; read in any case.
    pub enum BindingType ignore case {
        /// SMS or MMS.
        Sms = "sms",
        /// The chat SDK.
        Chat = "chat",
        /// A number on WhatsApp.
        WhatsApp = "whatsapp",
        /// E-mail.
        Email = "email",
        /// Facebook Messenger.
        Messenger = "messenger",
        /// Google Business Messages.
        Gbm = "gbm",
        /// A number, reached by RCS.
        Rcs = "rcs",
        /// Apple Messages for Business.
        Apple = "apple",
    }
}

open_enum! {
    /// Where an address stands in an e-mail.
    pub enum EmailLevel {
        /// Among the recipients.
        To = "to",
        /// Among those who get a copy.
        Cc = "cc",
    }
}
