//! The application's own endpoints: make an appointment, look at it, see what failed.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use switchhook::inbox::{Filter, Inbox, State as Stage};

use crate::{App, store::Appointment};

/// `POST /api/appointments/` makes a scheduled appointment and tells how to name its room.
///
/// # Errors
///
/// 500 when the database fails.
pub async fn create(
    State(App { store, .. }): State<App>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let id = store.schedule()?;
    let room_name = format!("apt-{id}-{{timestamp}}-{{random}}");
    Ok((StatusCode::CREATED, Json(json!({ "id": id, "room_name": room_name }))))
}

/// `GET /api/appointments/{id}/` shows an appointment with what its rooms told about it.
///
/// # Errors
///
/// 404 when there is none, 500 when the database fails.
pub async fn show(
    State(App { store, .. }): State<App>,
    Path(id): Path<i64>,
) -> Result<Json<Appointment>, Failure> {
    store.appointment(id)?.map(Json).ok_or(Failure(None))
}

/// `GET /api/failures/` lists the newest dead letters: deliveries that could not be handled.
///
/// # Errors
///
/// 500 when the database fails.
pub async fn failures(State(App { inbox, .. }): State<App>) -> Result<Json<Value>, Failure> {
    let dead = Filter::new().state(Stage::Dead);
    let dead = inbox.list(&dead, None, 100).await.map_err(anyhow::Error::from)?;
    let rows = dead.into_iter().map(|letter| {
        json!({
            "id": letter.id.to_string(), "event": letter.event, "subject": letter.subject,
            "attempts": letter.attempts, "error": letter.error,
        })
    });
    Ok(Json(rows.collect()))
}

/// What an endpoint fails with: nothing was found, or the database failed.
#[derive(Debug)]
pub struct Failure(Option<anyhow::Error>);

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
