//! Decisions about pre-events of Conversations as replies.

use switchhook_twilio_conversations::{Changes, Decision};

use crate::{IntoReply, Reply};

impl<C: Changes> IntoReply for Decision<C> {
    fn into_reply(self) -> Reply {
        Ok(self.into_response())
    }
}
