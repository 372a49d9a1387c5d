//! The doctor on requests of every shape: bounded, silent about secrets, right about what it
//! says matched, and never blind to what a verifier accepts.

use arbitrary::Arbitrary;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, Signer, Verifier,
    doctor::{Cause, Doctor},
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// What was signed, and what is received of it.
#[derive(Arbitrary)]
pub struct Request<'a> {
    pub signalwire: bool,
    pub get: bool,
    pub kind: u8,
    pub signed_at: &'a str,
    pub received_at: &'a str,
    /// A header and its value.
    pub name: u8,
    pub value: &'a str,
    /// A signature from nowhere.
    pub signature: Option<&'a str>,
    pub signed: Vec<u8>,
    /// Where it is another than the signed body.
    pub received: Option<Vec<u8>>,
}

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

pub fn check(request: Request<'_>) {
    let Request { signalwire, get, kind, signed_at, received_at, .. } = request;
    let Request { name, value, signature, signed, received, .. } = request;
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
}
