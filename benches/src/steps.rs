//! The steps that are counted, and what they may cost.

use std::{hint::black_box, sync::Arc};

use anyhow::{Context, ensure};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method, request::Parts};
use sha1::Sha1;
use switchhook_core::{Delivery, Event, Family, Json, Params, Payload};
use switchhook_signalwire::SignalWireEvent;
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verified, Verifier};
use switchhook_twilio_video::VideoEvent;
use switchhook_twiml::{Connect, Parameter, Stream, voice};

use crate::voice::{Borrowed, CallCompleted, Voice};

/// One row of the table.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) most_units: f64,
    pub(crate) most_allocations: f64,
    make: fn(&Fixture) -> anyhow::Result<Runner>,
}

type Runner = Box<dyn Fn()>;

/// The first row is the unit.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "hmac", most_units: 1.0, most_allocations: 0.0, make: hmac },
    Step { name: "decode", most_units: 0.48, most_allocations: 2.0, make: decode },
    Step { name: "sort", most_units: 0.32, most_allocations: 0.0, make: sort },
    Step { name: "owned", most_units: 0.52, most_allocations: 30.0, make: owned },
    Step { name: "verify", most_units: 2.0, most_allocations: 6.0, make: verify },
    Step { name: "verify+owned", most_units: 2.6, most_allocations: 40.0, make: verify_owned },
    Step {
        name: "verify+borrowed",
        most_units: 2.55,
        most_allocations: 6.0,
        make: verify_borrowed,
    },
    Step { name: "twiml-write", most_units: 0.15, most_allocations: 2.0, make: twiml_write },
    Step { name: "twiml-build+write", most_units: 0.5, most_allocations: 20.0, make: twiml_build },
    Step { name: "twilio.video", most_units: 0.2, most_allocations: 8.0, make: video },
    Step { name: "json-scan", most_units: 0.65, most_allocations: 6.0, make: json_scan },
    Step { name: "signalwire", most_units: 1.45, most_allocations: 8.0, make: signalwire },
];

/// Runs one step so many times.
pub(crate) fn run(name: &str, times: u32) -> anyhow::Result<()> {
    let step = STEPS.iter().find(|step| step.name == name).context("no such step")?;
    let runner = (step.make)(&Fixture::load()?)?;
    for _ in 0..times {
        runner();
    }
    Ok(())
}

/// The voice callback that all figures are about.
struct Fixture {
    url: &'static str,
    key: &'static str,
    body: &'static str,
}

impl Fixture {
    fn load() -> anyhow::Result<Self> {
        let mut lines = include_str!("../voice-body.txt").lines();
        let mut line = || lines.next().context("the fixture has three lines");
        Ok(Self { url: line()?, key: line()?, body: line()? })
    }

    fn params(&self) -> anyhow::Result<Params> {
        Ok(Params::parse(self.body.as_bytes())?)
    }

    /// A verifier, and the request as a server would hand it over.
    fn delivery(&self) -> anyhow::Result<(Verifier, Parts, Bytes)> {
        let keys = Keys::new(self.key)?;
        let verifier = Verifier::twilio(keys, PublicUrl::origin("https://hooks.example.com")?);
        let signer = Signer::twilio(Key::new(self.key)?);
        let form = Some("application/x-www-form-urlencoded; charset=UTF-8");
        let body = Bytes::from(self.body);
        let signed = signer.sign(&Method::POST, self.url, form, &body)?;
        let mut headers: HeaderMap = signed.headers;
        headers.insert("content-type", "application/x-www-form-urlencoded; charset=UTF-8".parse()?);
        headers.insert("host", "10.0.0.5:3000".parse()?);
        headers.insert("user-agent", "TwilioProxy/1.1".parse()?);
        headers.insert("accept", "*/*".parse()?);
        headers
            .insert("i-twilio-idempotency-token", "8a6e0804-2bd0-4672-b79d-d97027f9071a".parse()?);
        let target = self.url.strip_prefix("https://hooks.example.com").context("the origin")?;
        let mut request = http::Request::post(target).body(())?;
        *request.headers_mut() = headers;
        let (head, ()) = request.into_parts();
        verifier.verify(&head, &body)?;
        Ok((verifier, head, body))
    }
}

fn hmac(fixture: &Fixture) -> anyhow::Result<Runner> {
    let keyed = Hmac::<Sha1>::new_from_slice(fixture.key.as_bytes())?;
    let mut text = fixture.url.as_bytes().to_vec();
    for (name, value) in fixture.params()?.sorted() {
        text.extend_from_slice(name);
        text.extend_from_slice(value);
    }
    Ok(Box::new(move || {
        let mut mac = keyed.clone();
        mac.update(black_box(&text));
        black_box(mac.finalize());
    }))
}

fn decode(fixture: &Fixture) -> anyhow::Result<Runner> {
    let params = fixture.params()?;
    ensure!(params.len() == 33 && fixture.body.len() == 828, "another fixture");
    let body = fixture.body.as_bytes();
    Ok(Box::new(move || {
        let _ = black_box(Params::parse(black_box(body)));
    }))
}

fn sort(fixture: &Fixture) -> anyhow::Result<Runner> {
    let params = fixture.params()?;
    Ok(Box::new(move || {
        black_box(black_box(&params).sorted().count());
    }))
}

fn owned(fixture: &Fixture) -> anyhow::Result<Runner> {
    let params = Arc::new(fixture.params()?);
    let payload = Payload::Params(Arc::clone(&params));
    let event = CallCompleted::from_payload(&payload)?;
    ensure!(event.problems().is_empty() && event.extra().next().is_none(), "not typed: {event:?}");
    Ok(Box::new(move || {
        let _ = black_box(CallCompleted::from_payload(black_box(&payload)));
    }))
}

fn verify(fixture: &Fixture) -> anyhow::Result<Runner> {
    let (verifier, head, body) = fixture.delivery()?;
    Ok(Box::new(move || {
        let _ = black_box(verifier.verify(black_box(&head), black_box(&body)));
    }))
}

fn verify_owned(fixture: &Fixture) -> anyhow::Result<Runner> {
    let (verifier, head, body) = fixture.delivery()?;
    Ok(Box::new(move || {
        let delivery: Verified<Delivery> = match verifier.verify(black_box(&head), black_box(&body))
        {
            Ok(delivery) => delivery,
            Err(rejection) => panic!("{rejection}"),
        };
        black_box(Voice::decode_as("completed", delivery.payload()));
    }))
}

fn verify_borrowed(fixture: &Fixture) -> anyhow::Result<Runner> {
    let (verifier, head, body) = fixture.delivery()?;
    Ok(Box::new(move || {
        let delivery = match verifier.verify(black_box(&head), black_box(&body)) {
            Ok(delivery) => delivery,
            Err(rejection) => panic!("{rejection}"),
        };
        let params = delivery.params().map(Params::deserialize::<Borrowed<'_>>);
        let _ = black_box(params);
    }))
}

/// The founding document's reply, which hands a call to a media stream.
fn reply() -> voice::Response {
    let url = "wss://agent.example.com/api/v1/voice/media-stream";
    let stream = Stream::new(black_box(url)).with_all([
        Parameter::new("From", black_box("+15550001111")),
        Parameter::new("To", black_box("+15550002222")),
        Parameter::new("CallSid", black_box("CA00112233445566778899aabbccddeeff")),
    ]);
    voice::Response::new().with(Connect::new().with(stream))
}

fn twiml_write(_: &Fixture) -> anyhow::Result<Runner> {
    let reply = reply();
    reply.to_xml()?;
    Ok(Box::new(move || {
        let _ = black_box(black_box(&reply).to_xml());
    }))
}

fn twiml_build(_: &Fixture) -> anyhow::Result<Runner> {
    reply().to_xml()?;
    Ok(Box::new(|| {
        let _ = black_box(reply().to_xml());
    }))
}

/// The state of a call as the provider sends it.
fn call_state() -> anyhow::Result<String> {
    let info = SignalWireEvent::info("calling.call.state").context("the event")?;
    let sample = info.sample_payload();
    Ok(sample.json().context("JSON")?.to_string())
}

fn json_scan(_: &Fixture) -> anyhow::Result<Runner> {
    let body = call_state()?;
    Json::parse(body.as_bytes())?;
    Ok(Box::new(move || {
        let _ = black_box(Json::parse(black_box(body.as_bytes())));
    }))
}

fn signalwire(_: &Fixture) -> anyhow::Result<Runner> {
    let payload = Payload::from(Json::parse(call_state()?.as_bytes())?);
    ensure!(matches!(SignalWireEvent::decode(&payload), SignalWireEvent::CallStateChanged(_)));
    Ok(Box::new(move || {
        black_box(SignalWireEvent::decode(black_box(&payload)));
    }))
}

fn video(_: &Fixture) -> anyhow::Result<Runner> {
    let info = VideoEvent::info("participant-disconnected").context("the event")?;
    let payload = Payload::from(info.sample());
    Ok(Box::new(move || {
        black_box(VideoEvent::decode(black_box(&payload)));
    }))
}
