//! Requests as they came in, and what can be read of them.

use bytes::Bytes;
use http::{Request, Uri};
use switchhook::{Delivery, Limits, Payload, PublicTarget};

/// The parameters or the JSON of a request, where it can be read. Nobody has verified it.
pub(crate) fn payload(request: &Request<Bytes>) -> Option<Payload> {
    let url = format!("https://webhook.invalid{}", request.uri());
    let (method, headers, limits) = (request.method(), request.headers(), Limits::default());
    let delivery = Delivery::read(method, url, headers, request.body(), &limits).ok()?;
    Some(delivery.payload().clone())
}

/// Where the provider has sent a request, whatever a router has cut off since.
pub(crate) fn target(request: &Request<Bytes>) -> &Uri {
    request.extensions().get::<PublicTarget>().map_or(request.uri(), |target| &target.0)
}
