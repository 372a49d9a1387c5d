//! The call log, for the operator.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use switchhook::{Guard, axum::guarded};

use crate::App;

/// The endpoints, for those that the guard lets in: they show phone numbers.
pub fn routes(guard: Guard) -> Router<App> {
    Router::new()
        .route("/api/v1/calls", get(newest))
        .route("/api/v1/calls/{tenant}/{sid}", get(show))
        .route_layer(from_fn_with_state(guard, guarded))
}

/// `GET /api/v1/calls` lists the newest calls.
async fn newest(State(app): State<App>) -> Response {
    respond(app.calls.newest(100).map(Some))
}

/// `GET /api/v1/calls/{tenant}/{sid}` shows a call with its states and its streams.
async fn show(State(app): State<App>, Path((tenant, sid)): Path<(String, String)>) -> Response {
    respond(app.calls.call(&tenant, &sid))
}

/// What was found, which is JSON already.
fn respond(found: anyhow::Result<Option<String>>) -> Response {
    match found {
        Ok(Some(json)) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!("{error:#}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
