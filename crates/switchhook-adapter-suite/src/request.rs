//! A row of the table as a request.

use bytes::Bytes;
use http::{Method, Request};
use switchhook_core::Limits;
use switchhook_signature::{Key, SIGNATURE_HEADER, Signer};

use crate::{
    case::{Body, Exchange, FORM, Framing, PUBLIC, Signed},
    world::KEY,
};

/// A request as it goes over the wire, but for its framing.
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) hosts: &'static [&'static str],
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) framing: Framing,
}

impl Sent {
    pub(crate) fn of(exchange: &Exchange) -> Self {
        let body = body(exchange.body);
        let mut target = exchange.target.to_owned();
        let public = format!("{PUBLIC}{target}");
        let right = |url: &str, body: &Bytes| signature(KEY, exchange, url, body);
        let (url, signature) = match exchange.signed {
            Signed::At(url) => right(url, &body),
            Signed::Over(other) => right(&public, &Bytes::from_static(other.as_bytes())),
            Signed::ByAnother => signature("another key", exchange, &public, &body),
            _ => right(&public, &body),
        };
        // What is no form is covered by a parameter of the URL.
        if let Some((_, hash)) = url.split_once("bodySHA256=") {
            let mark = if target.contains('?') { '&' } else { '?' };
            target = format!("{target}{mark}bodySHA256={hash}");
        }
        let mut headers: Vec<(String, String)> = Vec::new();
        headers.extend(exchange.content_type.map(|value| ("Content-Type".into(), value.into())));
        let values = match exchange.signed {
            Signed::No => vec![],
            Signed::As(text) => vec![text.to_owned()],
            Signed::Twice => vec![signature.clone(), signature.clone()],
            _ => vec![signature.clone()],
        };
        headers.extend(values.into_iter().map(|value| ("X-Twilio-Signature".into(), value)));
        headers.extend(
            exchange.headers.iter().map(|(name, value)| {
                ((*name).to_owned(), value.replace("{signature}", &signature))
            }),
        );
        Self {
            method: exchange.method,
            target,
            hosts: exchange.hosts,
            headers,
            body,
            framing: exchange.framing,
        }
    }

    /// The request as a function's event, or HTTP/2, has it: `uri` is its target.
    pub(crate) fn request(&self, uri: &str, hosts: &[&str]) -> Request<Bytes> {
        let mut request = Request::builder().method(self.method).uri(uri);
        for host in hosts {
            request = request.header("host", *host);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(self.body.clone()).expect("the requests of the table are sound")
    }
}

fn signature(key: &str, exchange: &Exchange, url: &str, body: &Bytes) -> (String, String) {
    let limits = Limits::default().with_body_bytes(1 << 20).with_parameters(1000);
    let signer = Signer::twilio(Key::new(key).expect("it is not empty")).with_limits(limits);
    let method = Method::from_bytes(exchange.method.as_bytes()).expect("a method");
    let json = matches!(exchange.body, Body::Text(text) if text.starts_with('{'));
    let content_type = if json { "text/plain" } else { FORM };
    let signed = signer.sign(&method, url, Some(content_type), body).expect("it can be signed");
    let signature = signed.headers[SIGNATURE_HEADER].to_str().expect("it is base64");
    (signed.url.clone(), signature.to_owned())
}

fn body(body: Body) -> Bytes {
    const ENDED: &str = "RoomSid=RM1&RoomDuration=42&StatusCallbackEvent=room-ended";
    match body {
        Body::Text(text) => Bytes::from_static(text.as_bytes()),
        Body::Padded(length) => {
            let padding = length - ENDED.len() - "&x=".len();
            format!("{ENDED}&x={}", "y".repeat(padding)).into()
        }
        Body::Parameters(number) => format!("{ENDED}{}", "&a=1".repeat(number - 3)).into(),
    }
}
