//! poem: the dispatcher as an endpoint of its own, at the root or nested.

use std::sync::Arc;

use http::Uri;
use poem::{Request, Response, http::uri::Scheme};
use switchhook::{
    Connection,
    dispatch::{Endpoint, adapter},
};

/// An endpoint of poem, for `Route::nest`.
#[derive(Clone)]
pub struct Hooks(Arc<dyn Endpoint>);

impl Hooks {
    /// Wraps a dispatcher.
    pub fn new(hooks: impl Endpoint + 'static) -> Self {
        Self(Arc::new(hooks))
    }
}

impl poem::Endpoint for Hooks {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let connection = Connection {
            // Of the listener, not of the request.
            tls: *request.scheme() == Scheme::HTTPS,
            peer: request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip),
        };
        let target: Uri = request.original_uri().clone();
        let (mut head, body) = http::Request::from(request).into_parts();
        adapter::locate(&mut head, Some(target), connection);
        let request = http::Request::from_parts(head, body);
        let (head, body) = adapter::serve(&*self.0, request).await.into_parts();
        let mut response = Response::builder().status(head.status).body(body);
        *response.headers_mut() = head.headers;
        Ok(response)
    }
}

impl std::fmt::Debug for Hooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hooks")
    }
}
