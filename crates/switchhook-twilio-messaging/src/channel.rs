//! The channel of an address.

use switchhook_core::open_enum;

use crate::{IncomingMessage, MessageAction, MessageFallback, MessageStatusUpdate};

open_enum! {
    /// What a message travels by: the prefix of its addresses.
    ///
    /// ```
    /// use switchhook_twilio_messaging::Channel;
    ///
    /// assert_eq!(Channel::split("whatsapp:+15550001111"), (Channel::WhatsApp, "+15550001111"));
    /// assert_eq!(Channel::split("+15550001111"), (Channel::Sms, "+15550001111"));
    /// assert_eq!(Channel::of("pigeon:7").as_str(), "pigeon");
    /// ```
    pub enum Channel {
        /// SMS and MMS, whose addresses have no prefix.
        Sms = "sms",
        /// WhatsApp, whose addresses begin with `whatsapp:`.
        WhatsApp = "whatsapp",
        /// RCS, whose addresses begin with `rcs:`.
        Rcs = "rcs",
        /// Facebook Messenger.
        Messenger = "messenger",
    }
}

impl Channel {
    /// The channel of an address.
    pub fn of(address: &str) -> Self {
        Self::split(address).0
    }

    /// The channel of an address, and the address on it.
    pub fn split(address: &str) -> (Self, &str) {
        match address.split_once(':') {
            Some((prefix, rest)) => (Self::from(prefix), rest),
            None => (Self::Sms, address),
        }
    }
}

macro_rules! with_channel {
    ($($webhook:ident),*) => {$(
        impl $webhook {
            /// The channel of the message, by the prefix of `From`, or of `To` where that is
            /// missing; `None` where both are.
            pub fn channel(&self) -> Option<Channel> {
                self.from.as_deref().or(self.to.as_deref()).map(Channel::of)
            }
        }
    )*};
}

with_channel!(IncomingMessage, MessageFallback, MessageStatusUpdate, MessageAction);
