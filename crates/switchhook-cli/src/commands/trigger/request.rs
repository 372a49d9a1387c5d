//! Requests as a provider makes them, and their answers.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE, USER_AGENT},
};
use switchhook::{EventInfo, Payload, Signer};

use super::SealArgs;
use crate::{
    client::{Client, Reach},
    commands::body_of,
    exit::usage,
    provider::Provider,
};

/// How long a receiver may take: as long as Twilio waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// As much of an answer as is read: as much as a provider takes.
const LONGEST_ANSWER: u64 = 64 * 1024;

const IDEMPOTENCY_TOKEN: HeaderName = HeaderName::from_static("i-twilio-idempotency-token");

/// Makes the requests of one provider, each with its signature.
pub(super) struct Sealer {
    provider: Provider,
    /// None where nothing is signed.
    signer: Option<Signer>,
}

impl Sealer {
    /// Takes the key that the arguments name, or one that nobody has.
    pub(super) fn new(args: &SealArgs, provider: Provider) -> anyhow::Result<Self> {
        let key = match args {
            SealArgs { unsigned: true, .. } => None,
            SealArgs { bad_signature: true, key, .. } => Some(key.nobodys()?),
            SealArgs { key, .. } => Some(key.key(provider)?),
        };
        Ok(Self { provider, signer: key.map(|key| provider.signer(key)) })
    }

    /// The request to this URL. It is a new one: what is sent twice is made once.
    pub(super) fn seal(
        &self,
        url: &str,
        payload: &Payload,
        get: bool,
    ) -> anyhow::Result<Request<Bytes>> {
        let mut request = match &self.signer {
            None => unsigned(url, payload, get)?,
            Some(signer) => match payload.params() {
                Some(params) if get => signer.get(url, params),
                Some(params) => signer.form(url, params),
                None => signer.json(url, payload.as_bytes().to_vec()),
            }
            .map_err(|error| usage(error.to_string()))?,
        };
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static("switchhook"));
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        if self.provider == Provider::Twilio {
            headers.insert(IDEMPOTENCY_TOKEN, HeaderValue::try_from(uuid())?);
        }
        Ok(request)
    }
}

/// A random UUID.
pub(super) fn uuid() -> String {
    let bits = fastrand::u128(..);
    // Version 4, variant 1.
    let bits = bits & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let hex = format!("{bits:032x}");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    parts.join("-")
}

fn unsigned(url: &str, payload: &Payload, get: bool) -> anyhow::Result<Request<Bytes>> {
    let (content_type, body) = body_of(payload);
    let request = if get {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let separator = if url.contains('?') { '&' } else { '?' };
        Request::get(format!("{url}{separator}{body}")).body(Bytes::new())
    } else {
        Request::post(url).header(CONTENT_TYPE, content_type).body(body.into())
    };
    request.map_err(|error| usage(error.to_string()))
}

/// Whether the provider asks by GET alone, and names the event so.
pub(super) fn is_get(event: &EventInfo) -> bool {
    event.name.rsplit('.').next() == Some("get")
}

/// Where to send: `to`, with the query that was signed where the parameters are in it.
pub(super) fn target(to: &str, signed: &Request<Bytes>) -> anyhow::Result<Uri> {
    let to = to.split_once('#').map_or(to, |(to, _)| to);
    let target = match signed.uri().query() {
        // Of a GET it holds the parameters, of JSON the digest of the body.
        Some(query) if signed.method() == Method::GET || query.contains("bodySHA256=") => {
            format!("{}?{query}", to.split_once('?').map_or(to, |(to, _)| to))
        }
        _ => to.to_owned(),
    };
    let sendable =
        |uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some();
    let uri = target.parse().ok().filter(sendable);
    uri.ok_or_else(|| usage(format!("{to:?} is no URL that a request can be sent to")))
}

/// Sends to one receiver, over connections that stay open.
pub(super) struct Sender(Client);

/// What a receiver has answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Empty where it cannot be read.
    pub(super) body: Bytes,
    pub(super) elapsed: Duration,
}

impl Sender {
    /// One for the host of this URL.
    pub(super) fn new(to: &Uri) -> Self {
        Self(Client::new(Reach::Anywhere, to.host().unwrap_or_default()))
    }

    pub(super) fn send(&self, request: &Request<Bytes>) -> Result<Answer, ureq::Error> {
        let started = Instant::now();
        let mut response = self.0.send(request.clone(), PATIENCE)?;
        // The answer counts by its status; its body is taken as far as it can be read.
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        Ok(Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: body.unwrap_or_default().into(),
            elapsed: started.elapsed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_one_of_version_4() {
        for _ in 0..100 {
            let uuid = uuid();
            let parts: Vec<_> = uuid.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{uuid}");
            assert_eq!(&uuid[14..15], "4", "{uuid}");
            assert!(matches!(&uuid[19..20], "8" | "9" | "a" | "b"), "{uuid}");
        }
        assert_ne!(uuid(), uuid());
    }
}
