use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, Method, request::Parts};
use switchhook_core::{Delivery, Limits};

use crate::{
    Keys, PublicUrl, Rejection, UrlError, Verified,
    twilio::{self, Url},
};

/// Checks the signatures of requests. Cheap to clone.
///
/// Refuses everything that it cannot prove: see [`Rejection`].
#[derive(Clone)]
pub struct Verifier(Arc<Config>);

#[derive(Clone)]
struct Config {
    keys: Keys,
    public_url: PublicUrl,
    limits: Limits,
    compatible: bool,
}

impl Verifier {
    /// A verifier of Twilio's `X-Twilio-Signature`.
    pub fn twilio(keys: impl Into<Keys>, public_url: PublicUrl) -> Self {
        let keys = keys.into();
        Self(Arc::new(Config { keys, public_url, limits: Limits::default(), compatible: false }))
    }

    /// Also accepts what official libraries and documented senders disagree about: user info
    /// in the URL, a root slash more or less, `'` and `+` of the query in another spelling,
    /// a WebSocket URL's slash, its query as pairs, a form covered by `bodySHA256`.
    ///
    /// Each such match carries a [`Finding`](crate::Finding): a setting to put right.
    #[must_use]
    pub fn compatible(self) -> Self {
        self.with(|config| config.compatible = true)
    }

    /// Reads requests within other limits than the default ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        self.with(|config| config.limits = limits)
    }

    /// The limits that requests are read within.
    pub fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Checks a request as an HTTP server has it: head and whole body.
    ///
    /// The URL is the [`PublicUrl`]'s business; put a [`Connection`](crate::Connection) into
    /// the extensions where it depends on the peer or on TLS, and a
    /// [`PublicTarget`](crate::PublicTarget) where a router cut the path.
    ///
    /// # Errors
    ///
    /// [`Rejection`], whose text is for the operator.
    pub fn verify(&self, head: &Parts, body: &Bytes) -> Result<Verified<Delivery>, Rejection> {
        self.check(&head.method, &head.headers, body, || Ok(self.0.public_url.resolve(head)?))
    }

    /// As [`verify`](Self::verify), for a request in one piece.
    ///
    /// # Errors
    ///
    /// [`Rejection`].
    pub fn verify_request(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<Verified<Delivery>, Rejection> {
        let (head, body) = request.into_parts();
        self.verify(&head, &body)
    }

    /// Checks the plain parts of a request whose public URL the caller knows. A fragment of
    /// the URL is not part of a request and is cut off.
    ///
    /// # Errors
    ///
    /// [`Rejection`].
    pub fn verify_url(
        &self,
        method: &Method,
        url: &str,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Verified<Delivery>, Rejection> {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let whole = || match Url::split(url) {
            Some(_) => Ok(url.into()),
            None => Err(UrlError::Invalid.into()),
        };
        self.check(method, headers, body, whole)
    }

    /// Looks at the headers alone, so that a server can refuse before it reads the body.
    ///
    /// # Errors
    ///
    /// [`Rejection`] for a missing, repeated or malformed signature or a public URL that
    /// cannot be told.
    pub fn precheck(&self, head: &Parts) -> Result<(), Rejection> {
        twilio::Claim::read(&head.headers)?;
        self.0.public_url.resolve(head)?;
        Ok(())
    }

    /// The way of every request: the cheapest refusals first, each step once.
    fn check(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: &Bytes,
        url: impl FnOnce() -> Result<String, Rejection>,
    ) -> Result<Verified<Delivery>, Rejection> {
        let config = &*self.0;
        let claim = twilio::Claim::read(headers)?;
        let delivery = Delivery::read(method, url()?, headers, body, &config.limits)?;
        let found = twilio::check(&config.keys, &delivery, &claim, config.compatible)?;
        Ok(Verified::new(delivery, found))
    }

    fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("keys", &self.0.keys.len())
            .field("public_url", &self.0.public_url)
            .field("compatible", &self.0.compatible)
            .finish_non_exhaustive()
    }
}
