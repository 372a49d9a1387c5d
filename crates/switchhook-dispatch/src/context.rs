//! What a handler may ask for beside its event.

use std::{convert::Infallible, fmt, sync::Arc};

use http::request::Parts;
use switchhook_core::Delivery;
use switchhook_signature::{Match, Verified};

use crate::{BoxError, DeliveryId, outbox::Letterbox};

/// What is known of a delivery while it is handled.
#[derive(Clone, Copy)]
pub struct Context<'a, S> {
    pub(crate) head: &'a Parts,
    pub(crate) delivery: &'a Arc<Verified<Delivery>>,
    pub(crate) state: &'a S,
    pub(crate) id: Option<DeliveryId>,
    pub(crate) attempt: u32,
    pub(crate) outbox: Option<Letterbox<'a>>,
}

impl<'a, S> Context<'a, S> {
    /// The head of the request. No signature covers its headers.
    pub fn head(&self) -> &'a Parts {
        self.head
    }

    /// The verified delivery.
    pub fn delivery(&self) -> &'a Arc<Verified<Delivery>> {
        self.delivery
    }

    /// What the delivery is known by; `None` where nobody keeps it: without an inbox.
    pub fn id(&self) -> Option<DeliveryId> {
        self.id
    }

    /// Which attempt to handle the delivery this is, counted from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The state that the dispatcher was made with.
    pub fn state(&self) -> &'a S {
        self.state
    }
}

/// Shows the delivery's sizes: the head has the signature and may have a query of phone
/// numbers.
impl<S> fmt::Debug for Context<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("delivery", self.delivery).finish_non_exhaustive()
    }
}

/// Something that a handler can take after its event.
#[diagnostic::on_unimplemented(
    message = "a handler cannot ask for `{Self}`",
    note = "after the event a handler takes extractors: `State<T>`, `DeliveryId`, `Attempt`, \
            `IdempotencyToken`, `Outbox`, `Option<Match>`, `Arc<Verified<Delivery>>`, or types \
            that implement `FromContext`"
)]
pub trait FromContext<S>: Sized {
    /// Why it cannot be had; counts as the handler's failure.
    type Error: Into<BoxError>;

    /// Takes it out of the context.
    ///
    /// # Errors
    ///
    /// As the type says.
    fn from_context(context: &Context<'_, S>) -> Result<Self, Self::Error>;
}

/// The dispatcher's state, or a part of it: see [`FromRef`].
#[derive(Clone, Copy, Debug)]
pub struct State<T>(pub T);

impl<S, T: FromRef<S>> FromContext<S> for State<T> {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(Self(T::from_ref(context.state)))
    }
}

/// A part of a state that handlers ask for by [`State`].
///
/// ```
/// use switchhook_dispatch::FromRef;
///
/// #[derive(Clone)]
/// struct Db;
/// struct App { db: Db }
///
/// impl FromRef<App> for Db {
///     fn from_ref(app: &App) -> Db {
///         app.db.clone()
///     }
/// }
/// ```
pub trait FromRef<S> {
    /// Takes the part out of the whole, usually by cloning a handle.
    fn from_ref(state: &S) -> Self;
}

impl<T: Clone> FromRef<T> for T {
    fn from_ref(state: &T) -> T {
        state.clone()
    }
}

/// `I-Twilio-Idempotency-Token`: the same on every retry of one delivery, absent on some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyToken(pub Option<String>);

impl<S> FromContext<S> for IdempotencyToken {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(Self(context.delivery.idempotency_token().map(Into::into)))
    }
}

/// Which attempt to handle a delivery this is, counted from 1: above 1 only with an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub u32);

impl<S> FromContext<S> for Attempt {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(Self(context.attempt))
    }
}

/// What the delivery is known by in the inbox, the same for every try and every duplicate. A
/// failure without an inbox; ask for `Option<DeliveryId>` where there may be none.
impl<S> FromContext<S> for DeliveryId {
    type Error = NoInbox;

    fn from_context(context: &Context<'_, S>) -> Result<Self, NoInbox> {
        context.id.ok_or(NoInbox)
    }
}

/// What the delivery is known by in the inbox; `None` without an inbox.
impl<S> FromContext<S> for Option<DeliveryId> {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(context.id)
    }
}

/// A handler asked for what only an inbox has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoInbox;

impl fmt::Display for NoInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the handler asks for what only a dispatcher with an inbox has")
    }
}

impl std::error::Error for NoInbox {}

/// How the signature of the delivery matched; `None` where it was trusted without one, as
/// some routes' policy is.
impl<S> FromContext<S> for Option<Match> {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(context.delivery.signature().cloned())
    }
}

/// The delivery itself: raw body, URL, parameters, and how its signature matched.
impl<S> FromContext<S> for Arc<Verified<Delivery>> {
    type Error = Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Infallible> {
        Ok(Arc::clone(context.delivery))
    }
}
