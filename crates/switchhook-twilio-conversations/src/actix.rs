//! Decisions as replies of actix-web's handlers.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::StatusCode};
use http::header::CONTENT_TYPE;

use crate::{Changes, Decision};

impl<C: Changes> Responder for Decision<C> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let response = self.into_response();
        // actix-web has another version of the `http` crate, which knows the same numbers.
        let status = StatusCode::from_u16(response.status().as_u16());
        let mut reply = HttpResponse::build(status.unwrap_or(StatusCode::FORBIDDEN));
        if let Some(content_type) = response.headers().get(CONTENT_TYPE) {
            reply.content_type(content_type.as_bytes());
        }
        reply.body(response.into_body())
    }
}
