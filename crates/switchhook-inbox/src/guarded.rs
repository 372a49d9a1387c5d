//! What the endpoints for those who look after an inbox have in common.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};

/// Makes an endpoint of a type with a `guard` and an `async fn answer(&self, head: &Parts)`, which
/// hears of those alone whom the guard lets in.
macro_rules! guarded_endpoint {
    ($endpoint:ty) => {
        impl ::switchhook_dispatch::Endpoint for $endpoint {
            fn serve(
                &self,
                request: ::http::Request<::bytes::Bytes>,
            ) -> ::switchhook_dispatch::BoxFuture<'_, ::http::Response<::bytes::Bytes>> {
                let (head, _) = request.into_parts();
                Box::pin(async move {
                    match self.check(&head) {
                        Ok(_) => self.answer(&head).await,
                        Err(refusal) => self.refuse(&head, refusal),
                    }
                })
            }

            /// No request has a body that is worth reading.
            fn check(
                &self,
                head: &::http::request::Parts,
            ) -> Result<usize, ::switchhook_dispatch::Refusal> {
                match self.guard.check(head) {
                    Ok(()) => Ok(0),
                    Err(rejection) => {
                        Err(::switchhook_dispatch::Refusal::Unproven(rejection.into()))
                    }
                }
            }
        }
    };
}

pub(crate) use guarded_endpoint;

/// An answer of JSON.
pub(crate) fn shown(json: String) -> Response<Bytes> {
    let mut response = Response::new(json.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

pub(crate) fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}
