//! Decisions about pre-events of Conversations as replies.

use bytes::Bytes;
use http::Response;
use switchhook_twilio_conversations::{Changes, Decision};

use crate::{Interactive, IntoReply, Reply};

impl<C: Changes> IntoReply<Interactive> for Decision<C> {
    fn into_reply(self) -> Reply {
        Ok(self.into_response())
    }

    /// Acceptance: an error would block what a user is about to do.
    fn fallback() -> Option<Response<Bytes>> {
        Some(Self::accept().into_response())
    }
}
