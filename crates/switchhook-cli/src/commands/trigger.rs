//! `switchhook trigger`

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{
    HeaderValue, Request,
    header::{ACCEPT, CONTENT_TYPE, USER_AGENT},
};
use switchhook::{EventInfo, Format, Params, Payload};

use super::{body_of, pair, say};
use crate::{
    client::{Client, Reach},
    exit::{Exit, unreachable, usage},
    families::{family, unknown},
    provider::Provider,
    secrets::KeyArgs,
};

/// Send a correctly signed event, as the provider would
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Family of the event, such as twilio.video
    family: String,

    /// Name of the event, such as room-ended
    event: String,

    /// Where to send it
    #[arg(long, value_name = "URL")]
    to: String,

    /// URL to sign where it differs from --to: what the receiver believes to be its own
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Set a parameter of the event; an empty value blanks it
    #[arg(short, long = "data", value_name = "NAME=VALUE", value_parser = pair)]
    data: Vec<(String, String)>,

    /// Add a parameter that the event does not have, as a provider may tomorrow
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    extra: Vec<(String, String)>,

    /// Send the parameters in the query of a GET
    #[arg(long)]
    get: bool,

    /// Sign nothing, for routes that are guarded in another way
    #[arg(long)]
    unsigned: bool,

    #[command(flatten)]
    key: KeyArgs,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let family = family(&args.family)?;
    let event = family.event(&args.event)?;
    let payload = payload(event, &args.data, &args.extra)?;
    let url = args.public_url.as_deref().unwrap_or(&args.to);
    // What the provider asks by GET alone is named so.
    let get = args.get || event.name.rsplit('.').next() == Some("get");
    let mut request = request(args, family.provider, url, &payload, get)?;
    *request.uri_mut() = target(&args.to, &request)?;
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("switchhook"));
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("*/*"));

    let started = Instant::now();
    let (status, body) = send(request).map_err(|error| unreachable(error.to_string()))?;
    let elapsed = started.elapsed().as_millis();
    say(format_args!("{status}  {} {}  {elapsed} ms", family.name, event.name))?;
    if !body.is_empty() {
        say(format_args!("{body}"))?;
    }
    Ok(match status {
        200..=299 => Exit::Ok,
        403 => Exit::SignatureMismatch,
        _ => Exit::CheckFailed,
    })
}

/// The request, signed as its provider signs.
fn request(
    args: &Args,
    provider: Provider,
    url: &str,
    payload: &Payload,
    get: bool,
) -> anyhow::Result<Request<Bytes>> {
    if args.unsigned {
        return unsigned(url, payload, get);
    }
    let signer = provider.signer(args.key.key(provider)?);
    let signed = match payload.params() {
        Some(params) if get => signer.get(url, params),
        Some(params) => signer.form(url, params),
        None => signer.json(url, payload.as_bytes().to_vec()),
    };
    signed.map_err(|error| usage(error.to_string()))
}

fn unsigned(url: &str, payload: &Payload, get: bool) -> anyhow::Result<Request<Bytes>> {
    let (content_type, body) = body_of(payload);
    let request = if get {
        let separator = if url.contains('?') { '&' } else { '?' };
        Request::get(format!("{url}{separator}{body}")).body(Bytes::new())
    } else {
        Request::post(url).header(CONTENT_TYPE, content_type).body(body.into())
    };
    request.map_err(|error| usage(error.to_string()))
}

/// The sample of the event with the caller's values.
fn payload(
    event: &EventInfo,
    data: &[(String, String)],
    extra: &[(String, String)],
) -> anyhow::Result<Payload> {
    let sample = event.sample();
    let mut pairs: Vec<(String, String)> =
        sample.iter().map(|(name, value)| (name.into(), value.into())).collect();
    for (name, value) in data {
        if !event.names(name) {
            let known = event.fields.iter().map(|field| field.wire);
            let why = unknown(&format!("parameter of {}", event.name), name, known);
            return Err(usage(format!("{why} (--extra adds any name)")));
        }
        match pairs.iter_mut().find(|pair| pair.0 == *name) {
            Some(pair) => pair.1.clone_from(value),
            None => pairs.push((name.clone(), value.clone())),
        }
    }
    pairs.extend(extra.iter().cloned());
    Ok(match event.format {
        Format::Json => event.json_of(pairs.iter().map(|(name, value)| (&**name, &**value))).into(),
        _ => Params::from_pairs(pairs).into(),
    })
}

/// Where to send: `to`, with the query that was signed where the parameters are in it.
fn target(to: &str, signed: &Request<Bytes>) -> anyhow::Result<http::Uri> {
    let to = to.split_once('#').map_or(to, |(to, _)| to);
    let target = match signed.uri().query() {
        // Of a GET it holds the parameters, of JSON the digest of the body.
        Some(query) if signed.method() == http::Method::GET || query.contains("bodySHA256=") => {
            format!("{}?{query}", to.split_once('?').map_or(to, |(to, _)| to))
        }
        _ => to.to_owned(),
    };
    let sendable = |uri: &http::Uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
    };
    let uri = target.parse().ok().filter(sendable);
    uri.ok_or_else(|| usage(format!("{to:?} is no URL that a request can be sent to")))
}

fn send(request: Request<Bytes>) -> Result<(u16, String), ureq::Error> {
    let client = Client::new(Reach::Anywhere, request.uri().host().unwrap_or_default());
    let mut response = client.send(request, Duration::from_secs(15))?;
    // The answer counts by its status; its body is shown as far as it can be read.
    let body = response.body_mut().with_config().limit(64 * 1024).read_to_vec().unwrap_or_default();
    Ok((response.status().as_u16(), String::from_utf8_lossy(&body).into_owned()))
}
