//! A guard before any routes.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{AppendHeaders, IntoResponse, Response},
};
use http::header::WWW_AUTHENTICATE;
use switchhook_signature::Guard;

use crate::extract::split;

/// Lets requests pass that a guard lets in, for routes of one's own beside the webhooks: axum's
/// `from_fn_with_state` makes a layer of it.
///
/// Others get the status of the refusal and no body, with `WWW-Authenticate` where credentials
/// can help.
///
/// ```
/// use axum::{Router, middleware::from_fn_with_state, routing::get};
/// use switchhook_axum::guarded;
/// use switchhook_signature::Guard;
///
/// let operator = Guard::basic("operator", "a long password")?;
/// let app: Router = Router::new()
///     .route("/calls", get(async || "the call log"))
///     .route_layer(from_fn_with_state(operator, guarded));
/// # Ok::<(), switchhook_signature::GuardError>(())
/// ```
pub async fn guarded(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (head, body) = split(request);
    match guard.check(&head) {
        Ok(()) => next.run(Request::from_parts(head, body)).await,
        Err(refusal) => {
            let challenge = refusal.challenge().map(|challenge| (WWW_AUTHENTICATE, challenge));
            (refusal.status(), AppendHeaders(challenge)).into_response()
        }
    }
}
