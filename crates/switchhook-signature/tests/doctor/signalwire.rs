//! SignalWire's two writings, and what goes wrong with them.

use http::Method;
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, SIGNALWIRE_SHA256_SIGNATURE_HEADER as SHA256,
    SIGNALWIRE_SIGNATURE_HEADER as SHA1, Signer,
    doctor::{Cause, Doctor, Taken},
};

use super::{FORM, JSON, Sent};

const URL: &str = "https://hooks.example.com/swml";
const BODY: &str = r#"{"call": {"call_id": "c1", "from": "+1555", "note": "é"}}"#;

fn signer() -> Signer {
    Signer::signalwire(Key::new("PSK_example").unwrap())
}

fn doctor() -> Doctor {
    Doctor::signalwire(Keys::new("PSK_example").unwrap(), PublicUrl::direct(Hosts::any()))
}

fn json() -> Sent {
    Sent::of(&signer(), Method::POST, URL, Some(JSON), BODY)
}

fn form() -> Sent {
    Sent::of(&signer(), Method::POST, URL, Some(FORM), "To=b&From=a&From=0")
}

/// What a copy of the request on its way to `url` carries in `header`.
fn value(sent: &Sent, header: &str) -> String {
    sent.headers[header].to_str().unwrap().to_owned()
}

fn without(mut sent: Sent, header: &str) -> Sent {
    sent.headers.remove(header);
    sent
}

#[test]
fn each_change_is_found() {
    let sha1 = value(&json(), SHA1);
    let sha256 = value(&json(), SHA256);
    let base64 = value(&form(), SHA1);
    let compact = BODY.replace(": ", ":").replace(", ", ",");
    for (name, sent, cause) in [
        ("JSON", json(), Cause::Valid),
        ("JSON with SHA-1 alone", without(json(), SHA256), Cause::Valid),
        ("a form", form(), Cause::Valid),
        ("http", json().received_at("http://hooks.example.com/swml"), Cause::Scheme),
        ("a port", json().received_at("https://hooks.example.com:443/swml"), Cause::Port),
        (
            "a port of a form",
            form().received_at("https://hooks.example.com:443/swml"),
            Cause::Valid,
        ),
        ("a slash", json().received_at("https://hooks.example.com/swml/"), Cause::TrailingSlash),
        ("written again", json().with_body(compact), Cause::BodyChanged),
        ("a line end", json().with_body(format!("{BODY}\n")), Cause::BodyChanged),
        (
            "SHA-256 in the other header",
            without(json(), SHA256).with_header(SHA1, &sha256),
            Cause::Algorithm,
        ),
        (
            "SHA-1 in the other header",
            without(json(), SHA1).with_header(SHA256, &sha1),
            Cause::Algorithm,
        ),
        (
            "in capital letters",
            without(json(), SHA256).with_header(SHA1, &sha1.to_uppercase()),
            Cause::SignatureEncoding,
        ),
        (
            "under the old name",
            without(form(), SHA1).with_header("x-twilio-signature", &base64),
            Cause::Valid,
        ),
        ("no header", without(without(json(), SHA1), SHA256), Cause::SignatureMissing),
        ("another repeat", form().with_body("To=b&From=0&From=a"), Cause::NoMatch),
        ("another body", json().with_body(BODY.replace("c1", "c2")), Cause::NoMatch),
    ] {
        let found = sent.examined_by(&doctor());
        assert_eq!(found.cause(), cause, "{name}: {found:?}");
    }
    let compact = BODY.replace(": ", ":").replace(", ", ",");
    let found = json().with_body(compact).examined_by(&doctor());
    assert_eq!(found.matched().unwrap().taken(), Taken::JsonSpaced);
}

#[test]
fn a_signer_that_takes_one_kind_for_the_other_is_found() {
    // Members of JSON as pairs, base64 over JSON, as old libraries do.
    let members = Sent::of(&signer(), Method::POST, URL, Some(FORM), "a=1&b=x")
        .with_header("content-type", JSON)
        .with_body(r#"{"b":"x","a":1}"#);
    let found = members.examined_by(&doctor());
    assert_eq!(
        (found.cause(), found.matched().unwrap().taken()),
        (Cause::JsonAsForm, Taken::Members)
    );
    // The URL alone, for any body.
    let get = Sent::of(&signer(), Method::GET, URL, None, "");
    let mut all = json();
    all.headers = get.headers;
    all = all.with_header("content-type", JSON);
    let found = all.examined_by(&doctor());
    assert!(matches!(found.cause(), Cause::SchemeMismatch | Cause::ParamsNotSigned), "{found:?}");
}

#[test]
fn an_api_token_for_the_signing_key_is_found() {
    let token =
        Doctor::signalwire(Keys::new("PT_example").unwrap(), PublicUrl::direct(Hosts::any()));
    let key = Key::new("PSK_example").unwrap();
    let found = json().examined_by(&token.other_key("signing key", key));
    assert_eq!(found.cause(), Cause::WrongToken);
    assert_eq!(found.matched().unwrap().key_label(), "signing key");
}

#[test]
fn credentials_of_the_configured_url_are_no_fault() {
    let url = PublicUrl::fixed("https://user:pass@hooks.example.com/swml").unwrap();
    let doctor = Doctor::signalwire(Keys::new("PSK_example").unwrap(), url);
    let with = Sent::of(
        &signer(),
        Method::POST,
        "https://user:pass@hooks.example.com/swml",
        Some(JSON),
        BODY,
    );
    for sent in [json(), with] {
        let request = http::Request::post("/swml").header("host", "hooks.example.com");
        let (mut head, ()) = request.body(()).unwrap().into_parts();
        head.headers.extend(sent.headers);
        let found = doctor.examine(&head, &sent.body);
        assert_eq!(found.cause(), Cause::Valid, "{found:?}");
    }
}
