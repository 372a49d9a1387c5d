//! The doctor's reports: they name causes and settings, never what would be right.

use std::{num::NonZeroU32, time::Instant};

use bytes::Bytes;
use http::{Request, request::Parts};
use switchhook::{
    Hosts, Key, Keys, PublicUrl, Signer,
    doctor::{Doctor, OnCall},
};

use super::{
    KEY, MESSAGE,
    canaries::{self, assert_clean},
    request::Sent,
    routes, signalwire, twilio,
};
use crate::ORIGIN;

type Change = fn(&mut Parts, &mut Bytes);

/// What proxies, rotations and forgers do to a request.
const CHANGES: [(&str, Change); 7] = [
    ("nothing", |_, _| ()),
    ("TLS ends before", |head, _| {
        head.uri = head.uri.to_string().replacen("https", "http", 1).parse().unwrap();
    }),
    ("another query", |head, _| {
        head.uri = format!("{ORIGIN}/sms?canarytext=%2B15550009911").parse().unwrap();
    }),
    ("another body", |_, body| *body = Bytes::from_static(b"Body=canarytext&x=canarything")),
    ("no body", |_, body| *body = Bytes::new()),
    ("another signature", |head, _| {
        for value in head.headers.values_mut().filter(|value| value.len() >= 28) {
            if value.as_bytes().ends_with(b"=") {
                *value = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().unwrap();
            }
        }
    }),
    ("no signature", |head, _| {
        let names: Vec<_> = head.headers.keys().cloned().collect();
        for name in names.iter().filter(|name| name.as_str().ends_with("-signature")) {
            head.headers.remove(name);
        }
    }),
];

#[test]
fn a_diagnosis_names_causes_and_nothing_that_is_private() {
    let other = Key::new("canaryotherkey01").unwrap();
    canaries::hide("canaryotherkey01");
    let on_call_of = |doctor: Doctor| OnCall::switched_on(doctor, NonZeroU32::new(100).unwrap());
    let mut causes = std::collections::BTreeSet::new();
    for (what, doctor, signed) in [
        ("a Twilio form", Doctor::for_verifier(&twilio()), routes::twilio_form("/sms")),
        ("a Twilio JSON", Doctor::for_verifier(&twilio()), routes::twilio_json("/sms")),
        ("a SignalWire form", Doctor::for_verifier(&signalwire()), routes::signalwire_form("/sms")),
        ("a SignalWire JSON", Doctor::for_verifier(&signalwire()), routes::signalwire_json("/sms")),
        (
            "another key",
            Some(
                Doctor::twilio(other, PublicUrl::direct(Hosts::any()))
                    .other_key("ours", Key::new(KEY).unwrap()),
            ),
            routes::twilio_form("/sms"),
        ),
        (
            "nobody's key",
            Some(Doctor::twilio(
                Keys::new("canaryotherkey01").unwrap(),
                PublicUrl::direct(Hosts::any()),
            )),
            nobodys(),
        ),
    ] {
        let doctor =
            doctor.unwrap().known_body(MESSAGE).known_url(format!("{ORIGIN}/sms?canarytext=1"));
        for (change, apply) in CHANGES {
            let (mut head, mut body) = signed.clone().into_parts();
            apply(&mut head, &mut body);
            canaries::hide_signatures(&Sent::of(Request::from_parts(head.clone(), body.clone())));
            let on_call = on_call_of(doctor.clone());
            let diagnosis = on_call.examine(Instant::now(), &head, &body).expect("it is on");
            causes.insert(diagnosis.cause().as_str());
            let advice: Vec<_> = diagnosis.causes().iter().map(|cause| cause.advice()).collect();
            let shown = format!(
                "{diagnosis:?} {diagnosis} {advice:?} {:?} {:?} {:?} {doctor:?} {on_call:?} {:?}",
                diagnosis.steps(),
                diagnosis.received(),
                diagnosis.matched(),
                diagnosis.received().map(|text| text.segments().collect::<Vec<_>>()),
            );
            assert_clean(&format!("a diagnosis of {what}, {change}"), &shown);
        }
    }
    assert!(causes.len() > 5, "{causes:?}");
}

/// Signed with a key that nobody here has.
fn nobodys() -> Request<Bytes> {
    let params = switchhook::Params::parse(MESSAGE.as_bytes()).unwrap();
    let signer = Signer::twilio(Key::new("somebody else's").unwrap());
    signer.form(&format!("{ORIGIN}/sms"), &params).unwrap()
}
