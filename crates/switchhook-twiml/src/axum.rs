//! Replies of axum's handlers.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

use crate::{Document, fax, messaging, voice};

macro_rules! replies {
    ($($reply:ty),*) => {$(
        /// A reply that cannot be written is a fault of ours: 500, and nothing in it.
        impl IntoResponse for $reply {
            fn into_response(self) -> Response {
                let Ok(xml) = self.to_xml() else {
                    return StatusCode::INTERNAL_SERVER_ERROR.into_response();
                };
                let content_type = HeaderValue::from_static(crate::CONTENT_TYPE);
                ([(CONTENT_TYPE, content_type)], Body::from(xml)).into_response()
            }
        }
    )*};
}

replies!(voice::Response, messaging::Response, fax::Response, Document);
