//! Replies of axum's handlers.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

use crate::WriteError;

/// A reply that cannot be written is a fault of ours: 500, and nothing in it.
pub(crate) fn respond(xml: Result<String, WriteError>) -> Response {
    match xml {
        Ok(xml) => {
            let content_type = HeaderValue::from_static(crate::CONTENT_TYPE);
            ([(CONTENT_TYPE, content_type)], Body::from(xml)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
