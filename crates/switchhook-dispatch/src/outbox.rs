//! JSON that is to be posted to others, kept until they take it.

use std::{fmt, future::Future, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header::CONTENT_TYPE, uri::InvalidUri};
use switchhook_core::{
    ContentType, Decoded, Delivery, EventInfo, Family, FromFamily, IdempotencyKey, Malformed,
    Payload, Selection, Unknown,
};
use switchhook_signature::Verified;

use crate::{
    BoxError, Context, DeliveryId, FromContext, NoInbox, Notify, Permanent, Read, Route, Store,
    StoreError,
    follow_up::{IDEMPOTENCY_KEY, follow_up, later},
};

/// What a handler leaves to be told to others: JSON that the inbox keeps and its worker posts,
/// again and again until it is taken.
///
/// A handler asks for it as an argument; the dispatcher needs an
/// [inbox](crate::Dispatcher::inbox), and an [`outgoing`] route, which has the HTTP client.
///
/// ```
/// use http::StatusCode;
/// use switchhook_dispatch::{Dispatcher, Outbox, Outgoing, Store, StoreError, notify, outgoing};
/// # use switchhook_signature::Verifier;
/// use switchhook_twilio_video::RecordingCompleted;
///
/// async fn recorded(done: RecordingCompleted, outbox: Outbox) -> Result<(), StoreError> {
///     outbox.post("/archive", format!("{{\"recording\":\"{}\"}}", done.recording_sid)).await
/// }
///
/// /// With the HTTP client of your choice.
/// async fn post(json: Outgoing) -> Result<StatusCode, std::io::Error> {
///     let request = json.request("https://archive.example.com/").map_err(std::io::Error::other)?;
///     assert_eq!(request.headers()["content-type"], "application/json");
///     // client.send(request).await?.status()
///     Ok(StatusCode::ACCEPTED)
/// }
///
/// # fn hooks(inbox: impl Store, verifier: Verifier) -> Dispatcher {
/// Dispatcher::new(())
///     .at("/video", notify(verifier).on(recorded))
///     .at("/archive", outgoing(post))
///     .inbox(inbox)
/// # }
/// ```
#[derive(Clone)]
pub struct Outbox {
    store: Arc<dyn Store>,
    key: IdempotencyKey,
    subject: Option<String>,
}

/// What an [`Outbox`] is made of, for handlers that ask for one.
#[derive(Clone, Copy)]
pub(crate) struct Letterbox<'a> {
    pub(crate) store: &'a Arc<dyn Store>,
    pub(crate) key: &'a IdempotencyKey,
    pub(crate) read: &'a Read,
}

/// JSON on its way out: what the sender of an [`outgoing`] route gets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outgoing {
    /// What it is known by, the same at each try: the `Idempotency-Key` by which the other side
    /// can tell a second try from a second message.
    pub id: DeliveryId,
    /// The JSON.
    pub body: Bytes,
}

/// A route that posts what handlers put into an [`Outbox`]. No request reaches it.
///
/// `send` makes one try. A status of success ends the matter. 400 and 422 do so, too, in another
/// way: what is not understood now will not be later, so it is a dead letter at once. Any other
/// status, and an error, is a failure: the worker tries again later. What `send` returns as an
/// error is shown to operators: it should name neither a secret URL nor what was to be sent.
///
/// JSON over the [limit](Route::limits) of a body is refused when it is to be sent.
pub fn outgoing<S, F, T, E>(send: F) -> Route<S, Notify>
where
    S: Send + Sync + 'static,
    F: Fn(Outgoing) -> T + Send + Sync + 'static,
    T: Future<Output = Result<StatusCode, E>> + Send + 'static,
    E: Into<BoxError>,
{
    follow_up().on(move |_: Told, delivery: Arc<Verified<Delivery>>, id: DeliveryId| {
        let sent = send(Outgoing { id, body: delivery.body().clone() });
        async move { judge(sent.await.map_err(Into::into)?) }
    })
}

impl Outgoing {
    /// The request that posts it to a URL: with `Content-Type: application/json` and
    /// `Idempotency-Key`. A user name in the URL is the HTTP client's business.
    ///
    /// # Errors
    ///
    /// When the text is no URL.
    pub fn request(self, url: &str) -> Result<Request<Bytes>, InvalidUri> {
        let mut request = Request::new(self.body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.parse()?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(key) = HeaderValue::try_from(self.id.to_string()) {
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        Ok(request)
    }
}

fn judge(status: StatusCode) -> Result<(), BoxError> {
    let why = format!("the other side answered {}", status.as_u16());
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            Err(Permanent::new(why).into())
        }
        _ => Err(why.into()),
    }
}

impl Outbox {
    /// Has a text of JSON posted by the [`outgoing`] route at `route`: its path.
    ///
    /// It is known by the event that is being handled and by the route, so that it is kept once,
    /// however many deliveries and tries there are of the event: a second text about the same
    /// event for the same route is not kept.
    ///
    /// On an [`interactive`](crate::interactive) route it is known by the delivery instead, once for
    /// each question: a caller who presses the same key twice has asked twice.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the inbox cannot keep it. Fail with it, so that the handler is called
    /// again.
    ///
    /// # Panics
    ///
    /// When `route` is no path: it has to begin with `/` and to be what a URL can have.
    pub async fn post(
        &self,
        route: &'static str,
        json: impl Into<Bytes>,
    ) -> Result<(), StoreError> {
        let mut told = later(route, &self.key, Told::NAME, "application/json", json.into());
        told.subject.clone_from(&self.subject);
        self.store.accept(told).await.map(|_| ())
    }
}

impl<S> FromContext<S> for Outbox {
    type Error = NoInbox;

    fn from_context(context: &Context<'_, S>) -> Result<Self, NoInbox> {
        let Letterbox { store, key, read } = context.outbox.ok_or(NoInbox)?;
        Ok(Self { store: Arc::clone(store), key: key.clone(), subject: read.subject.clone() })
    }
}

/// Shows nothing: a key may hold what was sent.
impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

/// Shows the length: it may be anybody's message.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("id", &self.id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The family of what is told to others: any JSON, none of which has a name.
#[derive(Debug)]
struct Told(Payload);

impl Family for Told {
    const NAME: &'static str = "outgoing";
    const TABLE: &'static [&'static [EventInfo]] = &[];
    const NAMED: bool = false;
    const PATIENCE: Duration = Duration::from_secs(60);
    const CONTENT_TYPES: &'static [ContentType] = &[ContentType::Json];

    fn decode(payload: &Payload) -> Self {
        Self(payload.clone())
    }

    fn decode_as(_: &str, payload: &Payload) -> Self {
        Self(payload.clone())
    }

    fn decoded(&self) -> Decoded<'_> {
        Decoded::Unknown { name: None, payload: &self.0 }
    }

    fn into_unknown(self) -> Result<Unknown<Self>, Self> {
        Ok(Unknown::new(None, self.0))
    }

    fn into_malformed(self) -> Result<Malformed<Self>, Self> {
        Err(self)
    }
}

impl FromFamily for Told {
    type Family = Self;
    const SELECTION: Selection = Selection::All;

    fn from_family(told: Self) -> Result<Self, Self> {
        Ok(told)
    }
}
