//! What adapters to HTTP stacks share.
//!
//! An adapter turns the stack's request into a head and pieces of a body, and the answer into
//! the stack's response. In between it calls one of these:
//!
//! | the stack mounts | the adapter calls |
//! |---|---|
//! | an [`Endpoint`], such as a [`Dispatcher`](crate::Dispatcher) | [`answer`], or [`serve`] for bodies of hyper's kind |
//! | handlers of its own, which take events | [`webhook`] |
//! | handlers that take whole deliveries | [`verified`] |
//! | a WebSocket | [`upgrade`] |
//!
//! Each of them looks at the head before it reads the body, reads no more than the limit, and
//! for no longer than [`BODY_PATIENCE`]. [`locate`] tells them what the head does not say.
//!
//! Such an adapter, for a stack that has its bodies in one piece:
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use switchhook_dispatch::{Endpoint, Refusal, adapter};
//! use switchhook_signature::Connection;
//!
//! async fn handle(hooks: &dyn Endpoint, request: Request<Bytes>) -> Response<Bytes> {
//!     let (mut head, body) = request.into_parts();
//!     adapter::locate(&mut head, None, Connection { tls: true, peer: None });
//!     adapter::answer(hooks, head, async |most| {
//!         if body.len() > most { Err(Refusal::BodyTooLong) } else { Ok(body) }
//!     })
//!     .await
//! }
//! ```

mod body;
mod rejection;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use http::{Method, Response, Uri, header::CONTENT_ENCODING, request::Parts};
use switchhook_core::{ContentType, Decoded, Delivery, Family, FromFamily};
use switchhook_signature::{Connection, PublicTarget, Verified, Verifier, is_upgrade};

#[cfg(feature = "http-body")]
pub use self::body::{read, serve};
pub use self::{
    body::{BODY_PATIENCE, read_pieces},
    rejection::WebhookRejection,
};
#[cfg(feature = "actix")]
pub use crate::actix::response as actix_response;
use crate::{Endpoint, Refusal, arrival::Arrival};

/// Puts into the head what it does not say: the target before a router cut its path, where one
/// did, and the connection. What is there already stays: who has put it there knows better.
pub fn locate(head: &mut Parts, target: Option<Uri>, connection: Connection) {
    if let (None, Some(target)) = (head.extensions.get::<PublicTarget>(), target) {
        head.extensions.insert(PublicTarget(target));
    }
    if head.extensions.get::<Connection>().is_none() {
        head.extensions.insert(connection);
    }
}

/// Has an endpoint answer a request whose body is still to be read: `read` gets the longest
/// body that is worth reading, and is not called where the head is refused.
pub async fn answer(
    endpoint: &(impl Endpoint + ?Sized),
    mut head: Parts,
    read: impl AsyncFnOnce(usize) -> Result<Bytes, Refusal>,
) -> Response<Bytes> {
    if let Some(arrival) = Arrival::now() {
        head.extensions.insert(arrival);
    }
    let body = match endpoint.check(&head) {
        Ok(most) => read(most).await,
        Err(refusal) => Err(refusal),
    };
    match body {
        Ok(body) => endpoint.serve(http::Request::from_parts(head, body)).await,
        Err(refusal) => endpoint.refuse(&head, refusal),
    }
}

/// The event of a request, for handlers that take one: `E` is one event, a group, or the
/// family's enum. `read` is as in [`answer`].
///
/// # Errors
///
/// [`WebhookRejection`]: a refusal, a malformed event, another event of the family.
pub async fn webhook<E: FromFamily>(
    verifier: &Verifier,
    head: &Parts,
    read: impl AsyncFnOnce(usize) -> Result<Bytes, Refusal>,
) -> Result<E, WebhookRejection> {
    check_type(head, E::Family::CONTENT_TYPES)?;
    event_of(&verified(verifier, head, read).await?)
}

/// A verified delivery as an event.
///
/// # Errors
///
/// [`WebhookRejection`]: a malformed event, another event of the family.
pub fn event_of<E: FromFamily>(delivery: &Verified<Delivery>) -> Result<E, WebhookRejection> {
    delivery.event_of().map_err(|other: E::Family| match other.decoded() {
        Decoded::Malformed { reason, .. } => WebhookRejection::Malformed(reason),
        _ => WebhookRejection::OtherEvent,
    })
}

/// The verified delivery of a request. `read` is as in [`answer`].
///
/// # Errors
///
/// [`Refusal`], as the verifier's guards, signature and limits say.
pub async fn verified(
    verifier: &Verifier,
    head: &Parts,
    read: impl AsyncFnOnce(usize) -> Result<Bytes, Refusal>,
) -> Result<Verified<Delivery>, Refusal> {
    check_encoding(head)?;
    verifier.precheck(head).map_err(Refusal::Unproven)?;
    let body = read(verifier.limits().body_bytes).await?;
    verifier.verify(head, &body).map_err(Refusal::Unproven)
}

/// The verified request for a WebSocket, such as Twilio sends for Media Streams and
/// ConversationRelay: its signature is that of the `wss://` URL. To be called before the
/// upgrade.
///
/// # Errors
///
/// [`Refusal::NotUpgrade`] where it is none: a body would not be looked at. Else as
/// [`verified`].
pub fn upgrade(verifier: &Verifier, head: &Parts) -> Result<Verified<Delivery>, Refusal> {
    if !is_upgrade(&head.method, &head.headers) {
        return Err(Refusal::NotUpgrade);
    }
    verifier.verify(head, &Bytes::new()).map_err(Refusal::Unproven)
}

/// Refuses a body that none of the families sends, by its head.
pub(crate) fn check_type(head: &Parts, sent: &[ContentType]) -> Result<(), Refusal> {
    check_encoding(head)?;
    match ContentType::of(&head.headers) {
        Ok(Some(content_type)) if sent.contains(&content_type) => Ok(()),
        Ok(None) if head.method == Method::GET => Ok(()),
        _ => Err(Refusal::ContentType),
    }
}

pub(crate) fn check_encoding(head: &Parts) -> Result<(), Refusal> {
    if head.headers.contains_key(CONTENT_ENCODING) {
        return Err(Refusal::ContentEncoding);
    }
    Ok(())
}
