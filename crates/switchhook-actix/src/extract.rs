//! Verified deliveries and events as actix-web extractors.

use std::{
    future::{Future, Ready, ready},
    pin::Pin,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use switchhook_core::{Delivery, FromFamily};
use switchhook_dispatch::adapter::{self, WebhookRejection};
use switchhook_signature::{Verified, Verifier};

use crate::head::{announced, head, read};

/// A verified event: one event, a group, or the family's enum, as `E` says.
///
/// A delivery of another event of the family is answered with 204 and the handler is not
/// called: several handlers' events may share a URL, and a provider that adds an event must
/// not see errors. Take the family's enum to see everything.
///
/// Beware of `Option<Webhook<E>>`: actix-web makes `None` of whatever is refused, forgeries
/// included. A `Result<Webhook<E>, WebhookRejection>` says what it is.
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
    /// use actix_web::HttpResponse;
    /// use switchhook_actix::{VerifiedDelivery, WebhookRejection};
    /// use switchhook_twilio_video::RoomEnded;
    ///
    /// async fn ended(delivery: VerifiedDelivery) -> Result<HttpResponse, WebhookRejection> {
    ///     let ended: RoomEnded = delivery.event()?;
    ///     println!("{} by {:?}", ended.room_sid, delivery.0.signature());
    ///     Ok(HttpResponse::NoContent().finish())
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
/// It leaves the body to whoever upgrades, such as `actix-ws`. Requests that are no upgrade are
/// refused with 426, so are those over HTTP/2.
///
/// ```
/// use actix_web::{HttpRequest, HttpResponse, web};
/// use switchhook_actix::VerifiedUpgrade;
///
/// async fn media(upgrade: VerifiedUpgrade, request: HttpRequest, body: web::Payload) -> HttpResponse {
///     println!("{} asks for the call's audio", upgrade.0.url());
///     // actix_ws::handle(&request, body) ...
///     HttpResponse::NotImplemented().finish()
/// }
/// # let _ = actix_web::App::new().route("/media", web::get().to(media));
/// ```
#[derive(Clone, Debug)]
pub struct VerifiedUpgrade(pub Verified<Delivery>);

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, WebhookRejection>>>>;

impl FromRequest for VerifiedDelivery {
    type Error = WebhookRejection;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (verifier, head) = (verifier(&request)?, head(&request)?);
            let body = async |most| read(payload, announced(&request), most).await;
            Ok(Self(adapter::verified(verifier, &head, body).await?))
        })
    }
}

impl<E: FromFamily> FromRequest for Webhook<E> {
    type Error = WebhookRejection;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (verifier, head) = (verifier(&request)?, head(&request)?);
            let body = async |most| read(payload, announced(&request), most).await;
            adapter::webhook(verifier, &head, body).await.map(Self)
        })
    }
}

impl FromRequest for VerifiedUpgrade {
    type Error = WebhookRejection;
    type Future = Ready<Result<Self, WebhookRejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let upgrade = || Ok(Self(adapter::upgrade(verifier(request)?, &head(request)?)?));
        ready(upgrade())
    }
}

/// The verifier of the innermost scope that has one.
fn verifier(request: &HttpRequest) -> Result<&Verifier, WebhookRejection> {
    let shared = || request.app_data::<Data<Verifier>>().map(|data| &***data);
    request.app_data::<Verifier>().or_else(shared).ok_or(WebhookRejection::NoVerifier)
}
