//! Replies of axum's handlers.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header::CONTENT_TYPE};

use crate::{Document, messaging};

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        let content_type = HeaderValue::from_static(crate::CONTENT_TYPE);
        ([(CONTENT_TYPE, content_type)], Body::from(self.to_json())).into_response()
    }
}

impl IntoResponse for messaging::Document {
    fn into_response(self) -> Response {
        Document::from(self).into_response()
    }
}
