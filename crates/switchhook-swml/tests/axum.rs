//! Documents as replies of axum's handlers.

#![allow(clippy::redundant_closure_for_method_calls, reason = "as users write it")]
#![cfg(feature = "axum")]

use axum_core::response::IntoResponse;
use switchhook_swml::{Document, messaging};

#[test]
fn documents_are_responses() {
    let call = Document::new().main(|s| s.hangup()).into_response();
    let message = messaging::Document::new().main(|s| s.reply("Hi")).into_response();
    for response in [call, message] {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
    }
}
