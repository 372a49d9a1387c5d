//! `X-Twilio-Signature`: base64 of an HMAC over the URL and what covers the body.

use http::{HeaderMap, HeaderName};
use switchhook_core::{Delivery, Params};

use crate::{
    Algorithm, Key, Keys, Match, Rejection,
    cover::{check_body_hash, cover},
    digest::Digest,
    matched::Coverage,
    public_url::Unsent,
    variants::{Ports, Rewrite, Search},
};

/// The header that carries the signature, in lower case.
pub const SIGNATURE_HEADER: &str = "x-twilio-signature";

/// The header that says which shared key signed, in lower case. Not signed itself.
pub const SETTINGS_HEADER: &str = "x-twilio-webhooks-signature-settings";

// Names that are made once are found without parsing them on each request.
pub(crate) static SIGNATURE: HeaderName = HeaderName::from_static(SIGNATURE_HEADER);
static SETTINGS: HeaderName = HeaderName::from_static(SETTINGS_HEADER);

/// What official libraries and documented senders disagree about.
const TOLERATED: &[Rewrite] = &[
    Rewrite::UserInfoRemoved,
    Rewrite::RootSlashAdded,
    Rewrite::RootSlashRemoved,
    Rewrite::ApostropheEncoded,
    Rewrite::ApostropheDecoded,
    Rewrite::SpaceAsPercent,
    Rewrite::SpaceAsPlus,
    Rewrite::ApostropheAndSpaceEncoded,
    Rewrite::WebSocketSlashAdded,
    Rewrite::WebSocketSlashRemoved,
    Rewrite::WebSocketQueryAsPairs,
    Rewrite::FormCoveredByHash,
];

/// What a request claims: its signature, and which shared key made it.
pub(crate) struct Claim<'a> {
    signature: Digest,
    settings: Option<Settings<'a>>,
}

/// The settings header: `key=…,algorithm=…`.
struct Settings<'a> {
    key: Option<&'a str>,
    algorithm: Algorithm,
}

impl<'a> Claim<'a> {
    pub(crate) fn read(headers: &'a HeaderMap) -> Result<Self, Rejection> {
        let mut signatures = headers.get_all(&SIGNATURE).iter();
        let signature = signatures.next().ok_or(Rejection::SignatureMissing)?;
        if signatures.next().is_some() {
            return Err(Rejection::SignatureRepeated);
        }
        let signature =
            Digest::from_base64(signature.as_bytes()).ok_or(Rejection::SignatureMalformed)?;
        Ok(Self { signature, settings: Settings::read(headers)? })
    }

    /// Finds the key and the form of the URL that give the claimed signature.
    pub(crate) fn prove(
        &self,
        keys: &Keys,
        delivery: &Delivery,
        compatible: bool,
    ) -> Result<Match, Rejection> {
        keys.admitted(|key| self.admits(key, delivery))?;
        let suffix = cover(delivery, Params::sorted, || check_body_hash(delivery))?;
        let search = Search {
            delivery,
            unsent: Unsent::default(),
            suffix,
            coverage: Coverage::of_pairs(delivery),
            digest: &self.signature,
            ports: Ports::Any,
            expected: &[],
            tolerated: if compatible { TOLERATED } else { &[] },
        };
        search.run(keys, |key| self.admits(key, delivery).is_ok())
    }

    /// Whether `key` may have made the signature of the delivery.
    fn admits(&self, key: &Key, delivery: &Delivery) -> Result<(), Rejection> {
        let named = self.settings.as_ref().and_then(|settings| settings.key);
        let other_id = key.id().is_some_and(|ours| named.is_some_and(|named| named != ours));
        if other_id || key.is_of_another_account(delivery) {
            return Err(Rejection::KeyUnknown);
        }
        let told = self.settings.as_ref().map(|settings| settings.algorithm);
        let other = |algorithm| algorithm != key.algorithm();
        if other(self.signature.algorithm()) || told.is_some_and(other) {
            return Err(Rejection::AlgorithmMismatch);
        }
        Ok(())
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

#[cfg(test)]
mod tests;
