use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A secret text, such as an auth token: redacted when shown, wiped when dropped.
///
/// ```
/// use switchhook_core::Secret;
///
/// let token = Secret::new("0123456789abcdef")?;
/// assert_eq!(format!("{token:?}"), "Secret(redacted)");
/// assert!(Secret::new("").is_err() && Secret::new(" \n").is_err());
/// # Ok::<(), switchhook_core::EmptySecret>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<str>>);

impl Secret {
    /// Takes a secret that is more than white space. Nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`EmptySecret`]: an empty key would let everybody in, and blanks are what a file without
    /// one has.
    pub fn new(secret: impl Into<String>) -> Result<Self, EmptySecret> {
        let mut secret: String = secret.into();
        if secret.trim().is_empty() {
            return Err(EmptySecret);
        }
        // `into_boxed_str` would leave a copy behind when it has to shrink the buffer.
        let kept = Zeroizing::new(Box::from(secret.as_str()));
        secret.zeroize();
        Ok(Self(kept))
    }

    /// The secret itself: the name says what the caller is about to do.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

/// The error of a secret that is empty or white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptySecret;

crate::error_texts! { EmptySecret: _ => "the secret is empty" }
