//! What the list shows of an exchange: short, and nothing that is private.

use serde_json::{Value, json};
use switchhook::dispatch::Disposition;

use super::exchange::{Exchange, Origin};
use crate::when::utc_exactly;

/// The longest path that the list shows, in characters.
const LONGEST_PATH: usize = 120;

/// A row of the list.
pub(crate) fn summary(exchange: &Exchange) -> Value {
    let (told, event) = (&exchange.told, &exchange.event);
    let path: String = exchange.request.uri().path().chars().take(LONGEST_PATH).collect();
    let tries = exchange.tries();
    json!({
        "number": exchange.number,
        "at": utc_exactly(exchange.at),
        "method": exchange.request.method().as_str(),
        "path": path,
        "family": exchange.family.map(|family| family.name),
        "event": event.name,
        "known": event.known,
        "malformed": event.malformed,
        "subject": event.subject,
        "things": event.things,
        "status": exchange.response.status().as_u16(),
        "ms": milliseconds(exchange.elapsed),
        "bytes": exchange.request.body().len(),
        "verdict": verdict(exchange),
        "refusal": told.refusal.map(|refusal| refusal.code()),
        "finding": exchange.finding().map(|finding| finding.words.as_str()),
        "disposition": disposition(told.disposition),
        "tries": tries.len(),
        "failing": tries.last().is_some_and(|last| last.failure.is_some()),
        "origin": origin(exchange.origin),
    })
}

pub(crate) fn milliseconds(elapsed: std::time::Duration) -> f64 {
    // Tenths: the clock and the scheduler tell no more.
    (elapsed.as_secs_f64() * 10_000.0).round() / 10.0
}

pub(crate) fn origin(origin: Origin) -> Value {
    match origin {
        Origin::Network => Value::Null,
        Origin::Replay(of) => json!({ "kind": "replay", "of": of }),
        Origin::Edit(of) => json!({ "kind": "edit", "of": of }),
    }
}

/// Whether it was proven: `verified`, `refused` or `trusted`.
pub(crate) fn verdict(exchange: &Exchange) -> &'static str {
    match (&exchange.told.signature, exchange.told.refusal) {
        (_, Some(_)) => "refused",
        (Some(_), None) => "verified",
        (None, None) => "trusted",
    }
}

pub(crate) fn disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Accepted => "stored",
        Disposition::Duplicate => "duplicate",
        Disposition::Repeated => "repeated",
        Disposition::Refused => "refused",
        _ => "handled",
    }
}
