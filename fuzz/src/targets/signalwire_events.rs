//! Every SignalWire event from any JSON, with what a model has written in it; and the fetch of a
//! script from any form: nothing is lost, nothing panics.

use std::collections::HashMap;

use serde_json::Value;
use switchhook_signalwire::SignalWireEvent;

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold_json::<SignalWireEvent>(event, body) {
        match event {
            SignalWireEvent::SwaigFunction(function) => {
                let _ = function.arguments::<Value>();
                let _ = function.arguments::<HashMap<String, u32>>();
            }
            SignalWireEvent::PostPrompt(report) => {
                let _ = report.summary::<Value>();
            }
            _ => {}
        }
    }
    hold::<SignalWireEvent>(event, body);
}
