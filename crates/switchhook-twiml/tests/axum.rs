//! Replies as axum sends them.
#![cfg(feature = "axum")]

use axum_core::response::IntoResponse;
use http::{StatusCode, header::CONTENT_TYPE};
use switchhook_twiml::{Message, Receive, Say, fax, messaging, voice};

#[test]
fn replies_are_sent_as_xml() {
    for response in [
        voice::Response::new().with(Say::new("Hi")).into_response(),
        messaging::Response::new().with(Message::new("Hi")).into_response(),
        fax::Response::new().with(Receive::new()).into_response(),
    ] {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/xml; charset=utf-8");
        assert_eq!(response.headers().get_all(CONTENT_TYPE).iter().count(), 1);
    }
}

#[test]
fn what_cannot_be_written_is_a_fault_of_ours() {
    let response = voice::Response::new().with(Say::new("\0")).into_response();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(response.headers().get(CONTENT_TYPE).is_none());
}
