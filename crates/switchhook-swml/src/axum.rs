//! Replies of axum's handlers.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header::CONTENT_TYPE};

use crate::{Document, messaging, swaig::Output};

macro_rules! replies {
    ($($reply:ty),*) => {$(
        impl IntoResponse for $reply {
            fn into_response(self) -> Response {
                let content_type = HeaderValue::from_static(crate::CONTENT_TYPE);
                ([(CONTENT_TYPE, content_type)], Body::from(self.to_json())).into_response()
            }
        }
    )*};
}

replies!(Document, Output);

impl IntoResponse for messaging::Document {
    fn into_response(self) -> Response {
        Document::from(self).into_response()
    }
}
