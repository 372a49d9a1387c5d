//! What the page is not sent unless somebody asks for it: values that may be of a person.
//!
//! A value is shown where its type says that it is a count, a time, a state or a SID, and it
//! looks like one. All other text is hidden: what a new parameter holds, nobody knows.

mod documents;
mod words;

use http::HeaderMap;
use serde_json::{Map, Value, json};
use switchhook::{EventInfo, Field, Kind};

use self::words::{is_of_a_time, is_plain};
pub(super) use self::{
    documents::spellings,
    words::{is_sid, is_word},
};
use crate::shown::{self, is_secret};

/// Texts that are of the provider and no person's.
const HARMLESS: [&str; 8] = [
    "ApiVersion",
    "EventType",
    "Source",
    "StatusCallbackEvent",
    "event_type",
    "jsonrpc",
    "method",
    "version",
];

/// Headers that say how a request was sent, and nothing of who is in it.
const PLAIN_HEADERS: [&str; 19] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "host",
    "i-twilio-idempotency-token",
    "retry-after",
    "server",
    "traceparent",
    "transfer-encoding",
    "user-agent",
    "x-forwarded-host",
    "x-forwarded-proto",
];

/// Fewer digits than a telephone number has.
const FEWEST_PRIVATE_DIGITS: usize = 7;

/// What stands in the place of a hidden text, at most.
const VEIL: &str = "••••••••••••";

/// How much may be seen of a delivery.
#[derive(Clone, Copy)]
pub(crate) struct Privacy {
    revealed: bool,
    info: Option<&'static EventInfo>,
}

impl Privacy {
    /// Hides what may be private of a delivery of this event, unless it is `revealed`.
    pub(crate) fn new(revealed: bool, info: Option<&'static EventInfo>) -> Self {
        Self { revealed, info }
    }

    pub(crate) fn is_revealed(self) -> bool {
        self.revealed
    }

    /// Whether a value may be seen.
    pub(crate) fn shows(self, name: &str, value: &str) -> bool {
        if self.revealed || value.is_empty() || is_sid(value) && !is_secret(name) {
            return true;
        }
        if self.info.and_then(|info| info.discriminator) == Some(name) {
            return is_word(value);
        }
        if let Some(field) = self.info.and_then(|info| info.field(name)) {
            return shows_field(field, value);
        }
        HARMLESS.contains(&name) && is_plain(value)
    }

    /// The value, or `{"hidden": its length}`.
    pub(crate) fn value(self, name: &str, value: &str) -> Value {
        if self.shows(name, value) { value.into() } else { hidden(value) }
    }

    /// The value, or dots in its place, for a text that it stands in.
    pub(crate) fn text(self, name: &str, value: &str) -> String {
        if self.shows(name, value) { value.to_owned() } else { veil(value) }
    }

    /// The headers in their order; what proves something or lets somebody in is hidden, too.
    pub(crate) fn headers(self, headers: &HeaderMap) -> Vec<Value> {
        let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            let text = String::from_utf8_lossy(value.as_bytes());
            json!([
                name.as_str(),
                if self.shows_header(name.as_str()) { text.into() } else { hidden(&text) }
            ])
        };
        headers.iter().map(pair).collect()
    }

    /// The header's value, or dots in its place.
    pub(crate) fn header_text(self, name: &str, value: &[u8]) -> String {
        let text = String::from_utf8_lossy(value);
        if self.shows_header(name) { text.into_owned() } else { veil(&text) }
    }

    fn shows_header(self, name: &str) -> bool {
        self.revealed || PLAIN_HEADERS.contains(&name) && !is_secret(name)
    }

    /// A URL, or a path with its query: the values of a GET are a delivery's parameters.
    pub(crate) fn target(self, target: &str) -> String {
        if self.revealed {
            return target.to_owned();
        }
        shown::url(target, |query| self.form(query))
    }

    /// A form as it was sent, its hidden values with dots in their places.
    pub(crate) fn form(self, form: &str) -> String {
        let pair = |pair: &str| match pair.split_once('=') {
            // Encoded or not, a value that may be seen is plain.
            Some((name, value)) => format!("{name}={}", self.text(name, value)),
            // A name without a value may be all of a text that is no form.
            None if pair.is_empty() || self.knows(pair) => pair.to_owned(),
            None => veil(pair),
        };
        form.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    fn knows(self, name: &str) -> bool {
        self.revealed || self.info.is_some_and(|info| info.names(name))
    }

    /// The texts and numbers in JSON that are hidden.
    pub(crate) fn hidden_in(self, value: &Value) -> Vec<String> {
        let mut hidden = Vec::new();
        self.hidden_at("", value, &mut hidden);
        hidden
    }

    fn hidden_at(self, path: &str, value: &Value, hidden: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    self.hidden_at(&inner(path, name), value, hidden);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.hidden_at(path, item, hidden);
                }
            }
            Value::String(text) if !self.shows(path, text) => hidden.push(text.clone()),
            Value::Number(number) if !self.shows_number(path, &number.to_string()) => {
                hidden.push(number.to_string());
            }
            _ => {}
        }
    }

    /// JSON whose hidden texts have dots in their places.
    pub(crate) fn json(self, value: &Value) -> Value {
        self.json_at("", value)
    }

    fn json_at(self, path: &str, value: &Value) -> Value {
        match value {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), self.json_at(&inner(path, name), value)))
                .collect::<Map<_, _>>()
                .into(),
            Value::Array(items) => items.iter().map(|item| self.json_at(path, item)).collect(),
            Value::String(text) => self.text(path, text).into(),
            Value::Number(number) if !self.shows_number(path, &number.to_string()) => {
                veil(&number.to_string()).into()
            }
            other => other.clone(),
        }
    }

    /// A long number where none is expected may be one that can be called.
    fn shows_number(self, path: &str, number: &str) -> bool {
        self.shows(path, number) || number.len() < FEWEST_PRIVATE_DIGITS
    }

    /// A document of the application's own, in which are hidden what the delivery hides,
    /// as it is spelled there, addresses, and runs of digits that may be somebody's number.
    pub(crate) fn prose(self, text: &str, private: &[String]) -> String {
        if self.revealed {
            return text.to_owned();
        }
        documents::without(text, private)
    }
}

/// The path of a member.
pub(super) fn inner(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn shows_field(field: &Field, value: &str) -> bool {
    match field.kind {
        Kind::Text | Kind::Json | Kind::List | Kind::Value | Kind::Object | Kind::Array => {
            let last = field.wire.rsplit('.').next().unwrap_or(field.wire);
            HARMLESS.contains(&last) && is_plain(value)
        }
        Kind::Sid(_) | Kind::Enum(_) => is_word(value),
        Kind::Timestamp => value.len() <= 40 && value.bytes().all(is_of_a_time),
        Kind::Boolean => value.len() <= 5 && is_word(value),
        // A count, or a point in time as one.
        _ => value.len() <= 20 && value.parse::<f64>().is_ok(),
    }
}

fn hidden(value: &str) -> Value {
    json!({ "hidden": value.len() })
}

pub(super) fn veil(value: &str) -> String {
    let length = value.chars().count().min(VEIL.chars().count());
    VEIL.chars().take(length.max(4)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::family;

    fn privacy(name: &str, event: &str) -> Privacy {
        let info = family(name).unwrap().event(event).unwrap();
        Privacy::new(false, Some(info))
    }

    #[test]
    fn states_counts_times_and_sids_are_shown_and_texts_are_not() {
        let room = privacy("twilio.video", "participant-connected");
        for (name, value, shown) in [
            ("StatusCallbackEvent", "participant-connected", true),
            ("RoomSid", "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7", true),
            ("RoomStatus", "in-progress", true),
            ("Timestamp", "2026-01-31T12:00:00.000Z", true),
            ("SequenceNumber", "3", true),
            ("ParticipantIdentity", "alice@example.com", false),
            ("RoomName", "Dr. Adams and Ms. Brown", false),
            // What is not what its type says.
            ("RoomSid", "+15550001111", false),
            ("RoomStatus", "<b>call me</b>", false),
            ("SequenceNumber", "three", false),
            // What is new.
            ("Colour", "red", false),
            ("Cause", "CA77000000000000000000000000000001", true),
            ("ApiToken", "SK77000000000000000000000000000001", false),
            ("RoomName", "", true),
        ] {
            assert_eq!(room.shows(name, value), shown, "{name}={value}");
            assert!(Privacy::new(true, None).shows(name, value));
        }
        let call = privacy("twilio.voice", "incoming-call");
        for name in ["From", "To", "Caller", "FromCity", "CallerName"] {
            assert!(!call.shows(name, "x"), "{name}");
        }
    }

    #[test]
    fn forms_and_json_keep_their_form() {
        let sms = privacy("twilio.messaging", "incoming-message.sms");
        assert_eq!(
            sms.target("/sms?AccountSid=AC1&SmsSid=SM77000000000000000000000000000001&Body=Hi+there&New=1&flag&Hi+there&SmsSid"),
            "/sms?AccountSid=AC1&SmsSid=SM77000000000000000000000000000001&Body=••••••••&New=••••&••••&••••••••&SmsSid"
        );
        let call = privacy("signalwire", "calling.call.state");
        let json = json!({"event_type": "calling.call.state", "params": {
            "call_id": "3c3b6f0a-0d3c-4a51-9f1e-5a0e0a7e8f11", "created_at": 1_700_000_000,
            "device": {"params": {"from_number": "+15550001111", "n": 15_550_001_111_u64}}, "end": null,
        }});
        let shown = call.json(&json).to_string();
        assert!(shown.contains("calling.call.state") && shown.contains("3c3b6f0a"), "{shown}");
        assert!(!shown.contains("1555"), "{shown}");
    }

    #[test]
    fn hidden_texts_of_json_are_told() {
        let call = privacy("signalwire", "calling.call.state");
        let json = json!({"event_type": "calling.call.state", "event_channel": "swml:abc@x",
            "params": {"list": ["Ms. Brown", 15_550_001_111_u64, 3]}});
        let mut hidden = call.hidden_in(&json);
        hidden.sort();
        assert_eq!(hidden, ["15550001111", "Ms. Brown", "swml:abc@x"]);
    }

    #[test]
    fn headers_that_prove_or_name_somebody_are_hidden() {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "text/xml".parse().unwrap());
        headers.insert("x-twilio-signature", "abc=".parse().unwrap());
        headers.insert("x-forwarded-for", "192.0.2.1".parse().unwrap());
        let shown = Privacy::new(false, None).headers(&headers);
        assert_eq!(
            json!(shown),
            json!([["content-type", "text/xml"], ["x-twilio-signature", {"hidden": 4}], ["x-forwarded-for", {"hidden": 9}]])
        );
    }
}
