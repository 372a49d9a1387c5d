//! Digests and the two ways to write them in a header.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::Algorithm;

/// A digest that a request claims, read from its text. One digest has one text in each
/// writing: no other padding, letter case or trailing bit is taken for it.
#[derive(Clone, Copy)]
pub(crate) struct Digest {
    bytes: [u8; 32],
    algorithm: Algorithm,
}

impl Digest {
    /// Reads base64 with its padding.
    pub(crate) fn from_base64(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; 32];
        let len = STANDARD.decode_slice(text, &mut bytes).ok()?;
        Some(Self { bytes, algorithm: Algorithm::of_digest(len)? })
    }

    /// Reads hexadecimal digits in lower case.
    pub(crate) fn from_hex(text: &[u8]) -> Option<Self> {
        let algorithm =
            Algorithm::of_digest(text.len() / 2).filter(|_| text.len().is_multiple_of(2))?;
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = nibble(digits[0])? << 4 | nibble(digits[1])?;
        }
        Some(Self { bytes, algorithm })
    }

    /// The algorithm that gives digests of this length.
    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.algorithm.digest_len()]
    }
}

/// The number that a hexadecimal digit in lower case stands for.
pub(crate) fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Base64 with padding.
pub(crate) fn base64(digest: &[u8]) -> String {
    STANDARD.encode(digest)
}

/// Hexadecimal digits in lower case.
pub(crate) fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::with_capacity(digest.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_writing_reads_back_and_no_other_spelling_does() {
        for algorithm in [Algorithm::HmacSha1, Algorithm::HmacSha256] {
            let bytes: Vec<u8> = (0..).take(algorithm.digest_len()).map(|n: u8| n * 7).collect();
            let written = [Digest::from_hex(hex(&bytes).as_bytes()), {
                Digest::from_base64(base64(&bytes).as_bytes())
            }];
            for digest in written {
                let digest = digest.unwrap();
                assert_eq!((digest.as_bytes(), digest.algorithm()), (&bytes[..], algorithm));
            }
            for changed in [
                hex(&bytes).to_uppercase(),
                format!("{} ", hex(&bytes)),
                format!("{}0", hex(&bytes)),
                hex(&bytes)[1..].to_owned(),
                hex(&bytes).replace('7', "g"),
            ] {
                assert!(Digest::from_hex(changed.as_bytes()).is_none(), "{changed}");
            }
            let unpadded = base64(&bytes).trim_end_matches('=').to_owned();
            assert!(Digest::from_base64(unpadded.as_bytes()).is_none());
        }
        assert!(Digest::from_hex(b"").is_none() && Digest::from_base64(b"").is_none());
    }
}
