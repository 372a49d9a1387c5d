//! Law 5: no input panics; memory and work are bounded. That they grow no faster than what is read
//! is counted in `tests/linear.rs`.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use proptest::{prelude::*, test_runner::TestRunner};
use switchhook::{
    ContentType, Delivery, Event as _, Family as _, Forwarding, Guard, Hosts, Json, Keys, Limits,
    Params, Payload, PublicUrl, SessionTokens, Timestamp, TrustedProxies, Verifier,
    dispatch::{DeliveryId, Incoming, Store as _},
    doctor::Doctor,
    inbox::Inbox as _,
    settings::Settings,
    signalwire::{SignalWireEvent, SwaigFunction},
    swml::{self, grammar::StepSet},
    twilio::voice::{conversation_relay, media_streams},
    twiml::{self, Dialect, Linter},
};

use crate::{KEY, ORIGIN, of_forms, of_json, stores, verifier};

of_forms!(any_text_reads_as_something);
of_json!(any_json_reads_as_something);

fn headers() -> impl Strategy<Value = HeaderMap> {
    let names = prop::sample::select(vec![
        "content-type",
        "content-encoding",
        "content-length",
        "host",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-prefix",
        "x-twilio-signature",
        "x-twilio-webhooks-signature-settings",
        "x-signalwire-signature",
        "i-twilio-idempotency-token",
        "authorization",
    ]);
    let likely = prop::sample::select(vec![
        "application/json",
        "application/x-www-form-urlencoded",
        "for=1.2.3.4;host=a;proto=https",
        "https",
        "a.example",
        "443",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "[::1]:0",
        "",
    ]);
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    let value = prop_oneof![likely.prop_map(|text| text.as_bytes().to_vec()), bytes];
    prop::collection::vec((names, value), 0..8).prop_map(|pairs| {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            if let Ok(value) = value.try_into() {
                headers.append(name, value);
            }
        }
        headers
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn readers_take_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = (Params::parse(&bytes), Json::parse(&bytes));
        let _ = (twiml::read(&bytes), swml::read(&bytes), swml::read_yaml(&bytes));
        let _ = (twiml::read(&text), swml::read(&text), swml::read_yaml(&text));
        let _ = (media_streams::Inbound::parse(&text), media_streams::Outbound::parse(&text));
        let _ = (conversation_relay::Inbound::parse(&text), conversation_relay::Outbound::parse(&text));
        let _ = (text.parse::<Timestamp>(), PublicUrl::origin(&text), PublicUrl::fixed(&text));
        let tokens = SessionTokens::new("a secret").unwrap();
        let _ = (tokens.check(&text, &text, &text, 0), tokens.check_url(&text, &text, &text, 0));
    }

    #[test]
    fn linters_take_whatever_the_readers_take(
        words in prop::collection::vec(words(), 0..40), bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let text = [words.concat().into_bytes(), bytes].concat();
        for dialect in [Dialect::Twilio, Dialect::SignalWire] {
            let read = twiml::read(format!("<Response>{}</Response>", words.concat()));
            let found = read.map(|read| Linter::new(dialect).lint(&read));
            let _ = format!("{found:?}");
        }
        for document in [swml::read(&text), swml::read_yaml(&text), swml::read_yaml(words.concat())] {
            let Ok(document) = document else { continue };
            let _ = format!("{:?} {:?}", document.lint(), document.lint_as(StepSet::Messaging));
        }
    }

    #[test]
    fn arguments_of_functions_take_whatever_a_model_writes(
        written in ".{0,40}", parsed in prop::sample::select(vec!["[]", "[7]", "{}", "null", "7", "\"{\"", "[[[]]]"]), flat: bool,
    ) {
        let raw = serde_json::to_string(&written).unwrap();
        let argument = if flat { raw.clone() } else { format!(r#"{{"parsed":{parsed},"raw":{raw}}}"#) };
        let body = format!(r#"{{"function":"f","call_id":"c1","argument":{argument},"post_prompt_data":{argument}}}"#);
        let payload = Payload::from(Json::parse(body.as_bytes()).unwrap());
        let function = SwaigFunction::from_payload(&payload).unwrap();
        let _ = (function.arguments::<u32>(), function.arguments::<serde_json::Value>());
        if let SignalWireEvent::PostPrompt(report) = SignalWireEvent::decode_as("ai.post_prompt", &payload) {
            let _ = report.summary::<serde_json::Value>();
        }
    }

    #[test]
    fn settings_take_whatever_an_environment_has(value in any::<String>(), prefix in "W{0,1}") {
        let names = ["W", "_ADDRESSES", "W_ADDRESSES", "W_SECRET", "W_LOGIN", "_LOGIN", "HOST", "PORT", "K", "U"];
        let settings = Settings::of(names.map(|name| (name, value.clone())));
        let _ = (settings.guards(&prefix), settings.login("W"), settings.operator("user", "W"));
        let _ = (settings.address(1), settings.list("W"), settings.get::<u16>("W"));
        let _ = (settings.secret("W"), settings.twilio("K", "U"), settings.signalwire("K", "U"));
    }

    #[test]
    fn guards_and_doctors_take_any_request(
        headers in headers(), body in prop::collection::vec(any::<u8>(), 0..120), target in "(/[ -~]{0,30})?",
    ) {
        let Ok(uri) = format!("{ORIGIN}{target}").parse::<http::Uri>() else { return Ok(()) };
        let mut request = Request::new(Bytes::from(body));
        (*request.headers_mut(), *request.uri_mut()) = (headers, uri);
        let (head, body) = request.into_parts();
        let guards = [
            Guard::basic("user", "password"),
            Guard::query_secret("secret", "s"),
            Guard::path_secret("/hooks/", "s"),
            Guard::addresses(["0.0.0.0/0"]),
        ];
        for guard in guards {
            let _ = guard.unwrap().check(&head);
        }
        for verifier in [verifier(), crate::verifier_of::<SignalWireEvent>()] {
            let diagnosis = Doctor::for_verifier(&verifier).unwrap().examine(&head, &body);
            prop_assert!(diagnosis.macs() <= Doctor::MOST_MACS);
            let _ = format!("{diagnosis:?} {diagnosis}");
        }
    }

    #[test]
    fn any_request_is_verified_or_refused(
        headers in headers(), body in prop::collection::vec(any::<u8>(), 0..200), target in "(/[ -~]{0,30})?",
    ) {
        let Ok(uri) = format!("{ORIGIN}{target}").parse::<http::Uri>() else { return Ok(()) };
        let body = Bytes::from(body);
        let proxies = TrustedProxies::new(["0.0.0.0/0", "::/0"], Forwarding::XForwarded).unwrap();
        let behind = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::behind(proxies, Hosts::any()));
        let signalwire = Verifier::signalwire(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap());
        for verifier in [verifier().compatible(), behind, signalwire] {
            let mut request = Request::new(body.clone());
            (*request.headers_mut(), *request.uri_mut()) = (headers.clone(), uri.clone());
            *request.method_mut() = Method::POST;
            prop_assert!(verifier.verify_request(request).is_err(), "nobody has signed this");
        }
        let _ = ContentType::of(&headers);
        let _ = Delivery::read(&Method::GET, uri.to_string(), &headers, &body, &Limits::default());
    }
}

/// What markup and documents are made of.
fn words() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "<Say>",
        "</Say>",
        "<Dial timeout=\"",
        "\">",
        "</Dial>",
        "<Gather input='x'/>",
        "<Play/>",
        "&amp;",
        "Hi",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"sections\"",
        "\"main\"",
        "\"play\"",
        "\"goto\"",
        "sections:\n",
        "  main:\n",
        "    - play: ",
        "    - goto: {label: x}\n",
        "    - hangup\n",
        "1e99",
        "%{x}",
        "\n",
    ]);
    words.prop_map(str::to_owned)
}

/// Stores take whatever is signed: any head and any body, and give it back.
#[test]
fn inboxes_keep_any_request() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stores = runtime.block_on(stores::all());
    let pairs =
        (headers(), prop::collection::vec(any::<u8>(), 0..60), "/[ -~]{0,30}", any::<[u8; 16]>());
    let mut runner = TestRunner::new(ProptestConfig {
        // Each waits for a disk, where it is not in memory.
        cases: 60,
        failure_persistence: None,
        ..Default::default()
    });
    let kept = runner.run(&pairs, |(headers, body, target, id)| {
        let Ok(uri) = target.parse::<http::Uri>() else { return Ok(()) };
        let mut request = Request::new(Bytes::from(body));
        (*request.headers_mut(), *request.uri_mut()) = (headers, uri);
        for store in &stores {
            let id = DeliveryId::from_bytes(id);
            let incoming = Incoming::new(id, "/hook", "twilio.video", request.clone());
            runtime.block_on(store.inbox.accept(incoming)).unwrap();
            let record = runtime.block_on(store.inbox.show(id)).unwrap().expect("it is kept");
            prop_assert_eq!(record.request.body(), request.body(), "{}", store.name);
            prop_assert_eq!(record.request.uri(), request.uri(), "{}", store.name);
            prop_assert_eq!(record.request.headers(), request.headers(), "{}", store.name);
        }
        Ok(())
    });
    kept.unwrap();
}

#[test]
fn what_is_too_large_is_refused_before_it_costs() {
    let deep = "[".repeat(100_000);
    assert!(Json::parse(deep.as_bytes()).is_err());
    assert!(swml::read(&deep).is_err() && swml::read_yaml(&deep).is_err());
    assert!(twiml::read("<Response>".repeat(100_000)).is_err());
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Response>&b;</Response>";
    assert!(twiml::read(entities).is_err());
    let mut bomb = String::from("a0: &a0 x\n");
    for level in 1..40 {
        writeln!(bomb, "a{level}: &a{level} [*a{0}, *a{0}]", level - 1).unwrap();
    }
    assert!(swml::read_yaml(bomb).is_err());
    assert!(Params::parse("a&".repeat(1000).as_bytes()).is_err());
    assert!(Params::parse("a".repeat(1 << 20).as_bytes()).is_err());
    let limits = Limits::default().with_parameters(2).with_body_bytes(10);
    assert!(Params::parse_within(b"a&b&c", &limits).is_err());
    assert!(Params::parse_within(b"a=234567890", &limits).is_err());
    assert!(Params::parse_within(b"a&b=45678", &limits).is_ok());
}
