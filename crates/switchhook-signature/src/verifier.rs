use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, Method, request::Parts};
use switchhook_core::{Delivery, Limits};

use crate::{
    Guard, Keys, Match, PublicUrl, Rejection, UrlError, Verified,
    guard::Asked,
    public_url::{Unsent, target},
    signalwire, twilio,
    url::Url,
};

/// Checks the signatures of requests. Cheap to clone.
///
/// Refuses everything that it cannot prove: see [`Rejection`].
#[derive(Clone)]
pub struct Verifier(Arc<Config>);

#[derive(Clone, Default)]
struct Config {
    /// None: everybody is believed.
    signature: Option<Signature>,
    guards: Vec<Guard>,
    limits: Limits,
}

#[derive(Clone)]
struct Signature {
    scheme: Scheme,
    keys: Keys,
    public_url: PublicUrl,
    compatible: bool,
    optional: bool,
}

/// Whose rules a signature goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Twilio,
    SignalWire,
}

impl Scheme {
    pub(crate) fn verifier(self, keys: Keys, public_url: PublicUrl) -> Verifier {
        Verifier::of(self, keys, public_url)
    }
}

impl Verifier {
    /// A verifier of Twilio's `X-Twilio-Signature`.
    pub fn twilio(keys: impl Into<Keys>, public_url: PublicUrl) -> Self {
        Self::of(Scheme::Twilio, keys.into(), public_url)
    }

    /// A verifier of SignalWire's `X-SignalWire-Signature`, and of its SHA-256 companion:
    /// hexadecimal over the URL and the body for JSON, base64 over the URL and the pairs for
    /// forms.
    ///
    /// The keys are the project's signing keys, and no API tokens. One key signs with both
    /// algorithms, and HMAC-SHA256 is looked at first; a key that is pinned to it takes no
    /// SHA-1, which only documents of calls fulfil.
    ///
    /// Not every request of SignalWire is signed: see
    /// [`trust_unsigned`](Self::trust_unsigned) and
    /// [`trust_without_verification`](Self::trust_without_verification), and put a [`Guard`]
    /// beside either.
    pub fn signalwire(keys: impl Into<Keys>, public_url: PublicUrl) -> Self {
        Self::of(Scheme::SignalWire, keys.into(), public_url)
    }

    /// A verifier that looks for no signature at all: for what a provider does not sign, and
    /// for development. Guards and limits hold all the same. The URL of a delivery is what
    /// the request line has.
    pub fn trust_without_verification() -> Self {
        Self(Arc::new(Config::default()))
    }

    fn of(scheme: Scheme, keys: Keys, public_url: PublicUrl) -> Self {
        let signature = Signature { scheme, keys, public_url, compatible: false, optional: false };
        Self(Arc::new(Config { signature: Some(signature), ..Config::default() }))
    }

    /// Also believes requests that have no signature header at all; a wrong signature is
    /// refused as before. [`Verified::signature`] tells a handler which of the two it got.
    ///
    /// Anybody can leave a signature out: put a [`Guard`] before it.
    #[must_use]
    pub fn trust_unsigned(self) -> Self {
        self.with_signature(|signature| signature.optional = true)
    }

    /// Puts a guard before the signature; with several, all have to let a request in.
    #[must_use]
    pub fn guard(self, guard: Guard) -> Self {
        self.with(|config| config.guards.push(guard))
    }

    /// A path as logs may have it: each part that is a [secret](Guard::path_secret) of one of the
    /// guards reads `(redacted)`.
    ///
    /// ```
    /// use switchhook_signature::{Guard, Verifier};
    ///
    /// let verifier = Verifier::trust_without_verification()
    ///     .guard(Guard::path_secret("/hooks/", "oHzu9pmT")?);
    /// assert_eq!(verifier.redact("/hooks/oHzu9pmT/voice"), "/hooks/(redacted)/voice");
    /// # Ok::<(), switchhook_signature::GuardError>(())
    /// ```
    pub fn redact(&self, path: &str) -> String {
        let secret = |part: &str| self.0.guards.iter().any(|guard| guard.has_secret(part));
        let parts = path.split('/').map(|part| if secret(part) { "(redacted)" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Also accepts what official libraries and documented senders disagree about: user info
    /// in the URL, a root slash more or less, `'` and `+` of the query in another spelling,
    /// a WebSocket URL's slash, its query as pairs, a form covered by `bodySHA256`; of
    /// SignalWire's signatures the spellings of the URL, and its usual port also for JSON.
    ///
    /// Each such match carries a [`Finding`](crate::Finding): a setting to put right.
    #[must_use]
    pub fn compatible(self) -> Self {
        self.with_signature(|signature| signature.compatible = true)
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

    /// By whose rules, keys and public URL signatures are checked, where they are.
    pub(crate) fn signed_by(&self) -> Option<(Scheme, &Keys, &PublicUrl)> {
        let signature = self.0.signature.as_ref()?;
        Some((signature.scheme, &signature.keys, &signature.public_url))
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
        let config = &*self.0;
        let url = || match &config.signature {
            Some(signature) => Ok(signature.public_url.resolve(head)?),
            None => Ok(target(head).to_string()),
        };
        let unsent = config.signature.as_ref().map(|signature| signature.public_url.unsent());
        let asked = Asked::of(head);
        self.check(&head.method, asked, body, url, unsent.unwrap_or_default())
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
    /// the URL is not part of a request and is cut off, though SignalWire may sign it. A
    /// [`Guard`] of addresses lets nobody in here, since the peer is not known.
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
        let (url, fragment) = match url.split_once('#') {
            Some((url, fragment)) => (url, Some(fragment)),
            None => (url, None),
        };
        let whole = || {
            Url::split(url).ok_or(UrlError::Invalid)?;
            if let Some(signature) = &self.0.signature {
                signature.public_url.check_scheme(url)?;
            }
            Ok(url.into())
        };
        let unsent = Unsent { user_info: None, fragment };
        self.check(method, Asked::at(url, headers), body, whole, unsent)
    }

    /// Looks at the headers alone, so that a server can refuse before it reads the body.
    ///
    /// # Errors
    ///
    /// [`Rejection`] by a guard, for a missing, repeated or malformed signature, or a public
    /// URL that cannot be told. Of SignalWire's two signatures both have to be malformed.
    pub fn precheck(&self, head: &Parts) -> Result<(), Rejection> {
        self.ask_guards(Asked::of(head))?;
        if let Some(signature) = &self.0.signature {
            signature.claim(&head.headers)?;
            signature.public_url.resolve(head)?;
        }
        Ok(())
    }

    /// The way of every request: the cheapest refusals first, each step once.
    fn check(
        &self,
        method: &Method,
        asked: Asked<'_>,
        body: &Bytes,
        url: impl FnOnce() -> Result<String, Rejection>,
        unsent: Unsent<'_>,
    ) -> Result<Verified<Delivery>, Rejection> {
        let config = &*self.0;
        self.ask_guards(asked)?;
        let signature = config.signature.as_ref();
        let claim = signature.map(|signature| signature.claim(asked.headers)).transpose()?;
        let delivery = Delivery::read(method, url()?, asked.headers, body, &config.limits)?;
        match signature.zip(claim.flatten()) {
            Some((signature, claim)) => {
                let found = signature.prove(&claim, &delivery, unsent)?;
                Ok(Verified::new(delivery, found))
            }
            None => Ok(Verified::trust_without_verification(delivery)),
        }
    }

    fn ask_guards(&self, asked: Asked<'_>) -> Result<(), Rejection> {
        self.0.guards.iter().try_for_each(|guard| Ok(guard.ask(asked)?))
    }

    fn with_signature(self, change: impl FnOnce(&mut Signature)) -> Self {
        self.with(|config| {
            if let Some(signature) = &mut config.signature {
                change(signature);
            }
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }
}

/// What a request claims, by the scheme of the verifier.
enum Claim<'a> {
    Twilio(twilio::Claim<'a>),
    SignalWire(signalwire::Claim),
}

impl Signature {
    /// What the headers claim; `None` where they claim nothing and need not.
    fn claim<'a>(&self, headers: &'a HeaderMap) -> Result<Option<Claim<'a>>, Rejection> {
        let claim = match self.scheme {
            Scheme::Twilio => twilio::Claim::read(headers).map(Claim::Twilio),
            Scheme::SignalWire => signalwire::Claim::read(headers).map(Claim::SignalWire),
        };
        match claim {
            Err(Rejection::SignatureMissing) if self.optional => Ok(None),
            claim => claim.map(Some),
        }
    }

    fn prove(
        &self,
        claim: &Claim<'_>,
        delivery: &Delivery,
        unsent: Unsent<'_>,
    ) -> Result<Match, Rejection> {
        match claim {
            Claim::Twilio(claim) => claim.prove(&self.keys, delivery, self.compatible),
            Claim::SignalWire(claim) => claim.prove(&self.keys, delivery, unsent, self.compatible),
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Verifier");
        match &self.0.signature {
            Some(signature) => shown
                .field("scheme", &signature.scheme)
                .field("keys", &signature.keys.len())
                .field("public_url", &signature.public_url)
                .field("compatible", &signature.compatible)
                .field("optional", &signature.optional),
            None => shown.field("scheme", &"trust_without_verification"),
        };
        shown.field("guards", &self.0.guards).finish_non_exhaustive()
    }
}
