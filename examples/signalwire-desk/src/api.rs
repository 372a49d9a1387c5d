//! The desk's own endpoints: reports, and webhooks that failed. For the user `desk` alone.

use anyhow::Context;
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header::WWW_AUTHENTICATE},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use serde_json::{Value, json};
use switchhook::{
    Guard, Secret,
    dispatch::DeliveryId,
    inbox::{Filter, Inbox, State as Stage, Summary},
};

use crate::{Desk, store};

/// The endpoints under `/api/`.
///
/// # Errors
///
/// When the password cannot be used.
pub fn router(desk: Desk, password: &Secret) -> anyhow::Result<Router> {
    let guard = Guard::basic("desk", password.expose()).context("API_PASSWORD")?;
    Ok(Router::new()
        .route("/api/analytics/", get(async |desk| report(desk, store::ANALYTICS, [])))
        .route("/api/calls/{id}/", of_one(store::CALL))
        .route("/api/messages/{id}/", of_one(store::MESSAGE))
        .route("/api/rooms/{id}/", of_one(store::ROOM))
        .route("/api/tickets/", get(async |desk| report(desk, store::TICKETS, [])))
        .route("/api/failures/", get(failures))
        .route("/api/failures/{id}/", get(failure))
        .route("/api/failures/{id}/replay/", post(replay))
        .route_layer(from_fn_with_state(guard, operator))
        .with_state(desk))
}

fn of_one(sql: &'static str) -> MethodRouter<Desk> {
    get(async move |desk, Path(id): Path<String>| report(desk, sql, [id]))
}

fn report<const N: usize>(
    State(desk): State<Desk>,
    sql: &str,
    values: [String; N],
) -> Result<Json<Value>, Failure> {
    let found = desk.store.report(sql, rusqlite::params_from_iter(values))?;
    found.map(Json).ok_or(Failure(None))
}

/// Lists the newest dead letters: webhooks and mails that could not be handled.
async fn failures(State(desk): State<Desk>) -> Result<Json<Value>, Failure> {
    let dead = desk.inbox.list(&Filter::new().state(Stage::Dead), None, 100).await?;
    Ok(Json(dead.iter().map(told).collect()))
}

/// Shows a dead letter with its body. Its headers and its query may hold credentials.
async fn failure(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Value>, Failure> {
    let found = desk.inbox.show(letter_id(&id)?).await?;
    let letter = found.filter(|letter| letter.summary.state == Stage::Dead).ok_or(Failure(None))?;
    let mut shown = told(&letter.summary);
    shown["method"] = letter.request.method().as_str().into();
    shown["body"] = String::from_utf8_lossy(letter.request.body()).into();
    Ok(Json(shown))
}

/// Has a dead letter handled again, its attempts counted from the beginning.
async fn replay(State(desk): State<Desk>, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    let letter = Filter::new().id(letter_id(&id)?).state(Stage::Dead);
    match desk.inbox.replay(&letter, 1).await? {
        0 => Err(Failure(None)),
        _ => Ok(StatusCode::ACCEPTED),
    }
}

fn told(letter: &Summary) -> Value {
    json!({
        "id": letter.id.to_string(), "route": letter.route, "event": letter.event,
        "subject": letter.subject, "attempts": letter.attempts, "error": letter.error,
    })
}

/// What is no id was never found.
fn letter_id(text: &str) -> Result<DeliveryId, Failure> {
    text.parse().map_err(|_| Failure(None))
}

/// What an endpoint fails with: nothing was found, or the database failed.
#[derive(Debug)]
struct Failure(Option<anyhow::Error>);

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Some(error.into()))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Some(error) = self.0 else { return StatusCode::NOT_FOUND.into_response() };
        tracing::error!("{error:#}");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// Lets in who knows the password.
async fn operator(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Err(refusal) = guard.check(&head) else {
        return next.run(Request::from_parts(head, body)).await;
    };
    let challenge = refusal.challenge().map(|challenge| (WWW_AUTHENTICATE, challenge));
    (refusal.status(), challenge.into_iter().collect::<HeaderMap>()).into_response()
}
