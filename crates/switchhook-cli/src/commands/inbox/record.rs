//! Deliveries as JSON.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};
use switchhook::{
    Connection, Payload, PublicTarget,
    inbox::{Record, Summary},
};

use crate::{received::payload, shown, when::utc_exactly};

/// All but the request.
pub(super) fn summary(delivery: &Summary) -> Map<String, Value> {
    let Value::Object(members) = json!({
        "id": delivery.id.to_string(),
        "number": delivery.number,
        "state": delivery.state.as_str(),
        "attempts": delivery.attempts,
        "received_at": utc_exactly(delivery.received_at),
        "due_at": delivery.due_at.map(utc_exactly),
        "settled_at": delivery.settled_at.map(utc_exactly),
        "error": delivery.error,
        "route": delivery.route,
        "family": delivery.family,
        "event": delivery.event,
        "subject": delivery.subject,
    }) else {
        return Map::new();
    };
    members
}

/// The whole: what `decode --jsonl` takes, and the rest.
pub(super) fn whole(record: &Record, reveal: bool) -> Map<String, Value> {
    let request = &record.request;
    let connection = request.extensions().get::<Connection>();
    let public_target = request.extensions().get::<PublicTarget>();
    let target = |target: &http::Uri| shown::target(&target.to_string(), reveal);
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut members = summary(&record.summary);
    members.insert("method".into(), request.method().as_str().into());
    members.insert("target".into(), target(request.uri()).into());
    members.insert("public_target".into(), public_target.map(|found| target(&found.0)).into());
    if request.method() == http::Method::GET {
        let target = target(request.uri());
        let query = target.split_once('?').map_or("", |(_, query)| query);
        members.insert("query".into(), query.into());
    }
    members.insert("tls".into(), connection.is_some_and(|connection| connection.tls).into());
    let peer = connection.and_then(|connection| connection.peer);
    members.insert("peer".into(), peer.map(|peer| peer.to_string()).into());
    members.insert("content_type".into(), content_type.into());
    members.insert("headers".into(), headers(record, reveal));
    let body = if reveal { Some(request.body().clone()) } else { redacted(request) };
    members.insert("body_base64".into(), body.map(|body| STANDARD.encode(body)).into());
    members
}

/// The body with what is secret in it hidden, to the byte where there is nothing; `None` where
/// that cannot be told from the rest.
pub(super) fn redacted(request: &Request<Bytes>) -> Option<Bytes> {
    let body = request.body();
    if body.is_empty() {
        return Some(body.clone());
    }
    match payload(request)? {
        Payload::Params(params) => {
            let shown = shown::params(&params);
            let is_same = shown.iter_bytes().eq(params.iter_bytes());
            Some(if is_same { body.clone() } else { shown.to_form().into() })
        }
        Payload::Json(json) => {
            let json = serde_json::to_value(json).ok()?;
            let hidden = || shown::json(&json).to_string().into();
            Some(if shown::has_secret(&json) { hidden() } else { body.clone() })
        }
        _ => None,
    }
}

/// Pairs in their order. A value that is no text is an object with its bytes.
fn headers(record: &Record, reveal: bool) -> Value {
    let headers = record.request.headers();
    let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        let value = match std::str::from_utf8(value.as_bytes()) {
            _ if !reveal && shown::is_secret(name.as_str()) => {
                shown::hidden(value.as_bytes()).into()
            }
            Ok(text) => Value::from(text),
            Err(_) => json!({ "base64": STANDARD.encode(value.as_bytes()) }),
        };
        json!([name.as_str(), value])
    };
    headers.iter().map(pair).collect()
}
