//! `switchhook decode`

use std::io::{self, Write};

use anyhow::Context;
use bytes::Bytes;
use http::{HeaderMap, Method, header::CONTENT_TYPE};
use serde_json::{Map, Value};
use switchhook::{Delivery, Limits};

use super::{FORM, JSON, stdin, typed_form, unless_closed, with_content_type};
use crate::{
    exit::Exit,
    families::family,
    input::{self, Object},
    jsonl,
};

/// Read webhook bodies and show what is in them
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Family of the body on stdin, such as twilio.video
    #[arg(required_unless_present = "jsonl")]
    family: Option<String>,

    /// Event of a body that does not tell it
    #[arg(long, value_name = "NAME")]
    event: Option<String>,

    /// Content type of the body
    #[arg(long, value_name = "TYPE", default_value = FORM)]
    content_type: String,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["family", "event"])]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(line);
    }
    let family = family(args.family.as_deref().unwrap_or_default())?;
    let headers = with_content_type(HeaderMap::new(), &args.content_type)?;
    let body = typed_form(stdin()?, &args.content_type);
    let delivery = read(&Method::POST, "", &headers, &body)?;
    let described = (family.describe)(delivery.payload(), args.event.as_deref())?;
    unless_closed(io::stdout().write_all(&jsonl::on_many_lines(&described)?))?;
    let usable = described["known"] == true && described["malformed"].is_null();
    Ok(if usable { Exit::Ok } else { Exit::CheckFailed })
}

fn line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let family = family(input::required(request, "family")?)?;
    let query = input::text(request, "query")?;
    let body = input::body(request)?;
    let method = match (input::text(request, "method")?, query) {
        (None, Some(_)) if body.is_empty() => Method::GET,
        _ => input::method(request)?,
    };
    let mut headers = input::headers(request)?;
    if !headers.contains_key(CONTENT_TYPE) && !body.is_empty() {
        let json = matches!(body.trim_ascii_start().first(), Some(b'{' | b'['));
        headers = with_content_type(headers, if json { JSON } else { FORM })?;
    }
    // The query of a GET may also be given as its body.
    let (query, body) = match query {
        None if method == Method::GET => (std::str::from_utf8(&body).unwrap_or(""), Bytes::new()),
        query => (query.unwrap_or(""), body.clone()),
    };
    let delivery = read(&method, query, &headers, &body)?;
    (family.describe)(delivery.payload(), input::text(request, "event")?)
}

/// Reads the payload as a server would, whatever the URL was.
fn read(
    method: &Method,
    query: &str,
    headers: &HeaderMap,
    body: &Bytes,
) -> anyhow::Result<Delivery> {
    let url = format!("https://webhook.invalid/?{query}");
    Delivery::read(method, url, headers, body, &Limits::default()).context("cannot be read")
}
