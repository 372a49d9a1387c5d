//! Keys: what signs, with which algorithm, for whom.

use std::{borrow::Cow, fmt};

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use switchhook_core::{Delivery, Json, Payload, Secret};

use crate::{Rejection, cover::Suffix, digest::Digest};

/// The algorithm of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC-SHA1: Twilio's auth tokens, its shared keys that say so, and SignalWire's
    /// signing keys.
    #[default]
    HmacSha1,
    /// HMAC-SHA256: Twilio's shared keys, and SignalWire's signing keys for JSON.
    HmacSha256,
}

impl Algorithm {
    /// The provider's name, such as `HMAC_SHA256`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC_SHA1",
            Self::HmacSha256 => "HMAC_SHA256",
        }
    }

    /// The algorithm of this name; letter case does not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::HmacSha1, Self::HmacSha256]
            .into_iter()
            .find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(name))
    }

    /// The length of a digest in bytes.
    pub fn digest_len(self) -> usize {
        match self {
            Self::HmacSha1 => 20,
            Self::HmacSha256 => 32,
        }
    }

    /// The algorithm whose digests have this length.
    pub(crate) fn of_digest(len: usize) -> Option<Self> {
        [Self::HmacSha1, Self::HmacSha256].into_iter().find(|a| a.digest_len() == len)
    }
}

/// A key that signs webhooks.
///
/// The algorithm is pinned here: no header of a request can lower it. The key schedules are
/// computed once, the states are wiped on drop, `Debug` shows none of it.
///
/// ```
/// use switchhook_signature::{Algorithm, Key};
///
/// let token = Key::new("0123456789abcdef0123456789abcdef")?
///     .for_account("ACf4aac78a044ec408eb627a2ce7f18cd8");
/// let shared = Key::new("sk_example")?
///     .with_algorithm(Algorithm::HmacSha256)
///     .with_id("webhooks_sharedkey_01example0000000000000000");
/// assert!(Key::new("").is_err());
/// # Ok::<(), switchhook_signature::KeyError>(())
/// ```
#[derive(Clone)]
pub struct Key {
    // States with the key's schedule done, to be copied for each message. They are a few
    // hundred bytes of plain data and stand for the secret, which is not kept.
    sha1: Hmac<Sha1>,
    sha256: Hmac<Sha256>,
    algorithm: Algorithm,
    account: Option<Box<str>>,
    id: Option<Box<str>>,
}

impl Key {
    /// Takes the primary auth token of an account, the secret of a shared key, or a signing
    /// key of SignalWire.
    ///
    /// # Errors
    ///
    /// [`KeyError::Empty`] for a text that is empty or white space.
    pub fn new(secret: impl Into<String>) -> Result<Self, KeyError> {
        let secret = Secret::new(secret).map_err(|_| KeyError::Empty)?;
        let secret = secret.expose().as_bytes();
        Ok(Self {
            sha1: Hmac::new_from_slice(secret).map_err(|_| KeyError::Unusable)?,
            sha256: Hmac::new_from_slice(secret).map_err(|_| KeyError::Unusable)?,
            algorithm: Algorithm::default(),
            account: None,
            id: None,
        })
    }

    /// Pins another algorithm. The default is HMAC-SHA1, which auth tokens always use.
    /// SignalWire signs with one key both ways: see
    /// [`Verifier::signalwire`](crate::Verifier::signalwire).
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Says whose key it is. It then verifies no form but those that name this account, and
    /// nothing else that names another one; [`Match::account`](crate::Match::account) tells
    /// whose key matched.
    #[must_use]
    pub fn for_account(mut self, account_sid: impl Into<String>) -> Self {
        self.account = Some(account_sid.into().into());
        self
    }

    /// Says the id of a shared key: it then verifies nothing that names another key.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into().into());
        self
    }

    /// The pinned algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The account that the key belongs to, where it was told.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The id of a shared key, where it was told.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether the digest is the one of the URL and its suffix, compared in constant time.
    pub(crate) fn verifies(&self, url: &str, suffix: &Suffix<'_>, claimed: &Digest) -> bool {
        let signature = claimed.as_bytes();
        #[cfg(test)]
        COUNTED.with(|counted| counted.set(counted.get() + 1));
        match claimed.algorithm() {
            Algorithm::HmacSha1 => fed(&self.sha1, url, suffix).verify_slice(signature).is_ok(),
            Algorithm::HmacSha256 => fed(&self.sha256, url, suffix).verify_slice(signature).is_ok(),
        }
    }

    /// The signature of the URL and its suffix.
    pub(crate) fn sign(&self, algorithm: Algorithm, url: &str, suffix: &Suffix<'_>) -> Vec<u8> {
        match algorithm {
            Algorithm::HmacSha1 => fed(&self.sha1, url, suffix).finalize().into_bytes().to_vec(),
            Algorithm::HmacSha256 => {
                fed(&self.sha256, url, suffix).finalize().into_bytes().to_vec()
            }
        }
    }

    /// Whether the delivery names another account than the key's, or none where a form
    /// should. The account is looked up only where the key cares.
    pub(crate) fn is_of_another_account(&self, delivery: &Delivery) -> bool {
        let Some(ours) = self.account() else { return false };
        let named = |account: Option<&str>| account.is_some_and(|account| !account.is_empty());
        match delivery.payload() {
            Payload::Params(params) => {
                let account = params.get("AccountSid");
                // A form names its account, or it is none of this key's.
                if named(account) { account != Some(ours) } else { !delivery.body().is_empty() }
            }
            // The signed text of anything else may come without.
            Payload::Json(json) => names_of_accounts(json).any(|account| account != ours),
            _ => false,
        }
    }
}

/// Where JSON names its account, also in the parameters of a JSON-RPC request: all the places that
/// models of events take it from.
const ACCOUNTS: [&str; 6] = [
    "AccountSid",
    "account_sid",
    "project_id",
    "call.project_id",
    "call_info.project_id",
    "message.project_id",
];

fn names_of_accounts(json: &Json) -> impl Iterator<Item = Cow<'_, str>> {
    let json = json.as_ref();
    let all = [Some(json), json.get("params")].into_iter().flatten();
    all.flat_map(|json| ACCOUNTS.into_iter().filter_map(move |path| json.at(path)?.scalar()))
        .filter(|account| !account.is_empty())
}

#[cfg(test)]
thread_local! {
    /// How many signatures this thread has checked: bounds are tested against it.
    pub(crate) static COUNTED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

fn fed<M: Mac + Clone>(keyed: &M, url: &str, suffix: &Suffix<'_>) -> M {
    let mut mac = keyed.clone();
    mac.update(url.as_bytes());
    suffix.feed(|piece| mac.update(piece));
    mac
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("algorithm", &self.algorithm())
            .field("account", &self.account)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The keys that a verifier accepts: never none.
///
/// Keep the next token beside the current one while it is rotated: after the promotion the
/// new one signs at once.
///
/// ```
/// use switchhook_signature::{Key, Keys};
///
/// let keys = Keys::new("primary")?.and(Key::new("secondary")?);
/// assert_eq!(keys.len(), 2);
/// # Ok::<(), switchhook_signature::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Keys {
    first: Key,
    more: Vec<Key>,
}

impl Keys {
    /// Takes one auth token, for any account.
    ///
    /// # Errors
    ///
    /// [`KeyError::Empty`] for a text that is empty or white space.
    pub fn new(secret: impl Into<String>) -> Result<Self, KeyError> {
        Key::new(secret).map(Self::from)
    }

    /// The same keys and one more, tried after them.
    #[must_use]
    pub fn and(mut self, key: Key) -> Self {
        self.more.push(key);
        self
    }

    /// The number of keys, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        1 + self.more.len()
    }

    /// The keys in the order in which they are tried; their places are the indices that a
    /// [`Match`](crate::Match) names.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// Whether some key is admitted, and if none is, why the last one is not.
    pub(crate) fn admitted(
        &self,
        admits: impl Fn(&Key) -> Result<(), Rejection>,
    ) -> Result<(), Rejection> {
        // The refusal of the last key stands for all, and any admitted key for none.
        let refusals = self.iter().map(|key| admits(key).err());
        refusals.reduce(Option::and).flatten().map_or(Ok(()), Err)
    }
}

impl From<Key> for Keys {
    fn from(first: Key) -> Self {
        Self { first, more: Vec::new() }
    }
}

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The secret is empty: it would let everybody in.
    Empty,
    /// The algorithm does not take the secret.
    Unusable,
}

switchhook_core::error_texts! {
    KeyError:
    Self::Empty => "the key is empty",
    Self::Unusable => "the key cannot be used with its algorithm",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let key = Key::new("topsecret").unwrap().for_account("AC1").with_id("k1");
        let shown = format!("{key:?} {:?}", Keys::from(key.clone()));
        assert!(!shown.contains("topsecret"), "{shown}");
        assert!(shown.contains("AC1") && shown.contains("HmacSha1"), "{shown}");
    }

    #[test]
    fn algorithms_by_name() {
        assert_eq!(Algorithm::from_name("hmac_sha256"), Some(Algorithm::HmacSha256));
        assert_eq!(Algorithm::from_name("HMAC_SHA512"), None);
    }
}
