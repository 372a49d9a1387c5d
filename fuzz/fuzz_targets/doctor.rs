//! The doctor on requests of every shape: bounded, silent about secrets, right about what it
//! says matched, and never blind to what a verifier accepts.

#![no_main]

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, Signer, Verifier,
    doctor::{Cause, Doctor},
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Provider, method, kind of body, the signed URL, the received one, a header and its value, a
/// signature from nowhere, the signed body, and the received one where it is another.
type Input<'a> =
    (bool, bool, u8, &'a str, &'a str, u8, &'a str, Option<&'a str>, Vec<u8>, Option<Vec<u8>>);

const HEADERS: [&str; 8] = [
    "host",
    "forwarded",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "content-length",
    "upgrade",
    "x-twilio-webhooks-signature-settings",
];

fuzz_target!(|input: Input<'_>| {
    let (signalwire, get, kind, signed_at, received_at, name, value, signature, signed, received) =
        input;
    if signed.len() > 4096 || signed_at.len() > 512 || received_at.len() > 512 {
        return;
    }
    let method = if get { Method::GET } else { Method::POST };
    let kind = ["application/x-www-form-urlencoded", "application/json", "text/plain"]
        [usize::from(kind) % 3];
    let direct = || PublicUrl::direct(Hosts::any());
    let keys = || Keys::new("another").unwrap().and(Key::new(KEY).unwrap());
    let (signer, doctor, verifier) = if signalwire {
        let signer = Signer::signalwire(Key::new(KEY).unwrap());
        (signer, Doctor::signalwire(keys(), direct()), Verifier::signalwire(keys(), direct()))
    } else {
        let signer = Signer::twilio(Key::new(KEY).unwrap());
        (signer, Doctor::twilio(keys(), direct()), Verifier::twilio(keys(), direct()))
    };
    let signed = Bytes::from(signed);
    let url = format!("https://hooks.example.com/{signed_at}");
    let Ok(made) = signer.sign(&method, &url, Some(kind), &signed) else { return };
    let mut headers = made.headers;
    headers.insert("content-type", HeaderValue::from_static(kind));
    if let Some(signature) = signature {
        let Ok(value) = HeaderValue::from_str(signature) else { return };
        headers.insert("x-twilio-signature", value);
    }
    if let Ok(value) = HeaderValue::from_str(value) {
        let name = HEADERS[usize::from(name) % HEADERS.len()];
        headers.insert(HeaderName::from_static(name), value);
    }
    let body = received.map_or_else(|| signed.clone(), Bytes::from);
    let doctor = doctor.known_url(received_at).known_prefix(value).known_empty(value);

    for url in [made.url.as_str(), received_at, &format!("http://h{received_at}")] {
        let found = doctor.examine_url(&method, url, &headers, &body);
        assert!(found.macs() <= Doctor::MOST_MACS);
        let shown = format!("{found:?} {found}");
        assert!(!shown.contains(KEY) && (url.len() < 24 || !shown.contains(url)));
        if let Some(matched) = found.matched() {
            // What it says matched is signed so indeed.
            let joined: Vec<u8> =
                matched.signed_text().segments().flat_map(|piece| piece.bytes.to_vec()).collect();
            assert!(joined.starts_with(matched.url().as_bytes()));
            assert!(!found.causes().is_empty() && found.cause() != Cause::NoMatch);
        }
        let verified = verifier.verify_url(&method, url, &headers, &body).is_ok();
        // SignalWire leaves credentials out and may then not touch the port.
        if found.cause() == Cause::Valid && !url.contains('@') {
            assert!(verified, "{found:?}");
        }
        if verified {
            let mild = [Cause::Valid, Cause::Fragment, Cause::FormCoveredByHash];
            assert!(mild.contains(&found.cause()), "{found:?}");
        }
    }
});
