//! `switchhook verify`

mod captured;
mod explain;

use anyhow::{Context, bail};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Map, Value, json};
use switchhook::{
    Delivery, Hosts, Key, Keys, PublicUrl, Rejection, SIGNALWIRE_SHA256_SIGNATURE_HEADER, Verified,
    Verifier,
};

use super::{FORM, body, tell, typed_form, with_content_type};
use crate::{
    exit::{Exit, usage},
    input::{self, Object},
    jsonl,
    provider::Provider,
    secrets::{KeyArgs, algorithm},
};

/// Check the signatures of requests
///
/// With --explain it says why one does not match: what gives the signature, and which setting puts
/// it right. It tries up to 2,000 combinations of what proxies, frameworks and settings do to
/// requests.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Public URL that the request was sent to; its body is read from stdin
    #[arg(required_unless_present_any = ["jsonl", "request"])]
    url: Option<String>,

    /// Value of the signature header
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["jsonl", "sha256_signature", "request"])]
    signature: Option<String>,

    /// Value of SignalWire's second signature header, X-SignalWire-Sha256-Signature
    #[arg(long, value_name = "TEXT")]
    sha256_signature: Option<String>,

    /// HTTP method
    #[arg(long, default_value = "POST")]
    method: Method,

    /// Content type of the body
    #[arg(long, value_name = "TYPE", default_value = FORM)]
    content_type: String,

    /// Also accept what official libraries disagree about, and say which setting to put right
    #[arg(long)]
    compatible: bool,

    /// Who signed
    #[arg(long, value_enum, default_value_t)]
    provider: Provider,

    #[command(flatten)]
    key: KeyArgs,

    #[command(flatten)]
    explain: explain::ExplainArgs,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["url", "signature", "sha256_signature"])]
    jsonl: bool,
}

type Verdict = Result<Verified<Delivery>, Rejection>;

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(line);
    }
    if args.explain.explain {
        return explain::run(args);
    }
    let provider = args.provider;
    let (headers, body) = args.given()?;
    let verifier = verifier(provider, args.key.keys(provider, &[])?, args.compatible);
    let url = args.url.as_deref().unwrap_or_default();
    match verifier.verify_url(&args.method, url, &headers, &body) {
        Ok(delivery) => {
            let variant = delivery.signature().map(|found| found.url_variant().to_string());
            tell(format_args!("ok  {}", variant.unwrap_or_default()))?;
            for finding in delivery.signature().into_iter().flat_map(|found| &found.findings) {
                eprintln!("finding: {finding}");
            }
            Ok(Exit::Ok)
        }
        Err(Rejection::Url(error)) => Err(usage(error.to_string())),
        Err(rejection) => {
            tell(format_args!("{}  {rejection}", rejection.code()))?;
            Ok(Exit::SignatureMismatch)
        }
    }
}

impl Args {
    /// Headers and body of the request that the arguments and stdin tell.
    fn given(&self) -> anyhow::Result<(HeaderMap, Bytes)> {
        let mut headers = with_content_type(HeaderMap::new(), &self.content_type)?;
        for (name, signature) in [
            (self.provider.signature_header(), &self.signature),
            (SIGNALWIRE_SHA256_SIGNATURE_HEADER, &self.sha256_signature),
        ] {
            let Some(signature) = signature else { continue };
            let signature = HeaderValue::from_str(signature)
                .map_err(|_| usage("the signature holds what no header can hold"))?;
            headers.insert(name, signature);
        }
        Ok((headers, typed_form(body(&self.key, &self.method)?, &self.content_type)))
    }
}

fn line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let provider = Provider::of(request)?;
    let verifier = verifier(provider, keys_of(request)?, input::flag(request, "compatible")?);
    let url = input::required(request, "url")?;
    let method = input::method(request)?;
    let body = input::body(request)?;
    let mut headers = input::headers(request)?;
    if let Some(signature) = input::text(request, "signature")? {
        let Ok(signature) = HeaderValue::from_bytes(signature.as_bytes()) else {
            return Ok(answer(&Err(Rejection::SignatureMalformed)));
        };
        headers.insert(provider.signature_header(), signature);
    }
    Ok(answer(&verifier.verify_url(&method, url, &headers, &body)))
}

fn answer(verdict: &Verdict) -> Map<String, Value> {
    let found = verdict.as_ref().ok().and_then(|delivery| delivery.signature());
    let findings = found.map_or(&[][..], |found| &found.findings);
    let findings = findings.iter().map(|f| json!({ "code": f.code(), "advice": f.advice() }));
    Map::from_iter([
        ("valid".to_owned(), verdict.is_ok().into()),
        ("reason".to_owned(), verdict.as_ref().err().map(Rejection::code).into()),
        ("key".to_owned(), found.map(|found| found.key).into()),
        ("algorithm".to_owned(), found.map(|found| found.algorithm.as_str()).into()),
        ("coverage".to_owned(), found.map(|found| found.coverage.code()).into()),
        ("url_variant".to_owned(), found.map(|found| found.url_variant().to_string()).into()),
        ("findings".to_owned(), findings.collect()),
    ])
}

/// The URL is always given whole, so the verifier never has to find it.
fn verifier(provider: Provider, keys: Keys, compatible: bool) -> Verifier {
    let verifier = provider.verifier(keys, PublicUrl::direct(Hosts::any()));
    if compatible { verifier.compatible() } else { verifier }
}

/// `keys`: texts, or objects with `key`, `algorithm` and `account`.
fn keys_of(request: &Object) -> anyhow::Result<Keys> {
    let entries = request.get("keys").and_then(Value::as_array).context("keys is not a list")?;
    let mut keys: Option<Keys> = None;
    for entry in entries {
        let key = match entry {
            Value::String(secret) => Key::new(secret)?,
            Value::Object(entry) => key(entry)?,
            _ => bail!("keys holds something that is neither a text nor an object"),
        };
        keys = Some(match keys {
            Some(keys) => keys.and(key),
            None => key.into(),
        });
    }
    keys.context("keys is empty")
}

fn key(entry: &Object) -> anyhow::Result<Key> {
    let mut key = Key::new(input::required(entry, "key")?)?;
    if let Some(name) = input::text(entry, "algorithm")? {
        key = key.with_algorithm(algorithm(name).map_err(anyhow::Error::msg)?);
    }
    if let Some(account) = input::text(entry, "account")? {
        key = key.for_account(account);
    }
    if let Some(id) = input::text(entry, "id")? {
        key = key.with_id(id);
    }
    Ok(key)
}
