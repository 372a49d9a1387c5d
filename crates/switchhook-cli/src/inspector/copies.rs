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
use crate::{
    provider::Provider,
    received::payload,
    shown::{hex, steers},
};

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
fn without_hash(query: &str) -> String {
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

/// A command for a POSIX shell; where it has escapes, for those that read `$'…'`. It sends one
/// request, to the path as it is: brackets, braces and dots mean nothing.
fn curl(request: &Request<Bytes>, host: &str) -> anyhow::Result<String> {
    let mut command = format!(
        "curl -i --globoff --path-as-is -X {} {}",
        quoted(request.method().as_str()),
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
    if command.contains(ESCAPED) {
        command.insert_str(0, "# For bash, zsh or ksh: others may not read its escapes.\n");
    }
    Ok(command)
}

/// Adds an argument on a line of its own.
fn push(command: &mut String, name: &str, value: &str) {
    command.extend([" \\\n  ", name, " ", &quoted(value)]);
}

/// What a text with escapes begins with.
const ESCAPED: &str = " $'";

/// In single quotes, as shells read them: nothing in them means anything. Characters that steer a
/// terminal are written as escapes.
fn quoted(text: &str) -> String {
    let escapes = |character: char| character != '\n' && steers(character);
    if text.chars().any(escapes) {
        let mut out = String::from("$'");
        for character in text.chars() {
            match character {
                '\'' | '\\' => out.extend(['\\', character]),
                character if escapes(character) => {
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

/// A test of the application's own handlers.
fn rust_test(exchange: &Exchange, request: &Request<Bytes>) -> anyhow::Result<String> {
    let signalwire = exchange.family.is_some_and(|family| family.provider == Provider::SignalWire);
    let signer = if signalwire { "signalwire" } else { "twilio" };
    let payload = payload(request).context("its body cannot be read")?;
    let answered = exchange.response.status();
    let status = answered.as_u16();
    // What was refused or failed may get through with the signature that the test makes.
    let proven = exchange.told.refusal.is_none() && exchange.told.signature.is_some();
    let check = if proven && answered.is_success() {
        format!("assert_eq!(response.status(), {status});")
    } else {
        format!(
            "// The listener answered {status}. This one is signed: say what it has to be answered.\n    \
             println!(\"{{}}\", response.status());"
        )
    };
    let name = test_name(exchange.event.name.as_deref().unwrap_or("delivery"));
    let query = request.uri().query().filter(|_| *request.method() != Method::GET);
    let query = query.map(without_hash).filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let url = literal(&format!("https://hooks.example.com{}{query}", request.uri().path()));
    let (import, request) = match (&payload, request.method()) {
        (Payload::Params(params), method) => {
            let pairs = pairs(params);
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
             {check}\n    \
             Ok(())\n\
         }}\n"
    ))
}

/// The lines of a list of pairs: as texts, or as bytes where one is no text.
fn pairs(params: &Params) -> String {
    let all_text = params.iter().count() == params.iter_bytes().len();
    let spelled = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) if all_text => literal(text),
        _ => format!("&b\"{}\"[..]", bytes.escape_ascii()),
    };
    let line = |(name, value)| format!("        ({}, {}),\n", spelled(name), spelled(value));
    params.iter_bytes().map(line).collect()
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
    use switchhook::dispatch::Refusal;

    use super::*;
    use crate::inspector::exchange::{Arrived, Origin, Told};

    fn family(name: &str) -> Option<&'static crate::families::FamilyEntry> {
        crate::families::family(name).ok()
    }

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
            "a\u{202e}b\u{200b}'\\",
            "é\0",
        ] {
            let script = format!("printf '%s' {}", quoted(text));
            let Ok(done) = std::process::Command::new("bash").args(["-c", &script]).output() else {
                return;
            };
            let expected = text.trim_end_matches('\0');
            assert_eq!(String::from_utf8(done.stdout).unwrap(), expected, "{script}");
            assert!(!script.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{script}");
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

    /// A request line and nothing after it, for each request that comes within the time.
    fn sent_by(command: &str, listener: &std::net::TcpListener) -> Option<Vec<String>> {
        use std::io::{BufRead, BufReader, Write};
        let command = format!("{} -s --noproxy '*' --max-time 20", command.trim_end());
        let mut child = std::process::Command::new("bash")
            .args(["-c", &command])
            .stdout(std::process::Stdio::null())
            .spawn()
            .ok()?;
        listener.set_nonblocking(true).unwrap();
        let mut lines = Vec::new();
        loop {
            // What connected before it ended is seen after it has.
            let ended = child.try_wait().unwrap();
            while let Ok((mut socket, _)) = listener.accept() {
                socket.set_nonblocking(false).unwrap();
                let mut head = BufReader::new(socket.try_clone().unwrap()).lines();
                lines.push(head.next().unwrap().unwrap());
                head.find(|line| line.as_ref().is_ok_and(String::is_empty));
                let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
                socket.write_all(answer).unwrap();
            }
            if let Some(ended) = ended {
                return (ended.code() != Some(127)).then_some(lines);
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    #[test]
    fn a_command_sends_the_one_request_that_came() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        for (method, target) in [
            ("GET", "/twilio/../v?a=[1-3]&b={x,y}"),
            ("P|T", "/a/./b?c=$(reboot)&d='e'"),
            ("POST", "/[a-c]?%2e%2e"),
        ] {
            let request = Request::builder().method(method).uri(target);
            let command = curl(&request.body(Bytes::new()).unwrap(), &host).unwrap();
            let Some(lines) = sent_by(&command, &listener) else { return };
            assert_eq!(lines, [format!("{method} {target} HTTP/1.1")], "{command}");
        }
    }

    fn exchange(request: Request<Bytes>, status: u16, told: Told) -> Exchange {
        let arrived = Arrived {
            at: std::time::SystemTime::UNIX_EPOCH,
            origin: Origin::Network,
            request,
            response: http::Response::builder().status(status).body(Bytes::new()).unwrap(),
            elapsed: std::time::Duration::ZERO,
            told,
        };
        Exchange::new(1, arrived, family("twilio.video"))
    }

    fn form(target: &str, body: &'static str) -> Request<Bytes> {
        let request =
            Request::post(target).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(Bytes::from_static(body.as_bytes())).unwrap()
    }

    #[test]
    fn a_test_asserts_what_holds_for_a_signed_request_alone() {
        let request = form("/v?tenant=7&bodySHA256=0a", "RoomSid=RM1&Bad=%FF%22");
        let told = Told { refusal: Some(Refusal::NoRoute), ..Told::default() };
        let test = rust_test(&exchange(request.clone(), 403, told), &request).unwrap();
        assert!(!test.contains("assert_eq!") && test.contains("answered 403"), "{test}");
        assert!(test.contains("\"https://hooks.example.com/v?tenant=7\""), "{test}");
        // No pair is lost because it is no text.
        assert!(test.contains(r#"(&b"Bad"[..], &b"\xff\""[..])"#), "{test}");
        assert!(test.contains(r#"(&b"RoomSid"[..], &b"RM1"[..])"#), "{test}");
    }

    #[test]
    fn the_query_beside_a_form_stays_without_what_is_hidden() {
        let request = form("/v?Ward=Nine+East&RoomSid=RM1", "StatusCallbackEvent=room-ended");
        let info = family("twilio.video").and_then(|family| family.event("room-ended").ok());
        let stripped = stripped(&request, Privacy::new(false, info), info).unwrap();
        assert_eq!(stripped.uri(), "/v?Ward=xxxxxxxxx&RoomSid=RM1");
    }
}
