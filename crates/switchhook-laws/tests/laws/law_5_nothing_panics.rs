//! Law 5: no input panics; memory and work are bounded.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use proptest::prelude::*;
use switchhook::{
    ContentType, Delivery, Forwarding, Hosts, Json, Keys, Limits, Params, PublicUrl, SessionTokens,
    Timestamp, TrustedProxies, Verifier, swml,
    twilio::voice::{conversation_relay, media_streams},
    twiml,
};

use crate::{KEY, ORIGIN, of_forms, of_json, verifier};

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
        let _ = tokens.check(&text, &text, &text, 0);

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
