//! What a diagnosis says besides its cause, and what a receiver's settings have to do with it.

use http::Method;
use switchhook_signature::{
    Connection, Forwarding, Hosts, Keys, PublicUrl, Signer, TrustedProxies, Verifier,
    doctor::{Cause, Doctor, Part, SignedText, Taken},
};

use super::{JSON, Sent, TOKEN, doctor, key};

#[test]
fn the_signed_text_is_shown_with_its_seams() {
    let sent = Sent::form("https://hooks.example.com/sms", "To=b&From=a&Empty=");
    let found = sent.received_at("http://hooks.example.com/sms").examined_by(&doctor());
    let shown = |text: &SignedText| {
        let segments = text.segments();
        segments
            .map(|piece| (piece.part, String::from_utf8(piece.bytes.to_vec()).unwrap()))
            .collect::<Vec<_>>()
    };
    let pairs = [
        (Part::Name, "Empty"),
        (Part::Value, ""),
        (Part::Name, "From"),
        (Part::Value, "a"),
        (Part::Name, "To"),
        (Part::Value, "b"),
    ];
    let expected = |url| {
        let pieces = std::iter::once((Part::Url, url)).chain(pairs);
        pieces.map(|(part, text)| (part, String::from(text))).collect::<Vec<_>>()
    };
    assert_eq!(shown(found.received().unwrap()), expected("http://hooks.example.com/sms"));
    let matched = found.matched().unwrap();
    assert_eq!(shown(matched.signed_text()), expected("https://hooks.example.com/sms"));
    assert_eq!((matched.taken(), matched.key(), matched.key_label()), (Taken::Pairs, 0, "key 0"));
}

#[test]
fn a_body_that_was_written_again_says_how() {
    let signer = Signer::twilio(key());
    let url = "https://hooks.example.com/e";
    let sent = Sent::of(&signer, Method::POST, url, Some(JSON), "{\"a\": [1, 2]}");
    let found = sent.clone().with_body("{\"a\":[1,2]}").examined_by(&doctor());
    assert_eq!(found.matched().unwrap().written_as(), Some(Taken::JsonSpaced));
    let found = sent.with_body("{\"a\":3}").examined_by(&doctor());
    assert_eq!((found.cause(), found.matched().unwrap().written_as()), (Cause::JsonAsForm, None));
}

#[test]
fn a_doctor_of_a_verifier_has_its_keys_and_its_url() {
    let origin = PublicUrl::origin("https://wrong.example.com").unwrap();
    let keys = Keys::new("first").unwrap().and(key());
    let doctor = Doctor::for_verifier(&Verifier::twilio(keys, origin)).unwrap();
    let doctor = doctor.key_labels(["TWILIO_AUTH_TOKEN", "NEXT_TOKEN"]);
    assert!(Doctor::for_verifier(&Verifier::trust_without_verification()).is_none());

    let sent = Sent::form("https://hooks.example.com/sms?x=1", "Body=hi");
    let request = http::Request::post("/sms?x=1").header("host", "hooks.example.com");
    let (mut head, ()) = request.body(()).unwrap().into_parts();
    head.headers.extend(sent.headers);
    let found = doctor.examine(&head, &sent.body);
    assert_eq!((found.cause(), found.matched().unwrap().source()), (Cause::Host, "Host"));
    assert_eq!(found.matched().unwrap().key_label(), "NEXT_TOKEN");
    assert_eq!(found.setting(), Some("PublicUrl::origin(\"https://hooks.example.com\")"));
}

#[test]
fn a_public_url_that_refuses_is_named() {
    let proxies = TrustedProxies::new(["10.0.0.1"], Forwarding::XForwarded).unwrap();
    let url = PublicUrl::behind(proxies, Hosts::only(["other.example.com"]));
    let doctor = Doctor::twilio(Keys::new(TOKEN).unwrap(), url);
    let sent = Sent::form("https://hooks.example.com/sms", "Body=hi");
    let request = http::Request::post("/sms").header("host", "hooks.example.com");
    let (mut head, ()) = request.body(()).unwrap().into_parts();
    head.headers.extend(sent.headers);
    head.extensions.insert(Connection { tls: true, peer: None });
    let found = doctor.examine(&head, &sent.body);
    assert_eq!(found.causes(), [Cause::PublicUrl]);
    assert!(found.matched().is_some());
}
