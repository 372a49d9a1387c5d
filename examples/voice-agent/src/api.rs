//! The call log, for the operator.

use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{StatusCode, header::WWW_AUTHENTICATE},
    middleware::{self, Next},
    response::{AppendHeaders, IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use switchhook::{
    Guard,
    inbox::{Filter, Inbox, State as Stage},
};

use crate::{App, calls::Call};

/// The endpoints, for those that the guard lets in: they show phone numbers.
pub fn routes(guard: Guard) -> Router<App> {
    Router::new()
        .route("/api/v1/calls", get(newest))
        .route("/api/v1/calls/{tenant}/{sid}", get(show))
        .route("/api/v1/failures", get(failures))
        .route_layer(middleware::from_fn_with_state(guard, guarded))
}

async fn guarded(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Err(refusal) = guard.check(&head) else {
        return next.run(Request::from_parts(head, body)).await;
    };
    let challenge = refusal.challenge().map(|challenge| (WWW_AUTHENTICATE, challenge));
    (refusal.status(), AppendHeaders(challenge)).into_response()
}

/// `GET /api/v1/calls` lists the newest calls.
async fn newest(State(app): State<App>) -> Result<Json<Vec<Call>>, Failure> {
    Ok(Json(app.calls.newest(100)?))
}

/// `GET /api/v1/calls/{tenant}/{sid}` shows a call with its states and its streams.
async fn show(
    State(app): State<App>,
    Path((tenant, sid)): Path<(String, String)>,
) -> Result<Json<Call>, Failure> {
    app.calls.call(&tenant, &sid)?.map(Json).ok_or(Failure(None))
}

/// `GET /api/v1/failures` lists the newest dead letters: deliveries that could not be handled.
async fn failures(State(app): State<App>) -> Result<Json<Value>, Failure> {
    let dead = Filter::new().state(Stage::Dead);
    let dead = app.inbox.list(&dead, None, 100).await.map_err(anyhow::Error::from)?;
    let rows = dead.into_iter().map(|letter| {
        json!({
            "id": letter.id.to_string(), "event": letter.event, "subject": letter.subject,
            "attempts": letter.attempts, "error": letter.error,
        })
    });
    Ok(Json(rows.collect()))
}

/// What an endpoint fails with: nothing was found, or the database failed.
struct Failure(Option<anyhow::Error>);

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self(Some(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Some(error) = self.0 else { return StatusCode::NOT_FOUND.into_response() };
        tracing::error!("{error:#}");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
