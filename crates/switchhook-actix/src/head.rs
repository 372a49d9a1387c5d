//! Requests of actix-web, which has another version of the `http` crate, as switchhook reads
//! them.

use std::pin::Pin;

use actix_web::{HttpMessage, HttpRequest, dev::Payload, http::header::CONTENT_LENGTH};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, Method, Request, Uri, request::Parts};
use switchhook_dispatch::{Refusal, adapter};
use switchhook_signature::{Connection, PublicTarget};

/// The head of a request, its URI as it arrived.
pub(crate) fn head(request: &HttpRequest) -> Result<Parts, Refusal> {
    let (mut head, ()) = Request::new(()).into_parts();
    let method = Method::from_bytes(request.method().as_str().as_bytes());
    head.method = method.map_err(|_| Refusal::Method)?;
    head.uri = Uri::try_from(request.uri().to_string()).map_err(|_| Refusal::NoRoute)?;
    for (name, value) in request.headers() {
        let name = HeaderName::from_bytes(name.as_str().as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        // Both versions admit the same bytes; what one does not is no header.
        if let (Ok(name), Ok(value)) = (name, value) {
            head.headers.append(name, value);
        }
    }
    let said = request.extensions();
    let target = said.get().map(|PublicTarget(target)| target.clone());
    let connection = said.get().copied().unwrap_or_else(|| Connection {
        tls: request.app_config().secure(),
        peer: request.peer_addr().map(|peer| peer.ip()),
    });
    adapter::locate(&mut head, target, connection);
    Ok(head)
}

/// The same head with the path below the scope that the request is in.
pub(crate) fn below_scope(mut head: Parts, request: &HttpRequest) -> Result<Parts, Refusal> {
    if request.match_pattern().is_some() {
        // A resource has taken the whole path.
        return Ok(head);
    }
    // actix-web matches a path some of whose escapes are decoded; the bytes that arrived count.
    let info = request.match_info();
    let (matched, rest) = (info.as_str(), info.unprocessed());
    let prefix = matched.strip_suffix(rest).unwrap_or_default();
    let path = head.uri.path().strip_prefix(prefix).unwrap_or(rest);
    if path.len() == head.uri.path().len() {
        return Ok(head);
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    let cut = match head.uri.query() {
        Some(query) => format!("{slash}{path}?{query}"),
        None => format!("{slash}{path}"),
    };
    let cut = Uri::try_from(cut).map_err(|_| Refusal::NoRoute)?;
    let whole = std::mem::replace(&mut head.uri, cut);
    adapter::locate(&mut head, Some(whole), Connection::default());
    Ok(head)
}

/// The length of the body, where the head has it.
pub(crate) fn announced(request: &HttpRequest) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body of at most `most` bytes.
pub(crate) async fn read(
    mut body: Payload,
    announced: Option<u64>,
    most: usize,
) -> Result<Bytes, Refusal> {
    adapter::read_pieces(most, announced, |context| Pin::new(&mut body).poll_next(context)).await
}
