use bytes::Bytes;
use http::{HeaderValue, Method};

use super::*;
use crate::{Hosts, PublicUrl, Signer, Verifier};

fn verifier() -> Verifier {
    Verifier::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()))
}

fn rejection(headers: &[(&'static str, &str)]) -> Rejection {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_str(value).unwrap());
    }
    let body = Bytes::from("a=1");
    verifier().verify_url(&Method::POST, "https://h/v", &map, &body).unwrap_err()
}

const SOME: &str = "AQM25alwhHN04RUM59r69fs9JFk=";

#[test]
fn refuses_headers_that_prove_nothing() {
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert_eq!(rejection(&[form]), Rejection::SignatureMissing);
    let signed = (SIGNATURE_HEADER, SOME);
    assert_eq!(rejection(&[form, signed, signed]), Rejection::SignatureRepeated);
    for text in
        ["", "x", "AQM25alwhHN04RUM59r69fs9JFk", "AQM25alwhHN04RUM59r69fs9JFl=", "AAAA", "é"]
    {
        assert_eq!(
            rejection(&[form, (SIGNATURE_HEADER, text)]),
            Rejection::SignatureMalformed,
            "{text}"
        );
    }
    let unknown = (SETTINGS_HEADER, "key=k,algorithm=HMAC_MD5");
    assert_eq!(rejection(&[form, signed, unknown]), Rejection::AlgorithmUnknown);
    let no_text = (SETTINGS_HEADER, "key=é,algorithm=HMAC_SHA1");
    assert_eq!(rejection(&[form, signed, no_text]), Rejection::AlgorithmUnknown);
    let settings = (SETTINGS_HEADER, "key=k");
    assert_eq!(rejection(&[form, signed, settings, settings]), Rejection::SignatureRepeated);
    assert_eq!(rejection(&[form, signed]), Rejection::Mismatch);
}

#[test]
fn refuses_a_body_that_nothing_covers() {
    // Without a content type a body is no form, and nothing hashes it.
    assert_eq!(rejection(&[(SIGNATURE_HEADER, SOME)]), Rejection::BodyNotCovered);
    let json = ("content-type", "application/json");
    // What is to be JSON and is not is refused before; what is, needs its hash.
    let no_json = rejection(&[(SIGNATURE_HEADER, SOME), json]);
    assert_eq!((no_json.status().as_u16(), no_json.code()), (400, "not-json"));
    let mut headers = HeaderMap::new();
    headers.insert(SIGNATURE_HEADER, HeaderValue::from_static(SOME));
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let verdict =
        verifier().verify_url(&Method::POST, "https://h/v", &headers, &Bytes::from("{\"a\":1}"));
    assert_eq!(verdict.unwrap_err(), Rejection::BodyNotCovered);

    // A GET with a body needs its hash as well, whatever the type.
    let signer = Signer::twilio(Key::new("k").unwrap());
    let form = Some("application/x-www-form-urlencoded");
    let get = signer.sign(&Method::GET, "https://h/v", form, &Bytes::new()).unwrap();
    let mut headers = get.headers;
    headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
    let smuggled = Bytes::from("Body=smuggled");
    let verdict = verifier().verify_url(&Method::GET, "https://h/v", &headers, &smuggled);
    assert_eq!(verdict.unwrap_err(), Rejection::BodyNotCovered);
}

#[test]
fn the_signer_covers_every_kind_of_body() {
    let signer = Signer::twilio(Key::new("k").unwrap());
    let params = Params::parse(b"b=2&a=1&b=2").unwrap();
    for request in [
        signer.form("https://h/v?x=1#rc=2", &params).unwrap(),
        signer.get("https://h/v", &params).unwrap(),
        signer.get("https://h/v?x=1", &Params::default()).unwrap(),
        signer.get("https://h/v#rc=2", &params).unwrap(),
        signer.json("https://h/v?x=1", r#"{"a":1}"#).unwrap(),
    ] {
        let (head, body) = request.into_parts();
        let url = head.uri.to_string();
        let delivery = verifier().verify_url(&head.method, &url, &head.headers, &body).unwrap();
        assert_eq!(delivery.signature().unwrap().url_variant().to_string(), "as-configured");
        let changed = Bytes::from([&body[..], b"x"].concat());
        assert!(verifier().verify_url(&head.method, &url, &head.headers, &changed).is_err());
    }
    let get = signer.get("https://h/v#rc=2", &params).unwrap();
    assert_eq!(get.uri().to_string(), "https://h/v?b=2&a=1&b=2");
    let stale = signer.json("https://h/v?bodySHA256=00", "{}").unwrap_err();
    assert_eq!(stale.to_string(), "the URL has the bodySHA256 of another body");
}

#[test]
fn no_debug_text_holds_a_secret_or_a_signature() {
    let key = Key::new("canarykey").unwrap();
    let signed = Signer::twilio(key.clone())
        .form("https://h/v?canaryquery=1", &Params::parse(b"Body=canarybody").unwrap())
        .unwrap();
    let signature = signed.headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned();
    let verifier = Verifier::twilio(key.clone(), PublicUrl::direct(Hosts::any()));
    let (head, body) = signed.into_parts();
    let url = head.uri.to_string();
    let delivery = verifier.verify_url(&head.method, &url, &head.headers, &body).unwrap();
    let body = Bytes::from("Body=canarybody2");
    let forged = verifier.verify_url(&head.method, &url, &head.headers, &body);
    let error = forged.unwrap_err();
    // Who learns what would have been right for the other body has forged it.
    let form = head.headers.get("content-type").and_then(|value| value.to_str().ok());
    let expected = Signer::twilio(key.clone()).sign(&Method::POST, &url, form, &body).unwrap();
    let expected = expected.headers[SIGNATURE_HEADER].to_str().unwrap().to_owned();
    assert_ne!(expected, signature);
    let signer = Signer::twilio(key.clone());
    let plain = signer.sign(&Method::POST, &url, None, &Bytes::new()).unwrap();
    let target = crate::PublicTarget("/hooks/canarypath?canaryquery=1".parse().unwrap());
    let shown = format!(
        "{key:?} {verifier:?} {delivery:?} {error:?} {error} {signer:?} {plain:?} {target:?}"
    );
    for canary in ["canary", &signature, &expected] {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
}
