use switchhook_core::{open_enum, sid};

sid! {
    /// The SID of a sender's installation on a channel.
    pub struct ChannelInstallSid = "XE";
}

open_enum! {
    /// State of a message. A message that goes out gets from rank to rank; the states of one that
    /// comes in have none.
    pub enum MessageStatus {
        /// A messaging service has it and looks for a sender.
        Accepted = "accepted" rank 0,
        /// A messaging service keeps it until its time.
        Scheduled = "scheduled" rank 0,
        /// It has a sender and waits to be sent.
        Queued = "queued" rank 1,
        /// It is on its way to the carrier or the channel.
        Sending = "sending" rank 2,
        /// The carrier or the channel has it.
        Sent = "sent" rank 3,
        /// The recipient has it.
        Delivered = "delivered" rank 5,
        /// It was not delivered; `error_code` has why.
        Undelivered = "undelivered" rank 5,
        /// It could not be sent; `error_code` has why.
        Failed = "failed" rank 5,
        /// The recipient has read it; WhatsApp and RCS.
        Read = "read" rank 6,
        /// It was scheduled and called back.
        Canceled = "canceled" rank 5,
        /// Some of its recipients have it.
        PartiallyDelivered = "partially_delivered" rank 4,
        /// It is coming in.
        Receiving = "receiving",
        /// It came in.
        Received = "received",
    }
}

open_enum! {
    /// The keyword by which somebody leaves, joins or asks for help.
    pub enum OptOutType {
        /// Wants no more messages.
        Stop = "STOP",
        /// Wants messages again.
        Start = "START",
        /// Wants help.
        Help = "HELP",
    }
}

open_enum! {
    /// What a channel reports about a message. The pages have the first.
    pub enum ChannelEventType {
        /// The recipient has read it.
        Read = "READ",
        /// The recipient has it.
        Delivered = "DELIVERED",
        /// It was not delivered.
        Undelivered = "UNDELIVERED",
    }
}

open_enum! {
    /// Kind of a WhatsApp message. Not documented.
    pub enum MessageType {
        /// Words alone.
        Text = "text",
        /// A picture.
        Image = "image",
        /// A film.
        Video = "video",
        /// Sound.
        Audio = "audio",
        /// A file.
        Document = "document",
        /// A place.
        Location = "location",
        /// Cards of contacts.
        Contacts = "contacts",
        /// A button of a template was pressed.
        Button = "button",
        /// A button of a message was pressed, or an item of a list picked.
        Interactive = "interactive",
    }
}
