//! A delivery as text to take along: a command, a fixture, a test.
//!
//! What the page hides is not in them either: the values of the tables' samples, or a text of
//! the same length, stand in their places, and the copy is signed anew.

mod curl;
mod rust_test;
mod stripped;

use anyhow::Context;
use bytes::Bytes;
use http::{HeaderValue, Request, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

use self::{curl::curl, rust_test::rust_test, stripped::stripped};
use super::{exchange::Exchange, privacy::Privacy, replay::Resigner};

/// What a delivery can be copied as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Curl,
    Fixture,
    RustTest,
}

impl Form {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "curl" => Some(Self::Curl),
            "fixture" => Some(Self::Fixture),
            "test" => Some(Self::RustTest),
            _ => None,
        }
    }
}

/// The copy.
///
/// # Errors
///
/// When the request cannot be written in this form.
pub(crate) fn copy(
    exchange: &Exchange,
    form: Form,
    revealed: bool,
    resigner: &Resigner,
) -> anyhow::Result<String> {
    anyhow::ensure!(!exchange.is_bodiless(), "its body was not read, so it cannot be copied");
    let info = exchange.reading().and_then(|reading| reading.info);
    let request = if revealed {
        exchange.request.clone()
    } else {
        let privacy = Privacy::new(false, info);
        let stripped = stripped(&exchange.request, privacy, info)?;
        if form == Form::Curl { resigner.sign(stripped)? } else { stripped }
    };
    match form {
        Form::Curl => curl(&request, resigner.host()),
        Form::Fixture => fixture(exchange, &request),
        Form::RustTest => rust_test(exchange, &request),
    }
}

/// A JSON object of several lines. On one line and with an `id` it is one that
/// `switchhook decode --jsonl` takes.
fn fixture(exchange: &Exchange, request: &Request<Bytes>) -> anyhow::Result<String> {
    let text = |value: Option<&HeaderValue>| {
        value.and_then(|value| value.to_str().ok().map(str::to_owned))
    };
    let mut fixture = Map::new();
    let mut insert = |name: &str, value: Value| fixture.insert(name.to_owned(), value);
    insert("family", exchange.family.map(|family| family.name).into());
    insert("event", exchange.event.name.clone().into());
    insert("method", request.method().as_str().into());
    insert("path", request.uri().path().into());
    if let Some(query) = request.uri().query() {
        insert("query", query.into());
    }
    insert("content_type", text(request.headers().get(CONTENT_TYPE)).into());
    let body = std::str::from_utf8(request.body()).context("the body is no text")?;
    insert("body", body.into());
    insert("answer", json!({ "status": exchange.response.status().as_u16() }));
    Ok(format!("{:#}\n", Value::from(fixture)))
}
