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
use http::{HeaderValue, Request, Response, StatusCode, header::ALLOW, request::Parts};
use switchhook_core::Delivery;
use switchhook_signature::{Rejection, Verified};

use crate::{
    BoxFuture, Context, Failure, Outcome, Read, Reply, Route, reply::empty, route::Refusal,
};

/// Something that answers webhook requests: the face that HTTP stacks see.
///
/// Object-safe, and without a runtime: any executor can poll the future.
pub trait Endpoint: Send + Sync {
    /// Answers one request, body and all.
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>>;

    /// Looks at the head of a request, so that a server can refuse it before it reads the
    /// body. `None` lets it through to [`serve`](Self::serve), which checks again.
    fn refuse(&self, head: &Parts) -> Option<Response<Bytes>> {
        let _ = head;
        None
    }

    /// The longest body in bytes that a server needs to read for this head.
    fn body_limit(&self, head: &Parts) -> usize {
        let _ = head;
        switchhook_core::Limits::default().body_bytes
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

    /// The dispatcher as a [`tower::Service`](https://docs.rs/tower-service).
    #[cfg(feature = "tower")]
    pub fn into_service(self) -> crate::DispatchService {
        crate::DispatchService::new(self)
    }

    /// The way of a request, step by step. The claim on the event's key belongs between
    /// reading and handling.
    async fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let started = self.observer.as_ref().map(|_| Instant::now());
        let (head, body) = request.into_parts();
        let mut trace = Trace::default();
        let response = match self.routes.get(head.uri.path()) {
            None => empty(StatusCode::NOT_FOUND),
            Some(route) => match route.admit(&head, &body) {
                Err(refusal) => trace.refuse(route, refusal),
                Ok(delivery) => self.handle(route, &head, delivery, &mut trace).await,
            },
        };
        if let (Some(observer), Some(started)) = (&self.observer, started) {
            observer(&Outcome {
                path: head.uri.path(),
                read: trace.read.as_ref(),
                signature: trace.delivery.as_ref().and_then(|delivery| delivery.signature()),
                rejection: trace.rejection,
                failure: trace.failure.as_ref(),
                status: response.status(),
                elapsed: started.elapsed(),
            });
        }
        response
    }

    async fn handle(
        &self,
        route: &Route<S>,
        head: &Parts,
        delivery: Verified<Delivery>,
        trace: &mut Trace,
    ) -> Response<Bytes> {
        let delivery = &*trace.delivery.insert(Arc::new(delivery));
        let context = Context { head, delivery, state: &self.state };
        let details = self.observer.is_some();
        // A handler that is not async runs, and may panic, while it is called.
        let Ok(found) = catch_unwind(AssertUnwindSafe(|| route.find(&context, details))) else {
            return trace.fail(route, Failure::Panic);
        };
        let Some(found) = found else { return empty(StatusCode::NO_CONTENT) };
        let malformed = trace.read.insert(found.read).malformed;
        let failure = match (found.reply, malformed) {
            (Some(reply), _) => match caught(reply).await {
                Some(Ok(response)) => return response,
                Some(Err(error)) => Failure::Error(error),
                None => Failure::Panic,
            },
            (None, Some(reason)) => Failure::Malformed(reason),
            (None, None) => return empty(StatusCode::NO_CONTENT),
        };
        trace.fail(route, failure)
    }
}

impl<S: Send + Sync + 'static> Endpoint for Dispatcher<S> {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        Box::pin(self.answer(request))
    }

    fn body_limit(&self, head: &Parts) -> usize {
        self.routes.get(head.uri.path()).map_or(0, Route::body_limit)
    }

    fn refuse(&self, head: &Parts) -> Option<Response<Bytes>> {
        let started = Instant::now();
        let mut trace = Trace::default();
        let response = match self.routes.get(head.uri.path()) {
            None => empty(StatusCode::NOT_FOUND),
            Some(route) => trace.refuse(route, route.check_head(head).err()?),
        };
        if let Some(observer) = &self.observer {
            observer(&Outcome {
                path: head.uri.path(),
                read: None,
                signature: None,
                rejection: trace.rejection,
                failure: None,
                status: response.status(),
                elapsed: started.elapsed(),
            });
        }
        Some(response)
    }
}

/// What is remembered of a request for its outcome.
#[derive(Default)]
struct Trace {
    delivery: Option<Arc<Verified<Delivery>>>,
    read: Option<Read>,
    rejection: Option<Rejection>,
    failure: Option<Failure>,
}

impl Trace {
    fn refuse<S: Send + Sync + 'static>(
        &mut self,
        route: &Route<S>,
        refusal: Refusal,
    ) -> Response<Bytes> {
        let status = match refusal {
            Refusal::Status(status) => status,
            Refusal::Unproven(rejection) => {
                self.rejection = Some(rejection);
                rejection.status()
            }
        };
        let mut response = empty(status);
        if status == StatusCode::METHOD_NOT_ALLOWED {
            let methods: Vec<_> = route.methods().iter().map(http::Method::as_str).collect();
            if let Ok(allow) = HeaderValue::try_from(methods.join(", ")) {
                response.headers_mut().insert(ALLOW, allow);
            }
        }
        response
    }

    fn fail<S: Send + Sync + 'static>(
        &mut self,
        route: &Route<S>,
        failure: Failure,
    ) -> Response<Bytes> {
        let status = route.failure_policy().status(&failure);
        self.failure = Some(failure);
        empty(status)
    }
}

/// The result of a handler, `None` when it panics.
async fn caught(mut reply: BoxFuture<'_, Reply>) -> Option<Reply> {
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
