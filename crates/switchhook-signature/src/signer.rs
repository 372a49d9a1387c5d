//! The other side: signing requests as a provider does.

use std::fmt;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request,
    header::{CONTENT_TYPE, InvalidHeaderValue},
};
use switchhook_core::{Delivery, DeliveryError, Limits, Params, Payload, Sorted};

use crate::{
    Algorithm, Key, Rejection, SETTINGS_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER,
    cover::{BODY_HASH, Suffix, body_hash, check_body_hash, cover},
    digest,
    url::{Url, with_query},
    verifier::Scheme,
};

const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

/// Signs requests as the provider does, so that handlers can be tested end to end.
///
/// See the crate's own example.
#[derive(Clone, Debug)]
pub struct Signer {
    key: Key,
    limits: Limits,
    scheme: Scheme,
}

/// A signature with what it belongs to.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signed {
    /// The URL to send to: with `bodySHA256` where the body is not a form.
    pub url: String,
    /// The headers to send: the signature, and which shared key made it.
    pub headers: HeaderMap,
}

/// Shows neither the signature nor the query of the URL.
impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed(redacted)")
    }
}

impl Signer {
    /// A signer of Twilio's `X-Twilio-Signature`.
    pub fn twilio(key: impl Into<Key>) -> Self {
        Self { key: key.into(), limits: Limits::default(), scheme: Scheme::Twilio }
    }

    /// A signer of SignalWire's `X-SignalWire-Signature`: of JSON, and of requests without a
    /// body and a content type, hexadecimal and with the SHA-256 companion, as documents of
    /// calls are fetched; of forms base64. A key that is pinned to HMAC-SHA256 makes the
    /// companion alone, and signs no forms.
    pub fn signalwire(key: impl Into<Key>) -> Self {
        Self { key: key.into(), limits: Limits::default(), scheme: Scheme::SignalWire }
    }

    /// Signs requests within other limits than the default ones: also those that a verifier
    /// should refuse.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Signs the plain parts of a request. A body that the scheme does not cover otherwise,
    /// as it covers forms, is covered by `bodySHA256`, which is added to the URL where it is
    /// not there already. A fragment of the URL is cut off.
    ///
    /// # Errors
    ///
    /// [`SignError`] when the request is over a limit that a verifier would refuse, too.
    pub fn sign(
        &self,
        method: &Method,
        url: &str,
        content_type: Option<&str>,
        body: &Bytes,
    ) -> Result<Signed, SignError> {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type.parse()?);
        }
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        Url::split(url).ok_or(SignError(Kind::Url))?;
        let read = |url: &str| Delivery::read(method, url, &headers, body, &self.limits);
        let mut delivery = read(url)?;
        if self.scheme == Scheme::SignalWire && is_signed_as_bytes(&delivery, content_type) {
            let headers = self.over_body(&delivery)?;
            return Ok(Signed { url: delivery.url().to_owned(), headers });
        }
        let suffix = match cover(&delivery, self.sorted(), || check_body_hash(&delivery)) {
            Ok(suffix) => suffix,
            Err(Rejection::BodyNotCovered) => {
                delivery = read(&with_query(url, &format!("{BODY_HASH}={}", body_hash(body))))?;
                Suffix::NONE
            }
            Err(_) => return Err(SignError(Kind::BodyHash)),
        };
        let headers = self.over_pairs(&delivery, &suffix)?;
        Ok(Signed { url: delivery.url().to_owned(), headers })
    }

    /// The headers of a signature in base64.
    fn over_pairs(&self, delivery: &Delivery, suffix: &Suffix<'_>) -> Result<HeaderMap, SignError> {
        let algorithm = self.key.algorithm();
        let name = match self.scheme {
            Scheme::Twilio => SIGNATURE_HEADER,
            Scheme::SignalWire if algorithm == Algorithm::HmacSha1 => SIGNALWIRE_SIGNATURE_HEADER,
            Scheme::SignalWire => return Err(SignError(Kind::Algorithm)),
        };
        let signature = self.key.sign(algorithm, delivery.url(), suffix);
        let mut headers = HeaderMap::new();
        headers.insert(name, digest::base64(&signature).parse()?);
        if let (Scheme::Twilio, Some(settings)) = (self.scheme, self.settings()) {
            headers.insert(SETTINGS_HEADER, settings.parse()?);
        }
        Ok(headers)
    }

    /// The headers of signatures in hexadecimal digits.
    fn over_body(&self, delivery: &Delivery) -> Result<HeaderMap, SignError> {
        let mut headers = HeaderMap::new();
        for (algorithm, name) in [
            (Algorithm::HmacSha1, SIGNALWIRE_SIGNATURE_HEADER),
            (Algorithm::HmacSha256, SIGNALWIRE_SHA256_SIGNATURE_HEADER),
        ] {
            if algorithm == Algorithm::HmacSha256 || self.key.algorithm() == algorithm {
                let body = Suffix::Bytes(delivery.body());
                let signature = self.key.sign(algorithm, delivery.url(), &body);
                headers.insert(name, digest::hex(&signature).parse()?);
            }
        }
        Ok(headers)
    }

    /// The order in which the provider signs the pairs of a form.
    fn sorted(&self) -> fn(&Params) -> Sorted<'_> {
        match self.scheme {
            Scheme::Twilio => Params::sorted,
            Scheme::SignalWire => Params::sorted_by_name,
        }
    }

    /// A signed POST of a form.
    ///
    /// # Errors
    ///
    /// [`SignError`], also for a URL that no request can have.
    pub fn form(&self, url: &str, params: &Params) -> Result<Request<Bytes>, SignError> {
        self.request(Method::POST, url, Some(FORM), params.to_form().into())
    }

    /// A signed GET, the parameters behind the URL's own query.
    ///
    /// # Errors
    ///
    /// As [`form`](Self::form).
    pub fn get(&self, url: &str, params: &Params) -> Result<Request<Bytes>, SignError> {
        if params.is_empty() {
            return self.request(Method::GET, url, None, Bytes::new());
        }
        self.request(Method::GET, &with_query(url, &params.to_form()), None, Bytes::new())
    }

    /// A signed POST of JSON text.
    ///
    /// # Errors
    ///
    /// As [`form`](Self::form).
    pub fn json(&self, url: &str, body: impl Into<Bytes>) -> Result<Request<Bytes>, SignError> {
        self.request(Method::POST, url, Some("application/json"), body.into())
    }

    fn request(
        &self,
        method: Method,
        url: &str,
        content_type: Option<&str>,
        body: Bytes,
    ) -> Result<Request<Bytes>, SignError> {
        let signed = self.sign(&method, url, content_type, &body)?;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = signed.url.parse().map_err(|_| SignError(Kind::Url))?;
        *request.headers_mut() = signed.headers;
        if let Some(content_type) = content_type {
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(content_type)?);
        }
        Ok(request)
    }

    /// The settings header of a shared key; an auth token has none.
    fn settings(&self) -> Option<String> {
        let algorithm = self.key.algorithm();
        match self.key.id() {
            Some(id) => Some(format!("key={id},algorithm={}", algorithm.as_str())),
            None if algorithm == Algorithm::HmacSha1 => None,
            None => Some(format!("algorithm={}", algorithm.as_str())),
        }
    }
}

/// Whether SignalWire signs the body's bytes: those of JSON, and of what has neither a body
/// nor a content type.
fn is_signed_as_bytes(delivery: &Delivery, content_type: Option<&str>) -> bool {
    let json = matches!(delivery.payload(), Payload::Json(_));
    json || content_type.is_none() && delivery.body().is_empty()
}

/// Why a request cannot be signed.
#[derive(Debug)]
pub struct SignError(Kind);

#[derive(Debug)]
enum Kind {
    Request(DeliveryError),
    BodyHash,
    Header,
    Url,
    Algorithm,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Request(error) => error.fmt(f),
            Kind::BodyHash => f.write_str("the URL has the bodySHA256 of another body"),
            Kind::Header => f.write_str("a header holds what no header can hold"),
            Kind::Algorithm => f.write_str("a key that is pinned to HMAC-SHA256 signs no forms"),
            Kind::Url => f.write_str("not an http, https, ws or wss URL that a request can have"),
        }
    }
}

impl std::error::Error for SignError {}

impl From<DeliveryError> for SignError {
    fn from(error: DeliveryError) -> Self {
        Self(Kind::Request(error))
    }
}

impl From<InvalidHeaderValue> for SignError {
    fn from(_: InvalidHeaderValue) -> Self {
        Self(Kind::Header)
    }
}
