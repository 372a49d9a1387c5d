//! Every Video event from any form: nothing is lost, nothing panics, nothing is shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use switchhook_twilio_video::VideoEvent;

fuzz_target!(|input: (u8, &[u8])| {
    for event in switchhook_fuzz::hold::<VideoEvent>(input.0, input.1) {
        let _ = (event.account_sid(), event.timestamp());
    }
});
