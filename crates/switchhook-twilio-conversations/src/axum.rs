//! Decisions as replies of axum's handlers.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};

use crate::{Changes, Decision};

impl<C: Changes> IntoResponse for Decision<C> {
    fn into_response(self) -> Response {
        // The inherent method: what goes over the wire is said in one place.
        Decision::into_response(self).map(Body::from)
    }
}
