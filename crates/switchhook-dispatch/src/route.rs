//! Routes as they are put together.

use std::{any::TypeId, fmt, marker::PhantomData, time::Duration};

use bytes::Bytes;
use http::{Method, Response, StatusCode};
use switchhook_core::{Family, FromFamily, Limits};
use switchhook_signature::{Guard, Verifier};

use crate::{
    Handler, Interactive, IntoReply, Notify, RouteKind, events::FamilyHandlers, reply::empty,
    rules::Rules,
};

/// A route for notifications: the provider wants a 2xx and ignores the body.
///
/// With an [inbox](crate::Dispatcher::inbox) it answers as soon as the delivery is kept, and
/// the inbox's worker calls the handler; without one, when the handler is done.
///
/// ```
/// # use switchhook_dispatch::notify;
/// # use switchhook_signature::Verifier;
/// # use switchhook_twilio_video::RoomEnded;
/// # fn route(verifier: Verifier) -> switchhook_dispatch::Route<()> {
/// notify(verifier).on(|ended: RoomEnded| println!("{} is over", ended.room_sid))
/// # }
/// ```
pub fn notify<S>(verifier: Verifier) -> Route<S, Notify> {
    Route::new(verifier)
}

/// A route whose provider waits for an answer: TwiML, SWML, a decision about a pre-event.
///
/// With an [inbox](crate::Dispatcher::inbox) a delivery that comes twice is answered twice with
/// the same reply and handled once; of two at the same time the second waits for the first. Two
/// are the same when their URL and content are the same, and their `I-Twilio-Idempotency-Token`
/// where they have one. A reply to a request with a token is kept for ten minutes, any other for
/// as long as the provider waits for an answer. A caller who presses the same key twice in that
/// time sends the same content: where that matters, put a number that grows into the query of the
/// next action's URL.
///
/// A handler has nine tenths of the time that the provider waits, see
/// [`budget`](Route::budget).
///
/// ```
/// # use switchhook_dispatch::{interactive, Interactive, Route};
/// # use switchhook_signature::Verifier;
/// # use switchhook_twilio_video::RoomCreated;
/// # fn route(verifier: Verifier) -> Route<(), Interactive> {
/// interactive(verifier).handle(async |created: RoomCreated| format!("hello {}", created.room_sid))
/// # }
/// ```
pub fn interactive<S>(verifier: Verifier) -> Route<S, Interactive> {
    Route::new(verifier)
}

/// One path of a [`Dispatcher`](crate::Dispatcher): who may call it, and who handles what.
///
/// Made by [`notify`] or [`interactive`]; the kind decides what handlers may return. A verifier
/// of [`trust_without_verification`](Verifier::trust_without_verification) makes a route that
/// believes every request.
///
/// Of several handlers for an event the closest fit is called: the event's own type before
/// its group, `Unknown` and `Malformed` before the family's enum. Of two that fit alike, the
/// later one.
pub struct Route<S, K = Notify> {
    pub(crate) rules: Rules<S>,
    kind: PhantomData<fn() -> K>,
}

/// What a handler's error or panic is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailurePolicy {
    /// 500, so that a provider which retries sends it again.
    #[default]
    Retry,
    /// 204, so that nothing is sent again. With an [inbox](crate::Dispatcher::inbox) the
    /// delivery is kept among its dead letters, at its first failure.
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

impl<S, K: RouteKind> Route<S, K> {
    pub(crate) fn new(verifier: Verifier) -> Self {
        Self { rules: Rules::new(verifier, K::INTERACTIVE), kind: PhantomData }
    }
}

impl<S: Send + Sync + 'static, K: RouteKind> Route<S, K> {
    /// Registers a handler for the deliveries that the type of its first argument takes. The
    /// route then accepts the content types of its family.
    #[must_use]
    pub fn on<E, H, M>(mut self, handler: H) -> Self
    where
        E: FromFamily,
        H: Handler<E, S, K, M>,
        M: 'static,
    {
        self.of_family(|handlers| handlers.insert::<E, H, K, M>(handler));
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
        H: Handler<E, S, K, M>,
        M: 'static,
    {
        self.of_family(|handlers| {
            handlers.name::<E>();
            handlers.insert::<E, H, K, M>(handler);
        });
        self
    }

    /// The handlers of a family, which are made when there are none.
    fn of_family<F: Family>(&mut self, change: impl FnOnce(&mut FamilyHandlers<F, S>)) {
        let rules = &mut self.rules;
        let family = TypeId::of::<F>();
        let found = rules.handlers.iter().position(|handlers| handlers.family() == family);
        let place = found.unwrap_or_else(|| {
            rules.handlers.push(Box::new(FamilyHandlers::<F, S>::new()));
            rules.content_types.extend(F::CONTENT_TYPES);
            rules.handlers.len() - 1
        });
        let handlers: &mut dyn std::any::Any = rules.handlers[place].as_any();
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
        H: Handler<F, S, K, M>,
        M: 'static,
    {
        self.on(handler)
    }

    /// Also accepts GET, whose parameters are in the query.
    #[must_use]
    pub fn allow_get(mut self) -> Self {
        self.rules.methods.push(Method::GET);
        self
    }

    /// Refuses requests over other limits than the default ones.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.rules.verifier = self.rules.verifier.with_limits(limits);
        self
    }

    /// Puts a guard before the signature of this route, after those that its verifier has.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.rules.verifier = self.rules.verifier.guard(guard);
        self
    }

    /// Gives each request this long, from its arrival to its answer. A handler that takes longer
    /// is dropped where it waits, and that counts as a failure.
    ///
    /// Unless told otherwise, nine tenths of the time that the provider waits: of 15 s as a
    /// rule, of 5 s for Conversations and SignalWire. Settings of one's own at the provider, such as
    /// `#rt=5000` in a webhook's URL, ask for a budget of one's own here. The worker of an inbox
    /// has a limit of its own.
    #[must_use]
    pub fn budget(mut self, budget: Duration) -> Self {
        self.rules.budget = Some(budget);
        self
    }

    /// Answers failures of handlers in this way.
    ///
    /// On a notify route with an inbox nobody waits for the answer: [`FailurePolicy::Retry`] then
    /// leaves it to the worker when to try again.
    ///
    /// It is [`FailurePolicy::Retry`] unless told otherwise, except for handlers that return a
    /// decision about a pre-event of Conversations: there an error would block what a user is
    /// about to do, so it is let through, and kept among the dead letters where there is an
    /// inbox.
    #[must_use]
    pub fn on_failure(mut self, policy: FailurePolicy) -> Self {
        self.rules.on_failure = Some(policy);
        self
    }

    /// Answers failures of handlers, and events that cannot be used, with this reply: a
    /// fallback document, or what an AI reads out when its function went wrong.
    ///
    /// On a notify route with an inbox nobody reads it. A reply with a status of success ends the matter for the provider: with an inbox, the
    /// delivery is kept among its dead letters.
    ///
    /// ```
    /// # use switchhook_dispatch::{interactive, Interactive, Route};
    /// # use switchhook_signature::Verifier;
    /// # fn route(verifier: Verifier) -> Route<(), Interactive> {
    /// interactive(verifier).answer_failures_with("{\"response\":\"That did not work.\"}")
    /// # }
    /// ```
    #[must_use]
    pub fn answer_failures_with(mut self, reply: impl IntoReply<K>) -> Self {
        // A document that cannot be written leaves the policy's own answer.
        self.rules.failure_reply = reply.into_reply().ok();
        self
    }
}

impl<S: Send + Sync + 'static> Route<S, Notify> {
    /// Skips a delivery that comes after a newer one about the same thing: a `ringing` after
    /// the `completed` of a call.
    ///
    /// What is newer, the event's [order](switchhook_core::EventData::order) says; what has none
    /// is handled. Meant for routes of statuses: of a room's events each tells something of
    /// its own, and none should be skipped. Deliveries about one thing are then handled one
    /// after the other. A skipped one stays in the inbox, as done.
    ///
    /// Needs an [inbox](crate::Dispatcher::inbox): without one the route answers 503.
    #[must_use]
    pub fn skip_outdated(mut self) -> Self {
        self.rules.skips_outdated = true;
        self
    }

    /// Keeps unknown events that no handler takes among the dead letters, rather than be done with
    /// them: for a URL that is set up for certain events, where anything else means that a setting
    /// at the provider is wrong.
    ///
    /// Without an [inbox](crate::Dispatcher::inbox) it is answered as any failure.
    #[must_use]
    pub fn review_unknown(mut self) -> Self {
        self.rules.reviews_unknown = true;
        self
    }

    /// Answers with this instead of 204, for senders that want to read something.
    ///
    /// ```
    /// # use switchhook_dispatch::{notify, Route};
    /// # use switchhook_signature::Verifier;
    /// # fn route(verifier: Verifier) -> Route<()> {
    /// notify(verifier).acknowledge_with("{\"status\":\"received\"}", "application/json")
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the content type has characters that no header may have.
    #[must_use]
    pub fn acknowledge_with(mut self, body: impl Into<Bytes>, content_type: &'static str) -> Self {
        self.rules.acknowledgement = crate::reply::typed(content_type, body.into());
        self
    }
}

/// 204, what a notification is answered with.
pub(crate) fn acknowledgement() -> Response<Bytes> {
    empty(StatusCode::NO_CONTENT)
}

impl<S, K> fmt::Debug for Route<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rules.fmt(f)
    }
}
