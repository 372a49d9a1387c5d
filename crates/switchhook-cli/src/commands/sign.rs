//! `switchhook sign`

use anyhow::Context;
use http::Method;
use serde_json::{Map, Value};
use switchhook::{Key, Signed};

use super::{FORM, body, say, typed_form};
use crate::{
    exit::{Exit, usage},
    input::{self, Object},
    jsonl,
    provider::{Provider, written},
    secrets::{KeyArgs, algorithm},
};

/// Sign requests as the provider does
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Public URL that the request is sent to; its body is read from stdin
    #[arg(required_unless_present = "jsonl")]
    url: Option<String>,

    /// HTTP method
    #[arg(long, default_value = "POST")]
    method: Method,

    /// Content type of the body
    #[arg(long, value_name = "TYPE", default_value = FORM)]
    content_type: String,

    /// Who signs
    #[arg(long, value_enum, default_value_t)]
    provider: Provider,

    #[command(flatten)]
    key: KeyArgs,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with = "url")]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(line);
    }
    let body = typed_form(body(&args.key, &args.method)?, &args.content_type);
    let signer = args.provider.signer(args.key.key(args.provider)?);
    let url = args.url.as_deref().unwrap_or_default();
    let signed = signer
        .sign(&args.method, url, Some(&args.content_type), &body)
        .map_err(|error| usage(error.to_string()))?;
    say(format_args!("{}", signed.url))?;
    for (name, value) in &signed.headers {
        say(format_args!("{name}: {}", value.to_str()?))?;
    }
    Ok(Exit::Ok)
}

fn line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let provider = Provider::of(request)?;
    let mut key = Key::new(input::required(request, "key")?)?;
    if let Some(name) = input::text(request, "algorithm")? {
        key = key.with_algorithm(algorithm(name).map_err(anyhow::Error::msg)?);
    }
    let Signed { url, headers, .. } = provider.signer(key).sign(
        &input::method(request)?,
        input::required(request, "url")?,
        input::text(request, "content_type")?,
        &input::body(request)?,
    )?;
    let mut named = Map::new();
    for (name, value) in &headers {
        let name = written(name.as_str());
        named.insert(name.into(), value.to_str().context("a header is not text")?.into());
    }
    Ok(Map::from_iter([("headers".to_owned(), named.into()), ("url".to_owned(), url.into())]))
}
