//! SignalWire's verification against a reference of twenty lines, on requests of every shape.

use arbitrary::Arbitrary;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, Method};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use switchhook_signature::{
    Hosts, Keys, PublicUrl, SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER,
    Verifier,
};

const KEY: &str = "PSK_exampleSharedKey0000000001";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha1(text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha1>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

fn sha256(text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

/// Names and values of a form, sorted by name alone, as the official library joins them.
fn joined(form: &[u8]) -> Vec<u8> {
    let mut pairs: Vec<_> = form_urlencoded::parse(form).collect();
    pairs.sort_by(|left, right| left.0.cmp(&right.0));
    pairs.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()].concat()).collect()
}

/// What is signed: the kind of body, the URL, the body, and the two headers.
struct Signed<'a> {
    get: bool,
    kind: Kind,
    url: &'a str,
    body: &'a [u8],
    sha1: &'a str,
    sha256: &'a str,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Json,
    Form,
    Other,
}

/// The provider's pages as code, without the holes of the official library.
fn reference(signed: &Signed<'_>) -> bool {
    let Signed { get, kind, url, body, .. } = *signed;
    let whole = [url.as_bytes(), body].concat();
    let text = std::str::from_utf8(body).is_ok() && (kind != Kind::Other || body.is_empty());
    if text && (kind != Kind::Form || body.is_empty()) && signed.sha256 == hex(&sha256(&whole)) {
        return true;
    }
    if text && signed.sha1 == hex(&sha1(&whole)) {
        return true;
    }
    let query = url.split_once('?').map_or("", |url| url.1);
    let hashes: Vec<_> =
        form_urlencoded::parse(query.as_bytes()).filter(|pair| pair.0 == "bodySHA256").collect();
    let hash = hex(&Sha256::digest(body));
    if hashes.iter().any(|given| given.1 != hash) {
        return false;
    }
    let no_type = kind == Kind::Other && body.is_empty();
    let suffixes = [
        (kind == Kind::Form && !get || no_type).then(|| joined(body)),
        (!hashes.is_empty() || get && body.is_empty()).then(Vec::new),
    ];
    let (scheme, rest) = url.split_once("://").unwrap();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let port = if scheme == "https" { ":443" } else { ":80" };
    let other = match host.strip_suffix(port) {
        Some(host) => host.to_owned(),
        None if host.contains(':') => host.to_owned(),
        None => format!("{host}{port}"),
    };
    let urls = [url.to_owned(), format!("{scheme}://{other}{path}")];
    suffixes.iter().flatten().any(|suffix| {
        let base64 = |url: &String| STANDARD.encode(sha1(&[url.as_bytes(), suffix].concat()));
        urls.iter().any(|url| signed.sha1 == base64(url))
    })
}

/// A request, and how to sign it rightly.
#[derive(Arbitrary)]
pub struct Request<'a> {
    pub get: bool,
    pub tls: bool,
    pub kind: u8,
    pub port: Option<u16>,
    pub target: &'a str,
    /// Signatures from nowhere.
    pub other_sha1: &'a str,
    pub other_sha256: &'a str,
    pub body: Vec<u8>,
    pub sign: u8,
}

pub fn check(request: Request<'_>) {
    let Request { get, tls, kind, port, target, other_sha1, other_sha256, body, sign } = request;
    if !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') || body.len() > 4096 {
        return;
    }
    let kind = [Kind::Json, Kind::Form, Kind::Other][usize::from(kind % 3)];
    let method = if get { Method::GET } else { Method::POST };
    let scheme = if tls { "https" } else { "http" };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let mut url = format!("{scheme}://hooks.example.com{port}/{target}");
    if sign & 0x80 != 0 {
        let separator = if url.contains('?') { '&' } else { '?' };
        url = format!("{url}{separator}bodySHA256={}", hex(&Sha256::digest(&body)));
    }

    // Sign some requests rightly, or as another kind would be, else nothing ever matches.
    let whole = [url.as_bytes(), &body].concat();
    let pairs = [url.as_bytes(), &joined(&body)].concat();
    let (good_sha1, good_sha256) = match sign % 8 {
        0 => (hex(&sha1(&whole)), String::new()),
        1 => (String::new(), hex(&sha256(&whole))),
        2 => (STANDARD.encode(sha1(&pairs)), String::new()),
        3 => (STANDARD.encode(sha1(url.as_bytes())), String::new()),
        4 => (STANDARD.encode(sha1(&whole)), STANDARD.encode(sha256(&whole))),
        5 => (hex(&sha1(&pairs)), hex(&sha256(&pairs))),
        6 => (hex(&sha1(&whole)), other_sha256.to_owned()),
        _ => (other_sha1.to_owned(), other_sha256.to_owned()),
    };
    let mut headers = HeaderMap::new();
    for (name, text) in [
        (SIGNALWIRE_SIGNATURE_HEADER, &good_sha1),
        (SIGNALWIRE_SHA256_SIGNATURE_HEADER, &good_sha256),
    ] {
        let Ok(value) = HeaderValue::from_str(text) else { return };
        headers.insert(name, value);
    }
    match kind {
        Kind::Json => headers.insert("content-type", HeaderValue::from_static("application/json")),
        Kind::Form => headers
            .insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded")),
        Kind::Other => None,
    };

    let verifier = Verifier::signalwire(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::any()));
    let bytes = Bytes::from(body.clone());
    let verdict = verifier.verify_url(&method, &url, &headers, &bytes);
    // Ours reads the body first, within limits, and refuses what only announces itself as JSON.
    let unread = verdict.as_ref().map_or_else(|rejection| rejection.status().as_u16(), |_| 200);
    let no_json = serde_json::from_slice::<serde_json::Value>(&body).is_err();
    if !(unread == 413 || unread == 400 && kind == Kind::Json && no_json) {
        let signed =
            Signed { get, kind, url: &url, body: &body, sha1: &good_sha1, sha256: &good_sha256 };
        assert_eq!(verdict.is_ok(), reference(&signed), "{url} {verdict:?}");
    }
    // The compatible mode refuses nothing that the strict one accepts.
    let compatible = verifier.compatible().verify_url(&method, &url, &headers, &bytes);
    assert!(compatible.is_ok() || verdict.is_err());
}
