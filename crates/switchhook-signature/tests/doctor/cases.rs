//! Every documented case has its finding.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, Signer,
    doctor::{Cause, Doctor},
};

use super::{Sent, doctor, key};

#[derive(Deserialize)]
struct Case {
    id: String,
    auth_token: String,
    method: String,
    url: String,
    content_type: Option<String>,
    body: String,
    signature: String,
    context: Context,
    finding: String,
    signed_url: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Context {
    headers: Vec<(String, String)>,
    known_prefixes: Vec<String>,
    known_urls: Vec<String>,
    known_empty: Vec<String>,
    other_tokens: Vec<OtherToken>,
    caller_params_added: bool,
    upgrade: bool,
    sent_body: Option<String>,
}

#[derive(Deserialize)]
struct OtherToken {
    label: String,
    auth_token: String,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../fixtures/doctor-cases.json"))
        .expect("the fixture is JSON")
}

impl Case {
    fn doctor(&self) -> Doctor {
        let keys = Keys::new(&self.auth_token).unwrap();
        let context = &self.context;
        let mut doctor = Doctor::twilio(keys, PublicUrl::direct(Hosts::any()));
        doctor = context.known_prefixes.iter().fold(doctor, Doctor::known_prefix);
        doctor = context.known_urls.iter().fold(doctor, Doctor::known_url);
        doctor = context.known_empty.iter().fold(doctor, Doctor::known_empty);
        doctor = context.other_tokens.iter().fold(doctor, |doctor, other| {
            doctor.other_key(&other.label, Key::new(&other.auth_token).unwrap())
        });
        if context.caller_params_added {
            doctor = doctor.query_counted_twice();
        }
        if context.upgrade {
            doctor = doctor.upgrade();
        }
        if let Some(body) = &context.sent_body {
            doctor = doctor.known_body(body.clone());
        }
        doctor
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.context.headers {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert("content-type", HeaderValue::from_str(content_type).unwrap());
        }
        headers.insert("x-twilio-signature", HeaderValue::from_str(&self.signature).unwrap());
        headers
    }

    fn method(&self) -> Method {
        self.method.parse().unwrap()
    }
}

#[test]
fn every_documented_case_has_its_finding() {
    let cases = cases();
    assert_eq!(cases.len(), 23);
    for case in cases {
        let body = Bytes::from(case.body.clone());
        let found = case.doctor().examine_url(&case.method(), &case.url, &case.headers(), &body);
        assert_eq!(found.cause().as_str(), case.finding, "{}: {found:?}", case.id);
        match found.matched() {
            Some(matched) => assert_eq!(matched.url(), case.signed_url, "{}", case.id),
            None => assert_eq!(found.cause(), Cause::NoMatch, "{}", case.id),
        }
        assert!(found.macs() <= Doctor::MOST_MACS, "{}: {found:?}", case.id);
    }
}

/// With an origin of `wss` every webhook but the upgrades would be refused.
#[test]
fn the_setting_for_a_socket_is_an_origin_of_https() {
    let signer = Signer::twilio(key());
    let sent = Sent::of(&signer, Method::GET, "wss://hooks.example.com/media", None, "");
    let sent = sent.with_header("upgrade", "websocket");
    let found = sent.received_at("https://hooks.example.com/media").examined_by(&doctor());
    assert_eq!(found.cause(), Cause::WsScheme);
    assert_eq!(found.setting(), Some(r#"PublicUrl::origin("https://hooks.example.com")"#));
}
