//! Verification against a reference of twenty lines, on requests of every shape: auth tokens and
//! shared keys of both algorithms, several at a time, forms, JSON, fetches and upgrades.

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, Method, request::Parts};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use switchhook_signature::{
    Algorithm, Connection, Hosts, Key, Keys, PublicUrl, SETTINGS_HEADER, SIGNATURE_HEADER, Verifier,
};

/// The keys of a verifier: auth tokens, the next one, shared keys with their ids.
pub static KEYS: [(&str, Algorithm, Option<&str>); 7] = [
    ("7f3a90c1d2e4b5867788990a1b2c3d4e", Algorithm::HmacSha1, None),
    ("0123456789abcdef0123456789abcdef", Algorithm::HmacSha1, None),
    ("12345", Algorithm::HmacSha1, None),
    (SHARED, Algorithm::HmacSha256, Some("webhooks_sharedkey_01example0000000000000000")),
    (SHARED, Algorithm::HmacSha1, Some("webhooks_sharedkey_01example0000000000000000")),
    (SHARED, Algorithm::HmacSha256, Some("k2")),
    (SHARED, Algorithm::HmacSha256, None),
];

const SHARED: &str = "sk_example_c2hhcmVkLWtleS1zZWNyZXQ";

pub static SCHEMES: [&str; 4] = ["https", "http", "wss", "ws"];

pub static HOSTS: [&str; 4] =
    ["hooks.example.com", "media.example.com", "mycompany.com", "[2001:db8::1]"];

pub static METHODS: [Method; 3] = [Method::POST, Method::GET, Method::HEAD];

/// What a body announces itself as.
pub static KINDS: [Option<&str>; 3] =
    [Some("application/x-www-form-urlencoded"), Some("application/json"), None];

/// A request, and how it is signed. What chooses from a list counts from its beginning again.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub struct Request<'a> {
    /// Which keys the verifier has, a bit each; the first one where there is none.
    pub keys: u8,
    pub method: u8,
    pub kind: u8,
    pub scheme: u8,
    pub host: u8,
    pub port: Option<u16>,
    /// Bits: 1, the signature comes twice; 2, the settings do.
    pub twice: u8,
    /// Bits: 1, it is signed rightly; 2, the hash of the body is in the URL; 4, the URL is signed
    /// with its other port; 8, with the other algorithm; the rest, the key.
    pub sign: u8,
    pub target: &'a str,
    pub settings: Option<&'a str>,
    /// A signature from nowhere.
    pub other_signature: &'a str,
    pub body: &'a [u8],
}

/// What arrives of it.
struct Sent<'a> {
    keys: Vec<(&'static str, Algorithm, Option<&'static str>)>,
    method: &'static Method,
    kind: Option<&'static str>,
    url: String,
    signature: String,
    settings: Option<&'a str>,
    is_repeated: bool,
    body: &'a [u8],
}

/// The provider's page as code: does one of the keys sign this with one of the two forms of the
/// URL?
fn reference(sent: &Sent<'_>) -> bool {
    let settings = sent.settings.map(|text| {
        let part = |wanted: &str| {
            let mut parts = text.split(',').filter_map(|part| part.split_once('='));
            let found = parts.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.trim()).unwrap_or_default()
        };
        (part("key"), part("algorithm").to_ascii_uppercase())
    });
    let is_named = |(_, algorithm, id): &(&str, Algorithm, Option<&str>)| {
        let Some((key, told)) = &settings else { return true };
        let told = if told.is_empty() { "HMAC_SHA1" } else { told.as_str() };
        told == algorithm.as_str() && (key.is_empty() || id.is_none_or(|id| id == *key))
    };
    // Settings that are not ASCII text name nothing that is known.
    let is_text = sent.settings.is_none_or(str::is_ascii);
    let Some(suffix) = suffix(sent) else { return false };
    let urls = [sent.url.clone(), with_other_port(&sent.url)];
    let mut keys = sent.keys.iter().filter(|key| is_named(key));
    is_text
        && !sent.is_repeated
        && keys.any(|(secret, algorithm, _)| {
            let signs = |url: &String| mac(*algorithm, secret, url, &suffix) == sent.signature;
            urls.iter().any(signs)
        })
}

/// What follows the URL in the signed text; `None` where nothing covers the body.
fn suffix(sent: &Sent<'_>) -> Option<Vec<u8>> {
    let is_fetch = *sent.method != Method::POST;
    if sent.body.is_empty() && (is_fetch || sent.kind.is_none()) {
        return Some(Vec::new());
    }
    if sent.kind == KINDS[0] && !is_fetch {
        return Some(joined(sent.body));
    }
    let query = sent.url.split_once('?').map_or("", |url| url.1);
    let pairs = pairs(query.as_bytes());
    let mut hashes = pairs.iter().filter(|pair| pair.0 == b"bodySHA256").peekable();
    hashes.peek()?;
    hashes.all(|given| given.1 == hash(sent.body).as_bytes()).then(Vec::new)
}

fn mac(algorithm: Algorithm, secret: &str, url: &str, suffix: &[u8]) -> String {
    let (secret, text) = (secret.as_bytes(), [url.as_bytes(), suffix].concat());
    match algorithm {
        Algorithm::HmacSha256 => {
            let mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            STANDARD.encode(mac.chain_update(text).finalize().into_bytes())
        }
        _ => {
            let mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
            STANDARD.encode(mac.chain_update(text).finalize().into_bytes())
        }
    }
}

fn hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The URL without its port, or with the usual one where it has none.
fn with_other_port(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap());
    let usual = if matches!(scheme, "https" | "wss") { ":443" } else { ":80" };
    let after_host = authority.find(']').unwrap_or_default();
    match authority[after_host..].find(':') {
        Some(colon) => format!("{scheme}://{}{path}", &authority[..after_host + colon]),
        None => format!("{scheme}://{authority}{usual}{path}"),
    }
}

/// The distinct pairs of a form, sorted.
fn joined(form: &[u8]) -> Vec<u8> {
    let pairs: BTreeSet<_> = pairs(form).into_iter().collect();
    pairs.into_iter().flat_map(|(name, value)| [name, value].concat()).collect()
}

/// `form_urlencoded` without its replacement of bytes that are not UTF-8.
fn pairs(form: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let decode = |text: &[u8]| -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = text;
        while let [first, tail @ ..] = rest {
            let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            let byte =
                digits.filter(|d| !d.starts_with('+')).and_then(|d| u8::from_str_radix(d, 16).ok());
            rest = match (first, byte) {
                (b'%', Some(byte)) => {
                    out.push(byte);
                    &tail[2..]
                }
                (first, _) => {
                    out.push(if *first == b'+' { b' ' } else { *first });
                    tail
                }
            };
        }
        out
    };
    form.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            (decode(&pair[..at]), decode(pair.get(at + 1..).unwrap_or_default()))
        })
        .collect()
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
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let (scheme, host) = (of(&SCHEMES, self.scheme), of(&HOSTS, self.host));
        let mut url = format!("{scheme}://{host}{port}/{}", self.target);
        if self.sign & 2 != 0 {
            let mark = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{mark}bodySHA256={}", hash(self.body));
        }
        let (method, kind) = (of(&METHODS, self.method), *of(&KINDS, self.kind));

        // Sign some requests rightly, else no signature ever matches.
        let signature = if self.sign & 1 != 0 {
            let (secret, algorithm, _) = of(&KEYS, self.sign >> 4);
            let algorithm = match (algorithm, self.sign & 8 != 0) {
                (Algorithm::HmacSha1, false) | (Algorithm::HmacSha256, true) => Algorithm::HmacSha1,
                _ => Algorithm::HmacSha256,
            };
            let signed = if self.sign & 4 != 0 { with_other_port(&url) } else { url.clone() };
            let is_form = kind == KINDS[0] && *method == Method::POST;
            let suffix = if is_form { joined(self.body) } else { Vec::new() };
            mac(algorithm, secret, &signed, &suffix)
        } else {
            self.other_signature.to_owned()
        };
        let (settings, body) = (self.settings, self.body);
        let is_repeated = self.twice & 1 != 0 || self.twice & 2 != 0 && settings.is_some();
        Some(Sent { keys, method, kind, url, signature, settings, is_repeated, body })
    }

    /// The headers that come with it, where they can be sent at all.
    fn headers(&self, sent: &Sent<'_>) -> Option<HeaderMap> {
        let mut headers = HeaderMap::new();
        let mut add = |name: &'static str, value: &str, bit: u8| {
            for _ in 0..=u8::from(self.twice & bit != 0) {
                headers.append(name, HeaderValue::from_str(value).ok()?);
            }
            Some(())
        };
        add(SIGNATURE_HEADER, &sent.signature, 1)?;
        if let Some(settings) = sent.settings {
            add(SETTINGS_HEADER, settings, 2)?;
        }
        if let Some(kind) = sent.kind {
            add("content-type", kind, 0)?;
        }
        Some(headers)
    }
}

/// What our verifier says; `None` where the request cannot be sent.
pub fn check(request: Request<'_>) -> Option<bool> {
    let sent = request.sent()?;
    let headers = request.headers(&sent)?;
    let keys = sent.keys.iter().map(|(secret, algorithm, id)| {
        let key = Key::new(*secret).unwrap().with_algorithm(*algorithm);
        id.map_or(key.clone(), |id| key.with_id(id))
    });
    let mut keys = keys.collect::<Vec<_>>().into_iter();
    let first = Keys::from(keys.next().expect("there is one"));
    let verifier = Verifier::twilio(keys.fold(first, Keys::and), PublicUrl::direct(Hosts::any()));

    let body = Bytes::copy_from_slice(sent.body);
    let verdict = verifier.verify_url(sent.method, &sent.url, &headers, &body);
    // Ours reads the body first, within limits, and refuses what only announces itself as JSON.
    let unread = verdict.as_ref().map_or_else(|rejection| rejection.status().as_u16(), |_| 200);
    let no_json = serde_json::from_slice::<serde_json::Value>(sent.body).is_err();
    if !(unread == 413 || unread == 400 && sent.kind == KINDS[1] && no_json) {
        assert_eq!(verdict.is_ok(), reference(&sent), "{} {verdict:?}", sent.url);
    }
    // The compatible mode refuses nothing that the strict one accepts.
    let compatible = verifier.clone().compatible();
    let compatible = compatible.verify_url(sent.method, &sent.url, &headers, &body);
    assert!(compatible.is_ok() || verdict.is_err());

    // A server has a head, of which it tells the URL.
    if let Some(head) = sent.head(headers) {
        let whole = verifier.verify(&head, &body);
        assert_eq!(whole.as_ref().err(), verdict.as_ref().err());
        assert!(verifier.precheck(&head).is_ok() || whole.is_err());
    }
    Some(verdict.is_ok())
}

impl Sent<'_> {
    /// The head of the request, where the URL can be told of it.
    fn head(&self, headers: HeaderMap) -> Option<Parts> {
        let (scheme, rest) = self.url.split_once("://")?;
        let (authority, target) = rest.split_at(rest.find('/')?);
        let mut head = http::Request::new(()).into_parts().0;
        head.method = self.method.clone();
        head.uri = target.parse().ok()?;
        head.headers = headers;
        head.headers.insert("host", HeaderValue::from_str(authority).ok()?);
        if scheme.starts_with("ws") {
            head.headers.insert("upgrade", HeaderValue::from_static("websocket"));
        }
        let tls = matches!(scheme, "https" | "wss");
        head.extensions.insert(Connection { tls, peer: None });
        let told = PublicUrl::direct(Hosts::any()).resolve(&head);
        (told.as_ref() == Ok(&self.url)).then_some(head)
    }
}
