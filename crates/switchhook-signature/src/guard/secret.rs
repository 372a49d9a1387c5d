use ctutils::CtEq;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::GuardRejection;

/// What a secret has to be, as its digest: texts of any length are compared in the same
/// time, and the secret itself is not kept.
pub(super) struct Expected(Zeroizing<[u8; 32]>);

impl Expected {
    pub(super) fn new(secret: &[u8]) -> Self {
        Self(digest(secret))
    }

    pub(super) fn check(&self, given: &[u8]) -> Result<(), GuardRejection> {
        let same: bool = self.0.ct_eq(&*digest(given)).into();
        if same { Ok(()) } else { Err(GuardRejection::SecretWrong) }
    }
}

pub(super) fn digest(text: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Sha256::digest(text).into())
}
