use http::{HeaderValue, StatusCode};
use switchhook_core::DeliveryError;

use crate::{GuardRejection, UrlError};

/// Why a request was not believed.
///
/// `Display` and [`code`](Self::code) are for the operator's log; a sender gets the bare
/// [`status`](Self::status) and an empty body. No variant holds a key, a signature, a URL or
/// a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// The request cannot be read at all.
    Request(DeliveryError),
    /// The public URL of the request cannot be told.
    Url(UrlError),
    /// A guard did not let the request in.
    Guard(GuardRejection),
    /// There is no signature header.
    SignatureMissing,
    /// There is more than one signature header.
    SignatureRepeated,
    /// The signature is not the text of a digest, as its header has it.
    SignatureMalformed,
    /// The signature is written as one of another kind of body: of a form where the body is
    /// JSON, or the other way round.
    SchemeMismatch,
    /// The signature settings name an algorithm that is not known, or are not ASCII text.
    AlgorithmUnknown,
    /// No key has the algorithm that the signature has or the settings name.
    AlgorithmMismatch,
    /// No key belongs to the account or the key id that the request names; a form that names
    /// no account belongs to no account's key.
    KeyUnknown,
    /// The body is not a form and the URL carries no `bodySHA256` for it.
    BodyNotCovered,
    /// The body is not UTF-8.
    BodyNotText,
    /// The body is not the one that `bodySHA256` was made of.
    BodyChanged,
    /// No key and no form of the URL gives this signature.
    Mismatch,
}

switchhook_core::error_texts! {
    Rejection:
    Self::Request(error) => "{error}",
    Self::Url(error) => "{error}",
    Self::Guard(error) => "{error}",
    Self::SignatureMissing => "no signature header",
    Self::SignatureRepeated => "more than one signature header",
    Self::SignatureMalformed => "the signature is not the text of a digest",
    Self::SchemeMismatch => "the signature is not of the kind that the body has",
    Self::AlgorithmUnknown => "the signature settings name an unknown algorithm",
    Self::AlgorithmMismatch => "no key is pinned to the algorithm of the signature",
    Self::KeyUnknown => "no key for the account or key id of the request",
    Self::BodyNotCovered => "no bodySHA256 covers the body",
    Self::BodyNotText => "the body is not UTF-8",
    Self::BodyChanged => "the body does not match bodySHA256",
    Self::Mismatch => "signature mismatch",
}

impl Rejection {
    /// The HTTP status for the sender: 400, 413 or 415 for what cannot be read, 401 where
    /// credentials can help, else 403.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Request(error) => error.status(),
            Self::Guard(refused) => refused.status(),
            _ => StatusCode::FORBIDDEN,
        }
    }

    /// The `WWW-Authenticate` header that belongs to a 401.
    pub fn challenge(&self) -> Option<HeaderValue> {
        match self {
            Self::Guard(refused) => refused.challenge(),
            _ => None,
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
            Self::Guard(refused) => refused.code(),
            Self::SignatureMissing => "signature-missing",
            Self::SignatureRepeated => "signature-repeated",
            Self::SignatureMalformed => "signature-malformed",
            Self::SchemeMismatch => "scheme-mismatch",
            Self::AlgorithmUnknown => "algorithm-unknown",
            Self::AlgorithmMismatch => "algorithm-mismatch",
            Self::KeyUnknown => "key-unknown",
            Self::BodyNotCovered => "body-not-covered",
            Self::BodyNotText => "body-not-utf-8",
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

impl From<GuardRejection> for Rejection {
    fn from(refused: GuardRejection) -> Self {
        Self::Guard(refused)
    }
}
