//! What a route does, whatever its kind.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Method, Response, request::Parts};
use switchhook_core::{ContentType, Delivery};
use switchhook_signature::{Verified, Verifier};

use crate::{
    Failure, FailurePolicy, Refusal,
    adapter::{check_encoding, check_type},
    events::{ErasedHandlers, Pending},
    route::acknowledgement,
};

/// A [`Route`](crate::Route) without its kind.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(crate) struct Rules<S> {
    /// The path as logs may have it.
    pub(crate) shown: String,
    pub(crate) interactive: bool,
    /// No request reaches it, only what an inbox holds.
    pub(crate) internal: bool,
    pub(crate) verifier: Verifier,
    pub(crate) handlers: Vec<Box<dyn ErasedHandlers<S>>>,
    pub(crate) methods: Vec<Method>,
    pub(crate) content_types: Vec<ContentType>,
    pub(crate) budget: Option<Duration>,
    pub(crate) on_failure: Option<FailurePolicy>,
    pub(crate) failure_reply: Option<Response<Bytes>>,
    pub(crate) acknowledgement: Response<Bytes>,
    pub(crate) skips_outdated: bool,
    pub(crate) reviews_unknown: bool,
}

impl<S> Rules<S> {
    pub(crate) fn new(verifier: Verifier, interactive: bool) -> Self {
        Self {
            shown: String::new(),
            interactive,
            internal: false,
            verifier,
            handlers: Vec::new(),
            methods: vec![Method::POST],
            content_types: Vec::new(),
            budget: None,
            on_failure: None,
            failure_reply: None,
            acknowledgement: acknowledgement(),
            skips_outdated: false,
            reviews_unknown: false,
        }
    }

    /// The answer to a failure: what the route says, else what the handler's type of reply
    /// stands for, else 500.
    pub(crate) fn failed(
        &self,
        failure: &Failure,
        fallback: impl FnOnce() -> Option<Response<Bytes>>,
    ) -> Response<Bytes> {
        let by_policy = |policy: FailurePolicy| crate::reply::empty(policy.status(failure));
        match (&self.failure_reply, self.on_failure) {
            (Some(reply), _) => reply.clone(),
            (None, Some(policy)) => by_policy(policy),
            (None, None) => fallback().unwrap_or_else(|| by_policy(FailurePolicy::default())),
        }
    }

    /// Whether a failure is acknowledged since it is kept, and for no other reason.
    pub(crate) fn acknowledges_failures(&self) -> bool {
        self.on_failure == Some(FailurePolicy::AckAlways) && self.failure_reply.is_none()
    }

    /// How long an answer may take, of a provider that waits so long.
    pub(crate) fn budget(&self, patience: Duration) -> Duration {
        self.budget.unwrap_or_else(|| patience / 10 * 9)
    }

    pub(crate) fn body_limit(&self) -> usize {
        self.verifier.limits().body_bytes
    }

    /// Refuses a head before its body is worth reading.
    pub(crate) fn check_head(&self, head: &Parts) -> Result<(), Refusal> {
        self.check_method(&head.method)?;
        self.check_type(head)?;
        self.verifier.precheck(head).map_err(Refusal::Unproven)
    }

    /// Limits, then guards and the signature.
    pub(crate) fn admit(&self, head: &Parts, body: &Bytes) -> Result<Verified<Delivery>, Refusal> {
        self.check_method(&head.method)?;
        if body.len() > self.body_limit() {
            return Err(Refusal::BodyTooLong);
        }
        self.check_type(head)?;
        self.verifier.verify(head, body).map_err(Refusal::Unproven)
    }

    fn check_method(&self, method: &Method) -> Result<(), Refusal> {
        if self.methods.contains(method) { Ok(()) } else { Err(Refusal::Method) }
    }

    fn check_type(&self, head: &Parts) -> Result<(), Refusal> {
        // A route without handlers only verifies, and takes whatever the provider signs.
        if self.handlers.is_empty() {
            check_encoding(head)
        } else {
            check_type(head, &self.content_types)
        }
    }

    /// Reads the delivery with each family in turn; the first that knows it has it, and the
    /// last one has what none knows.
    pub(crate) fn read(&self, delivery: &Verified<Delivery>, details: bool) -> Pending<'_, S> {
        let Some((last, others)) = self.handlers.split_last() else {
            return Pending::unread(delivery);
        };
        others
            .iter()
            .map(|handlers| handlers.read(delivery, details))
            .find(|pending| pending.read.event.is_some())
            .unwrap_or_else(|| last.read(delivery, details))
    }
}

impl<S> fmt::Debug for Rules<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("path", &self.shown)
            .field("interactive", &self.interactive)
            .field("verifier", &self.verifier)
            .field("families", &self.handlers.len())
            .field("methods", &self.methods)
            .field("on_failure", &self.on_failure)
            .finish_non_exhaustive()
    }
}
