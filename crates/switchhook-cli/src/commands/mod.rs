//! The subcommands, one file each.

pub(crate) mod decode;
pub(crate) mod doctor;
pub(crate) mod encode;
pub(crate) mod inbox;
pub(crate) mod listen;
pub(crate) mod sign;
pub(crate) mod swml;
pub(crate) mod trigger;
pub(crate) mod twiml;
pub(crate) mod verify;
pub(crate) mod ws;

use std::{
    io::{ErrorKind, Read, Write},
    path::Path,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header::CONTENT_TYPE};

use switchhook::Payload;

use crate::{exit::usage, secrets::KeyArgs};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// The content type and the text of a body.
fn body_of(payload: &Payload) -> (&'static str, String) {
    match payload.params() {
        Some(params) => (FORM, params.to_form()),
        None => (JSON, String::from_utf8_lossy(payload.as_bytes()).into_owned()),
    }
}

/// The whole of stdin.
fn stdin() -> anyhow::Result<Bytes> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

/// The body of a request on stdin, unless the key stands there.
///
/// # Errors
///
/// When both are to come from there: all of it would be the key.
fn body(key: &KeyArgs, method: &Method) -> anyhow::Result<Bytes> {
    match *method {
        _ if !key.is_on_stdin() => stdin(),
        Method::GET | Method::HEAD => Ok(Bytes::new()),
        _ => Err(usage(
            "stdin has the key, the body is missing: put the key into a file or a variable",
        )),
    }
}

/// The whole of a file that an argument names.
fn file(path: &Path) -> anyhow::Result<Bytes> {
    let read = std::fs::read(path);
    Ok(read.map_err(|error| usage(format!("{}: {error}", path.display())))?.into())
}

/// Writes a line of data. A reader that has gone away is an error and no panic: it ends what only
/// prints, and well.
pub(crate) fn say(line: impl std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")
}

/// The same for what goes on without a reader, and ends as it would with one: that it has gone away
/// is no error.
pub(crate) fn tell(line: impl std::fmt::Display) -> std::io::Result<()> {
    unless_closed(say(line))
}

/// What became of writing to stdout, where a reader that has gone away is no error.
pub(crate) fn unless_closed(written: std::io::Result<()>) -> std::io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// A form typed into a terminal or an editor ends in a line end that was never sent.
fn typed_form(body: Bytes, content_type: &str) -> Bytes {
    if content_type != FORM {
        return body;
    }
    let line = body.strip_suffix(b"\n").unwrap_or(&body);
    body.slice_ref(line.strip_suffix(b"\r").unwrap_or(line))
}

/// `Name=Value`, as `-d` takes it.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.into(), value.into())),
        _ => Err("expected Name=Value".into()),
    }
}

fn with_content_type(mut headers: HeaderMap, content_type: &str) -> anyhow::Result<HeaderMap> {
    let value =
        HeaderValue::from_str(content_type).map_err(|_| usage("the content type is no header"))?;
    headers.insert(CONTENT_TYPE, value);
    Ok(headers)
}
