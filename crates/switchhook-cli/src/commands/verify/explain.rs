//! `switchhook verify --explain`: what the doctor says of a request.

use std::{fmt::Write, path::PathBuf};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};
use switchhook::{
    Connection, Hosts, Keys, PublicUrl,
    doctor::{Cause, Diagnosis, Doctor, Matched, SignedText, Stage},
};

use super::{Args, captured, keys_of};
use crate::{
    commands::{file, pair, stdin, tell, unless_closed},
    exit::{Exit, usage},
    input::{self, Object},
    jsonl,
    provider::Provider,
    secrets::from_env,
    shown::{self, Shown},
};

/// What helps to find out why a signature does not match.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct ExplainArgs {
    /// Say why the signature does not match: what would, and which setting to change
    #[arg(long, conflicts_with_all = ["jsonl", "compatible"])]
    pub(super) explain: bool,

    /// File with the request as it was captured, - for stdin: the text of HTTP/1.1, or a JSON
    /// object as --jsonl takes it
    #[arg(long, value_name = "FILE", requires = "explain")]
    pub(super) request: Option<PathBuf>,

    /// Public origin that the receiver is told; without it the URL is that of the request line
    /// and the Host header
    #[arg(long, value_name = "URL", requires = "explain", conflicts_with = "url")]
    public_url: Option<String>,

    /// The receiver ends TLS itself, so that its URLs start with https
    #[arg(long, requires = "explain")]
    tls: bool,

    /// Whole URL that the provider may have been given, or that its request log shows
    #[arg(long, value_name = "URL", requires = "explain")]
    known_url: Vec<String>,

    /// Path that a gateway may cut off, such as /prod
    #[arg(long, value_name = "PATH", requires = "explain")]
    known_prefix: Vec<String>,

    /// Parameter that may have been there without a value
    #[arg(long, value_name = "NAME", requires = "explain")]
    known_empty: Vec<String>,

    /// File with the body that the provider's request log shows
    #[arg(long, value_name = "FILE", requires = "explain")]
    known_body: Option<PathBuf>,

    /// Environment variable with a key that the receiver does not check with, and a name for it,
    /// such as sub-account=SUB_TOKEN
    #[arg(long, value_name = "LABEL=NAME", requires = "explain", value_parser = pair)]
    other_key: Vec<(String, String)>,

    /// The request was the upgrade of a WebSocket
    #[arg(long, requires = "explain")]
    upgrade: bool,

    /// Also print the text that was signed, piece by piece. It holds the whole message
    #[arg(long, requires = "explain")]
    show_text: bool,

    /// Answer with a JSON object
    #[arg(long, requires = "explain")]
    json: bool,
}

/// A request, and what comes with it.
struct Captured {
    method: Method,
    /// Where it was received, as far as that is told whole.
    url: Option<String>,
    target: http::Uri,
    headers: HeaderMap,
    body: Bytes,
    provider: Provider,
    keys: Option<Keys>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let captured = captured(args)?;
    let provider = captured.provider;
    let (keys, labelled) = match captured.keys.clone() {
        Some(keys) => (keys, None),
        None => (args.key.keys(provider, &[])?, Some(args.key.source(provider))),
    };
    let doctor = doctor(args, provider, keys, labelled)?;
    let found = examine(&doctor, &captured, args.explain.tls);
    if args.explain.json {
        unless_closed(jsonl::say_object(&object(&found, args.explain.show_text)))?;
    } else {
        tell(text(&found, args.explain.show_text)?.trim_end())?;
    }
    Ok(match found.cause() {
        Cause::Valid => Exit::Ok,
        _ => Exit::SignatureMismatch,
    })
}

fn captured(args: &Args) -> anyhow::Result<Captured> {
    let Some(path) = &args.explain.request else {
        let (headers, body) = args.given()?;
        return Ok(Captured {
            method: args.method.clone(),
            url: args.url.clone(),
            target: http::Uri::default(),
            headers,
            body,
            provider: args.provider,
            keys: None,
        });
    };
    let text = match path.as_os_str() == "-" {
        true if args.key.is_on_stdin() => {
            return Err(usage("stdin has the key, the request is missing: put one into a file"));
        }
        true => stdin()?,
        false => file(path)?,
    };
    if text.trim_ascii_start().first() == Some(&b'{') {
        let object: Object =
            serde_json::from_slice(&text).map_err(|_| usage("the request is no JSON object"))?;
        return of_object(args, &object).map_err(|error| usage(format!("{error:#}")));
    }
    let request = captured::read(&text).map_err(|error| usage(format!("{error:#}")))?;
    let (head, body) = request.into_parts();
    Ok(Captured {
        method: head.method,
        url: args.url.clone(),
        target: head.uri,
        headers: head.headers,
        body,
        provider: args.provider,
        keys: None,
    })
}

/// The object of the `--jsonl` contract.
fn of_object(args: &Args, object: &Object) -> anyhow::Result<Captured> {
    let named = object.contains_key("provider");
    let provider = if named { Provider::of(object)? } else { args.provider };
    let mut headers = input::headers(object)?;
    if let Some(signature) = input::text(object, "signature")? {
        let signature = signature.parse().ok().context("the signature holds what no header can")?;
        headers.insert(provider.signature_header(), signature);
    }
    let url = match &args.url {
        Some(url) => url.as_str(),
        None => input::required(object, "url")?,
    };
    Ok(Captured {
        method: input::method(object)?,
        url: Some(url.to_owned()),
        target: http::Uri::default(),
        headers,
        body: input::body(object)?,
        provider,
        keys: object.contains_key("keys").then(|| keys_of(object)).transpose()?,
    })
}

fn doctor(
    args: &Args,
    provider: Provider,
    keys: Keys,
    label: Option<String>,
) -> anyhow::Result<Doctor> {
    let explain = &args.explain;
    let public_url = match &explain.public_url {
        Some(origin) => {
            PublicUrl::origin(origin).map_err(|e| usage(format!("--public-url: {e}")))?
        }
        None => PublicUrl::direct(Hosts::any()),
    };
    let mut doctor = provider.doctor(keys, public_url).key_labels(label);
    for url in &explain.known_url {
        doctor = doctor.known_url(url);
    }
    for prefix in &explain.known_prefix {
        doctor = doctor.known_prefix(prefix);
    }
    for name in &explain.known_empty {
        doctor = doctor.known_empty(name);
    }
    if let Some(path) = &explain.known_body {
        doctor = doctor.known_body(file(path)?);
    }
    for (label, name) in &explain.other_key {
        let key = switchhook::Key::new(from_env(name)?).map_err(|e| usage(e.to_string()))?;
        doctor = doctor.other_key(label, key.with_algorithm(args.key.algorithm()));
    }
    Ok(if explain.upgrade { doctor.upgrade() } else { doctor })
}

fn examine(doctor: &Doctor, captured: &Captured, tls: bool) -> Diagnosis {
    let Captured { method, url, target, headers, body, .. } = captured;
    if let Some(url) = url {
        return doctor.examine_url(method, url, headers, body);
    }
    let (mut head, ()) = http::Request::new(()).into_parts();
    head.method = method.clone();
    head.uri = target.clone();
    head.headers = headers.clone();
    head.extensions.insert(Connection { tls, peer: None });
    doctor.examine(&head, body)
}

/// What is said in a terminal.
fn text(found: &Diagnosis, show_text: bool) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(out, "{found}")?;
    for cause in found.causes().iter().skip(1) {
        writeln!(out, "also {cause}: {}", cause.advice())?;
    }
    if let Some(received) = found.received() {
        writeln!(out, "received     {}", Shown(&concealed(received.url(), show_text)))?;
    }
    if let Some(matched) = found.matched() {
        writeln!(out, "signed       {}", Shown(&concealed(matched.url(), show_text)))?;
        let algorithm = matched.algorithm().as_str();
        writeln!(out, "key          {}  {algorithm}", matched.key_label())?;
        writeln!(out, "parameters   {}", matched.taken().as_str())?;
        writeln!(out, "URL from     {}", matched.source())?;
        if let Some(written) = matched.written_as() {
            writeln!(out, "body sent as {}", written.as_str())?;
        }
    }
    if let Some(setting) = found.setting() {
        writeln!(out, "setting      {}", Shown(setting))?;
    }
    for step in found.steps() {
        let cut = if step.cut_short { ", not to the end" } else { "" };
        let stage = step.stage.as_str();
        writeln!(out, "tried        {stage}: {} texts, {} MACs{cut}", step.texts, step.macs)?;
    }
    if show_text {
        for (name, signed) in texts(found) {
            writeln!(out, "text {name}")?;
            for piece in signed.segments() {
                // One line a piece, whatever it holds.
                let bytes = String::from_utf8_lossy(piece.bytes);
                writeln!(out, "  {:<6} {bytes:?}", piece.part.as_str())?;
            }
        }
    }
    Ok(out)
}

/// The signed texts that there are: as received, and as matched.
fn texts(found: &Diagnosis) -> impl Iterator<Item = (&'static str, &SignedText)> {
    let received = found.received().map(|text| ("received", text));
    received.into_iter().chain(found.matched().map(|matched| ("signed", matched.signed_text())))
}

fn object(found: &Diagnosis, show_text: bool) -> Map<String, Value> {
    let causes: Vec<&str> = found.causes().iter().map(|cause| cause.as_str()).collect();
    let tried = found.steps().iter().map(|step| {
        let stage: Stage = step.stage;
        json!({
            "stage": stage.as_str(), "texts": step.texts, "macs": step.macs,
            "cut_short": step.cut_short,
        })
    });
    let mut object = Map::from_iter([
        ("finding".to_owned(), found.cause().as_str().into()),
        ("causes".to_owned(), causes.into()),
        ("advice".to_owned(), found.advice().into()),
        ("setting".to_owned(), found.setting().into()),
        (
            "received_url".to_owned(),
            found.received().map(|text| concealed(text.url(), show_text)).into(),
        ),
        ("matched".to_owned(), found.matched().map(|m| matched(m, show_text)).into()),
        ("tried".to_owned(), tried.collect()),
        ("macs".to_owned(), found.macs().into()),
    ]);
    if show_text {
        for (name, signed) in texts(found) {
            object.insert(format!("{name}_text"), segments(signed));
        }
    }
    object
}

fn matched(matched: &Matched, show_text: bool) -> Value {
    json!({
        "url": concealed(matched.url(), show_text),
        "key": matched.key(),
        "key_label": matched.key_label(),
        "algorithm": matched.algorithm().as_str(),
        "taken": matched.taken().as_str(),
        "written_as": matched.written_as().map(switchhook::doctor::Taken::as_str),
        "source": matched.source(),
        "header": matched.header(),
    })
}

fn segments(signed: &SignedText) -> Value {
    let piece = |piece: switchhook::doctor::Segment<'_>| {
        let part = piece.part.as_str();
        match std::str::from_utf8(piece.bytes) {
            Ok(text) => json!({ "part": part, "text": text }),
            Err(_) => json!({ "part": part, "base64": STANDARD.encode(piece.bytes) }),
        }
    };
    signed.segments().map(piece).collect()
}

/// A URL as others may see it: without a password, and without the values of its query unless
/// they are asked for.
fn concealed(url: &str, whole: bool) -> String {
    let value = |_: &str, value: &str| if value.is_empty() { "" } else { "…" }.to_owned();
    shown::url(url, |query| if whole { query.to_owned() } else { shown::pairs(query, value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_shows_no_password_and_no_values() {
        for (url, expected) in [
            ("https://h/v?a=1&b=&c", "https://h/v?a=…&b=&c"),
            ("https://u:p@h:1/v@w?a=1", "https://…@h:1/v@w?a=…"),
            ("https://h?a=1#f", "https://h?a=…"),
            ("https://h", "https://h"),
        ] {
            assert_eq!(concealed(url, false), expected);
        }
        assert_eq!(concealed("https://u:p@h/?a=1", true), "https://…@h/?a=1");
    }
}
