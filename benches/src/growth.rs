//! How the cost of a reader grows with what it reads: law 5 asks for a line.

use std::{fmt::Write as _, hint::black_box};

use anyhow::{Context, ensure};
use bytes::Bytes;
use http::Method;
use switchhook_core::{Event, Family, Json, Params, Payload};
use switchhook_signalwire::SignalWireEvent;
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier, doctor::Doctor};
use switchhook_swml as swml;
use switchhook_twilio_voice::{CallStatusUpdate, VoiceWebhook, conversation_relay, media_streams};
use switchhook_twiml::{self as twiml, Dialect, Linter};

use crate::Runner;

/// What four times as much may cost at most. A square would be 16, sorting is 4.8.
pub(crate) const MOST: f64 = 5.5;

/// One row: what reads, and how many things in the smaller of the two inputs.
pub(crate) struct Growth {
    pub(crate) name: &'static str,
    pub(crate) few: usize,
    make: fn(usize) -> anyhow::Result<Runner>,
}

/// The larger inputs stay within the default limits.
pub(crate) const GROWTHS: &[Growth] = &[
    Growth { name: "params", few: 128, make: params },
    Growth { name: "params-repeated", few: 128, make: repeated_params },
    Growth { name: "params-escaped", few: 128, make: escaped_params },
    Growth { name: "params-sorted", few: 128, make: sorted_params },
    Growth { name: "params-of-json", few: 128, make: |n| untyped(n, named) },
    Growth { name: "verify", few: 128, make: verify },
    Growth { name: "doctor", few: 32, make: doctor },
    Growth { name: "event", few: 128, make: |n| event(n, named) },
    Growth { name: "event-repeated", few: 128, make: |n| event(n, |_| "CallSid".into()) },
    Growth { name: "event-numbered", few: 128, make: |n| event(n, |i| format!("MediaUrl{i}")) },
    Growth { name: "family", few: 128, make: family },
    Growth { name: "json", few: 1000, make: json },
    Growth { name: "json-repeated", few: 1000, make: repeated_json },
    Growth { name: "json-event", few: 1000, make: json_event },
    Growth { name: "media-streams", few: 1000, make: media_message },
    Growth { name: "conversation-relay", few: 1000, make: relay_message },
    Growth { name: "twiml-read", few: 250, make: twiml_read },
    Growth { name: "twiml-lint", few: 250, make: |n| twiml_lint(reply(n)) },
    Growth { name: "twiml-lint-notes", few: 1000, make: |n| twiml_lint(voices(n)) },
    Growth { name: "twiml-write", few: 250, make: twiml_write },
    Growth { name: "swml-read", few: 250, make: swml_read },
    Growth { name: "swml-lint", few: 250, make: swml_lint },
    Growth { name: "yaml-read", few: 250, make: yaml_read },
];

impl Growth {
    /// What reads an input that is so many times the smaller one.
    pub(crate) fn runner(&self, times: usize) -> anyhow::Result<Runner> {
        (self.make)(self.few * times).with_context(|| self.name)
    }
}

/// What is measured: nothing of it may be left out as unused.
fn repeat<T>(what: impl Fn() -> T + 'static) -> Runner {
    Box::new(move || drop(black_box(what())))
}

const URL: &str = "https://hooks.example.com/voice";
const KEY: &str = "0123456789abcdef0123456789abcdef";

fn named(index: usize) -> String {
    format!("Parameter{index}")
}

/// So many pairs with these names, in an order that sorting has to change.
fn form(count: usize, name: impl Fn(usize) -> String) -> String {
    let pairs: Vec<_> = (0..count).map(|i| format!("{}=value+{i}", name(i * 7 % count))).collect();
    pairs.join("&")
}

fn parsing(body: String) -> anyhow::Result<Runner> {
    Params::parse(body.as_bytes())?;
    Ok(repeat(move || Params::parse(black_box(body.as_bytes()))))
}

fn params(count: usize) -> anyhow::Result<Runner> {
    parsing(form(count, named))
}

fn repeated_params(count: usize) -> anyhow::Result<Runner> {
    parsing(form(count, |_| "CallSid".into()))
}

fn escaped_params(count: usize) -> anyhow::Result<Runner> {
    parsing(form(count, |i| format!("%C3%A9%FF{i}")))
}

fn sorted_params(count: usize) -> anyhow::Result<Runner> {
    let params = Params::parse(form(count, named).as_bytes())?;
    Ok(repeat(move || black_box(&params).sorted().count()))
}

/// Parameters into a type that nobody knows.
fn untyped(count: usize, name: fn(usize) -> String) -> anyhow::Result<Runner> {
    let params = Params::parse(form(count, name).as_bytes())?;
    params.deserialize::<serde_json::Value>()?;
    Ok(repeat(move || black_box(&params).deserialize::<serde_json::Value>()))
}

fn verify(count: usize) -> anyhow::Result<Runner> {
    let params = Params::parse(form(count, named).as_bytes())?;
    let request = Signer::twilio(Key::new(KEY)?).form(URL, &params)?;
    let (head, body) = request.into_parts();
    let url = PublicUrl::origin("https://hooks.example.com")?;
    let verifier = Verifier::twilio(Keys::new(KEY)?, url);
    verifier.verify(&head, &body)?;
    Ok(repeat(move || verifier.verify(black_box(&head), black_box(&body))))
}

/// A request that nothing explains.
fn doctor(count: usize) -> anyhow::Result<Runner> {
    let params = Params::parse(form(count, named).as_bytes())?;
    let (head, _) = Signer::twilio(Key::new(KEY)?).form(URL, &params)?.into_parts();
    let url = PublicUrl::origin("https://hooks.example.com")?;
    let doctor = Doctor::twilio(Keys::new("another key")?, url);
    let body = Bytes::from(form(count, |i| format!("Other{i}")));
    Ok(repeat(move || doctor.examine_url(&Method::POST, URL, black_box(&head.headers), &body)))
}

fn event(count: usize, name: fn(usize) -> String) -> anyhow::Result<Runner> {
    let body = format!("CallSid=CA1&{}", form(count - 1, name));
    let payload = Payload::from(Params::parse(body.as_bytes())?);
    let first = CallStatusUpdate::from_payload(&payload)?;
    ensure!(first.call_sid.as_str() == "CA1", "another call");
    Ok(repeat(move || {
        let event = CallStatusUpdate::from_payload(black_box(&payload)).ok()?;
        Some((event.extra().count(), event.problems().len(), event.idempotency_key()))
    }))
}

/// Told by what it carries.
fn family(count: usize) -> anyhow::Result<Runner> {
    let payload = Payload::from(Params::parse(form(count, named).as_bytes())?);
    Ok(repeat(move || VoiceWebhook::decode(black_box(&payload))))
}

/// An object of so many members.
fn object(count: usize, name: impl Fn(usize) -> String) -> String {
    let members: Vec<_> =
        (0..count).map(|i| format!(r#""{}":{{"é\n":[{i},"\u00e9 text"]}}"#, name(i))).collect();
    format!("{{{}}}", members.join(","))
}

fn reading_json(text: String) -> anyhow::Result<Runner> {
    Json::parse(text.as_bytes())?;
    Ok(repeat(move || Json::parse(black_box(text.as_bytes()))))
}

fn json(count: usize) -> anyhow::Result<Runner> {
    reading_json(object(count, named))
}

fn repeated_json(count: usize) -> anyhow::Result<Runner> {
    reading_json(object(count, |_| "call_id".into()))
}

fn json_event(count: usize) -> anyhow::Result<Runner> {
    let more = object(count, named);
    let text = format!(
        r#"{{"event_type":"calling.call.state","params":{{"call_id":"c1","call_state":"ended","more":{more}}}}}"#
    );
    let payload = Payload::from(Json::parse(text.as_bytes())?);
    let first = SignalWireEvent::decode(&payload);
    let name = first.decoded().name();
    ensure!(name == Some("calling.call.state"), "read as {name:?}");
    Ok(repeat(move || {
        let event = SignalWireEvent::decode(black_box(&payload));
        serde_json::to_string(&event).map(|text| text.len())
    }))
}

fn media_message(count: usize) -> anyhow::Result<Runner> {
    use media_streams::Inbound;
    let more = object(count, named);
    let text = format!(
        r#"{{"event":"media","streamSid":"MZ1","media":{{"payload":"//8=","more":{more}}}}}"#
    );
    ensure!(matches!(Inbound::parse(&text), Inbound::Media(_)), "another message");
    Ok(Box::new(move || drop(black_box(Inbound::parse(black_box(&text))))))
}

fn relay_message(count: usize) -> anyhow::Result<Runner> {
    use conversation_relay::Inbound;
    let parameters = object(count, named);
    let text = format!(
        r#"{{"type":"setup","sessionId":"VX1","callSid":"CA1","customParameters":{parameters}}}"#
    );
    ensure!(matches!(Inbound::parse(&text), Inbound::Setup(_)), "another message");
    Ok(repeat(move || Inbound::parse(black_box(&text))))
}

/// A reply of so many verbs. The linter has little to say, so that it does not stop early.
fn reply(count: usize) -> String {
    let mut text = String::from("<Response>");
    for index in 0..count {
        let _ = write!(
            text,
            r#"<Say voice="Polly.{index}">é &amp; &lt;{index}</Say><Pause length="1"/>"#
        );
    }
    text + "</Response>"
}

fn twiml_read(count: usize) -> anyhow::Result<Runner> {
    let text = reply(count);
    twiml::read(&text)?;
    Ok(repeat(move || twiml::read(black_box(&text))))
}

/// A reply of so many verbs, each with a note.
fn voices(count: usize) -> String {
    let verbs = (0..count).map(|index| format!("<Say voice='v{index}'>x</Say>"));
    format!("<Response>{}</Response>", verbs.collect::<Vec<_>>().concat())
}

fn twiml_lint(text: String) -> anyhow::Result<Runner> {
    let document = twiml::read(text)?;
    Ok(repeat(move || Linter::new(Dialect::Twilio).lint(black_box(&document))))
}

fn twiml_write(count: usize) -> anyhow::Result<Runner> {
    let document = twiml::read(reply(count))?;
    Ok(repeat(move || black_box(&document).to_xml()))
}

/// A document of so many methods in as many sections, each of which jumps to another.
fn script(count: usize) -> String {
    let mut sections = String::from(r#"{"version":"1.0.0","sections":{"main":["answer"]"#);
    for index in 0..count {
        let other = index * 7 % count;
        let _ = write!(
            sections,
            r#","s{index}":[{{"play":{{"url":"say:é {index}"}}}},{{"transfer":{{"dest":"s{other}"}}}}]"#
        );
    }
    sections + "}}"
}

fn swml_read(count: usize) -> anyhow::Result<Runner> {
    let text = script(count);
    ensure!(swml::read(&text)?.all_steps().count() == 2 * count + 1, "another document");
    Ok(repeat(move || swml::read(black_box(&text))))
}

fn swml_lint(count: usize) -> anyhow::Result<Runner> {
    let document = swml::read(script(count))?;
    Ok(repeat(move || black_box(&document).lint()))
}

/// The same text: JSON is YAML, too.
fn yaml_read(count: usize) -> anyhow::Result<Runner> {
    let text = script(count);
    ensure!(swml::read_yaml(&text)?.all_steps().count() == 2 * count + 1, "another document");
    Ok(repeat(move || swml::read_yaml(black_box(&text))))
}
