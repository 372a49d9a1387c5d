//! All that the page shows of one exchange, tab by tab.

use serde_json::{Value, json};
use switchhook::{FieldPresence, Params, Payload, inbox::Summary};

use super::{
    doctor::Examined,
    exchange::Exchange,
    privacy::Privacy,
    reading::{self, FieldValue, Reading},
    response::response,
    signature::signature,
    summary::{milliseconds, summary},
};
use crate::{shown::hex, when::utc_exactly};

/// The most lines of a body that is no text.
const MOST_HEX: usize = 16 * 1024;

/// The whole of an exchange; what may be private only where it is `revealed`. `kept` is what the
/// inbox has to say.
pub(crate) fn detail(
    exchange: &Exchange,
    revealed: bool,
    examined: Option<&Examined>,
    kept: Option<&Summary>,
) -> Value {
    let payload = exchange.payload();
    let reading = exchange.reading();
    let privacy = Privacy::new(revealed, reading.as_ref().and_then(|reading| reading.info));
    let private = private_values(payload.as_ref(), privacy);
    let mut whole = summary(exchange);
    let mut insert = |name: &str, value: Value| whole[name] = value;
    insert("revealed", revealed.into());
    insert("target", privacy.target(&exchange.request.uri().to_string()).into());
    insert("fields", fields(reading.as_ref(), privacy));
    insert("extra", extra(reading.as_ref(), payload.as_ref(), privacy));
    insert("docs", docs(reading.as_ref()));
    insert("params", params(reading.as_ref(), payload.as_ref(), privacy));
    insert("json", json_lines(payload.as_ref(), privacy));
    insert(
        "group",
        reading.as_ref().and_then(|reading| reading.info).map(|info| info.group).into(),
    );
    let malformed = reading.as_ref().and_then(|reading| reading.malformed.clone());
    insert("malformed_why", malformed.into());
    insert("headers", privacy.headers(exchange.request.headers()).into());
    insert("raw", raw(exchange, payload.as_ref(), privacy));
    insert("signature", signature(exchange, privacy, examined));
    insert("response", response(exchange, privacy, &private));
    insert("attempts", attempts(exchange, kept));
    insert("can_replay", (!exchange.is_bodiless()).into());
    whole
}

/// The values that are hidden, so that a reply that repeats them does not tell them.
fn private_values(payload: Option<&Payload>, privacy: Privacy) -> Vec<String> {
    if privacy.is_revealed() {
        return Vec::new();
    }
    let params = payload.and_then(Payload::params);
    let pairs = params.into_iter().flat_map(Params::iter);
    let hidden = pairs.filter(|(name, value)| !privacy.shows(name, value));
    let hidden = hidden.map(|(_, value)| value.to_owned());
    let json = payload.and_then(Payload::json).and_then(|json| serde_json::to_value(json).ok());
    hidden.chain(json.iter().flat_map(|json| privacy.hidden_in(json))).collect()
}

fn fields(reading: Option<&Reading>, privacy: Privacy) -> Value {
    let Some(reading) = reading else { return json!([]) };
    let row = |value: &FieldValue| {
        let FieldValue { field, value, recognized } = value;
        let problem = reading.problem(field.wire);
        // What is seen on some deliveries only is missed by nobody.
        let expected = field.presence != FieldPresence::Also;
        if value.is_none() && problem.is_none() && !expected {
            return None;
        }
        let state = match (value, &problem) {
            (_, Some(_)) => "problem",
            (Some(_), None) if !recognized => "unrecognized",
            (Some(_), None) => "ok",
            (None, None) => "missing",
        };
        Some(json!({
            "wire": field.wire,
            "kind": reading::kind(field.kind),
            "presence": presence(field.presence),
            "value": value.as_deref().map(|value| privacy.value(field.wire, value)),
            "state": state,
            "problem": problem,
        }))
    };
    reading.fields.iter().filter_map(row).collect()
}

/// What the model does not name.
fn extra(reading: Option<&Reading>, payload: Option<&Payload>, privacy: Privacy) -> Value {
    let Some(reading) = reading else { return json!([]) };
    let row = |name: &String| json!({ "name": name, "values": values(name, payload, privacy) });
    reading.extra.iter().map(row).collect()
}

fn values(name: &str, payload: Option<&Payload>, privacy: Privacy) -> Vec<Value> {
    if let Some(json) = payload.and_then(Payload::json) {
        let value = json.as_ref().at(name).map(|value| value.raw().to_owned());
        return value.map(|value| privacy.value(name, &value)).into_iter().collect();
    }
    let params = payload.and_then(Payload::params);
    let values = params.into_iter().flat_map(|params| params.get_all(name));
    values.map(|value| privacy.value(name, value)).collect()
}

/// The event's row in the tables.
fn docs(reading: Option<&Reading>) -> Value {
    let Some(info) = reading.and_then(|reading| reading.info) else { return Value::Null };
    let row = |field: &switchhook::Field| {
        json!({
            "wire": field.wire,
            "aliases": field.aliases,
            "name": field.name,
            "kind": reading::kind(field.kind),
            "unit": field.kind.expected(),
            "presence": presence(field.presence),
            "sample": field.sample,
        })
    };
    let pattern = |pattern: &switchhook::Pattern| match pattern {
        switchhook::Pattern::Prefixed(prefix) => format!("{prefix}…"),
        switchhook::Pattern::Indexed(prefix) => format!("{prefix}0, {prefix}1 …"),
        _ => String::new(),
    };
    json!({
        "family": info.family,
        "group": info.group,
        "event": info.name,
        "discriminator": info.discriminator,
        "fields": info.fields.iter().map(row).collect::<Vec<_>>(),
        "patterns": info.patterns.iter().map(pattern).collect::<Vec<_>>(),
    })
}

fn presence(presence: FieldPresence) -> &'static str {
    match presence {
        FieldPresence::Subject => "subject",
        FieldPresence::Documented => "documented",
        _ => "also",
    }
}

/// The pairs in their order, those marked that came before and those that the model lacks.
fn params(reading: Option<&Reading>, payload: Option<&Payload>, privacy: Privacy) -> Value {
    let Some(params) = payload.and_then(Payload::params) else { return Value::Null };
    let params = params.clone().replace_invalid_text();
    let info = reading.and_then(|reading| reading.info);
    let mut seen: Vec<&str> = Vec::new();
    let mut row = |(name, value)| {
        let repeated = seen.contains(&name);
        seen.push(name);
        json!({
            "name": name,
            "value": privacy.value(name, value),
            "repeated": repeated,
            "known": info.is_some_and(|info| info.names(name)),
        })
    };
    let rows: Vec<_> = params.iter().map(&mut row).collect();
    rows.into()
}

fn json_lines(payload: Option<&Payload>, privacy: Privacy) -> Value {
    let json = payload.and_then(Payload::json).and_then(|json| serde_json::to_value(json).ok());
    json.map(|json| format!("{:#}", privacy.json(&json))).into()
}

/// The request as it stands on the wire, nearly: header names come in lower case.
fn raw(exchange: &Exchange, payload: Option<&Payload>, privacy: Privacy) -> Value {
    let request = &exchange.request;
    let target = privacy.target(&request.uri().to_string());
    let mut head = format!("{} {target} HTTP/1.1\n", request.method());
    for (name, value) in request.headers() {
        let value = privacy.header_text(name.as_str(), value.as_bytes());
        head.extend([name.as_str(), ": ", &value, "\n"]);
    }
    let body = request.body();
    let text = std::str::from_utf8(body).ok();
    let shown = match (text, payload) {
        (Some(text), _) if privacy.is_revealed() => Some(text.to_owned()),
        (Some(text), Some(Payload::Params(_))) => Some(privacy.form(text)),
        (Some(_), Some(payload)) if payload.json().is_some() => {
            json_lines(Some(payload), privacy).as_str().map(str::to_owned)
        }
        _ => None,
    };
    let hex = privacy.is_revealed() && text.is_none();
    json!({
        "head": head,
        "body": shown,
        "hex": hex.then(|| hex_lines(&body[..body.len().min(MOST_HEX)])),
        "bytes": body.len(),
        "unread": exchange.is_bodiless(),
    })
}

/// Offset, bytes, characters, sixteen on a line.
fn hex_lines(bytes: &[u8]) -> String {
    let line = |(at, bytes): (usize, &[u8])| {
        let hex: Vec<_> = bytes.iter().map(|byte| hex(&[*byte])).collect();
        let hex = hex.join(" ");
        let visible = |byte: &u8| match byte {
            0x20..=0x7e => char::from(*byte),
            _ => '.',
        };
        let text: String = bytes.iter().map(visible).collect();
        format!("{:08x}  {hex:47}  {text}\n", at * 16)
    };
    bytes.chunks(16).enumerate().map(line).collect()
}

/// What became of it after the answer.
fn attempts(exchange: &Exchange, kept: Option<&Summary>) -> Value {
    let told = &exchange.told;
    let tries: Vec<_> = exchange
        .tries()
        .into_iter()
        .map(|again| {
            json!({
                "attempt": again.attempt,
                "at": utc_exactly(again.at),
                "ms": milliseconds(again.elapsed),
                "failure": again.failure,
            })
        })
        .collect();
    json!({
        "failure": told.failure,
        "store_error": told.store_error,
        "id": told.id.map(|id| id.to_string()),
        "tries": tries,
        "kept": kept.map(|kept| json!({
            "state": kept.state.as_str(),
            "attempts": kept.attempts,
            "received_at": utc_exactly(kept.received_at),
            "due_at": kept.due_at.map(utc_exactly),
            "settled_at": kept.settled_at.map(utc_exactly),
            "error": kept.error,
        })),
    })
}
