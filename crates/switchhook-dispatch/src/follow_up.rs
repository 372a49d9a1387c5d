//! Deliveries that an application gives itself.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Uri, header::CONTENT_TYPE, request::Parts};
use switchhook_core::{Decoded, Event, Family, FromFamily, IdempotencyKey, Payload};
use switchhook_signature::Verifier;

use crate::{DeliveryId, Incoming, Notify, Read, Route, ledger::on_route};

/// A route for what is left to do about an event and may fail by itself, such as to tell another
/// service.
///
/// No request reaches it: from outside it is no route at all. It gets what a handler puts into the
/// inbox by [`Incoming::follow_up`], and the inbox's worker treats that as any delivery: a failure
/// is tried again later, what fails for good is a dead letter.
///
/// ```
/// use switchhook_dispatch::{DeliveryId, Dispatcher, Incoming, State, Store, StoreError};
/// use switchhook_dispatch::{follow_up, notify};
/// # use std::sync::Arc;
/// # use switchhook_signature::Verifier;
/// use switchhook_twilio_video::RecordingCompleted;
///
/// /// Handled at once. A second try or a duplicate puts in nothing new.
/// async fn recorded(
///     done: RecordingCompleted,
///     State(inbox): State<Arc<dyn Store>>,
/// ) -> Result<(), StoreError> {
///     inbox.accept(Incoming::follow_up("/archive", &done)).await?;
///     Ok(())
/// }
///
/// /// Handled until it succeeds: the id is the same at each try.
/// async fn archive(done: RecordingCompleted, id: DeliveryId) -> Result<(), std::io::Error> {
///     # let _ = (done, id);
///     // POST … with `Idempotency-Key: {id}`
///     Ok(())
/// }
///
/// # fn hooks(inbox: Arc<dyn Store>, verifier: Verifier) -> Dispatcher<Arc<dyn Store>> {
/// Dispatcher::new(Arc::clone(&inbox))
///     .at("/video", notify(verifier).on(recorded))
///     .at("/archive", follow_up().on(archive))
///     .inbox(inbox)
/// # }
/// ```
///
/// Where JSON is to be posted to a URL, [`Outbox`](crate::Outbox) is shorter.
pub fn follow_up<S>() -> Route<S, Notify> {
    let mut route = Route::new(Verifier::trust_without_verification());
    route.rules.internal = true;
    route
}

impl Incoming {
    /// What is left to do about an event, for the [`follow_up`] route at `route`: its path.
    ///
    /// It is known by the event and the route, so that it is kept once, however many deliveries
    /// and tries there are of the event. [Accept](crate::Store::accept) it before the handler
    /// ends.
    ///
    /// On an [`interactive`](crate::interactive) route two questions may be one event: a caller
    /// presses the same key twice. There, use [`follow_up_of`](Self::follow_up_of).
    ///
    /// # Panics
    ///
    /// When `route` is no path: it has to begin with `/` and to be what a URL can have.
    pub fn follow_up<E: Event>(route: &'static str, event: &E) -> Self {
        Self::known_by(&event.idempotency_key(), route, event)
    }

    /// As [`follow_up`](Self::follow_up), known by the delivery that is handled instead of its
    /// event: once for each question that an interactive route is asked, however often it is
    /// tried. What tells two questions apart, [`interactive`](crate::interactive) says.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use switchhook_dispatch::{DeliveryId, Incoming, State, Store, StoreError};
    /// use switchhook_twilio_video::RoomCreated;
    ///
    /// async fn created(
    ///     room: RoomCreated,
    ///     id: DeliveryId,
    ///     State(inbox): State<Arc<dyn Store>>,
    /// ) -> Result<&'static str, StoreError> {
    ///     inbox.accept(Incoming::follow_up_of(id, "/announce", &room)).await?;
    ///     Ok("welcome")
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`follow_up`](Self::follow_up).
    pub fn follow_up_of<E: Event>(delivery: DeliveryId, route: &'static str, event: &E) -> Self {
        Self::known_by(&key_of(delivery), route, event)
    }

    fn known_by<E: Event>(key: &IdempotencyKey, route: &'static str, event: &E) -> Self {
        let read = Read::of::<<E as FromFamily>::Family>(&Decoded::Event(event), true);
        let (content_type, body) = match event.to_payload() {
            Payload::Params(params) => {
                ("application/x-www-form-urlencoded", Bytes::from(params.to_form()))
            }
            other => ("application/json", Bytes::copy_from_slice(other.as_bytes())),
        };
        Self {
            event: read.event.map(str::to_owned),
            subject: read.subject,
            ..later(route, key, <E as FromFamily>::Family::NAME, content_type, body)
        }
    }
}

/// Brings the id of a delivery to a route of the application's own. What is no event of a provider's
/// tells nobody by what it is known.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The id that such a delivery brings.
pub(crate) fn given_id(head: &Parts) -> Option<DeliveryId> {
    head.headers.get(IDEMPOTENCY_KEY)?.to_str().ok()?.parse().ok()
}

/// The key of what is left to do about one delivery, whatever others there are of its event.
pub(crate) fn key_of(delivery: DeliveryId) -> IdempotencyKey {
    IdempotencyKey::of([delivery.to_bytes()])
}

/// A delivery to a route of the application's own, known by the event that it is about and the
/// route.
pub(crate) fn later(
    route: &'static str,
    key: &IdempotencyKey,
    family: &'static str,
    content_type: &'static str,
    body: Bytes,
) -> Incoming {
    assert!(route.starts_with('/'), "a route's path begins with /");
    let uri = Uri::from_static(route);
    let id = DeliveryId::of(&on_route(key, &uri));
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        headers.insert(IDEMPOTENCY_KEY, id);
    }
    Incoming::new(id, route, family, request)
}
