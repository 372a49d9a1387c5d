//! Every vector that the official libraries agree on, and every documented disagreement.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use serde::Deserialize;
use switchhook_signature::{Algorithm, Hosts, Key, Keys, PublicUrl, Rejection, Verified, Verifier};

#[derive(Deserialize)]
struct Fixture {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    auth_token: String,
    method: String,
    url: String,
    content_type: Option<String>,
    #[serde(default)]
    body: String,
    body_base64: Option<String>,
    signature: String,
    signature_settings: Option<String>,
    valid: bool,
    tier: String,
    #[serde(default)]
    needs_compat: bool,
    matched_by: Option<String>,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("fixtures/twilio-signature-vectors.json");
    serde_json::from_str::<Fixture>(text).expect("the fixture is JSON").vectors
}

fn key(vector: &Vector) -> Key {
    let key = Key::new(&vector.auth_token).unwrap();
    match &vector.signature_settings {
        Some(settings) if settings.to_ascii_uppercase().contains("SHA256") => {
            key.with_algorithm(Algorithm::HmacSha256)
        }
        _ => key,
    }
}

type Verdict = Result<Verified<switchhook_core::Delivery>, Rejection>;

fn verify(vector: &Vector, compatible: bool) -> Verdict {
    verify_with(vector, Keys::from(key(vector)), compatible)
}

fn verify_with(vector: &Vector, keys: Keys, compatible: bool) -> Verdict {
    let mut verifier = Verifier::twilio(keys, PublicUrl::direct(Hosts::any()));
    if compatible {
        verifier = verifier.compatible();
    }
    let mut headers = HeaderMap::new();
    let mut insert = |name: &'static str, value: &Option<String>| {
        if let Some(value) = value {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        }
    };
    insert("content-type", &vector.content_type);
    insert("x-twilio-signature", &Some(vector.signature.clone()));
    insert("x-twilio-webhooks-signature-settings", &vector.signature_settings);
    let body = match vector.body_base64.as_deref() {
        Some("//57fQ==") => Bytes::from_static(b"\xff\xfe{}"),
        Some(other) => panic!("decode {other} here"),
        None => Bytes::from(vector.body.clone()),
    };
    let method: Method = vector.method.parse().unwrap();
    verifier.verify_url(&method, &vector.url, &headers, &body)
}

#[test]
fn strict_mode_gives_every_verdict_that_needs_no_compatibility() {
    let mut checked = 0;
    for vector in vectors().iter().filter(|v| !v.needs_compat) {
        let verdict = verify(vector, false);
        assert_eq!(verdict.is_ok(), vector.valid, "{}: {verdict:?}", vector.id);
        if let Ok(delivery) = verdict {
            assert_eq!(delivery.signature().unwrap().findings, [], "{}", vector.id);
        }
        checked += 1;
    }
    assert_eq!(checked, 209);
}

#[test]
fn compatible_mode_gives_every_verdict() {
    for vector in &vectors() {
        let verdict = verify(vector, true);
        assert_eq!(verdict.is_ok(), vector.valid, "{}: {verdict:?}", vector.id);
    }
}

#[test]
fn strict_mode_refuses_what_needs_compatibility_and_the_other_mode_reports_it() {
    let mut checked = 0;
    for vector in vectors().iter().filter(|v| v.needs_compat) {
        assert_eq!(verify(vector, false).unwrap_err(), Rejection::Mismatch, "{}", vector.id);
        let delivery = verify(vector, true).unwrap();
        let found = delivery.signature().unwrap();
        assert_eq!(found.findings.len(), 1, "{}", vector.id);
        assert!(!found.findings[0].advice().is_empty());
        checked += 1;
    }
    assert_eq!(checked, 9);
}

#[test]
fn the_port_variant_is_named() {
    for vector in vectors().iter().filter(|v| v.valid && !v.needs_compat) {
        let found = verify(vector, false).unwrap().signature().unwrap().clone();
        // The vectors call the candidate with a port `port`, the one without `as-is`.
        let has_port = vector
            .url
            .split('/')
            .nth(2)
            .unwrap()
            .rsplit(']')
            .next()
            .unwrap()
            .rsplit('@')
            .next()
            .unwrap()
            .contains(':');
        let expected = match (vector.matched_by.as_deref().unwrap().ends_with("port"), has_port) {
            (true, false) => "port-added",
            (false, true) => "port-removed",
            _ => "as-configured",
        };
        assert_eq!(found.url_variant().to_string(), expected, "{} {}", vector.id, vector.url);
    }
}

#[test]
fn the_key_that_matched_is_named_and_a_wrong_one_refused() {
    for vector in vectors().iter().filter(|v| v.valid && !v.needs_compat) {
        let other = || {
            Key::new("00000000000000000000000000000000")
                .unwrap()
                .with_algorithm(key(vector).algorithm())
        };
        let both = Keys::from(other()).and(key(vector));
        let delivery = verify_with(vector, both, false).unwrap();
        assert_eq!(delivery.signature().unwrap().key, 1, "{}", vector.id);
        let verdict = verify_with(vector, Keys::from(other()), true);
        assert_eq!(verdict.unwrap_err(), Rejection::Mismatch, "{}", vector.id);
    }
}

#[test]
fn a_shared_key_is_pinned_to_its_algorithm() {
    let vectors = vectors();
    let sha256 = vectors.iter().find(|v| v.id.starts_with("i01")).unwrap();
    let pinned_to_sha1 = Key::new(&sha256.auth_token).unwrap();
    let verdict = verify_with(sha256, Keys::from(pinned_to_sha1), true);
    assert_eq!(verdict.unwrap_err(), Rejection::AlgorithmMismatch);

    // The header is not signed: taking it away must not lower anything either.
    let sha1 = vectors.iter().find(|v| v.id.starts_with("i02")).unwrap();
    let pinned_to_sha256 =
        || Key::new(&sha1.auth_token).unwrap().with_algorithm(Algorithm::HmacSha256);
    let verdict = verify_with(sha1, Keys::from(pinned_to_sha256()), true);
    assert_eq!(verdict.unwrap_err(), Rejection::AlgorithmMismatch);

    let other_id = pinned_to_sha256().with_id("webhooks_sharedkey_02");
    let verdict = verify_with(sha256, Keys::from(other_id), true);
    assert_eq!(verdict.unwrap_err(), Rejection::KeyUnknown);
    let unknown = vectors.iter().find(|v| v.id.starts_with("i06")).unwrap();
    assert_eq!(verify(unknown, true).unwrap_err(), Rejection::SignatureMalformed);
    assert!(vectors.iter().filter(|v| v.tier == "sharedkey").count() == 7);
}

#[test]
fn a_key_of_an_account_verifies_what_names_it() {
    let vectors = vectors();
    let by_id = |id: &str| vectors.iter().find(|v| v.id.starts_with(id)).unwrap();
    let verdict = |id: &str, account: &str| {
        let vector = by_id(id);
        let other = Key::new("another").unwrap().for_account("AC0");
        let keys = Keys::from(other).and(key(vector).for_account(account));
        verify_with(vector, keys, false).map(|delivery| delivery.signature().unwrap().clone())
    };
    let named = "AC06d5bf2275007ca8b3dd60a2d978e558";
    // A form with the account, and a GET with it in the query.
    for id in ["a01", "e01"] {
        let found = verdict(id, named).unwrap();
        assert_eq!((found.key, found.account.as_deref()), (1, Some(named)), "{id}");
        assert_eq!(
            verdict(id, "AC00000000000000000000000000000000").unwrap_err(),
            Rejection::KeyUnknown
        );
    }
    // A form without: it is nobody's.
    assert_eq!(verdict("c13", named).unwrap_err(), Rejection::KeyUnknown);
    // Of JSON and of an upgrade the URL alone is signed; the match tells whose it was.
    for id in ["f01", "g01"] {
        assert_eq!(verdict(id, named).unwrap().account.as_deref(), Some(named), "{id}");
    }
}
