use std::any::TypeId;

use bytes::Bytes;
use http::{Method, Response, StatusCode, request::Parts};
use switchhook_core::{ContentType, Delivery, Family, FromFamily, Limits};
use switchhook_signature::{Guard, Verified, Verifier};

use crate::{
    Handler, IntoReply, Refusal,
    events::{FamilyHandlers, Handlers, Pending},
};

/// A route for notifications: the provider wants a 2xx and ignores the body.
///
/// A handler's success is answered with its reply, usually 204.
pub fn notify<S>(verifier: Verifier) -> Route<S> {
    Route { verifier, ..Route::trust_without_verification() }
}

/// One path of a [`Dispatcher`](crate::Dispatcher): who may call it, and who handles what.
///
/// Of several handlers for an event the closest fit is called: the event's own type before
/// its group, `Unknown` and `Malformed` before the family's enum. Of two that fit alike, the
/// later one.
pub struct Route<S> {
    verifier: Verifier,
    handlers: Vec<Box<dyn ErasedHandlers<S>>>,
    methods: Vec<Method>,
    content_types: Vec<ContentType>,
    on_failure: FailurePolicy,
    failure_reply: Option<Response<Bytes>>,
}

/// What a handler's error or panic is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailurePolicy {
    /// 500, so that a provider which retries sends it again.
    #[default]
    Retry,
    /// 204, so that nothing is sent again: the failure is the receiver's own business.
    AckAlways,
}

impl FailurePolicy {
    pub(crate) fn status(self, failure: &crate::Failure) -> StatusCode {
        match (self, failure) {
            (Self::AckAlways, _) => StatusCode::NO_CONTENT,
            (Self::Retry, crate::Failure::Malformed(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            (Self::Retry, _) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl<S> Route<S> {
    /// A route that believes every request, signed or not: for development, and behind a
    /// [`guard`](Self::guard) for what a provider does not sign. Its limits hold all the same.
    pub fn trust_without_verification() -> Self {
        Self {
            verifier: Verifier::trust_without_verification(),
            handlers: Vec::new(),
            methods: vec![Method::POST],
            content_types: Vec::new(),
            on_failure: FailurePolicy::default(),
            failure_reply: None,
        }
    }
}

impl<S: Send + Sync + 'static> Route<S> {
    /// Registers a handler for the deliveries that the type of its first argument takes. The
    /// route then accepts the content types of its family.
    #[must_use]
    pub fn on<E, H, M>(mut self, handler: H) -> Self
    where
        E: FromFamily,
        H: Handler<E, S, M>,
        M: 'static,
    {
        self.of_family(|handlers| handlers.insert::<E, H, M>(handler));
        self
    }

    /// Registers the handler of a route that gets nothing else: a delivery that does not carry
    /// its name is taken for what the type of the first argument says.
    ///
    /// So a URL names the type of a voice webhook, and so the body of a conversation's event may
    /// lack its `EventType`.
    #[must_use]
    pub fn handle<E, H, M>(mut self, handler: H) -> Self
    where
        E: FromFamily,
        H: Handler<E, S, M>,
        M: 'static,
    {
        self.of_family(|handlers| {
            handlers.name::<E>();
            handlers.insert::<E, H, M>(handler);
        });
        self
    }

    /// The handlers of a family, which are made when there are none.
    fn of_family<F: Family>(&mut self, change: impl FnOnce(&mut FamilyHandlers<F, S>)) {
        let family = TypeId::of::<F>();
        let found = self.handlers.iter().position(|handlers| handlers.family() == family);
        let place = found.unwrap_or_else(|| {
            self.handlers.push(Box::new(FamilyHandlers::<F, S>::new()));
            self.content_types.extend(F::CONTENT_TYPES);
            self.handlers.len() - 1
        });
        let handlers: &mut dyn std::any::Any = self.handlers[place].as_any();
        if let Some(handlers) = handlers.downcast_mut::<FamilyHandlers<F, S>>() {
            change(handlers);
        }
    }

    /// Registers a handler for everything of its family that no other takes: known events
    /// without a handler, unknown and malformed ones. The same as [`on`](Self::on) with the
    /// family's enum.
    #[must_use]
    pub fn otherwise<F, H, M>(self, handler: H) -> Self
    where
        F: Family,
        H: Handler<F, S, M>,
        M: 'static,
    {
        self.on(handler)
    }

    /// Also accepts GET, whose parameters are in the query.
    #[must_use]
    pub fn allow_get(mut self) -> Self {
        self.methods.push(Method::GET);
        self
    }

    /// Refuses requests over other limits than the default ones.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.verifier = self.verifier.with_limits(limits);
        self
    }

    /// Puts a guard before the signature of this route, after those that its verifier has.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.verifier = self.verifier.guard(guard);
        self
    }

    /// Answers failures of handlers in this way.
    #[must_use]
    pub fn on_failure(mut self, policy: FailurePolicy) -> Self {
        self.on_failure = policy;
        self
    }

    /// Answers failures of handlers, and events that cannot be used, with this reply: for
    /// providers that make something of the body, such as an AI that reads out what went wrong.
    ///
    /// ```
    /// # use switchhook_dispatch::{Route, FailurePolicy};
    /// let route: Route<()> = Route::trust_without_verification()
    ///     .answer_failures_with("{\"response\":\"That did not work.\"}");
    /// # let _ = route;
    /// ```
    #[must_use]
    pub fn answer_failures_with(mut self, reply: impl IntoReply) -> Self {
        // What cannot be written leaves the policy's own answer.
        self.failure_reply = reply.into_reply().ok();
        self
    }

    /// The answer to a failure.
    pub(crate) fn failed(&self, failure: &crate::Failure) -> Response<Bytes> {
        self.failure_reply.clone().unwrap_or_else(|| {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = self.on_failure.status(failure);
            response
        })
    }

    pub(crate) fn body_limit(&self) -> usize {
        self.verifier.limits().body_bytes
    }

    pub(crate) fn methods(&self) -> &[Method] {
        &self.methods
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
        if head.headers.contains_key(http::header::CONTENT_ENCODING) {
            return Err(Refusal::ContentEncoding);
        }
        match ContentType::of(&head.headers) {
            // A route without handlers only verifies, and takes whatever the provider signs.
            Ok(_) if self.handlers.is_empty() => Ok(()),
            Ok(Some(content_type)) if self.content_types.contains(&content_type) => Ok(()),
            Ok(None) if head.method == Method::GET => Ok(()),
            _ => Err(Refusal::ContentType),
        }
    }

    /// Reads the delivery with each family in turn; the first that knows it has it, and the
    /// last one has what none knows.
    pub(crate) fn read(
        &self,
        delivery: &Verified<Delivery>,
        details: bool,
    ) -> Option<Pending<'_, S>> {
        let (last, others) = self.handlers.split_last()?;
        others
            .iter()
            .map(|handlers| handlers.read(delivery, details))
            .find(|pending| pending.read.event.is_some())
            .or_else(|| Some(last.read(delivery, details)))
    }
}

/// [`Handlers`] that can be downcast to those of their family.
pub(crate) trait ErasedHandlers<S>: Handlers<S> {
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}

impl<S: 'static, T: Handlers<S> + 'static> ErasedHandlers<S> for T {
    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

impl<S> std::fmt::Debug for Route<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Route")
            .field("verifier", &self.verifier)
            .field("families", &self.handlers.len())
            .field("methods", &self.methods)
            .field("on_failure", &self.on_failure)
            .finish_non_exhaustive()
    }
}
