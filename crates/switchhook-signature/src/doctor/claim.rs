//! What a request's headers claim, read with more patience than a verifier has.

use http::{HeaderMap, HeaderValue};

use super::Cause;
use crate::{
    Algorithm, Key, SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER,
    SIGNATURE_HEADER, digest::Digest, verifier::Scheme,
};

/// More signatures than this are not looked at.
const MOST_CLAIMS: usize = 4;

/// A signature that a header holds.
pub(super) struct Claim {
    pub(super) digest: Digest,
    pub(super) writing: Writing,
    /// Whose rules it goes by.
    pub(super) scheme: Scheme,
    pub(super) header: &'static str,
    /// What is wrong with the header itself.
    pub(super) cause: Option<Cause>,
}

/// How a digest is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    Hex,
    Base64,
}

/// The signatures of a request, or what is wrong where there is none.
pub(super) fn read(scheme: Scheme, headers: &HeaderMap, keys: &[Key]) -> Result<Vec<Claim>, Cause> {
    let (own, foreign): (&[_], &[_]) = match scheme {
        Scheme::Twilio => (
            &[SIGNATURE_HEADER],
            &[SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER],
        ),
        Scheme::SignalWire => (
            &[SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER],
            &[SIGNATURE_HEADER],
        ),
    };
    let there = |names: &[&'static str]| names.iter().any(|name| is_there(headers, name));
    let names = match (there(own), there(foreign)) {
        (true, _) => own,
        (false, true) => foreign,
        (false, false) => return Err(Cause::SignatureMissing),
    };
    // SignalWire's own libraries take Twilio's name for another one of their header.
    let other = (scheme == Scheme::Twilio && !there(own)).then_some(Cause::OtherProvider);
    let rules = if other.is_some() { Scheme::SignalWire } else { scheme };
    let mut claims = Vec::new();
    for &name in names {
        let lines = headers.get_all(name).iter().map(HeaderValue::as_bytes);
        let texts = lines.flat_map(|line| line.split(|byte| *byte == b',')).take(MOST_CLAIMS);
        let texts: Vec<&[u8]> = texts.collect();
        for text in &texts {
            let Some((digest, writing, mended)) = digest(text) else { continue };
            let mut claim = Claim { digest, writing, scheme: rules, header: name, cause: other };
            if claim.cause.is_none() {
                claim.cause = claim.fault(keys, mended);
            }
            if texts.len() > 1 {
                claim.cause = Some(Cause::SignatureRepeated);
            }
            claims.push(claim);
        }
    }
    claims.truncate(MOST_CLAIMS);
    if claims.is_empty() { Err(other.unwrap_or(Cause::SignatureMalformed)) } else { Ok(claims) }
}

fn is_there(headers: &HeaderMap, name: &str) -> bool {
    headers.get_all(name).iter().any(|value| !value.is_empty())
}

impl Claim {
    /// What the provider would have written otherwise.
    fn fault(&self, keys: &[Key], mended: bool) -> Option<Cause> {
        let algorithm = self.digest.algorithm();
        let pinned = |key: &Key| key.algorithm() == algorithm;
        match self.scheme {
            Scheme::Twilio if self.writing == Writing::Hex => Some(Cause::SignatureEncoding),
            Scheme::Twilio if !keys.iter().any(pinned) => Some(Cause::Algorithm),
            Scheme::SignalWire if algorithm != self.expected() => Some(Cause::Algorithm),
            Scheme::SignalWire
                if algorithm == Algorithm::HmacSha256 && self.writing == Writing::Base64 =>
            {
                Some(Cause::SchemeMismatch)
            }
            _ => mended.then_some(Cause::SignatureEncoding),
        }
    }

    /// The algorithm that the header is for.
    fn expected(&self) -> Algorithm {
        if self.header == SIGNALWIRE_SHA256_SIGNATURE_HEADER {
            Algorithm::HmacSha256
        } else {
            Algorithm::HmacSha1
        }
    }
}

/// Reads a digest however it is written; the flag says whether it had to be mended.
fn digest(text: &[u8]) -> Option<(Digest, Writing, bool)> {
    let plain = |text: &[u8]| {
        let hex = Digest::from_hex(text).map(|digest| (digest, Writing::Hex));
        hex.or_else(|| Digest::from_base64(text).map(|digest| (digest, Writing::Base64)))
    };
    if let Some((digest, writing)) = plain(text) {
        return Some((digest, writing, false));
    }
    let text = text.trim_ascii();
    // The longest of all is a prefix and 64 digits.
    if text.len() > 80 {
        return None;
    }
    let text =
        [&b"sha1="[..], b"sha256="].iter().find_map(|p| text.strip_prefix(*p)).unwrap_or(text);
    let quoted = |quote: u8| text.strip_prefix(&[quote])?.strip_suffix(&[quote]);
    let text = quoted(b'"').or_else(|| quoted(b'\'')).unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    if let Some(digest) = Digest::from_hex(&lower) {
        return Some((digest, Writing::Hex, true));
    }
    let mut standard: Vec<u8> = text
        .iter()
        .map(|byte| match byte {
            // A blank was a `+` that somebody decoded as a part of a form.
            b'-' | b' ' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    while !standard.len().is_multiple_of(4) {
        standard.push(b'=');
    }
    Digest::from_base64(&standard).map(|digest| (digest, Writing::Base64, true))
}
