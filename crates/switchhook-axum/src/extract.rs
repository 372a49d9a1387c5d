//! Verified deliveries and events as axum extractors.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::{
        ConnectInfo, FromRef, FromRequest, FromRequestParts, OptionalFromRequest, OriginalUri,
        Request,
    },
};
use http::request::Parts;
use switchhook_core::{Delivery, FromFamily};
use switchhook_dispatch::adapter::{self, WebhookRejection};
use switchhook_signature::{Connection, Verified, Verifier};

/// A verified event: one event, a group, or the family's enum, as `E` says.
///
/// A delivery of another event of the family is answered with 204 and the handler is not
/// called: several handlers' events may share a URL, and a provider that adds an event must
/// not see errors. Take the family's enum to see everything, or an `Option<Webhook<E>>`, which is
/// `None` for another event.
///
/// See the [crate's example](crate).
#[derive(Clone, Debug)]
pub struct Webhook<E>(pub E);

/// A verified delivery before it is read as an event: raw body, URL, parameters, and how
/// the signature matched, which is `None` where the verifier's policy let it in without one.
#[derive(Clone, Debug)]
pub struct VerifiedDelivery(pub Verified<Delivery>);

impl VerifiedDelivery {
    /// The delivery as an event, for handlers that want both.
    ///
    /// ```
    /// use switchhook_axum::{VerifiedDelivery, WebhookRejection};
    /// use switchhook_twilio_video::RoomEnded;
    ///
    /// async fn ended(delivery: VerifiedDelivery) -> Result<(), WebhookRejection> {
    ///     let ended: RoomEnded = delivery.event()?;
    ///     println!("{} by {:?}", ended.room_sid, delivery.0.signature());
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`WebhookRejection`]: a malformed event, another event of the family.
    pub fn event<E: FromFamily>(&self) -> Result<E, WebhookRejection> {
        adapter::event_of(&self.0)
    }
}

/// A verified request for a WebSocket, such as Twilio sends for Media Streams and
/// ConversationRelay: the signature of its `wss://` URL is checked before the upgrade.
///
/// It leaves the request to the extractor that upgrades, axum's `WebSocketUpgrade` or another,
/// and has to stand before it: extractors run in their order. Requests that are no upgrade are
/// refused with 426, so are those over HTTP/2.
///
/// ```
/// use axum::{Router, extract::FromRequestParts, http::StatusCode, routing::get};
/// use switchhook_axum::VerifiedUpgrade;
/// # use switchhook_signature::Verifier;
/// # struct WebSocketUpgrade;
/// # impl<S: Sync> FromRequestParts<S> for WebSocketUpgrade {
/// #     type Rejection = StatusCode;
/// #     async fn from_request_parts(_: &mut axum::http::request::Parts, _: &S) -> Result<Self, StatusCode> {
/// #         Ok(Self)
/// #     }
/// # }
///
/// async fn media(VerifiedUpgrade(request): VerifiedUpgrade, socket: WebSocketUpgrade) {
///     println!("{} asks for the call's audio", request.url());
///     // return socket.on_upgrade(...)
/// }
///
/// let app: Router<Verifier> = Router::new().route("/media", get(media));
/// ```
#[derive(Clone, Debug)]
pub struct VerifiedUpgrade(pub Verified<Delivery>);

impl<S> FromRequest<S> for VerifiedDelivery
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let (head, body) = split(request);
        let read = async |most| adapter::read(body, most).await;
        Ok(Self(adapter::verified(&Verifier::from_ref(state), &head, read).await?))
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
        let (head, body) = split(request);
        let read = async |most| adapter::read(body, most).await;
        adapter::webhook(&Verifier::from_ref(state), &head, read).await.map(Self)
    }
}

/// `None` for another event of the family; whatever is refused or malformed is rejected.
impl<E, S> OptionalFromRequest<S> for Webhook<E>
where
    E: FromFamily,
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, WebhookRejection> {
        match <Self as FromRequest<S>>::from_request(request, state).await {
            Err(WebhookRejection::OtherEvent) => Ok(None),
            event => event.map(Some),
        }
    }
}

impl<S> FromRequestParts<S> for VerifiedUpgrade
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request_parts(head: &mut Parts, state: &S) -> Result<Self, WebhookRejection> {
        locate(head);
        Ok(Self(adapter::upgrade(&Verifier::from_ref(state), head)?))
    }
}

/// The head with what the public URL may depend on, and the body.
pub(crate) fn split(request: Request) -> (Parts, Body) {
    let (mut head, body) = request.into_parts();
    locate(&mut head);
    (head, body)
}

fn locate(head: &mut Parts) {
    let target = head.extensions.get().map(|OriginalUri(uri)| uri.clone());
    let peer = head.extensions.get().map(|ConnectInfo::<SocketAddr>(peer)| peer.ip());
    adapter::locate(head, target, Connection { tls: false, peer });
}
