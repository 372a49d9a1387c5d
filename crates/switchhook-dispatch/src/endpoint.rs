use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response,
    header::{CONNECTION, UPGRADE, WWW_AUTHENTICATE},
    request::Parts,
};

use crate::{BoxFuture, Refusal, reply::empty};

/// Something that answers webhook requests: the face that HTTP stacks see.
///
/// Object-safe, and without a runtime: any executor can poll the future.
pub trait Endpoint: Send + Sync {
    /// Answers one request, body and all.
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>>;

    /// Looks at the head of a request, so that a server can refuse it before it reads the
    /// body; [`serve`](Self::serve) checks again.
    ///
    /// Returns the length in bytes of the longest body that it takes.
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

/// So that a server and a worker can share a dispatcher.
impl<T: Endpoint + ?Sized> Endpoint for Arc<T> {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        (**self).serve(request)
    }

    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        (**self).check(head)
    }

    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        (**self).refuse(head, refusal)
    }
}

/// The status of a refusal, and what a sender is asked for.
pub(crate) fn refused(refusal: Refusal) -> Response<Bytes> {
    let mut response = empty(refusal.status());
    if let Some(challenge) = refusal.challenge() {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    if refusal == Refusal::NotUpgrade {
        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
    response
}
