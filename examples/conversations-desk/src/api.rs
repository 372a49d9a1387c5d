//! The desk's own endpoints: what there is to do, and who may not write any more.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde_json::Value;
use switchhook::{dispatch::StoreError, twilio::conversations::ConversationState};

use crate::Desk;

/// `GET /api/conversations?status=active` lists conversations, the last written to first; at most
/// a hundred.
///
/// # Errors
///
/// 400 for a status that does not exist, 500 when the database fails.
pub async fn list(
    State(desk): State<Desk>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Vec<Value>>, StatusCode> {
    let status = query.get("status").map(String::as_str);
    if status.is_some_and(|status| !ConversationState::from(status).is_recognized()) {
        return Err(StatusCode::BAD_REQUEST);
    }
    desk.conversations(status, None).await.map(Json).map_err(failed)
}

/// `GET /api/conversations/{sid}` shows a conversation.
///
/// # Errors
///
/// 404 when there is none, 500 when the database fails.
pub async fn show(
    State(desk): State<Desk>,
    Path(sid): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let found = desk.conversations(None, Some(&sid)).await.map_err(failed)?.pop();
    found.map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// `PUT /api/contacts/{address}/blocked` blocks a contact: see the moderation.
///
/// # Errors
///
/// 500 when the database fails.
pub async fn block(
    State(desk): State<Desk>,
    Path(address): Path<String>,
) -> Result<StatusCode, StatusCode> {
    desk.block(&address).await.map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The operator is told why.
#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn failed(error: StoreError) -> StatusCode {
    tracing::error!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
