//! `X-SignalWire-Signature`: hexadecimal over the URL and the body's bytes, or base64 over
//! the URL and the pairs of a form.

use http::{HeaderMap, HeaderName, HeaderValue};
use switchhook_core::{Delivery, Params, Payload};

use crate::{
    Algorithm, Key, Keys, Match, Rejection,
    cover::{Suffix, check_body_hash, cover},
    digest::Digest,
    matched::Coverage,
    public_url::Unsent,
    twilio,
    variants::{Ports, Rewrite, Search},
};

/// The header that carries SignalWire's HMAC-SHA1 signature, in lower case.
pub const SIGNALWIRE_SIGNATURE_HEADER: &str = "x-signalwire-signature";

/// The header that carries SignalWire's HMAC-SHA256 signature of JSON, in lower case.
pub const SIGNALWIRE_SHA256_SIGNATURE_HEADER: &str = "x-signalwire-sha256-signature";

static SHA1: HeaderName = HeaderName::from_static(SIGNALWIRE_SIGNATURE_HEADER);
static SHA256: HeaderName = HeaderName::from_static(SIGNALWIRE_SHA256_SIGNATURE_HEADER);

/// What the provider does both ways itself. Credentials and fragment are in no request; the
/// signature of a call's fetch is without the credentials, that of a message's fetch with
/// them, and about the fragment it says nothing.
const EXPECTED: &[Rewrite] = &[
    Rewrite::FragmentAdded,
    Rewrite::UserInfoAdded,
    Rewrite::UserInfoAndFragmentAdded,
    Rewrite::UserInfoRemoved,
];

/// The same for base64, which may also be over a URL whose hash covers a form.
const EXPECTED_OF_PAIRS: &[Rewrite] = &[
    Rewrite::FormCoveredByHash,
    Rewrite::FragmentAdded,
    Rewrite::UserInfoAdded,
    Rewrite::UserInfoAndFragmentAdded,
    Rewrite::UserInfoRemoved,
];

/// What proxies and libraries do to URLs on their way.
const TOLERATED: &[Rewrite] = &[
    Rewrite::RootSlashAdded,
    Rewrite::RootSlashRemoved,
    Rewrite::ApostropheEncoded,
    Rewrite::ApostropheDecoded,
    Rewrite::SpaceAsPercent,
    Rewrite::SpaceAsPlus,
    Rewrite::ApostropheAndSpaceEncoded,
];

/// What a request claims: one signature, the other, or both.
pub(crate) struct Claim {
    sha256: Option<Result<Digest, Rejection>>,
    sha1: Option<Result<Written, Rejection>>,
}

/// A signature of the SHA-1 header, whose writing says what it is over.
#[derive(Clone, Copy)]
enum Written {
    Hex(Digest),
    Base64(Digest),
}

impl Claim {
    /// Reads the headers. An empty one counts as absent, as in SignalWire's own libraries;
    /// Twilio's name for the header counts where SignalWire's is absent. Of two, one that is
    /// malformed leaves it to the other.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, Rejection> {
        let sha256 = single(headers, &SHA256)?;
        let sha1 = match single(headers, &SHA1)? {
            None => single(headers, &twilio::SIGNATURE)?,
            native => native,
        };
        if sha256.is_none() && sha1.is_none() {
            return Err(Rejection::SignatureMissing);
        }
        let read = |digest: Option<Digest>, algorithm| {
            digest.filter(|digest| digest.algorithm() == algorithm)
        };
        let malformed = Rejection::SignatureMalformed;
        let claim = Self {
            sha256: sha256.map(|text| {
                let hex = Digest::from_hex(text.as_bytes());
                read(hex, Algorithm::HmacSha256).ok_or(malformed)
            }),
            sha1: sha1.map(|text| {
                let hex = read(Digest::from_hex(text.as_bytes()), Algorithm::HmacSha1);
                let base64 = || read(Digest::from_base64(text.as_bytes()), Algorithm::HmacSha1);
                hex.map(Written::Hex).or_else(|| base64().map(Written::Base64)).ok_or(malformed)
            }),
        };
        let is_sound = matches!(claim.sha256, Some(Ok(_))) || matches!(claim.sha1, Some(Ok(_)));
        is_sound.then_some(claim).ok_or(malformed)
    }

    /// Finds the key and the form of the URL that give a claimed signature. HMAC-SHA256
    /// first; where it proves nothing, HMAC-SHA1 decides.
    pub(crate) fn prove(
        &self,
        keys: &Keys,
        delivery: &Delivery,
        unsent: Unsent<'_>,
        compatible: bool,
    ) -> Result<Match, Rejection> {
        let proof = Proof { keys, delivery, unsent, compatible };
        let sha1 = || self.sha1.map(|claimed| proof.of_sha1(claimed?));
        match self.sha256.map(|claimed| proof.of_sha256(claimed?)) {
            Some(Ok(found)) => Ok(found),
            Some(Err(refusal)) => sha1().unwrap_or(Err(refusal)),
            None => sha1().unwrap_or(Err(Rejection::SignatureMissing)),
        }
    }
}

/// The one value of a header, unless it is empty.
fn single<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'a HeaderValue>, Rejection> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    match values.next() {
        Some(_) => Err(Rejection::SignatureRepeated),
        None => Ok(value.filter(|value| !value.is_empty())),
    }
}

/// What a signature is checked against.
#[derive(Clone, Copy)]
struct Proof<'a> {
    keys: &'a Keys,
    delivery: &'a Delivery,
    unsent: Unsent<'a>,
    compatible: bool,
}

impl Proof<'_> {
    /// Only JSON is signed so, and what has no body.
    fn of_sha256(self, claimed: Digest) -> Result<Match, Rejection> {
        match self.delivery.payload() {
            Payload::Params(_) if !self.delivery.body().is_empty() => {
                Err(Rejection::SchemeMismatch)
            }
            _ => self.over_body(&claimed),
        }
    }

    fn of_sha1(self, claimed: Written) -> Result<Match, Rejection> {
        match claimed {
            Written::Hex(claimed) => self.over_body(&claimed),
            Written::Base64(claimed) => self.over_pairs(&claimed),
        }
    }

    /// Over the URL and the bytes of the body. JSON is signed so; a form that is, as the
    /// official library admits, is covered to the byte as well. Anything else SignalWire does
    /// not send.
    fn over_body(self, claimed: &Digest) -> Result<Match, Rejection> {
        let body = self.delivery.body();
        if matches!(self.delivery.payload(), Payload::Other(_)) && !body.is_empty() {
            return Err(Rejection::SchemeMismatch);
        }
        if std::str::from_utf8(body).is_err() {
            return Err(Rejection::BodyNotText);
        }
        let coverage = if body.is_empty() { Coverage::Url } else { Coverage::Body };
        let ports = if self.compatible { Ports::Usual } else { Ports::Kept };
        self.search(claimed, Suffix::Bytes(body), coverage, ports, EXPECTED)
    }

    /// Over the URL and the pairs of a form. Of anything else the URL alone is signed and has
    /// to cover the body: the official library takes such a signature for any body, and JSON
    /// for the name of a pair.
    fn over_pairs(self, claimed: &Digest) -> Result<Match, Rejection> {
        let hash = check_body_hash(self.delivery);
        // A hash that is there has to fit, whatever else covers the body.
        if let Err(refusal) = hash
            && refusal != Rejection::BodyNotCovered
        {
            return Err(refusal);
        }
        let suffix = cover(self.delivery, Params::sorted_by_name, || {
            hash.map_err(|_| Rejection::SchemeMismatch)
        })?;
        let coverage = Coverage::of_pairs(self.delivery);
        self.search(claimed, suffix, coverage, Ports::Usual, EXPECTED_OF_PAIRS)
    }

    fn search(
        self,
        claimed: &Digest,
        suffix: Suffix<'_>,
        coverage: Coverage,
        ports: Ports,
        expected: &'static [Rewrite],
    ) -> Result<Match, Rejection> {
        let admits = |key: &Key| {
            // One key signs both ways; pinned to HMAC-SHA256 it takes no less.
            let weaker = key.algorithm() == Algorithm::HmacSha256
                && claimed.algorithm() == Algorithm::HmacSha1;
            match key.is_of_another_account(self.delivery) {
                true => Err(Rejection::KeyUnknown),
                false if weaker => Err(Rejection::AlgorithmMismatch),
                false => Ok(()),
            }
        };
        self.keys.admitted(admits)?;
        let search = Search {
            delivery: self.delivery,
            unsent: self.unsent,
            suffix,
            coverage,
            digest: claimed,
            ports,
            expected,
            tolerated: if self.compatible { TOLERATED } else { &[] },
        };
        search.run(self.keys, |key| admits(key).is_ok())
    }
}
