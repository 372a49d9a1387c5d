//! The steps that are counted, and what they may cost.

use std::{cell::RefCell, hint::black_box, sync::Arc};

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method, request::Parts};
use sha1::Sha1;
use switchhook_core::{Delivery, Event, Family, Json, Params, Payload, View};
use switchhook_signalwire::{SignalWireEvent, compat::CompatWebhook};
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verified, Verifier};
use switchhook_swml::{self as swml, Document, Request};
use switchhook_twilio_conversations::ConversationsWebhook;
use switchhook_twilio_messaging::MessagingWebhook;
use switchhook_twilio_video::VideoEvent;
use switchhook_twilio_voice::{
    CallStatusUpdate, VoiceWebhook,
    conversation_relay::Inbound as Relayed,
    media_streams::{Inbound, Outbound, StreamSid},
};
use switchhook_twiml::{Connect, Parameter, Stream, voice::Response};

use crate::{Runner, voice::Borrowed};

/// One row of the table.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) most_units: f64,
    pub(crate) most_allocations: f64,
    make: fn(&Fixture) -> anyhow::Result<Runner>,
}

/// The first row is the unit. It is gated by itself: see [`MOST_OF_THE_UNIT`].
pub(crate) const STEPS: &[Step] = &[
    Step { name: "hmac", most_units: 1.0, most_allocations: 0.0, make: hmac },
    Step { name: "decode", most_units: 0.37, most_allocations: 2.0, make: decode },
    Step { name: "sort", most_units: 0.29, most_allocations: 0.0, make: sort },
    Step { name: "owned", most_units: 0.51, most_allocations: 25.0, make: owned },
    Step { name: "borrowed", most_units: 0.17, most_allocations: 0.0, make: borrowed },
    // Of the same parameters, a user's own type.
    Step { name: "deserialize", most_units: 0.26, most_allocations: 0.0, make: deserialize },
    Step { name: "verify", most_units: 1.85, most_allocations: 4.0, make: verify },
    Step { name: "verify+owned", most_units: 2.38, most_allocations: 29.0, make: verify_owned },
    Step {
        name: "signalwire-form",
        most_units: 1.92,
        most_allocations: 6.0,
        make: signalwire_form,
    },
    // The same parameters as JSON: HMAC-SHA256 over more text, and the scan of the body.
    Step { name: "signalwire-json", most_units: 5.7, most_allocations: 9.0, make: signalwire_json },
    Step { name: "verify+borrowed", most_units: 2.0, most_allocations: 4.0, make: verify_borrowed },
    Step { name: "twiml-write", most_units: 0.11, most_allocations: 1.0, make: twiml_write },
    Step { name: "twiml-build+write", most_units: 0.33, most_allocations: 15.0, make: twiml_build },
    // The provider's own Python builder needs 145 to 220 µs for such a document.
    Step { name: "swml-build+write", most_units: 0.98, most_allocations: 32.0, make: swml_build },
    Step { name: "twilio.video", most_units: 0.17, most_allocations: 6.0, make: video },
    Step {
        name: "twilio.conversations",
        most_units: 0.18,
        most_allocations: 8.0,
        make: conversations,
    },
    // Its name is not in the body: telling what it is costs as much as reading it. Its numbered
    // parameters are looked at for repeats.
    Step { name: "twilio.messaging", most_units: 0.55, most_allocations: 12.0, make: messaging },
    Step { name: "twilio.voice", most_units: 0.38, most_allocations: 6.0, make: voice },
    Step {
        name: "twilio.media-streams",
        most_units: 0.65,
        most_allocations: 0.0,
        make: media_frame,
    },
    Step { name: "media-write", most_units: 0.24, most_allocations: 1.0, make: media_write },
    Step {
        name: "twilio.conversation-relay",
        most_units: 0.22,
        most_allocations: 3.0,
        make: relay_prompt,
    },
    Step { name: "json-scan", most_units: 0.63, most_allocations: 5.0, make: json_scan },
    Step { name: "signalwire", most_units: 1.4, most_allocations: 6.0, make: signalwire },
    Step { name: "signalwire.swaig", most_units: 1.25, most_allocations: 4.0, make: swaig },
    Step { name: "signalwire.debug", most_units: 1.27, most_allocations: 1.0, make: debug },
    Step { name: "signalwire.compat", most_units: 0.3, most_allocations: 7.0, make: compat },
];

/// Instructions of one unit. A dearer unit would make every other step look cheap.
pub(crate) const MOST_OF_THE_UNIT: f64 = 20_100.0;

impl Step {
    pub(crate) fn runner(&self) -> anyhow::Result<Runner> {
        (self.make)(&Fixture::load()?).with_context(|| self.name)
    }
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
    fn delivery(&self) -> anyhow::Result<Prepared> {
        let verifier = Verifier::twilio(Keys::new(self.key)?, Self::public_url()?);
        let form = "application/x-www-form-urlencoded; charset=UTF-8";
        self.prepared(verifier, &Signer::twilio(Key::new(self.key)?), form)
    }

    /// The same request as SignalWire signs it: as a form, or its text as if it were JSON.
    fn signalwire(&self, content_type: &str) -> anyhow::Result<Prepared> {
        let verifier = Verifier::signalwire(Keys::new(self.key)?, Self::public_url()?);
        self.prepared(verifier, &Signer::signalwire(Key::new(self.key)?), content_type)
    }

    fn public_url() -> anyhow::Result<PublicUrl> {
        Ok(PublicUrl::origin("https://hooks.example.com")?)
    }

    fn prepared(
        &self,
        verifier: Verifier,
        signer: &Signer,
        content_type: &str,
    ) -> anyhow::Result<Prepared> {
        let body = if content_type == "application/json" {
            let params = self.params()?;
            let members: std::collections::BTreeMap<_, _> = params.iter().collect();
            Bytes::from(serde_json::to_vec(&members)?)
        } else {
            Bytes::from(self.body)
        };
        let signed = signer.sign(&Method::POST, self.url, Some(content_type), &body)?;
        let mut headers: HeaderMap = signed.headers;
        headers.insert("content-type", content_type.parse()?);
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

type Prepared = (Verifier, Parts, Bytes);

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
    let event = CallStatusUpdate::from_payload(&payload)?;
    ensure!(event.problems().is_empty() && event.extra().next().is_none(), "not typed: {event:?}");
    Ok(Box::new(move || {
        let _ = black_box(CallStatusUpdate::from_payload(black_box(&payload)));
    }))
}

fn borrowed(fixture: &Fixture) -> anyhow::Result<Runner> {
    let payload = Payload::from(fixture.params()?);
    let view = View::<CallStatusUpdate>::from_payload(&payload)?;
    let mut texts = 0;
    view.visit(&mut |_, text| texts += usize::from(text.is_some()));
    ensure!(texts == 33, "{texts} of the fields have a text: {view:?}");
    Ok(Box::new(move || {
        let view = View::<CallStatusUpdate>::from_payload(black_box(&payload));
        let _ = black_box(view.as_ref());
    }))
}

fn deserialize(fixture: &Fixture) -> anyhow::Result<Runner> {
    let params = fixture.params()?;
    params.deserialize::<Borrowed<'_>>()?;
    Ok(Box::new(move || {
        let _ = black_box(black_box(&params).deserialize::<Borrowed<'_>>());
    }))
}

fn verify(fixture: &Fixture) -> anyhow::Result<Runner> {
    Ok(verifying(fixture.delivery()?))
}

fn signalwire_form(fixture: &Fixture) -> anyhow::Result<Runner> {
    Ok(verifying(fixture.signalwire("application/x-www-form-urlencoded; charset=UTF-8")?))
}

fn signalwire_json(fixture: &Fixture) -> anyhow::Result<Runner> {
    Ok(verifying(fixture.signalwire("application/json")?))
}

fn verifying((verifier, head, body): Prepared) -> Runner {
    Box::new(move || {
        let _ = black_box(verifier.verify(black_box(&head), black_box(&body)));
    })
}

fn verify_owned(fixture: &Fixture) -> anyhow::Result<Runner> {
    let (verifier, head, body) = fixture.delivery()?;
    Ok(Box::new(move || {
        let delivery: Verified<Delivery> = match verifier.verify(black_box(&head), black_box(&body))
        {
            Ok(delivery) => delivery,
            Err(rejection) => panic!("{rejection}"),
        };
        let _ = black_box(delivery.event_of::<CallStatusUpdate>());
    }))
}

fn verify_borrowed(fixture: &Fixture) -> anyhow::Result<Runner> {
    let (verifier, head, body) = fixture.delivery()?;
    Ok(Box::new(move || {
        let delivery = match verifier.verify(black_box(&head), black_box(&body)) {
            Ok(delivery) => delivery,
            Err(rejection) => panic!("{rejection}"),
        };
        let view = delivery.view_of::<CallStatusUpdate>();
        let _ = black_box(view.as_ref());
    }))
}

/// A reply that hands a call to a media stream.
fn reply() -> Response {
    let url = "wss://agent.example.com/api/v1/voice/media-stream";
    let stream = Stream::new(black_box(url)).with_all([
        Parameter::new("From", black_box("+15550001111")),
        Parameter::new("To", black_box("+15550002222")),
        Parameter::new("CallSid", black_box("CA00112233445566778899aabbccddeeff")),
    ]);
    Response::new().with(Connect::new().with(stream))
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

/// A document of ten methods.
fn document() -> Document {
    Document::new()
        .main(|s| {
            s.answer()
                .with(swml::RecordCall::new().stereo(true).format(swml::RecordFormat::Mp3))
                .say(black_box("Welcome to our service"))
                .set([("tries", black_box(0))])
                .label("again")
                .prompt(swml::Prompt::say(black_box("Press 1 for sales")).max_digits(1))
                .request(Request::get(black_box("https://example.com/hours")).save_variables(true))
                .connect(
                    swml::Connect::to(black_box("+15550001111"))
                        .from(black_box("+15550002222"))
                        .timeout(swml::Seconds(20)),
                )
                .goto(swml::Goto::new("again").max(3))
        })
        .section("end", swml::Steps::hangup)
}

fn swml_build(_: &Fixture) -> anyhow::Result<Runner> {
    let sample = document();
    ensure!(sample.all_steps().count() == 10, "another document");
    ensure!(sample.lint().is_empty(), "{}", sample.lint());
    Ok(Box::new(|| {
        black_box(document().to_json());
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
    family::<SignalWireEvent>("calling.call.state")
}

/// A function of the AI, which brings what was said and a schema of its arguments.
fn swaig(_: &Fixture) -> anyhow::Result<Runner> {
    family::<SignalWireEvent>("swaig.function")
}

fn debug(_: &Fixture) -> anyhow::Result<Runner> {
    family::<SignalWireEvent>("ai.debug")
}

/// Told by what it carries, as the webhooks of Voice are.
fn compat(_: &Fixture) -> anyhow::Result<Runner> {
    family::<CompatWebhook>("voice.status")
}

fn video(_: &Fixture) -> anyhow::Result<Runner> {
    family::<VideoEvent>("participant-disconnected")
}

fn conversations(_: &Fixture) -> anyhow::Result<Runner> {
    family::<ConversationsWebhook>("onMessageAdded")
}

fn messaging(_: &Fixture) -> anyhow::Result<Runner> {
    family::<MessagingWebhook>("incoming-message.mms")
}

/// Without a route that names the type, so that the order of the table is gone through.
fn voice(_: &Fixture) -> anyhow::Result<Runner> {
    family::<VoiceWebhook>("call-status.completed")
}

/// Decodes the sample of an event, told by what it carries.
fn family<F: Family + 'static>(event: &str) -> anyhow::Result<Runner> {
    let payload = F::info(event).context("the event")?.sample_payload();
    ensure!(F::decode(&payload).decoded().name() == Some(event), "not read as {event}");
    Ok(Box::new(move || {
        black_box(F::decode(black_box(&payload)));
    }))
}

/// 20 ms of audio, as it goes to a media stream.
fn audio(stream: &StreamSid) -> String {
    Outbound::media(stream, black_box(&[0xFF; 160])).to_json()
}

fn stream() -> StreamSid {
    StreamSid::from("MZ00112233445566778899aabbccddeeff")
}

/// A frame of audio, from the text of its message to bytes.
fn media_frame(_: &Fixture) -> anyhow::Result<Runner> {
    let sent = audio(&stream());
    let numbers = r#""track":"inbound","chunk":"1234","timestamp":"24680","payload""#;
    let frame = sent
        .replace("\"payload\"", numbers)
        .replace(r#""media","#, r#""media","sequenceNumber":"1236","#);
    let Inbound::Media(media) = Inbound::parse(&frame) else { bail!("not audio: {frame}") };
    ensure!(media.chunk == Some(1234) && media.extra().is_empty(), "not typed: {media:?}");
    let buffer = RefCell::new(Vec::with_capacity(256));
    Ok(Box::new(move || {
        let mut audio = buffer.borrow_mut();
        audio.clear();
        if let Inbound::Media(media) = Inbound::parse(black_box(&frame)) {
            let _ = media.payload.decode_into(&mut audio);
        }
        black_box(&audio);
    }))
}

/// What the caller said, in a session of ConversationRelay.
fn relay_prompt(_: &Fixture) -> anyhow::Result<Runner> {
    let text = r#"{"type":"prompt","voicePrompt":"Where is my order?","lang":"en-US","last":true}"#;
    let Relayed::Prompt(prompt) = Relayed::parse(text) else { bail!("not a prompt: {text}") };
    ensure!(prompt.extra().is_empty(), "not typed: {prompt:?}");
    Ok(Box::new(move || {
        black_box(Relayed::parse(black_box(text)));
    }))
}

fn media_write(_: &Fixture) -> anyhow::Result<Runner> {
    let stream = stream();
    ensure!(audio(&stream).len() > 216, "no audio in it");
    Ok(Box::new(move || {
        black_box(audio(black_box(&stream)));
    }))
}
