//! Requests with other values in the places of those that are hidden.

use anyhow::Context;
use bytes::Bytes;
use http::{HeaderName, Method, Request, header::CONTENT_TYPE};
use serde_json::{Map, Value};
use switchhook::{EventInfo, Params, Payload};

use crate::{
    inspector::privacy::{Privacy, inner},
    received::payload,
};

/// The request with other values where some are hidden.
pub(super) fn stripped(
    request: &Request<Bytes>,
    privacy: Privacy,
    info: Option<&'static EventInfo>,
) -> anyhow::Result<Request<Bytes>> {
    let mut stripped = Request::new(Bytes::new());
    *stripped.method_mut() = request.method().clone();
    let path = request.uri().path();
    // Of a GET the query is the parameters.
    let query = request.uri().query().filter(|_| *request.method() != Method::GET);
    *stripped.uri_mut() = match query.map(|query| strip_query(query, privacy, info)).transpose()? {
        Some(query) if !query.is_empty() => format!("{path}?{query}").parse()?,
        _ => path.parse()?,
    };
    for name in [CONTENT_TYPE, HeaderName::from_static("i-twilio-idempotency-token")] {
        if let Some(value) = request.headers().get(&name) {
            stripped.headers_mut().insert(name, value.clone());
        }
    }
    match payload(request).context("its body cannot be read")? {
        Payload::Params(params) => {
            let form = strip_params((*params).clone(), privacy, info);
            if *request.method() == Method::GET {
                *stripped.uri_mut() = format!("{}?{form}", request.uri().path()).parse()?;
            } else {
                *stripped.body_mut() = form.into();
            }
        }
        payload if payload.json().is_some() => {
            let json: Value = serde_json::from_slice(request.body())?;
            *stripped.body_mut() = strip_json("", &json, privacy, info).to_string().into();
        }
        _ => anyhow::bail!("its body is neither a form nor JSON: reveal it to copy it"),
    }
    Ok(stripped)
}

fn strip_params(params: Params, privacy: Privacy, info: Option<&'static EventInfo>) -> String {
    let params = params.replace_invalid_text();
    let pairs = params.iter().map(|(name, value)| {
        let shown = privacy.shows(name, value);
        (name, if shown { value.to_owned() } else { stand_in(info, name, value) })
    });
    Params::from_pairs(pairs).to_form()
}

/// The query beside a body, the body's hash left out, which signers add.
fn strip_query(
    query: &str,
    privacy: Privacy,
    info: Option<&'static EventInfo>,
) -> anyhow::Result<String> {
    let params =
        Params::parse(without_hash(query).as_bytes()).context("its query cannot be read")?;
    Ok(strip_params(params, privacy, info))
}

/// A query without the hash of a body.
pub(super) fn without_hash(query: &str) -> String {
    let stays = |pair: &&str| !pair.starts_with("bodySHA256=");
    query.split('&').filter(stays).collect::<Vec<_>>().join("&")
}

/// The table's sample, or a text as long as the value.
fn stand_in(info: Option<&'static EventInfo>, name: &str, value: &str) -> String {
    let field = info.and_then(|info| info.field(name));
    match field.map(|field| field.sample).filter(|sample| !sample.is_empty()) {
        Some(sample) => sample.to_owned(),
        None => "x".repeat(value.chars().count().clamp(1, 40)),
    }
}

fn strip_json(
    path: &str,
    value: &Value,
    privacy: Privacy,
    info: Option<&'static EventInfo>,
) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                (name.clone(), strip_json(&inner(path, name), value, privacy, info))
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => {
            items.iter().map(|item| strip_json(path, item, privacy, info)).collect()
        }
        Value::String(text) if !privacy.shows(path, text) => stand_in(info, path, text).into(),
        Value::Number(number) if privacy.json(value) != *value => {
            // As long, and a number still.
            let digits = "1".repeat(number.to_string().len().min(15));
            digits.parse::<u64>().map_or(Value::Null, Into::into)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::family;

    #[test]
    fn the_query_beside_a_form_stays_without_what_is_hidden() {
        let request = Request::post("/v?Ward=Nine+East&RoomSid=RM1")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from_static(b"StatusCallbackEvent=room-ended"))
            .unwrap();
        let info = family("twilio.video").unwrap().event("room-ended").ok();
        let stripped = stripped(&request, Privacy::new(false, info), info).unwrap();
        assert_eq!(stripped.uri(), "/v?Ward=xxxxxxxxx&RoomSid=RM1");
    }
}
