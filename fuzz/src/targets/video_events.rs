//! Every Video event from any form: nothing is lost, nothing panics, nothing is shown; JSON is none.

use switchhook_twilio_video::VideoEvent;

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<VideoEvent>(event, body) {
        let _ = (event.account_sid(), event.timestamp());
    }
    hold_json::<VideoEvent>(event, body);
}
