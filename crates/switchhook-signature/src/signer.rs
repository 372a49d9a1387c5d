//! The other side: signing requests as a provider does.

use std::fmt;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request,
    header::{CONTENT_TYPE, InvalidHeaderValue},
};
use switchhook_core::{Delivery, DeliveryError, Limits, Params};

use crate::{
    Algorithm, Key, Rejection,
    twilio::{self, BODY_HASH, SETTINGS_HEADER, SIGNATURE_HEADER, Url},
};

const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

/// Signs requests as the provider does, so that handlers can be tested end to end.
///
/// See the crate's own example.
#[derive(Clone, Debug)]
pub struct Signer {
    key: Key,
    limits: Limits,
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
        Self { key: key.into(), limits: Limits::default() }
    }

    /// Signs requests within other limits than the default ones: also those that a verifier
    /// should refuse.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Signs the plain parts of a request. A body that is not a form is covered by
    /// `bodySHA256`, which is added to the URL where it is not there already. A fragment of
    /// the URL is cut off.
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
        let suffix = match twilio::cover(&delivery) {
            Ok(suffix) => suffix,
            Err(Rejection::BodyNotCovered) => {
                let separator = if url.contains('?') { '&' } else { '?' };
                let hash = twilio::body_hash(body);
                delivery = read(&format!("{url}{separator}{BODY_HASH}={hash}"))?;
                Vec::new()
            }
            Err(_) => return Err(SignError(Kind::BodyHash)),
        };
        let signature = self.key.sign([delivery.url().as_bytes(), &suffix]);
        let mut headers = HeaderMap::new();
        headers.insert(SIGNATURE_HEADER, twilio::encode(&signature).parse()?);
        if let Some(settings) = self.settings() {
            headers.insert(SETTINGS_HEADER, settings.parse()?);
        }
        Ok(Signed { url: delivery.url().to_owned(), headers })
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
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = if params.is_empty() {
            url.to_owned()
        } else {
            format!("{url}{separator}{}", params.to_form())
        };
        self.request(Method::GET, &url, None, Bytes::new())
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

/// Why a request cannot be signed.
#[derive(Debug)]
pub struct SignError(Kind);

#[derive(Debug)]
enum Kind {
    Request(DeliveryError),
    BodyHash,
    Header,
    Url,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Request(error) => error.fmt(f),
            Kind::BodyHash => f.write_str("the URL has the bodySHA256 of another body"),
            Kind::Header => f.write_str("a header holds what no header can hold"),
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
