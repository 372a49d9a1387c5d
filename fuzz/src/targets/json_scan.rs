//! Any text as JSON: read when serde_json reads it, kept as it is, bounded.

use serde_json::Value;
use switchhook_core::{Json, Limits, ParseJsonError};

use crate::json_values::same;

pub fn check(text: &[u8]) {
    let limits = Limits::default().with_json_depth(100).with_json_values(1000);
    let ours = Json::parse_within(text, &limits);
    let theirs: Result<Value, _> = serde_json::from_slice(text);
    match (&ours, &theirs) {
        (Ok(json), Ok(value)) => {
            // What an object has twice, serde_json takes the last of.
            if !json.has_repeats() && !has_long_number(text) {
                assert!(same(&json.to::<Value>().unwrap(), value));
                assert!(same(&serde_json::to_value(json).unwrap(), value));
            }
            let again = serde_json::from_str::<Json>(json.as_str()).unwrap();
            if let Ok(value) = json.to::<Value>() {
                assert!(same(&again.to::<Value>().unwrap(), &value));
            } else {
                assert!(serde_json::to_string(json).is_err());
            }
        }
        // Numbers beyond a float and halves of surrogate pairs are JSON, and no value of serde's.
        (Ok(json), Err(_)) => {
            let text = json.as_str();
            let exponent = text.contains(['e', 'E']);
            assert!(exponent || text.contains("\\u") || has_long_number(text.as_bytes()));
        }
        (Err(ParseJsonError::TooDeep { .. } | ParseJsonError::TooManyValues { .. }), _) => {}
        (Err(error), Ok(_)) => panic!("{error}"),
        (Err(_), Err(_)) => {}
    }
    if let Ok(json) = ours {
        let spelled = std::str::from_utf8(text).unwrap();
        assert_eq!(json.as_str(), spelled.trim_matches([' ', '\t', '\n', '\r']));
        assert_eq!(Json::parse_within(json.as_str().as_bytes(), &limits), Ok(json.clone()));
        let _ = (format!("{json:?}"), json.as_ref().at("a.b"));
    }
}

/// Whether there may be a whole number over 64 bits, which serde_json rounds and ours refuses.
fn has_long_number(text: &[u8]) -> bool {
    text.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() > 18)
}
