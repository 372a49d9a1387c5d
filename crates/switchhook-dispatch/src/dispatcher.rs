use std::{
    collections::HashMap,
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    task::Poll,
    time::Instant,
};

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{ALLOW, WWW_AUTHENTICATE},
    request::Parts,
};
use switchhook_core::Delivery;
use switchhook_signature::Verified;

use crate::{BoxFuture, Context, Failure, Outcome, Read, Refusal, Reply, Route, reply::empty};

/// Something that answers webhook requests: the face that HTTP stacks see.
///
/// Object-safe, and without a runtime: any executor can poll the future.
pub trait Endpoint: Send + Sync {
    /// Answers one request, body and all.
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>>;

    /// Looks at the head of a request, so that a server can refuse it before it reads the
    /// body; [`serve`](Self::serve) checks again.
    ///
    /// The longest body in bytes that is worth reading.
    ///
    /// # Errors
    ///
    /// Why the request is not let in, for [`refuse`](Self::refuse).
    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        let _ = head;
        Ok(switchhook_core::Limits::default().body_bytes)
    }

    /// Answers a request whose body was not read, or not to its end.
    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        let _ = head;
        refused(refusal)
    }
}

/// Routes with their handlers and the state that handlers share.
///
/// See the [crate's example](crate).
pub struct Dispatcher<S = ()> {
    state: S,
    routes: HashMap<String, Route<S>>,
    observer: Option<Box<Observer>>,
}

type Observer = dyn Fn(&Outcome<'_>) + Send + Sync;

impl<S: Send + Sync + 'static> Dispatcher<S> {
    /// A dispatcher without routes; `state` is what handlers get by
    /// [`State`](crate::State).
    pub fn new(state: S) -> Self {
        Self { state, routes: HashMap::new(), observer: None }
    }

    /// Puts a route at a path, compared to the letter, slash at the end included. A route
    /// that was there is replaced.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>, route: Route<S>) -> Self {
        self.routes.insert(path.into(), route);
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
        let response = match self.admit(&head, &body) {
            Ok((route, delivery)) => self.handle(route, &head, delivery, &mut trace).await,
            Err(refusal) => self.refusal(&head, refusal, &mut trace),
        };
        self.tell(&head, &trace, response.status(), started);
        response
    }

    fn admit(
        &self,
        head: &Parts,
        body: &Bytes,
    ) -> Result<(&Route<S>, Verified<Delivery>), Refusal> {
        let route = self.routes.get(head.uri.path()).ok_or(Refusal::NoRoute)?;
        Ok((route, route.admit(head, body)?))
    }

    /// Reads the delivery and calls the handler that takes it. The claim on the event's key
    /// belongs between the two.
    async fn handle(
        &self,
        route: &Route<S>,
        head: &Parts,
        delivery: Verified<Delivery>,
        trace: &mut Trace,
    ) -> Response<Bytes> {
        let delivery = &*trace.delivery.insert(Arc::new(delivery));
        let Some(pending) = route.read(delivery, self.observer.is_some()) else {
            return empty(StatusCode::NO_CONTENT);
        };
        let malformed = trace.read.insert(pending.read).malformed;
        let failure = match (pending.call, malformed) {
            (Some(call), _) => {
                let context = Context { head, delivery, state: &self.state };
                match called(|| call(&context)).await {
                    Some(Ok(response)) => return response,
                    Some(Err(error)) => Failure::Error(error),
                    None => Failure::Panic,
                }
            }
            (None, Some(reason)) => Failure::Malformed(reason),
            (None, None) => return empty(StatusCode::NO_CONTENT),
        };
        let response = route.failed(&failure);
        trace.failure = Some(failure);
        response
    }

    fn refusal(&self, head: &Parts, refusal: Refusal, trace: &mut Trace) -> Response<Bytes> {
        trace.refusal = Some(refusal);
        let mut response = refused(refusal);
        if let (Refusal::Method, Some(route)) = (refusal, self.routes.get(head.uri.path())) {
            let methods: Vec<_> = route.methods().iter().map(http::Method::as_str).collect();
            if let Ok(allow) = HeaderValue::try_from(methods.join(", ")) {
                response.headers_mut().insert(ALLOW, allow);
            }
        }
        response
    }

    /// Looks at the clock for the observer alone: there are platforms without one.
    fn clock(&self) -> Option<Instant> {
        self.observer.as_ref().map(|_| Instant::now())
    }

    /// Tells the observer, whose panic must not cost the response.
    fn tell(&self, head: &Parts, trace: &Trace, status: StatusCode, started: Option<Instant>) {
        let (Some(observer), Some(started)) = (&self.observer, started) else { return };
        let outcome = Outcome {
            path: head.uri.path(),
            read: trace.read.as_ref(),
            signature: trace.delivery.as_ref().and_then(|delivery| delivery.signature()),
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
        let route = self.routes.get(head.uri.path()).ok_or(Refusal::NoRoute)?;
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

/// The status of a refusal, and what a sender is asked for.
fn refused(refusal: Refusal) -> Response<Bytes> {
    let mut response = empty(refusal.status());
    if let Some(challenge) = refusal.challenge() {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// What is remembered of a request for its outcome.
#[derive(Default)]
struct Trace {
    delivery: Option<Arc<Verified<Delivery>>>,
    read: Option<Read>,
    refusal: Option<Refusal>,
    failure: Option<Failure>,
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

impl<S> fmt::Debug for Dispatcher<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatcher").field("routes", &self.routes).finish_non_exhaustive()
    }
}
