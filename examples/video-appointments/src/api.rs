//! The application's own endpoints: make an appointment, look at it.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::store::{Appointment, Store};

/// `POST /api/appointments/` makes a scheduled appointment and tells how to name its room.
///
/// # Errors
///
/// 500 when the database fails.
pub async fn create(State(store): State<Store>) -> Result<(StatusCode, Json<Value>), Failure> {
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
    State(store): State<Store>,
    Path(id): Path<i64>,
) -> Result<Json<Appointment>, Failure> {
    store.appointment(id)?.map(Json).ok_or(Failure(None))
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
