//! What stands for the body in the signed text.

use http::Method;
use sha2::Sha256;
use switchhook_core::{Delivery, Params, Payload, Sorted};

use crate::{Rejection, digest};

/// The query parameter that covers a body which is not a form.
pub(crate) const BODY_HASH: &str = "bodySHA256";

/// What follows the URL in a signed text.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "on the stack on purpose: no allocation")]
pub(crate) enum Suffix<'a> {
    /// Names and values in order, without separators.
    Pairs(Sorted<'a>),
    /// The bytes of the body, or nothing.
    Bytes(&'a [u8]),
}

/// What follows the URL in a signed text of pairs: the `sorted` ones of a form, nothing for
/// everything else, whose body the URL has to cover by its hash.
pub(crate) fn cover<'a>(
    delivery: &'a Delivery,
    sorted: fn(&'a Params) -> Sorted<'a>,
    body_hash: impl FnOnce() -> Result<(), Rejection>,
) -> Result<Suffix<'a>, Rejection> {
    let without_body = matches!(*delivery.method(), Method::GET | Method::HEAD);
    match delivery.payload() {
        Payload::Params(params) if !without_body => Ok(Suffix::Pairs(sorted(params))),
        _ if without_body && delivery.body().is_empty() => Ok(Suffix::NONE),
        _ => body_hash().map(|()| Suffix::NONE),
    }
}

impl Suffix<'_> {
    pub(crate) const NONE: Self = Suffix::Bytes(&[]);

    /// Gives the text to `take`, piece by piece. Pairs are short, and digests are faster with
    /// more at once, so they are put together up to a few hundred bytes.
    pub(crate) fn feed(&self, mut take: impl FnMut(&[u8])) {
        let pairs = match self {
            Self::Pairs(pairs) => pairs,
            Self::Bytes(bytes) => return take(bytes),
        };
        let mut gathered = [0; 512];
        let mut len = 0;
        for pair in pairs.joined() {
            if pair.len() > gathered.len() - len {
                take(&gathered[..len]);
                len = 0;
            }
            match gathered.get_mut(len..len + pair.len()) {
                Some(free) => {
                    free.copy_from_slice(pair);
                    len += pair.len();
                }
                // Longer than all there is room for.
                None => take(pair),
            }
        }
        take(&gathered[..len]);
    }
}

/// Whether the URL's `bodySHA256` is the hash of the body: there, in lower case, and the
/// same wherever it is repeated.
pub(crate) fn check_body_hash(delivery: &Delivery) -> Result<(), Rejection> {
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
    use sha2::Digest;
    digest::hex(&Sha256::digest(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_whole_and_in_order_however_long_they_are() {
        for len in [0, 1, 508, 509, 510, 511, 512, 513, 1024, 5000] {
            let long = "y".repeat(len);
            let pairs = [("d", &*long), ("b", &*long), ("c", "z"), ("a", "x")];
            let params = Params::from_pairs(pairs);
            let mut fed = String::new();
            Suffix::Pairs(params.sorted()).feed(|piece| {
                fed.push_str(std::str::from_utf8(piece).unwrap());
            });
            assert_eq!(fed, format!("axb{long}czd{long}"), "{len}");
        }
    }
}
