//! SWML as replies.

use switchhook_swml::{CONTENT_TYPE, Document, messaging, swaig::Output};

use crate::{Interactive, IntoReply, Reply, reply::typed};

impl IntoReply<Interactive> for Document {
    fn into_reply(self) -> Reply {
        Ok(typed(CONTENT_TYPE, self.to_json().into()))
    }
}

impl IntoReply<Interactive> for messaging::Document {
    fn into_reply(self) -> Reply {
        Document::from(self).into_reply()
    }
}

/// The answer of a function's webhook.
impl IntoReply<Interactive> for Output {
    fn into_reply(self) -> Reply {
        Ok(typed(CONTENT_TYPE, self.to_json().into()))
    }
}
