//! Reading the parts of a request from a JSON line.

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header::CONTENT_TYPE};
use serde_json::{Map, Value};

pub(crate) type Object = Map<String, Value>;

/// A text that may be absent or null.
pub(crate) fn text<'a>(request: &'a Object, name: &str) -> anyhow::Result<Option<&'a str>> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => bail!("{name} is not a text"),
    }
}

/// A text that must be there.
pub(crate) fn required<'a>(request: &'a Object, name: &str) -> anyhow::Result<&'a str> {
    text(request, name)?.with_context(|| format!("{name} is missing"))
}

pub(crate) fn flag(request: &Object, name: &str) -> anyhow::Result<bool> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => bail!("{name} is neither true nor false"),
    }
}

/// `body`, or the bytes of `body_base64`; empty when there is neither.
pub(crate) fn body(request: &Object) -> anyhow::Result<Bytes> {
    match (text(request, "body")?, text(request, "body_base64")?) {
        (Some(_), Some(_)) => bail!("body and body_base64 are both there"),
        (Some(text), None) => Ok(Bytes::copy_from_slice(text.as_bytes())),
        (None, Some(encoded)) => Ok(base64(encoded).context("body_base64 is not base64")?.into()),
        (None, None) => Ok(Bytes::new()),
    }
}

/// The bytes that base64 text stands for.
pub(crate) fn base64(encoded: &str) -> Option<Vec<u8>> {
    STANDARD.decode(encoded).ok()
}

pub(crate) fn method(request: &Object) -> anyhow::Result<Method> {
    let name = text(request, "method")?.unwrap_or("POST");
    name.to_ascii_uppercase().parse().ok().with_context(|| format!("{name:?} is no HTTP method"))
}

/// `headers`, an object of texts or lists of texts or a list of pairs, and `content_type`
/// where they lack one.
pub(crate) fn headers(request: &Object) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    match request.get("headers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(named)) => {
            for (name, values) in named {
                match values {
                    Value::Array(values) => {
                        values.iter().try_for_each(|value| append(&mut headers, name, value))?;
                    }
                    value => append(&mut headers, name, value)?,
                }
            }
        }
        Some(Value::Array(pairs)) => {
            for pair in pairs {
                let pair = pair.as_array().map(Vec::as_slice);
                let Some([Value::String(name), value]) = pair else {
                    bail!("headers holds something that is no pair");
                };
                append(&mut headers, name, value)?;
            }
        }
        Some(_) => bail!("headers is neither an object nor a list"),
    }
    if let (Some(content_type), false) =
        (text(request, "content_type")?, headers.contains_key(CONTENT_TYPE))
    {
        let value =
            HeaderValue::from_str(content_type).ok().context("content_type is no header")?;
        headers.insert(CONTENT_TYPE, value);
    }
    Ok(headers)
}

fn append(headers: &mut HeaderMap, name: &str, value: &Value) -> anyhow::Result<()> {
    let value = value.as_str().with_context(|| format!("header {name:?} is not a text"))?;
    let value = HeaderValue::from_bytes(value.as_bytes())
        .ok()
        .with_context(|| format!("header {name:?} holds what no header can hold"))?;
    let name: HeaderName = name.parse().ok().with_context(|| format!("{name:?} is no header"))?;
    headers.append(name, value);
    Ok(())
}
