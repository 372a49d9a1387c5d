//! Verification against a reference of twenty lines, on requests of every shape.

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use base64::Engine;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, Method};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use switchhook_signature::{Hosts, Keys, PublicUrl, Verifier};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The provider's page as code: does `key` sign this with one of the two forms of the URL?
fn reference(method: &Method, url: &str, form: bool, body: &[u8], signature: &str) -> bool {
    let pairs: BTreeSet<_> = form_urlencoded_bytes(body).into_iter().collect();
    let get = *method == Method::GET;
    let suffix: Vec<u8> = match (get, form) {
        (false, true) => pairs.into_iter().flat_map(|(n, v)| [n, v].concat()).collect(),
        (true, _) if body.is_empty() => Vec::new(),
        _ => {
            let hash: String = Sha256::digest(body).iter().map(|b| format!("{b:02x}")).collect();
            let query = url.split_once('?').map_or("", |url| url.1);
            let given: Vec<_> = form_urlencoded_bytes(query.as_bytes())
                .into_iter()
                .filter(|(n, _)| n == b"bodySHA256")
                .map(|(_, v)| v)
                .collect();
            if given.is_empty() || given.iter().any(|given| *given != hash.as_bytes()) {
                return false;
            }
            Vec::new()
        }
    };
    let (scheme, rest) = url.split_once("://").unwrap();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let port = if scheme == "https" { ":443" } else { ":80" };
    let other = host.split_once(':').map_or(format!("{host}{port}"), |(host, _)| host.to_owned());
    [url.to_owned(), format!("{scheme}://{other}{path}")].iter().any(|url| {
        let mac = Hmac::<Sha1>::new_from_slice(KEY.as_bytes()).unwrap();
        let digest = mac.chain_update(url).chain_update(&suffix).finalize().into_bytes();
        base64::engine::general_purpose::STANDARD.encode(digest) == signature
    })
}

/// `form_urlencoded` without its replacement of bytes that are not UTF-8.
fn form_urlencoded_bytes(form: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let decode = |text: &[u8]| -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = text;
        while let [first, tail @ ..] = rest {
            let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            let byte =
                digits.filter(|d| !d.starts_with('+')).and_then(|d| u8::from_str_radix(d, 16).ok());
            (out, rest) = match (first, byte) {
                (b'%', Some(byte)) => ([out, vec![byte]].concat(), &tail[2..]),
                (b'+', _) => ([out, vec![b' ']].concat(), tail),
                (other, _) => ([out, vec![*other]].concat(), tail),
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

/// A request, and whether and how to sign it rightly.
#[derive(Arbitrary)]
pub struct Request<'a> {
    pub get: bool,
    pub form: bool,
    pub tls: bool,
    pub with_port: bool,
    pub port: u16,
    pub target: &'a str,
    /// A signature from nowhere.
    pub other_signature: &'a str,
    pub body: Vec<u8>,
    pub sign: Option<u8>,
}

pub fn check(request: Request<'_>) {
    let Request { get, form, tls, with_port, port, target, other_signature, body, sign } = request;
    if !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') || body.len() > 4096 {
        return;
    }
    let method = if get { Method::GET } else { Method::POST };
    let scheme = if tls { "https" } else { "http" };
    let port = if with_port { format!(":{port}") } else { String::new() };
    let mut url = format!("{scheme}://hooks.example.com{port}/{target}");
    if let Some(0..64) = sign {
        let hash: String = Sha256::digest(&body).iter().map(|b| format!("{b:02x}")).collect();
        url = format!("{url}{}bodySHA256={hash}", if url.contains('?') { '&' } else { '?' });
    }

    // Sign some requests rightly, else no signature ever matches.
    let signature = match sign {
        Some(_) => {
            let mut text = url.clone().into_bytes();
            if form && !get {
                let pairs: BTreeSet<_> = form_urlencoded_bytes(&body).into_iter().collect();
                text.extend(pairs.into_iter().flat_map(|(n, v)| [n, v].concat()));
            }
            let mac = Hmac::<Sha1>::new_from_slice(KEY.as_bytes()).unwrap();
            base64::engine::general_purpose::STANDARD
                .encode(mac.chain_update(&text).finalize().into_bytes())
        }
        None => other_signature.to_owned(),
    };
    let Ok(value) = HeaderValue::from_str(&signature) else { return };
    let mut headers = HeaderMap::new();
    headers.insert("x-twilio-signature", value);
    let content_type = if form { "application/x-www-form-urlencoded" } else { "application/json" };
    headers.insert("content-type", HeaderValue::from_static(content_type));

    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::any()));
    let bytes = Bytes::from(body.clone());
    let verdict = verifier.verify_url(&method, &url, &headers, &bytes);
    // Ours reads the body first, within limits, and refuses what only announces itself as JSON.
    let unread = verdict.as_ref().map_or_else(|rejection| rejection.status().as_u16(), |_| 200);
    let no_json = serde_json::from_slice::<serde_json::Value>(&body).is_err();
    if !(unread == 413 || unread == 400 && !form && no_json) {
        assert_eq!(
            verdict.is_ok(),
            reference(&method, &url, form, &body, &signature),
            "{url} {verdict:?}"
        );
    }
    // The compatible mode refuses nothing that the strict one accepts.
    let compatible = verifier.compatible().verify_url(&method, &url, &headers, &bytes);
    assert!(compatible.is_ok() || verdict.is_err());
}
