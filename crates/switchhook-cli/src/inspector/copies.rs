//! A delivery as text to take along: a command, a fixture, a test.
//!
//! What the page hides is not in them either: the values of the tables' samples, or a text of
//! the same length, stand in their places, and the copy is signed anew.

use anyhow::Context;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};
use switchhook::{EventInfo, Params, Payload};

use super::{exchange::Exchange, privacy::Privacy, replay::Resigner};
use crate::{provider::Provider, received::payload, shown::hex};

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

/// The request with other values where some are hidden.
fn stripped(
    request: &Request<Bytes>,
    privacy: Privacy,
    info: Option<&'static EventInfo>,
) -> anyhow::Result<Request<Bytes>> {
    let mut stripped = Request::new(Bytes::new());
    *stripped.method_mut() = request.method().clone();
    *stripped.uri_mut() = request.uri().path().parse()?;
    for name in [CONTENT_TYPE, HeaderName::from_static("i-twilio-idempotency-token")] {
        if let Some(value) = request.headers().get(&name) {
            stripped.headers_mut().insert(name, value.clone());
        }
    }
    match payload(request).context("its body cannot be read")? {
        Payload::Params(params) => {
            let params = (*params).clone().replace_invalid_text();
            let pairs = params.iter().map(|(name, value)| {
                let shown = privacy.shows(name, value);
                (name, if shown { value.to_owned() } else { stand_in(info, name, value) })
            });
            let form = Params::from_pairs(pairs).to_form();
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
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                (name.clone(), strip_json(&path, value, privacy, info))
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

/// A command for a POSIX shell.
fn curl(request: &Request<Bytes>, host: &str) -> anyhow::Result<String> {
    let mut command = format!(
        "curl -i -X {} {}",
        request.method(),
        quoted(&format!("http://{host}{}", request.uri()))
    );
    for (name, value) in request.headers() {
        // curl writes these itself.
        if matches!(
            name.as_str(),
            "host" | "content-length" | "connection" | "transfer-encoding" | "accept-encoding"
        ) {
            continue;
        }
        let value = value.to_str().context("a header is no text")?;
        let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        push(&mut command, "-H", &header);
    }
    // The signature covers the host that the request named.
    if let Some(named) = request.headers().get(http::header::HOST).filter(|named| *named != host) {
        let named = named.to_str().context("a header is no text")?;
        push(&mut command, "-H", &format!("host: {named}"));
    }
    if !request.body().is_empty() {
        let body = std::str::from_utf8(request.body()).ok().filter(|body| !body.contains('\0'));
        let body = body.context("the body is no text that a command can have")?;
        push(&mut command, "--data-raw", body);
    }
    command.push('\n');
    Ok(command)
}

/// Adds an argument on a line of its own.
fn push(command: &mut String, name: &str, value: &str) {
    command.extend([" \\\n  ", name, " ", &quoted(value)]);
}

/// In single quotes, as shells read them: nothing in them means anything. Characters that steer a
/// terminal are written as escapes.
fn quoted(text: &str) -> String {
    if text.chars().any(|character| character.is_control() && character != '\n') {
        let mut out = String::from("$'");
        for character in text.chars() {
            match character {
                '\'' | '\\' => out.extend(['\\', character]),
                '\n' => out.push('\n'),
                character if character.is_control() => {
                    let mut bytes = [0; 4];
                    for byte in character.encode_utf8(&mut bytes).bytes() {
                        out.push_str("\\x");
                        out.push_str(&hex(&[byte]));
                    }
                }
                character => out.push(character),
            }
        }
        out.push('\'');
        return out;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A line that `switchhook decode --jsonl` takes, indented.
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

/// A test of the application's own handlers.
fn rust_test(exchange: &Exchange, request: &Request<Bytes>) -> anyhow::Result<String> {
    let signalwire = exchange.family.is_some_and(|family| family.provider == Provider::SignalWire);
    let signer = if signalwire { "signalwire" } else { "twilio" };
    let payload = payload(request).context("its body cannot be read")?;
    let status = exchange.response.status().as_u16();
    let name = test_name(exchange.event.name.as_deref().unwrap_or("delivery"));
    let url = literal(&format!("https://hooks.example.com{}", request.uri().path()));
    let (import, request) = match (&payload, request.method()) {
        (Payload::Params(params), method) => {
            let pairs = params
                .iter()
                .map(|(name, value)| format!("        ({}, {}),\n", literal(name), literal(value)));
            let pairs: String = pairs.collect();
            let call = if *method == Method::GET { "get" } else { "form" };
            let params = format!("    let params = Params::from_pairs([\n{pairs}    ]);\n");
            (", Params", format!("{params}    let request = signer.{call}({url}, &params)?;\n"))
        }
        (payload, _) if payload.json().is_some() => {
            let body = std::str::from_utf8(request.body()).context("the body is no text")?;
            let body = literal(body);
            ("", format!("    let request = signer.json({url}, {body})?;\n"))
        }
        _ => anyhow::bail!("its body is neither a form nor JSON"),
    };
    Ok(format!(
        "use switchhook::{{Key{import}, Signer, dispatch::Endpoint}};\n\
         \n\
         #[tokio::test]\n\
         async fn {name}() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             // The key and the public URL that `hooks` is made with in tests.\n    \
             let signer = Signer::{signer}(Key::new(\"an auth token\")?);\n\
         {request}    \
             let response = hooks().serve(request).await;\n    \
             assert_eq!(response.status(), {status});\n    \
             Ok(())\n\
         }}\n"
    ))
}

/// A literal that is that text and shows nothing but what it is.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '\'' => out.push('\''),
            character => out.extend(character.escape_debug()),
        }
    }
    out.push('"');
    out
}

/// The name of a function.
fn test_name(event: &str) -> String {
    let mut name = String::new();
    for character in event.chars().take(60) {
        if character.is_ascii_uppercase() && name.ends_with(|c: char| c.is_ascii_lowercase()) {
            name.push('_');
        }
        let plain = character.is_ascii_alphanumeric();
        if plain {
            name.push(character.to_ascii_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    match name.trim_matches('_') {
        "" => "takes_delivery".to_owned(),
        name => format!("takes_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_read_by_a_shell() {
        for text in [
            "plain",
            "it's",
            "$(reboot) `reboot` \"x\" \\ !",
            "a\nb",
            "a\tb\u{1b}[2J",
            "@/etc/passwd",
            "-x",
            "é\0",
        ] {
            let script = format!("printf '%s' {}", quoted(text));
            let Ok(done) = std::process::Command::new("bash").args(["-c", &script]).output() else {
                return;
            };
            let expected = text.trim_end_matches('\0');
            assert_eq!(String::from_utf8(done.stdout).unwrap(), expected, "{script}");
            assert!(!script.contains('\u{1b}'), "{script}");
        }
        assert_eq!(quoted("a'b"), r"'a'\''b'");
    }

    #[test]
    fn names_of_tests_are_names() {
        for (event, name) in [
            ("room-ended", "takes_room_ended"),
            ("onMessageAdd", "takes_on_message_add"),
            ("gather-action.dtmf", "takes_gather_action_dtmf"),
            ("<script>", "takes_script"),
            ("日本", "takes_delivery"),
        ] {
            assert_eq!(test_name(event), name);
        }
    }

    #[test]
    fn literals_show_what_they_are() {
        assert_eq!(literal("a\"b\\\u{202e}'é\n"), r#""a\"b\\\u{202e}'é\n""#);
    }
}
