//! Any endpoint as a service and as a handler that axum can mount.

use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{body::Body, extract::Request, handler::Handler, response::Response};
use switchhook_dispatch::{BoxFuture, Endpoint, adapter};

use crate::extract::split;

/// Makes a service of an endpoint, for `Router::nest_service`, `route_service` or
/// `fallback_service`; as a handler it goes into `Router::route` with `any`.
///
/// ```
/// use axum::{Router, routing::any};
/// use switchhook_axum::service;
/// use switchhook_dispatch::Dispatcher;
///
/// let hooks = service(Dispatcher::new(()));
/// let app: Router = Router::new()
///     .route("/twilio/video", any(hooks.clone()))
///     .nest_service("/hooks", hooks);
/// ```
///
/// Heads are checked before their bodies are read. Nested, the dispatcher's paths are those
/// below the prefix, and signatures are checked against the URI as it arrived. With `any` the
/// dispatcher says which methods there are.
pub fn service(endpoint: impl Endpoint + 'static) -> EndpointService {
    EndpointService(Arc::new(endpoint))
}

/// An endpoint that axum can mount, made by [`service`].
#[derive(Clone)]
pub struct EndpointService(Arc<dyn Endpoint>);

impl EndpointService {
    async fn answer(self, request: Request) -> Response {
        let (head, body) = split(request);
        let read = async |most| adapter::read(body, most).await;
        adapter::answer(&*self.0, head, read).await.map(Body::from)
    }
}

impl tower_service::Service<Request> for EndpointService {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let service = self.clone();
        Box::pin(async { Ok(service.answer(request).await) })
    }
}

/// Marks the one way in which an endpoint is a handler.
#[doc(hidden)]
#[derive(Debug)]
pub enum ByEndpoint {}

impl<S> Handler<ByEndpoint, S> for EndpointService {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, _: S) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for EndpointService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointService")
    }
}
