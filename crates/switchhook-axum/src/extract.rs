//! Verified deliveries and events as axum extractors.

use std::{fmt, net::SocketAddr};

use axum::{
    body::Body,
    extract::{ConnectInfo, FromRef, FromRequest, OriginalUri, Request},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{Method, StatusCode, header::WWW_AUTHENTICATE, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use switchhook_core::{ContentType, Decoded, Delivery, Family, FromFamily, Reason};
use switchhook_dispatch::Refusal;
use switchhook_signature::{Connection, PublicTarget, Rejection, Verified, Verifier};

/// A verified event: one event, a group, or the family's enum, as `E` says.
///
/// A delivery of another event of the family is answered with 204 and the handler is not
/// called: several handlers' events may share a URL, and a provider that adds an event must
/// not see errors. Take the family's enum to see everything.
///
/// See the [crate's example](crate).
#[derive(Clone, Debug)]
pub struct Webhook<E>(pub E);

/// A verified delivery before it is read as an event: raw body, URL, parameters, and how
/// the signature matched, which is `None` where the verifier's policy let it in without one.
#[derive(Clone, Debug)]
pub struct VerifiedDelivery(pub Verified<Delivery>);

/// Why a request did not become a [`Webhook`]. As a response it is a status and no body, with
/// `WWW-Authenticate` where a guard asks for credentials;
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
}

impl WebhookRejection {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Malformed(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::OtherEvent => StatusCode::NO_CONTENT,
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
        }
    }
}

impl std::error::Error for WebhookRejection {}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        let challenge = match self {
            Self::Refused(refusal) => refusal.challenge(),
            _ => None,
        };
        let mut response = self.status().into_response();
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl<S> FromRequest<S> for VerifiedDelivery
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let verifier = Verifier::from_ref(state);
        let (head, body) = split(request);
        verifier.precheck(&head)?;
        let body = collect(body, verifier.limits().body_bytes).await?;
        Ok(Self(verifier.verify(&head, &body)?))
    }
}

impl<E, S> FromRequest<S> for Webhook<E>
where
    E: FromFamily,
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let content_type = ContentType::of(request.headers());
        let bare_get = request.method() == Method::GET && content_type == Ok(None);
        let sent = |content_type| E::Family::CONTENT_TYPES.contains(&content_type);
        if !bare_get && !content_type.is_ok_and(|content_type| content_type.is_some_and(sent)) {
            return Err(Refusal::ContentType.into());
        }
        let VerifiedDelivery(delivery) = VerifiedDelivery::from_request(request, state).await?;
        delivery.event_of().map(Self).map_err(|other| match other.decoded() {
            Decoded::Malformed { reason, .. } => WebhookRejection::Malformed(reason),
            _ => WebhookRejection::OtherEvent,
        })
    }
}

/// The head with what the public URL may depend on, and the body.
pub(crate) fn split(request: Request) -> (Parts, Body) {
    let (mut head, body) = request.into_parts();
    // What the caller has put there knows better.
    if let (None, Some(OriginalUri(uri))) =
        (head.extensions.get::<PublicTarget>(), head.extensions.get().cloned())
    {
        head.extensions.insert(PublicTarget(uri));
    }
    let peer = head.extensions.get().map(|ConnectInfo::<SocketAddr>(peer)| peer.ip());
    if head.extensions.get::<Connection>().is_none() {
        head.extensions.insert(Connection { tls: false, peer });
    }
    (head, body)
}

/// Reads a body of at most `most` bytes.
pub(crate) async fn collect(body: Body, most: usize) -> Result<Bytes, Refusal> {
    match Limited::new(body, most).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::BodyTooLong),
        Err(_) => Err(Refusal::BodyIncomplete),
    }
}
