use std::{
    collections::HashMap,
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header::ALLOW, request::Parts};
use switchhook_core::Delivery;
use switchhook_signature::Verified;

use crate::{
    BoxFuture, Context, DeliveryId, Disposition, Endpoint, Failure, Outcome, Permanent, Read,
    Refusal, Reply, Route, RouteKind, Store, StoreError, StoreErrorKind, arrival::Arrival,
    endpoint::refused, events::Pending, follow_up::key_of, ledger::Ledger, outbox::Letterbox,
    reply::empty, rules::Rules, timer::within,
};

/// Routes with their handlers and the state that handlers share.
///
/// See the [crate's example](crate).
pub struct Dispatcher<S = ()> {
    state: S,
    routes: HashMap<String, Rules<S>>,
    ledger: Option<Ledger>,
    observer: Option<Box<Observer>>,
}

type Observer = dyn Fn(&Outcome<'_>) + Send + Sync;

impl<S: Send + Sync + 'static> Dispatcher<S> {
    /// A dispatcher without routes; `state` is what handlers get by
    /// [`State`](crate::State).
    pub fn new(state: S) -> Self {
        Self { state, routes: HashMap::new(), ledger: None, observer: None }
    }

    /// Puts a route at a path, compared to the letter, slash at the end included. A route
    /// that was there is replaced.
    #[must_use]
    pub fn at<K: RouteKind>(mut self, path: impl Into<String>, route: Route<S, K>) -> Self {
        let (path, mut rules) = (path.into(), route.rules);
        rules.shown = rules.verifier.redact(&path);
        self.routes.insert(path, rules);
        self
    }

    /// Keeps deliveries in `store`: those of [`notify`](crate::notify) routes until a worker has
    /// handled them, the replies of [`interactive`](crate::interactive) ones for their
    /// duplicates.
    ///
    /// When the store fails, notify routes answer 503, and interactive ones as if there were
    /// none.
    #[must_use]
    pub fn inbox(mut self, store: impl Store) -> Self {
        self.ledger = Some(Ledger::new(Arc::new(store)));
        self
    }

    /// Calls `observer` with what became of each request, after its response is made.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&Outcome<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// The dispatcher as a `tower::Service`.
    #[cfg(feature = "tower")]
    pub fn into_service(self) -> crate::DispatchService {
        crate::DispatchService::new(self)
    }

    /// The way of a request, step by step.
    async fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let started = self.clock();
        let (head, body) = request.into_parts();
        let mut trace = Trace::default();
        let admitted = self.open_route(&head).and_then(|route| {
            let delivery = route.admit(&head, &body)?;
            Ok((route, delivery))
        });
        let response = match admitted {
            Ok((route, delivery)) => self.claim(route, &head, delivery, &mut trace).await,
            Err(refusal) => self.refusal(&head, refusal, &mut trace),
        };
        self.tell(&head, &trace, response.status(), started);
        response
    }

    pub(crate) fn admit(
        &self,
        head: &Parts,
        body: &Bytes,
    ) -> Result<(&Rules<S>, Verified<Delivery>), Refusal> {
        let route = self.routes.get(head.uri.path()).ok_or(Refusal::NoRoute)?;
        Ok((route, route.admit(head, body)?))
    }

    /// The route of a request from outside.
    fn open_route(&self, head: &Parts) -> Result<&Rules<S>, Refusal> {
        let route = self.routes.get(head.uri.path()).filter(|route| !route.internal);
        route.ok_or(Refusal::NoRoute)
    }

    /// Reads the delivery, and asks the ledger whose turn it is, where there is one.
    async fn claim(
        &self,
        route: &Rules<S>,
        head: &Parts,
        delivery: Verified<Delivery>,
        trace: &mut Trace,
    ) -> Response<Bytes> {
        let delivery = Arc::new(delivery);
        trace.delivery = Some(Arc::clone(&delivery));
        let details = self.observer.is_some() || self.ledger.is_some();
        let pending = route.read(&delivery, details);
        trace.read = Some(pending.read.clone());
        let request = Claimed { route, head, delivery, pending };
        match &self.ledger {
            Some(ledger) if route.interactive => self.answer_once(ledger, request, trace).await,
            Some(ledger) => self.accept(ledger, request, trace).await,
            None if route.skips_outdated => {
                let text = "a route that skips outdated deliveries needs an inbox";
                let error = StoreError::new(StoreErrorKind::Unsupported, text);
                trace.failure = Some(Failure::Store(error));
                empty(StatusCode::SERVICE_UNAVAILABLE)
            }
            None => self.handle(request, trace).await,
        }
    }

    /// Handles a request that nobody keeps.
    async fn handle(&self, request: Claimed<'_, S>, trace: &mut Trace) -> Response<Bytes> {
        trace.disposition = Disposition::Handled;
        let (route, fallback) = (request.route, request.pending.fallback);
        let budget = request.budget();
        match self.run(request, None, 1, budget).await {
            // Of a handler that has nothing to say the route says it.
            Ok(Some(response))
                if route.interactive || response.status() != StatusCode::NO_CONTENT =>
            {
                response
            }
            Ok(_) => route.acknowledgement.clone(),
            Err(failure) => {
                let response = route.failed(&failure, || fallback?.fallback());
                trace.failure = Some(failure);
                response
            }
        }
    }

    /// Calls the handler within the budget: its reply, `None` where no handler takes the
    /// event.
    pub(crate) async fn run(
        &self,
        request: Claimed<'_, S>,
        id: Option<DeliveryId>,
        attempt: u32,
        budget: Duration,
    ) -> Result<Option<Response<Bytes>>, Failure> {
        let Claimed { route, head, delivery, pending } = request;
        let Some(call) = pending.call else {
            return match pending.read.malformed {
                Some(why) => Err(Failure::Malformed(why)),
                None if route.reviews_unknown && pending.read.event.is_none() => {
                    let why = "no event that this URL is for";
                    Err(Failure::Error(Permanent::new(why).into()))
                }
                None => Ok(None),
            };
        };
        // A second question may look like the first one, and what is left of it is another matter.
        let asked = id.filter(|_| route.interactive).map(key_of);
        let key = asked.as_ref().or(pending.identity.as_ref().map(|identity| &identity.key));
        let outbox = self.ledger.as_ref().zip(key).map(|(ledger, key)| Letterbox {
            store: &ledger.store,
            key,
            read: &pending.read,
        });
        let (delivery, state) = (&delivery, &self.state);
        let context = Context { head, delivery, state, id, attempt, outbox };
        match within(budget, called(|| call(&context))).await {
            Some(Some(Ok(response))) => Ok(Some(response)),
            Some(Some(Err(error))) => Err(Failure::Error(error)),
            Some(None) => Err(Failure::Panic),
            None => Err(Failure::Overdue),
        }
    }

    fn refusal(&self, head: &Parts, refusal: Refusal, trace: &mut Trace) -> Response<Bytes> {
        trace.refusal = Some(refusal);
        let mut response = refused(refusal);
        if let (Refusal::Method, Some(route)) = (refusal, self.routes.get(head.uri.path())) {
            let methods: Vec<_> = route.methods.iter().map(http::Method::as_str).collect();
            if let Ok(allow) = HeaderValue::try_from(methods.join(", ")) {
                response.headers_mut().insert(ALLOW, allow);
            }
        }
        response
    }

    /// Looks at the clock for the observer alone: there are platforms without one.
    pub(crate) fn clock(&self) -> Option<Instant> {
        self.observer.as_ref().map(|_| Instant::now())
    }

    /// Tells the observer, whose panic must not cost the response.
    pub(crate) fn tell(
        &self,
        head: &Parts,
        trace: &Trace,
        status: StatusCode,
        started: Option<Instant>,
    ) {
        let (Some(observer), Some(started)) = (&self.observer, started) else { return };
        let path = head.uri.path();
        let outcome = Outcome {
            path: self.routes.get(path).map_or(path, |route| &route.shown),
            read: trace.read.as_ref(),
            signature: trace.delivery.as_ref().and_then(|delivery| delivery.signature()),
            id: trace.id,
            disposition: trace.disposition,
            store_error: trace.store_error.as_ref(),
            refusal: trace.refusal,
            failure: trace.failure.as_ref(),
            status,
            elapsed: started.elapsed(),
        };
        let _ = catch_unwind(AssertUnwindSafe(|| observer(&outcome)));
    }
}

impl<S: Send + Sync + 'static> Endpoint for Dispatcher<S> {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        Box::pin(self.answer(request))
    }

    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        let route = self.open_route(head)?;
        route.check_head(head)?;
        Ok(route.body_limit())
    }

    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        let started = self.clock();
        let mut trace = Trace::default();
        let response = self.refusal(head, refusal, &mut trace);
        self.tell(head, &trace, response.status(), started);
        response
    }
}

/// A request that was let in and read.
pub(crate) struct Claimed<'a, S> {
    pub(crate) route: &'a Rules<S>,
    pub(crate) head: &'a Parts,
    pub(crate) delivery: Arc<Verified<Delivery>>,
    pub(crate) pending: Pending<'a, S>,
}

impl<S> Claimed<'_, S> {
    /// How long the answer may take from now on.
    pub(crate) fn budget(&self) -> Duration {
        let budget = self.route.budget(self.pending.patience);
        Arrival::of(self.head).map_or(budget, |arrival| arrival.left_of(budget))
    }
}

/// What is remembered of a request for its outcome.
#[derive(Default)]
pub(crate) struct Trace {
    pub(crate) delivery: Option<Arc<Verified<Delivery>>>,
    pub(crate) read: Option<Read>,
    pub(crate) id: Option<DeliveryId>,
    pub(crate) disposition: Disposition,
    pub(crate) store_error: Option<StoreError>,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) failure: Option<Failure>,
}

/// The result of a handler, `None` when it panics. One that is not async runs, and may
/// panic, while it is called.
async fn called<'a>(call: impl FnOnce() -> BoxFuture<'a, Reply>) -> Option<Reply> {
    let mut reply = catch_unwind(AssertUnwindSafe(call)).ok()?;
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| reply.as_mut().poll(context))) {
        Ok(Poll::Ready(reply)) => Poll::Ready(Some(reply)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(_) => Poll::Ready(None),
    })
    .await
}

/// Shows the paths without the secrets that guards look for.
impl<S> fmt::Debug for Dispatcher<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut routes: Vec<_> = self.routes.values().collect();
        routes.sort_by_key(|route| &route.shown);
        f.debug_struct("Dispatcher")
            .field("routes", &routes)
            .field("inbox", &self.ledger.is_some())
            .finish_non_exhaustive()
    }
}
