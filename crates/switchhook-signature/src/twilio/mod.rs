//! `X-Twilio-Signature`: base64 of an HMAC over the URL and what covers the body.

mod url;
mod variants;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, Method};
use sha2::{Digest, Sha256};
use switchhook_core::{Delivery, Params, Payload};

pub(crate) use self::url::Url;
pub use self::variants::{Finding, PortChange, Rewrite};
use crate::{Algorithm, Key, Keys, Rejection};

/// The header that carries the signature, in lower case.
pub const SIGNATURE_HEADER: &str = "x-twilio-signature";

/// The header that says which shared key signed, in lower case. Not signed itself.
pub const SETTINGS_HEADER: &str = "x-twilio-webhooks-signature-settings";

// Names that are made once are found without parsing them on each request.
static SIGNATURE: HeaderName = HeaderName::from_static(SIGNATURE_HEADER);
static SETTINGS: HeaderName = HeaderName::from_static(SETTINGS_HEADER);

/// The query parameter that covers a body which is not a form.
pub(crate) const BODY_HASH: &str = "bodySHA256";

/// What a request claims: its signature, and which shared key made it.
pub(crate) struct Claim<'a> {
    signature: [u8; 32],
    len: usize,
    settings: Option<Settings<'a>>,
}

/// The settings header: `key=…,algorithm=…`.
struct Settings<'a> {
    key: Option<&'a str>,
    algorithm: Algorithm,
}

/// How a signature matched.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The place of the key that matched.
    pub key: usize,
    /// The account that the key belongs to, where it was told: the proven one, whatever the
    /// request names.
    pub account: Option<Box<str>>,
    /// What had to be changed in the URL, in compatible mode.
    pub rewrite: Option<Rewrite>,
    /// Whether the port of the URL had to be added or left out. Senders do either, so this
    /// is no finding.
    pub port: PortChange,
    /// Settings to put right; empty in strict mode.
    pub findings: Vec<Finding>,
}

impl Match {
    fn new(key: usize, rewrite: Option<Rewrite>, port: PortChange) -> Self {
        let findings = rewrite.map(Finding::of).into_iter().collect();
        Self { key, account: None, rewrite, port, findings }
    }

    /// The form of the URL that was signed, such as `as-configured` or `port-added`.
    pub fn url_variant(&self) -> impl fmt::Display + use<> {
        variants::Name { rewrite: self.rewrite, port: self.port }
    }
}

impl<'a> Claim<'a> {
    pub(crate) fn read(headers: &'a HeaderMap) -> Result<Self, Rejection> {
        let mut signatures = headers.get_all(&SIGNATURE).iter();
        let signature = signatures.next().ok_or(Rejection::SignatureMissing)?;
        if signatures.next().is_some() {
            return Err(Rejection::SignatureRepeated);
        }
        let mut digest = [0; 32];
        // Strict about padding, alphabet and trailing bits, so that one digest has one text.
        let len = STANDARD
            .decode_slice(signature, &mut digest)
            .ok()
            .filter(|len| {
                [Algorithm::HmacSha1, Algorithm::HmacSha256].iter().any(|a| a.digest_len() == *len)
            })
            .ok_or(Rejection::SignatureMalformed)?;
        Ok(Self { signature: digest, len, settings: Settings::read(headers)? })
    }

    /// Whether `key` may have made the signature of the delivery, whose account is looked up
    /// only where the key cares.
    fn admits(&self, key: &Key, delivery: &Delivery) -> Result<(), Rejection> {
        let other_account = key.account().is_some_and(|ours| match account(delivery) {
            Some(named) => named != ours,
            // A form names its account, or it is none of this key's. The signed text of
            // anything else is the URL alone, and may come without.
            None => matches!(delivery.payload(), Payload::Params(_)) && !delivery.body().is_empty(),
        });
        let named = self.settings.as_ref().and_then(|settings| settings.key);
        let other_id = key.id().is_some_and(|ours| named.is_some_and(|named| named != ours));
        if other_account || other_id {
            return Err(Rejection::KeyUnknown);
        }
        let told = self.settings.as_ref().map(|settings| settings.algorithm);
        if key.algorithm().digest_len() != self.len
            || told.is_some_and(|told| told != key.algorithm())
        {
            return Err(Rejection::AlgorithmMismatch);
        }
        Ok(())
    }

    fn signature(&self) -> &[u8] {
        &self.signature[..self.len]
    }
}

impl<'a> Settings<'a> {
    fn read(headers: &'a HeaderMap) -> Result<Option<Self>, Rejection> {
        let mut values = headers.get_all(&SETTINGS).iter();
        let Some(value) = values.next() else { return Ok(None) };
        let text = value.to_str().map_err(|_| Rejection::AlgorithmUnknown)?;
        if values.next().is_some() {
            return Err(Rejection::SignatureRepeated);
        }
        let part = |wanted: &str| {
            text.split(',')
                .filter_map(|part| part.split_once('='))
                .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
                .map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        let algorithm = match part("algorithm") {
            Some(name) => Algorithm::from_name(name).ok_or(Rejection::AlgorithmUnknown)?,
            None => Algorithm::HmacSha1,
        };
        Ok(Some(Self { key: part("key"), algorithm }))
    }
}

/// Finds the key and the form of the URL that give the claimed signature.
pub(crate) fn check(
    keys: &Keys,
    delivery: &Delivery,
    claim: &Claim<'_>,
    compatible: bool,
) -> Result<Match, Rejection> {
    let refusals = keys.iter().map(|key| claim.admits(key, delivery).err());
    // The refusal of the last key stands for all, and any admitted key for none.
    if let Some(refusal) = refusals.reduce(Option::and).flatten() {
        return Err(refusal);
    }
    let suffix = cover(delivery)?;
    let find = |url: &str, suffix: &[u8]| {
        let parts = [url.as_bytes(), suffix];
        let makes = |key: &Key| {
            claim.admits(key, delivery).is_ok() && key.verifies(parts, claim.signature())
        };
        keys.iter().position(makes)
    };
    let mut found =
        variants::search(&suffix, delivery, compatible, find).ok_or(Rejection::Mismatch)?;
    found.account = keys.iter().nth(found.key).and_then(Key::account).map(Into::into);
    Ok(found)
}

/// The account that a request names, in the parameters of its form or of its query.
fn account(delivery: &Delivery) -> Option<&str> {
    let named = delivery.params().and_then(|params| params.get("AccountSid"));
    named.filter(|account| !account.is_empty())
}

/// What follows the URL in the signed text: the sorted pairs of a form, nothing for
/// everything else, whose body the URL has to cover.
pub(crate) fn cover(delivery: &Delivery) -> Result<Vec<u8>, Rejection> {
    let without_body = matches!(*delivery.method(), Method::GET | Method::HEAD);
    match delivery.payload() {
        Payload::Params(params) if !without_body => Ok(pairs(params)),
        _ if without_body && delivery.body().is_empty() => Ok(Vec::new()),
        _ => check_body_hash(delivery).map(|()| Vec::new()),
    }
}

/// The distinct pairs, sorted, names and values without separators.
fn pairs(params: &Params) -> Vec<u8> {
    let mut text = Vec::with_capacity(params.decoded_len());
    for pair in params.sorted().joined() {
        text.extend_from_slice(pair);
    }
    text
}

/// Whether the URL's `bodySHA256` is the hash of the body: there, in lower case, and the
/// same wherever it is repeated.
fn check_body_hash(delivery: &Delivery) -> Result<(), Rejection> {
    let query = delivery.url().split_once('?').map_or("", |(_, query)| query);
    let query =
        Params::parse(query.as_bytes()).map_err(|error| Rejection::Request(error.into()))?;
    let named = |pair: &(&[u8], &[u8])| pair.0 == BODY_HASH.as_bytes();
    let mut hashes = query.iter_bytes().filter(named).map(|pair| pair.1).peekable();
    hashes.peek().ok_or(Rejection::BodyNotCovered)?;
    let hash = body_hash(delivery.body());
    let same = hashes.all(|given| given == hash.as_bytes());
    if same { Ok(()) } else { Err(Rejection::BodyChanged) }
}

/// SHA-256 of a body in lower-case hexadecimal digits.
pub(crate) fn body_hash(body: &[u8]) -> String {
    use fmt::Write;
    Sha256::digest(body).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A signature as header text.
pub(crate) fn encode(signature: &[u8]) -> String {
    STANDARD.encode(signature)
}

#[cfg(test)]
mod tests;
