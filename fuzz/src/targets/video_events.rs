//! Every Video event from any form: nothing is lost, nothing panics, nothing is shown.

use switchhook_twilio_video::VideoEvent;

use crate::families::hold;

pub fn check(event: u8, form: &[u8]) {
    for event in hold::<VideoEvent>(event, form) {
        let _ = (event.account_sid(), event.timestamp());
    }
}
