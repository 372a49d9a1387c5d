use http::StatusCode;
use switchhook_core::DeliveryError;

use crate::UrlError;

/// Why a request was not believed.
///
/// `Display` and [`code`](Self::code) are for the operator's log; a sender gets the bare
/// [`status`](Self::status) and an empty body. No variant holds a key, a signature, a URL or
/// a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The request cannot be read at all.
    #[error("{0}")]
    Request(DeliveryError),
    /// The public URL of the request cannot be told.
    #[error("{0}")]
    Url(UrlError),
    /// There is no signature header.
    #[error("no signature header")]
    SignatureMissing,
    /// There is more than one signature header.
    #[error("more than one signature header")]
    SignatureRepeated,
    /// The signature is not the base64 text of a digest.
    #[error("the signature is not base64 of a digest")]
    SignatureMalformed,
    /// The signature settings name an algorithm that is not known.
    #[error("the signature settings name an unknown algorithm")]
    AlgorithmUnknown,
    /// No key has the algorithm that the signature has or the settings name.
    #[error("no key is pinned to the algorithm of the signature")]
    AlgorithmMismatch,
    /// No key belongs to the account or the key id that the request names; a form that names
    /// no account belongs to no account's key.
    #[error("no key for the account or key id of the request")]
    KeyUnknown,
    /// The body is not a form and the URL carries no `bodySHA256` for it.
    #[error("no bodySHA256 covers the body")]
    BodyNotCovered,
    /// The body is not the one that `bodySHA256` was made of.
    #[error("the body does not match bodySHA256")]
    BodyChanged,
    /// No key and no form of the URL gives this signature.
    #[error("signature mismatch")]
    Mismatch,
}

impl Rejection {
    /// The HTTP status for the sender: 400, 413 or 415 for what cannot be read, else 403.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Request(error) => error.status(),
            _ => StatusCode::FORBIDDEN,
        }
    }

    /// A stable word for logs and metrics, such as `signature-mismatch`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Request(DeliveryError::TooLarge(_)) => "too-large",
            Self::Request(DeliveryError::Json(error)) if error.is_too_large() => "too-large",
            Self::Request(DeliveryError::Json(_)) => "not-json",
            Self::Request(_) => "unsupported-media-type",
            Self::Url(_) => "public-url",
            Self::SignatureMissing => "signature-missing",
            Self::SignatureRepeated => "signature-repeated",
            Self::SignatureMalformed => "signature-malformed",
            Self::AlgorithmUnknown => "algorithm-unknown",
            Self::AlgorithmMismatch => "algorithm-mismatch",
            Self::KeyUnknown => "key-unknown",
            Self::BodyNotCovered => "body-not-covered",
            Self::BodyChanged => "body-changed",
            Self::Mismatch => "signature-mismatch",
        }
    }
}

impl From<DeliveryError> for Rejection {
    fn from(error: DeliveryError) -> Self {
        Self::Request(error)
    }
}

impl From<UrlError> for Rejection {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}
