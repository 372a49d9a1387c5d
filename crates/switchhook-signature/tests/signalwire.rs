//! SignalWire's vectors, each with the verdict that a hardened library should give, and a
//! table of everything that is not meant to pass.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;
use sha2::Digest;
use switchhook_core::{Delivery, Params};
use switchhook_signature::{
    Algorithm, Coverage, Hosts, Key, Keys, PortChange, PublicUrl, Rejection, Rewrite,
    SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER, SignError,
    Signer, Verified, Verifier,
};

const KEY: &str = "PSK_exampleSharedKey0000000001";
const URL: &str = "https://hooks.example.com/swml";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

#[derive(Deserialize)]
struct Fixture {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    scheme: String,
    key: String,
    url: String,
    method: String,
    headers: BTreeMap<String, String>,
    content_type: String,
    body: String,
    valid: bool,
    recommended: Option<bool>,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("fixtures/signalwire-signature-vectors.json");
    serde_json::from_str::<Fixture>(text).expect("the fixture is JSON").vectors
}

type Verdict = Result<Verified<Delivery>, Rejection>;

impl Vector {
    fn expected(&self) -> bool {
        self.recommended.unwrap_or(self.valid)
    }

    fn verify(&self, keys: Keys) -> Verdict {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", self.content_type.parse().unwrap());
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let method: Method = self.method.parse().unwrap();
        let body = Bytes::from(self.body.clone());
        verifier(keys).verify_url(&method, &self.url, &headers, &body)
    }
}

fn verifier(keys: impl Into<Keys>) -> Verifier {
    Verifier::signalwire(keys, PublicUrl::direct(Hosts::any()))
}

#[test]
fn every_vector_gives_the_recommended_verdict() {
    let (mut valid, mut hardened) = (0, 0);
    for vector in vectors() {
        let verdict = vector.verify(Keys::new(&vector.key).unwrap());
        assert_eq!(verdict.is_ok(), vector.expected(), "{}: {verdict:?}", vector.id);
        if let Ok(delivery) = verdict {
            let found = delivery.signature().unwrap();
            assert_eq!(found.findings, [], "{}", vector.id);
            valid += 1;
        } else {
            hardened += u32::from(vector.valid);
        }
    }
    assert_eq!((vectors().len(), valid, hardened), (72, 34, 4));
}

#[test]
fn a_valid_vector_needs_its_key_and_the_match_names_it() {
    for vector in vectors().iter().filter(|vector| vector.expected()) {
        let other = || Key::new("PSK_another").unwrap();
        // A key of an account verifies no JSON of another one, and no form without it.
        let project = "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
        let account = if vector.body.contains(project) { project } else { "own" };
        let both = Keys::from(other()).and(Key::new(&vector.key).unwrap().for_account(account));
        let form = vector.content_type.starts_with(FORM);
        match vector.verify(both) {
            Ok(delivery) => {
                let found = delivery.signature().unwrap();
                assert_eq!((found.key, found.account.as_deref()), (1, Some(account)));
            }
            Err(rejection) => assert!(form && rejection == Rejection::Mismatch, "{}", vector.id),
        }
        assert_eq!(
            vector.verify(other().into()).unwrap_err(),
            Rejection::Mismatch,
            "{}",
            vector.id
        );
    }
}

#[test]
fn a_key_pinned_to_sha256_takes_no_sha1() {
    for vector in vectors().iter().filter(|vector| vector.expected()) {
        let pinned = Key::new(&vector.key).unwrap().with_algorithm(Algorithm::HmacSha256);
        let verdict = vector.verify(pinned.into());
        let strong = vector.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case(SIGNALWIRE_SHA256_SIGNATURE_HEADER)
                && !value.starts_with("000")
        });
        assert_eq!(verdict.is_ok(), strong, "{}: {verdict:?}", vector.id);
        if let Ok(delivery) = verdict {
            assert_eq!(delivery.signature().unwrap().algorithm, Algorithm::HmacSha256);
            assert_eq!(vector.scheme, "A256");
        }
    }
}

/// The text that a signature of the table is over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Text {
    UrlAndBody,
    UrlAndPairs,
    Url,
}

/// How the signature is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Writing {
    Hex(Algorithm),
    Base64(Algorithm),
    UpperHex(Algorithm),
}

fn mac(algorithm: Algorithm, text: &[u8]) -> Vec<u8> {
    fn of<M: Mac + KeyInit>(text: &[u8]) -> Vec<u8> {
        let mac = <M as KeyInit>::new_from_slice(KEY.as_bytes()).unwrap();
        mac.chain_update(text).finalize().into_bytes().to_vec()
    }
    match algorithm {
        Algorithm::HmacSha1 => of::<Hmac<sha1::Sha1>>(text),
        _ => of::<Hmac<sha2::Sha256>>(text),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

impl Writing {
    fn sign(self, text: &[u8]) -> String {
        match self {
            Self::Hex(algorithm) => hex(&mac(algorithm, text)),
            Self::Base64(algorithm) => STANDARD.encode(mac(algorithm, text)),
            Self::UpperHex(algorithm) => hex(&mac(algorithm, text)).to_uppercase(),
        }
    }
}

/// One request of the table.
struct Row {
    content_type: Option<&'static str>,
    body: &'static str,
    hashed: bool,
    text: Text,
    writing: Writing,
    header: &'static str,
}

impl Row {
    /// What is meant to pass, and nothing else.
    fn passes(&self) -> bool {
        use Algorithm::{HmacSha1, HmacSha256};
        let sha256_header = self.header == SIGNALWIRE_SHA256_SIGNATURE_HEADER;
        let empty = self.body.is_empty();
        let json = self.content_type == Some(JSON);
        let form = self.content_type == Some(FORM);
        // What announces itself as JSON and is none has no signature that counts.
        if json && !empty && !self.body.starts_with('{') {
            return false;
        }
        // Two texts may be one: without a body, or where it is a name alone.
        let over = |text| self.signed(self.text) == self.signed(text);
        match (self.writing, sha256_header) {
            (Writing::Hex(HmacSha1), false) => over(Text::UrlAndBody) && (json || form || empty),
            (Writing::Hex(HmacSha256), true) => over(Text::UrlAndBody) && (json || empty),
            (Writing::Base64(HmacSha1), false) if self.hashed => {
                over(Text::Url) || form && over(Text::UrlAndPairs)
            }
            (Writing::Base64(HmacSha1), false) if form => over(Text::UrlAndPairs),
            // Of an empty body there is nothing that a signature of the URL would not cover.
            (Writing::Base64(HmacSha1), false) => empty && self.content_type.is_none(),
            _ => false,
        }
    }

    fn url(&self) -> String {
        let hash = hex(&sha2::Sha256::digest(self.body));
        if self.hashed { format!("{URL}?bodySHA256={hash}") } else { URL.to_owned() }
    }

    fn signed(&self, text: Text) -> String {
        let url = self.url();
        match text {
            Text::Url => url,
            Text::UrlAndBody => url + self.body,
            Text::UrlAndPairs => {
                let params = Params::parse(self.body.as_bytes()).unwrap();
                let mut pairs: Vec<_> = params.iter().collect();
                pairs.sort_by_key(|pair| pair.0);
                url + &pairs.iter().flat_map(|(name, value)| [*name, *value]).collect::<String>()
            }
        }
    }

    fn verdict(&self) -> Verdict {
        let url = self.url();
        let text = self.signed(self.text);
        let mut headers = HeaderMap::new();
        headers.insert(self.header, self.writing.sign(text.as_bytes()).parse().unwrap());
        if let Some(content_type) = self.content_type {
            headers.insert("content-type", content_type.parse().unwrap());
        }
        verifier(Keys::new(KEY).unwrap()).verify_url(
            &Method::POST,
            &url,
            &headers,
            &self.body.into(),
        )
    }
}

#[test]
fn nothing_passes_that_is_not_meant_to() {
    let mut passed = 0;
    let mut refused = 0;
    let algorithms = [Algorithm::HmacSha1, Algorithm::HmacSha256];
    for content_type in [Some(JSON), Some(FORM), Some("text/plain"), None] {
        for body in ["", "{\"event\":\"x\"}", "b=2&a=1&b=1"] {
            for hashed in [false, true] {
                for text in [Text::UrlAndBody, Text::UrlAndPairs, Text::Url] {
                    for algorithm in algorithms {
                        for writing in [Writing::Hex, Writing::Base64, Writing::UpperHex] {
                            for header in [
                                SIGNALWIRE_SIGNATURE_HEADER,
                                SIGNALWIRE_SHA256_SIGNATURE_HEADER,
                                SIGNATURE_HEADER,
                            ] {
                                let writing = writing(algorithm);
                                let row = Row { content_type, body, hashed, text, writing, header };
                                let verdict = row.verdict();
                                let what = format!(
                                    "{content_type:?} {body:?} {hashed} {text:?} {writing:?} {header}"
                                );
                                assert_eq!(verdict.is_ok(), row.passes(), "{what}: {verdict:?}");
                                *if verdict.is_ok() { &mut passed } else { &mut refused } += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!((passed + refused, passed), (1296, 158));
}

fn verify(
    verifier: &Verifier,
    headers: &[(&'static str, &str)],
    url: &str,
    body: &[u8],
) -> Verdict {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    verifier.verify_url(&Method::POST, url, &map, &Bytes::copy_from_slice(body))
}

#[test]
fn headers_that_prove_nothing_are_told_apart() {
    let verifier = verifier(Keys::new(KEY).unwrap());
    let body = b"{}";
    let text = [URL.as_bytes(), body].concat();
    let good = Writing::Hex(Algorithm::HmacSha1).sign(&text);
    let good256 = Writing::Hex(Algorithm::HmacSha256).sign(&text);
    let json = ("content-type", JSON);
    let (sha1, sha256, alias) =
        (SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNATURE_HEADER);
    let verdict = |headers: &[(&'static str, &str)]| {
        let headers = [&[json], headers].concat();
        verify(&verifier, &headers, URL, body).map(|d| d.signature().unwrap().algorithm)
    };
    assert_eq!(verdict(&[]), Err(Rejection::SignatureMissing));
    assert_eq!(verdict(&[(sha1, ""), (sha256, "")]), Err(Rejection::SignatureMissing));
    assert_eq!(verdict(&[(sha1, &good), (sha1, &good)]), Err(Rejection::SignatureRepeated));
    assert_eq!(verdict(&[(sha256, &good256), (sha256, "")]), Err(Rejection::SignatureRepeated));
    assert_eq!(verdict(&[(sha1, "x")]), Err(Rejection::SignatureMalformed));
    assert_eq!(verdict(&[(sha1, "x"), (alias, &good)]), Err(Rejection::SignatureMalformed));
    assert_eq!(verdict(&[(sha1, ""), (alias, &good)]), Ok(Algorithm::HmacSha1));
    assert_eq!(verdict(&[(sha256, "x"), (sha1, &good)]), Ok(Algorithm::HmacSha1));
    assert_eq!(verdict(&[(sha256, &good256), (sha1, "x")]), Ok(Algorithm::HmacSha256));
    assert_eq!(verdict(&[(sha256, "x"), (sha1, "y")]), Err(Rejection::SignatureMalformed));
}

#[test]
fn a_malformed_signature_is_refused_before_the_body_is_read() {
    let verifier = verifier(Keys::new(KEY).unwrap());
    let precheck = |headers: &[(&'static str, &str)]| {
        let mut request = http::Request::post(URL);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        verifier.precheck(&request.body(()).unwrap().into_parts().0)
    };
    let (sha1, sha256) = (SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER);
    let good = Writing::Hex(Algorithm::HmacSha1).sign(b"x");
    let good256 = Writing::Hex(Algorithm::HmacSha256).sign(b"x");
    let malformed = Err(Rejection::SignatureMalformed);
    assert_eq!(precheck(&[]), Err(Rejection::SignatureMissing));
    assert_eq!(precheck(&[(sha1, "x")]), malformed);
    assert_eq!(precheck(&[(sha256, "x")]), malformed);
    assert_eq!(precheck(&[(sha256, &good)]), malformed);
    assert_eq!(precheck(&[(sha1, "x"), (sha256, "y")]), malformed);
    // Either may still prove the request.
    assert_eq!(precheck(&[(sha1, &good)]), Ok(()));
    assert_eq!(precheck(&[(sha1, &good), (sha256, "y")]), Ok(()));
    assert_eq!(precheck(&[(sha1, "x"), (sha256, &good256)]), Ok(()));
}

#[test]
fn the_body_of_json_is_text() {
    let body = b"{\"a\":\"\xff\"}";
    let signature = Writing::Hex(Algorithm::HmacSha1).sign(&[URL.as_bytes(), body].concat());
    let headers = [("content-type", JSON), (SIGNALWIRE_SIGNATURE_HEADER, signature.as_str())];
    let verdict = verify(&verifier(Keys::new(KEY).unwrap()), &headers, URL, body);
    assert_eq!(verdict.unwrap_err().code(), "not-json");
}

#[test]
fn what_the_configured_url_has_more_may_be_signed() {
    let url = |rest: &str| format!("https://{rest}");
    let public = PublicUrl::fixed("https://user:p%40ss@h.example/swml#rt=5000").unwrap();
    let verifier = Verifier::signalwire(Keys::new(KEY).unwrap(), public.clone());
    assert!(!format!("{public:?} {verifier:?}").contains("p%40ss"));
    let found = |signed: &str, form: bool| {
        let (content_type, body, text, writing) = if form {
            (FORM, "a=1", "a1", Writing::Base64(Algorithm::HmacSha1))
        } else {
            (JSON, "[1]", "[1]", Writing::Hex(Algorithm::HmacSha1))
        };
        let signature = writing.sign(format!("{signed}{text}").as_bytes());
        let request = http::Request::post("/swml")
            .header("content-type", content_type)
            .header(SIGNALWIRE_SIGNATURE_HEADER, signature)
            .body(Bytes::from(body))
            .unwrap();
        let delivery = verifier.verify_request(request).ok()?;
        assert_eq!(delivery.url(), "https://h.example/swml");
        let found = delivery.signature().unwrap();
        assert_eq!(found.findings, []);
        Some(found.url_variant().to_string())
    };
    for (signed, json, form) in [
        ("h.example/swml", Some("as-configured"), Some("as-configured")),
        ("h.example:443/swml", None, Some("port-added")),
        ("h.example/swml#rt=5000", Some("fragment-added"), Some("fragment-added")),
        ("h.example:443/swml#rt=5000", None, Some("fragment-added+port-added")),
        ("user:p%40ss@h.example/swml", Some("userinfo-added"), Some("userinfo-added")),
        (
            "user:p%40ss@h.example/swml#rt=5000",
            Some("userinfo-and-fragment-added"),
            Some("userinfo-and-fragment-added"),
        ),
        ("other:p%40ss@h.example/swml", None, None),
        ("h.example/swml#rt=1", None, None),
    ] {
        assert_eq!(found(&url(signed), false).as_deref(), json, "{signed} JSON");
        assert_eq!(found(&url(signed), true).as_deref(), form, "{signed} form");
    }
}

#[test]
fn only_the_usual_port_comes_and_goes() {
    let verifier = verifier(Keys::new(KEY).unwrap());
    for (signed, seen, variant) in [
        ("https://h/v", "https://h:443/v", Some("port-removed")),
        ("https://h:443/v", "https://h/v", Some("port-added")),
        ("http://h:80/v", "http://h/v", Some("port-added")),
        ("https://h/v", "https://h:8443/v", None),
        ("https://h:8443/v", "https://h/v", None),
        ("https://h/v", "https://h:80/v", None),
        ("http://h:443/v", "http://h/v", None),
    ] {
        let signature = Writing::Base64(Algorithm::HmacSha1).sign(format!("{signed}a1").as_bytes());
        let headers = [("content-type", FORM), (SIGNALWIRE_SIGNATURE_HEADER, &signature)];
        let found = verify(&verifier, &headers, seen, b"a=1").ok();
        let found = found.map(|delivery| delivery.signature().unwrap().url_variant().to_string());
        assert_eq!(found.as_deref(), variant, "{signed} {seen}");
    }
}

#[test]
fn compatible_mode_reports_what_it_accepts() {
    let body = b"{}";
    let signed = "https://hooks.example.com:443/swml?a=%27{}";
    let signature = Writing::Hex(Algorithm::HmacSha1).sign(signed.as_bytes());
    let headers = [("content-type", JSON), (SIGNALWIRE_SIGNATURE_HEADER, signature.as_str())];
    let strict = verifier(Keys::new(KEY).unwrap());
    let url = "https://hooks.example.com/swml?a='";
    assert_eq!(verify(&strict, &headers, url, body).unwrap_err(), Rejection::Mismatch);
    let delivery = verify(&strict.compatible(), &headers, url, body).unwrap();
    let found = delivery.signature().unwrap();
    assert_eq!((found.rewrite, found.port), (Some(Rewrite::ApostropheEncoded), PortChange::Added));
    assert_eq!(found.findings[0].code(), "apostrophe-encoded");
}

#[test]
fn the_signer_signs_as_the_provider_does() {
    let signer = || Signer::signalwire(Key::new(KEY).unwrap());
    let verifier = verifier(Keys::new(KEY).unwrap());
    let params = Params::parse(b"b=2&a=1&b=1&c=%FF").unwrap();
    let (sha1, sha256) = (SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER);
    for (request, coverage, headers) in [
        (signer().json(URL, "{\"a\":1}").unwrap(), Coverage::Body, &[sha1, sha256][..]),
        (signer().form(URL, &params).unwrap(), Coverage::Pairs, &[sha1]),
        (signer().get(URL, &params).unwrap(), Coverage::Url, &[sha1, sha256]),
    ] {
        for name in [sha1, sha256] {
            assert_eq!(request.headers().contains_key(name), headers.contains(&name));
        }
        let url = request.uri().to_string();
        let (head, body) = request.into_parts();
        let delivery = verifier.verify_url(&head.method, &url, &head.headers, &body).unwrap();
        let found = delivery.signature().unwrap();
        assert_eq!((found.coverage, found.rewrite), (coverage, None));
        let changed = Bytes::from([&body[..], b"x"].concat());
        assert!(verifier.verify_url(&head.method, &url, &head.headers, &changed).is_err());
    }
    // What the scheme does not cover, the URL's hash does.
    let text = signer().sign(&Method::POST, URL, Some("text/plain"), &"hi".into()).unwrap();
    assert!(text.url.contains("?bodySHA256="));
    let mut headers = text.headers;
    headers.insert("content-type", HeaderValue::from_static("text/plain"));
    assert!(verifier.verify_url(&Method::POST, &text.url, &headers, &"hi".into()).is_ok());
    let pinned = Key::new(KEY).unwrap().with_algorithm(Algorithm::HmacSha256);
    let refused: SignError = Signer::signalwire(pinned.clone()).form(URL, &params).unwrap_err();
    assert_eq!(refused.to_string(), "a key that is pinned to HMAC-SHA256 signs no forms");
    let strong = Signer::signalwire(pinned).json(URL, "{}").unwrap();
    assert!(!strong.headers().contains_key(sha1) && strong.headers().contains_key(sha256));
}

#[test]
fn unsigned_requests_are_let_in_only_by_the_policy_that_says_so() {
    let optional = verifier(Keys::new(KEY).unwrap()).trust_unsigned();
    let none = Verifier::trust_without_verification();
    let body = b"{}";
    let good = Writing::Hex(Algorithm::HmacSha1).sign(&[URL.as_bytes(), body].concat());
    let json = ("content-type", JSON);
    let signed = [json, (SIGNALWIRE_SIGNATURE_HEADER, good.as_str())];
    let wrong = [json, (SIGNALWIRE_SIGNATURE_HEADER, "x")];
    let wrong256 = [json, (SIGNALWIRE_SHA256_SIGNATURE_HEADER, "x")];
    let proof = |verifier: &Verifier, headers: &[(&'static str, &str)]| {
        verify(verifier, headers, URL, body).map(|delivery| delivery.signature().is_some())
    };
    assert_eq!(proof(&optional, &[json]), Ok(false));
    assert_eq!(proof(&optional, &signed), Ok(true));
    assert_eq!(proof(&optional, &wrong), Err(Rejection::SignatureMalformed));
    assert_eq!(proof(&optional, &wrong256), Err(Rejection::SignatureMalformed));
    assert_eq!(proof(&none, &signed), Ok(false));
    assert_eq!(proof(&none, &wrong), Ok(false));
    let required = verifier(Keys::new(KEY).unwrap());
    assert_eq!(proof(&required, &[json]), Err(Rejection::SignatureMissing));
}

#[test]
fn a_key_of_a_project_verifies_no_json_that_names_another_one() {
    let verdict = |account: &str, body: &str| {
        let own = || Key::new("kB").unwrap();
        let keys = Keys::from(own().for_account(account));
        let verifier = Verifier::signalwire(keys, PublicUrl::fixed(URL).unwrap());
        let request = Signer::signalwire(own()).json(URL, body.to_owned()).unwrap();
        let (head, body) = request.into_parts();
        verifier.verify(&head, &body).map(|_| ())
    };
    for place in ["AccountSid", "account_sid", "project_id"] {
        for (open, close) in [
            ("{", "}"),
            (r#"{"jsonrpc":"2.0","method":"event","params":{"#, "}}"),
            (r#"{"params":{},"project_id":"B","params":{},"#, "}"),
        ] {
            let body = |account: &str| format!(r#"{open}"{place}":{account}{close}"#);
            assert_eq!(verdict("B", &body(r#""B""#)), Ok(()), "{place} {open}");
            // Absent or nothing at all; see also the vectors.
            for none in [r#""""#, "null", "{}"] {
                assert_eq!(verdict("B", &body(none)), Ok(()), "{place} {open} {none}");
            }
        }
        for body in [
            format!(r#"{{"{place}":"A"}}"#),
            format!(r#"{{"params":{{"{place}":"A"}},"project_id":"B"}}"#),
            format!(r#"{{"{place}":"\u0041","call_id":"c1"}}"#),
            format!(r#"{{"{place}":7}}"#),
        ] {
            assert_eq!(verdict("B", &body), Err(Rejection::KeyUnknown), "{body}");
        }
    }
    for inside in ["call", "call_info", "message"] {
        let body = format!(r#"{{"{inside}":{{"project_id":"A"}},"project_id":"B"}}"#);
        assert_eq!(verdict("B", &body), Err(Rejection::KeyUnknown), "{body}");
        let body = format!(r#"{{"params":{body}}}"#);
        assert_eq!(verdict("B", &body), Err(Rejection::KeyUnknown), "{body}");
        let body = format!(r#"{{"{inside}":{{"project_id":"B"}}}}"#);
        assert_eq!(verdict("B", &body), Ok(()), "{body}");
    }
    let state = r#"{"event_type":"calling.call.state","project_id":"A","params":{"call_id":"c1","call_state":"ended"}}"#;
    assert_eq!(verdict("B", state), Err(Rejection::KeyUnknown));
    assert_eq!(verdict("A", state), Ok(()));
}
