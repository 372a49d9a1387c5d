//! TwiML as replies.

use switchhook_twiml::{CONTENT_TYPE, Document, fax, messaging, voice};

use crate::{Interactive, IntoReply, Reply, reply::typed};

macro_rules! replies {
    ($($response:ty),*) => {$(
        impl IntoReply<Interactive> for $response {
            fn into_reply(self) -> Reply {
                Ok(typed(CONTENT_TYPE, self.to_xml()?.into()))
            }
        }
    )*};
}

replies!(voice::Response, messaging::Response, fax::Response, Document);
