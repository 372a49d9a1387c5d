//! Answers to the functions of SignalWire's AI as replies.

use switchhook_signalwire::swaig::FunctionResponse;

use crate::{IntoReply, Reply};

impl IntoReply for FunctionResponse {
    fn into_reply(self) -> Reply {
        Ok(self.to_response())
    }
}
