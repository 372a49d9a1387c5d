//! Requests as they came in, and what can be read of them.

use bytes::Bytes;
use http::Request;
use switchhook::{Delivery, Limits, Payload};

/// The parameters or the JSON of a request, where it can be read. Nobody has verified it.
pub(crate) fn payload(request: &Request<Bytes>) -> Option<Payload> {
    let url = format!("https://webhook.invalid{}", request.uri());
    let (method, headers, limits) = (request.method(), request.headers(), Limits::default());
    let delivery = Delivery::read(method, url, headers, request.body(), &limits).ok()?;
    Some(delivery.payload().clone())
}
