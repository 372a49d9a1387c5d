//! Any endpoint as a service that axum can mount.

use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{body::Body, extract::Request, response::Response};
use switchhook_dispatch::{BoxFuture, Endpoint};

use crate::extract::{collect, split};

/// Makes a service of an endpoint, for `Router::nest_service`, `route_service` or
/// `fallback_service`.
///
/// ```
/// use axum::Router;
/// use switchhook_axum::service;
/// use switchhook_dispatch::Dispatcher;
///
/// let hooks = Dispatcher::new(());
/// let app: Router = Router::new().nest_service("/hooks", service(hooks));
/// ```
///
/// Heads are checked before their bodies are read. Nested, the dispatcher's paths are those
/// below the prefix, and signatures are checked against the URI as it arrived.
pub fn service(endpoint: impl Endpoint + 'static) -> EndpointService {
    EndpointService(Arc::new(endpoint))
}

/// An endpoint that axum can mount, made by [`service`].
#[derive(Clone)]
pub struct EndpointService(Arc<dyn Endpoint>);

impl tower_service::Service<Request> for EndpointService {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let endpoint = Arc::clone(&self.0);
        Box::pin(async move {
            let (head, body) = split(request);
            let body = match endpoint.check(&head) {
                Ok(most) => collect(body, most).await,
                Err(refusal) => Err(refusal),
            };
            let response = match body {
                Ok(body) => endpoint.serve(http::Request::from_parts(head, body)).await,
                Err(refusal) => endpoint.refuse(&head, refusal),
            };
            Ok(response.map(Body::from))
        })
    }
}

impl fmt::Debug for EndpointService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointService")
    }
}
