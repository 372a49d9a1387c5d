//! The desk's own endpoints: reports, and webhooks that failed. For the user `desk` alone.

use anyhow::Context;
use axum::{
    Json, Router,
    extract::{Path, Request},
    http::{HeaderMap, StatusCode, header::WWW_AUTHENTICATE},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use switchhook::{Guard, Secret, axum::service, inbox::Review};

use crate::{Desk, store};

/// The endpoints under `/api/`.
///
/// # Errors
///
/// When the password cannot be used.
pub fn router(desk: &Desk, password: &Secret) -> anyhow::Result<Router> {
    let guard = Guard::basic("desk", password.expose()).context("API_PASSWORD")?;
    let failures = service(Review::new(desk.inbox.clone(), guard.clone()));
    let mut router = Router::new();
    for (path, sql) in store::REPORTS {
        let store = desk.store.clone();
        let report =
            async move |id: Option<Path<String>>| match store.report(sql, id.map(|id| id.0)) {
                Ok(Some(report)) => Json(report).into_response(),
                Ok(None) => StatusCode::NOT_FOUND.into_response(),
                Err(error) => {
                    tracing::error!("{path}: {error:#}");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            };
        router = router.route(path, get(report));
    }
    let operator = from_fn(move |request, next| operator(guard.clone(), request, next));
    Ok(router.route_layer(operator).nest_service("/api/failures", failures))
}

/// Lets in who knows the password.
async fn operator(guard: Guard, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Err(refusal) = guard.check(&head) else {
        return next.run(Request::from_parts(head, body)).await;
    };
    let challenge = refusal.challenge().map(|challenge| (WWW_AUTHENTICATE, challenge));
    (refusal.status(), challenge.into_iter().collect::<HeaderMap>()).into_response()
}
