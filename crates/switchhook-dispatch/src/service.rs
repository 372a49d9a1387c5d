use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};

use crate::{BoxFuture, Endpoint};

/// An [`Endpoint`] as a `tower::Service`: cheap to clone, always ready, never failing.
#[derive(Clone)]
pub struct DispatchService(Arc<dyn Endpoint>);

impl DispatchService {
    /// Wraps an endpoint.
    pub fn new(endpoint: impl Endpoint + 'static) -> Self {
        Self(Arc::new(endpoint))
    }
}

impl tower_service::Service<Request<Bytes>> for DispatchService {
    type Response = Response<Bytes>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Bytes>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let endpoint = Arc::clone(&self.0);
        Box::pin(async move { Ok(endpoint.serve(request).await) })
    }
}

impl fmt::Debug for DispatchService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DispatchService")
    }
}
