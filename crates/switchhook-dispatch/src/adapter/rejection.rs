//! Why a framework's own handler is not called.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};
use switchhook_core::Reason;
use switchhook_signature::Rejection;

use crate::{Refusal, endpoint::refused, reply::empty};

/// Why a request did not become a webhook that a framework's own handler takes. As a response
/// it is a status and no body, with `WWW-Authenticate` where a guard asks for credentials;
/// `Display` is for the operator's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The request is not let in.
    Refused(Refusal),
    /// A known event that cannot be used: 422.
    Malformed(Reason),
    /// Another event of the family: 204.
    OtherEvent,
    /// The application has no verifier: 500.
    NoVerifier,
}

impl WebhookRejection {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Malformed(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::OtherEvent => StatusCode::NO_CONTENT,
            Self::NoVerifier => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The response.
    pub fn response(&self) -> Response<Bytes> {
        match self {
            Self::Refused(refusal) => refused(*refusal),
            _ => empty(self.status()),
        }
    }
}

impl From<Refusal> for WebhookRejection {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Rejection> for WebhookRejection {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(Refusal::Unproven(rejection))
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Malformed(reason) => write!(f, "malformed event: {reason}"),
            Self::OtherEvent => f.write_str("another event of the family"),
            Self::NoVerifier => f.write_str("the application has no verifier"),
        }
    }
}

impl std::error::Error for WebhookRejection {}

#[cfg(feature = "axum")]
impl axum_core::response::IntoResponse for WebhookRejection {
    fn into_response(self) -> axum_core::response::Response {
        self.response().map(axum_core::body::Body::from)
    }
}

#[cfg(feature = "actix")]
impl actix_web::ResponseError for WebhookRejection {
    fn status_code(&self) -> actix_web::http::StatusCode {
        crate::actix::status(self.status())
    }

    fn error_response(&self) -> actix_web::HttpResponse {
        crate::actix::response(self.response())
    }
}
