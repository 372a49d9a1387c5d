//! Sends what was received again, through the same endpoint: as it was, or changed and signed
//! anew.

use anyhow::{Context, bail};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING},
};
use serde_json::Value;
use switchhook::{
    Connection, Params, PublicTarget, SETTINGS_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER, Signer,
};

use super::{
    capture::with_origin,
    exchange::{Exchange, Origin},
};
use crate::{
    input::{self, Object},
    received::payload,
    shown::without_user_info,
};

const SIGNATURES: [&str; 4] = [
    SIGNATURE_HEADER,
    SETTINGS_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER,
    SIGNALWIRE_SHA256_SIGNATURE_HEADER,
];

/// Signs requests as the listener expects them.
pub(crate) struct Resigner {
    /// None where the listener believes everybody.
    signer: Option<Signer>,
    /// What the provider was given, up to the path: what the listener takes its own URL to be.
    origin: String,
    /// The host that the listener is called by.
    host: String,
}

impl Resigner {
    pub(crate) fn new(signer: Option<Signer>, origin: &str, host: String) -> Self {
        // Providers sign URLs without the credentials that they are given in them.
        let origin = without_user_info(origin.trim_end_matches('/'));
        Self { signer, origin, host }
    }

    /// Whether the listener has a key to sign with.
    pub(crate) fn signs(&self) -> bool {
        self.signer.is_some()
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The request with a signature that fits it, for the host that the listener is called by.
    pub(crate) fn sign(&self, mut request: Request<Bytes>) -> anyhow::Result<Request<Bytes>> {
        let headers = request.headers_mut();
        for name in SIGNATURES {
            headers.remove(name);
        }
        headers.insert(HOST, HeaderValue::from_str(&self.host)?);
        headers.remove(CONTENT_LENGTH);
        headers.remove(TRANSFER_ENCODING);
        let Some(signer) = &self.signer else { return Ok(request) };
        let url = format!("{}{}", self.origin, request.uri());
        let content_type = request.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let signed = signer
            .sign(request.method(), &url, content_type.as_deref(), request.body())
            .context("the request cannot be signed")?;
        // A body that is no form is covered by its hash in the URL.
        let target = signed.url.strip_prefix(&self.origin).context("the URL is another")?;
        *request.uri_mut() = target.parse().context("the path is none")?;
        request.headers_mut().extend(signed.headers);
        Ok(request)
    }
}

/// The request as it came.
pub(crate) fn again(exchange: &Exchange) -> anyhow::Result<Request<Bytes>> {
    if exchange.is_bodiless() {
        bail!("its body was not read, so it cannot be sent again");
    }
    Ok(on_its_way(exchange.request.clone(), Origin::Replay(exchange.number)))
}

/// The request with the changes that the page asks for: `method`, `target`, `content_type`, and
/// `params` or `body`. A parameter `{"keep": 3}` is the fourth of the original, whose value the
/// page may not have seen.
pub(crate) fn edited(
    exchange: &Exchange,
    changes: &Object,
    resigner: &Resigner,
) -> anyhow::Result<Request<Bytes>> {
    let mut request = exchange.request.clone();
    // It says what the target was.
    request.extensions_mut().remove::<PublicTarget>();
    if let Some(method) = input::text(changes, "method")? {
        *request.method_mut() = method.parse().ok().context("no such method")?;
    }
    if let Some(target) = input::text(changes, "target")? {
        if !target.starts_with('/') {
            bail!("the path has to begin with a slash");
        }
        if target.contains('•') {
            bail!("the query has dots for what is hidden: reveal it, or write the query anew");
        }
        *request.uri_mut() = target.parse().ok().context("the path is none")?;
    }
    let params = changes.get("params").filter(|params| !params.is_null());
    let params = params.map(|params| form(params, exchange)).transpose()?;
    let is_get = *request.method() == Method::GET;
    match (params, input::text(changes, "body")?) {
        (Some(_), Some(_)) => bail!("params and body are both there"),
        (Some(form), None) if is_get => {
            let path = request.uri().path();
            let target = if form.is_empty() { path.to_owned() } else { format!("{path}?{form}") };
            *request.uri_mut() = target.parse().ok().context("the query is none")?;
            *request.body_mut() = Bytes::new();
        }
        (Some(form), None) => *request.body_mut() = form.into(),
        (None, Some(body)) => *request.body_mut() = Bytes::copy_from_slice(body.as_bytes()),
        (None, None) => {}
    }
    if let Some(content_type) = input::text(changes, "content_type")? {
        set_content_type(request.headers_mut(), content_type)?;
    }
    let request = resigner.sign(request)?;
    Ok(on_its_way(request, Origin::Edit(exchange.number)))
}

fn form(params: &Value, exchange: &Exchange) -> anyhow::Result<String> {
    let original = payload(&exchange.request);
    let original = original.as_ref().and_then(|payload| payload.params());
    let list = params.as_array().context("params is no list")?;
    let mut pairs: Vec<(&[u8], &[u8])> = Vec::with_capacity(list.len());
    for entry in list {
        if let Some(place) = entry.get("keep").and_then(Value::as_u64) {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let kept = original.and_then(|params| params.iter_bytes().nth(place));
            pairs.push(kept.context("there is no such parameter")?);
        } else {
            let text = |name: &str| entry.get(name).and_then(Value::as_str);
            let (name, value) = text("name").zip(text("value")).context("a pair is no pair")?;
            pairs.push((name.as_bytes(), value.as_bytes()));
        }
    }
    Ok(Params::from_pairs(pairs).to_form())
}

fn set_content_type(headers: &mut HeaderMap, content_type: &str) -> anyhow::Result<()> {
    if content_type.is_empty() {
        headers.remove(CONTENT_TYPE);
        return Ok(());
    }
    let value =
        HeaderValue::from_str(content_type).ok().context("the content type is no header")?;
    headers.insert(CONTENT_TYPE, value);
    Ok(())
}

/// As a request of this machine, which the page's own is.
fn on_its_way(mut request: Request<Bytes>, origin: Origin) -> Request<Bytes> {
    let peer = std::net::IpAddr::from([127, 0, 0, 1]);
    // As it came it is checked, with what was known of its connection.
    if request.extensions().get::<Connection>().is_none() {
        request.extensions_mut().insert(Connection { tls: false, peer: Some(peer) });
    }
    with_origin(request, origin)
}
