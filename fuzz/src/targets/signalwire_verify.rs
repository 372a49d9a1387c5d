//! SignalWire's verification against a reference of twenty lines, on requests of every shape: one
//! or both signatures, under either name, once or twice, keys of which some take no SHA-1.

use arbitrary::Arbitrary;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, Method};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use switchhook_signature::{
    Algorithm, Hosts, Key, Keys, PublicUrl, SIGNALWIRE_SHA256_SIGNATURE_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER, Verifier,
};

/// The keys of a verifier, of which those of SHA-256 take nothing less.
pub static KEYS: [(&str, Algorithm); 4] = [
    ("PSK_exampleSharedKey0000000001", Algorithm::HmacSha1),
    ("PSK_exampleSharedKey0000000002", Algorithm::HmacSha1),
    ("PSK_exampleSharedKey0000000001", Algorithm::HmacSha256),
    ("PSK_exampleSharedKey0000000002", Algorithm::HmacSha256),
];

pub static HOSTS: [&str; 2] = ["hooks.example.com", "[2001:db8::7]"];

pub static METHODS: [Method; 3] = [Method::POST, Method::GET, Method::HEAD];

/// What a body announces itself as.
pub static KINDS: [Option<&str>; 3] =
    [Some("application/json"), Some("application/x-www-form-urlencoded"), None];

/// A request, and how it is signed. What chooses from a list counts from its beginning again.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub struct Request<'a> {
    /// Which keys the verifier has, a bit each; the first one where there is none.
    pub keys: u8,
    pub method: u8,
    pub kind: u8,
    pub tls: bool,
    pub host: u8,
    pub port: Option<u16>,
    /// Bits: 1, the SHA-1 signature comes twice; 2, the SHA-256 one; 4, the SHA-1 one comes under
    /// Twilio's name; 8, another one comes under Twilio's name; 16, what has that name comes
    /// twice.
    pub named: u8,
    /// Which text is signed in which writing; bit 8: with the second key; 128: the hash of the
    /// body is in the URL.
    pub sign: u8,
    pub target: &'a str,
    /// Signatures from nowhere.
    pub other_sha1: &'a str,
    pub other_sha256: &'a str,
    pub body: &'a [u8],
}

/// What arrives of it.
struct Sent<'a> {
    keys: Vec<(&'static str, Algorithm)>,
    method: &'static Method,
    kind: Option<&'static str>,
    url: String,
    /// The values of the three headers: SHA-1, SHA-256, Twilio's.
    sha1: Vec<String>,
    sha256: Vec<String>,
    twilio: Vec<String>,
    body: &'a [u8],
}

/// The provider's pages as code, without the holes of the official library.
fn reference(sent: &Sent<'_>) -> bool {
    let (Some(native), Some(sha256)) = (single(&sent.sha1), single(&sent.sha256)) else {
        return false;
    };
    let Some(sha1) = (if native.is_empty() { single(&sent.twilio) } else { Some(native) }) else {
        return false;
    };
    let Sent { kind, body, .. } = *sent;
    let is_form = kind == KINDS[1];
    let whole = [sent.url.as_bytes(), body].concat();
    let is_text = std::str::from_utf8(body).is_ok() && (kind.is_some() || body.is_empty());
    let texts = of_pairs(sent);
    sent.keys.iter().any(|(key, algorithm)| {
        is_text && (!is_form || body.is_empty()) && sha256 == hex(&mac256(key, &whole))
            || *algorithm == Algorithm::HmacSha1
                && (is_text && sha1 == hex(&mac1(key, &whole))
                    || texts.iter().any(|text| sha1 == STANDARD.encode(mac1(key, text))))
    })
}

/// The one value of a header, empty where there is none; `None` where there are more.
fn single(values: &[String]) -> Option<&str> {
    match values {
        [] => Some(""),
        [value] => Some(value),
        _ => None,
    }
}

/// What may be signed in base64: the forms of the URL, with what covers the body.
fn of_pairs(sent: &Sent<'_>) -> Vec<Vec<u8>> {
    let Sent { kind, body, .. } = *sent;
    let query = sent.url.split_once('?').map_or("", |url| url.1);
    let hashes: Vec<_> =
        form_urlencoded::parse(query.as_bytes()).filter(|pair| pair.0 == "bodySHA256").collect();
    if hashes.iter().any(|given| given.1 != hex(&Sha256::digest(body))) {
        return Vec::new();
    }
    let is_fetch = *sent.method != Method::POST;
    let has_no_type = kind.is_none() && body.is_empty();
    let suffixes = [
        (kind == KINDS[1] && !is_fetch || has_no_type).then(|| joined(body)),
        (!hashes.is_empty() || is_fetch && body.is_empty()).then(Vec::new),
    ];
    let (scheme, rest) = sent.url.split_once("://").unwrap();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap());
    let port = if scheme == "https" { ":443" } else { ":80" };
    let other = match host.strip_suffix(port) {
        Some(host) => host.to_owned(),
        None if host.rsplit(']').next().unwrap().contains(':') => host.to_owned(),
        None => format!("{host}{port}"),
    };
    let urls = [sent.url.clone(), format!("{scheme}://{other}{path}")];
    let with = |suffix: &Vec<u8>| urls.clone().map(|url| [url.as_bytes(), suffix].concat());
    suffixes.iter().flatten().flat_map(with).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac1(key: &str, text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).unwrap();
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

fn mac256(key: &str, text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

/// Names and values of a form, sorted by name alone, as the official library joins them.
fn joined(form: &[u8]) -> Vec<u8> {
    let mut pairs: Vec<_> = form_urlencoded::parse(form).collect();
    pairs.sort_by(|left, right| left.0.cmp(&right.0));
    pairs.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()].concat()).collect()
}

/// One of a list.
fn of<T>(list: &'static [T], at: u8) -> &'static T {
    &list[usize::from(at) % list.len()]
}

impl<'a> Request<'a> {
    fn sent(&self) -> Option<Sent<'a>> {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if !self.target.bytes().all(is_plain) || self.body.len() > 4096 {
            return None;
        }
        let keys = KEYS.iter().enumerate().filter(|(at, _)| self.keys & 1 << at != 0);
        let mut keys: Vec<_> = keys.map(|(_, key)| *key).collect();
        if keys.is_empty() {
            keys.push(KEYS[0]);
        }
        let scheme = if self.tls { "https" } else { "http" };
        let host = of(&HOSTS, self.host);
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let mut url = format!("{scheme}://{host}{port}/{}", self.target);
        let body = self.body;
        if self.sign & 0x80 != 0 {
            let mark = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{mark}bodySHA256={}", hex(&Sha256::digest(body)));
        }

        // Sign some requests rightly, or as another kind would be, else nothing ever matches.
        let key = KEYS[usize::from(self.sign & 8 != 0)].0;
        let whole = [url.as_bytes(), body].concat();
        let pairs = [url.as_bytes(), &joined(body)].concat();
        let (sha1, sha256) = match self.sign % 8 {
            0 => (hex(&mac1(key, &whole)), String::new()),
            1 => (String::new(), hex(&mac256(key, &whole))),
            2 => (STANDARD.encode(mac1(key, &pairs)), String::new()),
            3 => (STANDARD.encode(mac1(key, url.as_bytes())), String::new()),
            4 => (STANDARD.encode(mac1(key, &whole)), STANDARD.encode(mac256(key, &whole))),
            5 => (hex(&mac1(key, &pairs)), hex(&mac256(key, &pairs))),
            6 => (hex(&mac1(key, &whole)), self.other_sha256.to_owned()),
            _ => (self.other_sha1.to_owned(), self.other_sha256.to_owned()),
        };
        let times = |value: String, bit: u8| vec![value; 1 + usize::from(self.named & bit != 0)];
        let (sha1, twilio) = match (self.named & 4 != 0, self.named & 8 != 0) {
            (true, _) => (Vec::new(), times(sha1, 16)),
            (false, true) => (times(sha1, 1), times(self.other_sha1.to_owned(), 16)),
            (false, false) => (times(sha1, 1), Vec::new()),
        };
        let (method, kind) = (of(&METHODS, self.method), *of(&KINDS, self.kind));
        Some(Sent { keys, method, kind, url, sha1, sha256: times(sha256, 2), twilio, body })
    }
}

/// What our verifier says; `None` where the request cannot be sent.
pub fn check(request: Request<'_>) -> Option<bool> {
    let sent = request.sent()?;
    let mut headers = HeaderMap::new();
    for (name, values) in [
        (SIGNALWIRE_SIGNATURE_HEADER, &sent.sha1),
        (SIGNALWIRE_SHA256_SIGNATURE_HEADER, &sent.sha256),
        (SIGNATURE_HEADER, &sent.twilio),
    ] {
        for value in values {
            headers.append(name, HeaderValue::from_str(value).ok()?);
        }
    }
    if let Some(kind) = sent.kind {
        headers.insert("content-type", HeaderValue::from_static(kind));
    }
    let keys = sent.keys.iter();
    let mut keys = keys.map(|(key, algorithm)| Key::new(*key).unwrap().with_algorithm(*algorithm));
    let first = Keys::from(keys.next().expect("there is one"));
    let public_url = PublicUrl::direct(Hosts::any());
    let verifier = Verifier::signalwire(keys.fold(first, Keys::and), public_url);

    let body = Bytes::copy_from_slice(sent.body);
    let verdict = verifier.verify_url(sent.method, &sent.url, &headers, &body);
    // Ours reads the body first, within limits, and refuses what only announces itself as JSON.
    let unread = verdict.as_ref().map_or_else(|rejection| rejection.status().as_u16(), |_| 200);
    let no_json = serde_json::from_slice::<serde_json::Value>(sent.body).is_err();
    if !(unread == 413 || unread == 400 && sent.kind == KINDS[0] && no_json) {
        assert_eq!(verdict.is_ok(), reference(&sent), "{} {verdict:?}", sent.url);
    }
    // The compatible mode refuses nothing that the strict one accepts.
    let compatible = verifier.compatible();
    let compatible = compatible.verify_url(sent.method, &sent.url, &headers, &body);
    assert!(compatible.is_ok() || verdict.is_err());
    Some(verdict.is_ok())
}
