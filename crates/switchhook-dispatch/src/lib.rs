#![doc = include_str!("../README.md")]
//!
//! ## The way of a request
//!
//! | step | what refuses it | status |
//! |---|---|---|
//! | path | no route | 404 |
//! | limits | method, content type or encoding, length, an early or a late end | 405, 415, 413, 400, 408 |
//! | guards | credentials, a secret or the address | 401 with `WWW-Authenticate`, 403 |
//! | decode | a body that says it is JSON and is not; more than the limits allow | 400, 413 |
//! | verify | the signature does not prove the request | 403, empty body |
//! | event | malformed, and no handler takes malformed ones | 422 |
//! | claim | with an inbox: see below | 503 |
//! | handler | an error, a panic, the end of its [budget](Route::budget) | as the route says |
//! | reply | | what the handler returned |
//!
//! A form or JSON is taken apart, within its limits, before its signature is checked: the one of a
//! form is over its parameters. No event is made of it before that. Adapters have the head looked
//! at first (path, method, type, length, guards, the form of the signature), so that the body of
//! what is refused is never read; with the body, [`serve`](Endpoint::serve) asks all of it again.
//!
//! The verifier is a route's policy about signatures: required as a rule, optional by
//! [`Verifier::trust_unsigned`](switchhook_signature::Verifier::trust_unsigned), off by
//! [`Verifier::trust_without_verification`](switchhook_signature::Verifier::trust_without_verification).
//! A handler that asks for an `Option<Match>` sees whether its delivery was verified, and by
//! what.
//!
//! An event that no handler takes is acknowledged with 204: a provider that adds an event
//! must not see errors.
//!
//! ## Two kinds of routes
//!
//! | | [`interactive`] | [`notify`] |
//! |---|---|---|
//! | the provider | waits for TwiML, SWML, a decision | wants a 2xx |
//! | a handler returns | a reply | nothing, or a status |
//! | with an [inbox](Dispatcher::inbox) | handled at once; a duplicate gets the same reply again | kept, acknowledged, handled by a worker |
//! | a handler fails | 500, or the route's fallback; a decision lets pass | 500; from an inbox: tried again later |
//! | the inbox fails | answered all the same | 503 |
//!
//! The compiler tells them apart: an interactive route takes no handler that returns nothing, and
//! a notify route none that returns TwiML.
//!
//! What an application is to do later, such as to tell another service, is a delivery that it gives
//! itself: see [`follow_up`], and [`Outbox`] for JSON that is posted to a URL.
//!
//! Stores and the worker are in `switchhook-inbox`; what adapters to HTTP stacks share is in
//! [`adapter`].

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "actix")]
mod actix;
pub mod adapter;
mod arrival;
mod context;
#[cfg(feature = "twilio-conversations")]
mod conversations;
mod dispatcher;
mod endpoint;
mod events;
mod follow_up;
mod handler;
mod kind;
mod ledger;
mod outbox;
mod outcome;
mod redeliver;
mod reply;
mod route;
mod rules;
#[cfg(feature = "tower")]
mod service;
mod sessions;
mod store;
#[cfg(feature = "swml")]
mod swml;
mod timer;
#[cfg(feature = "twiml")]
mod twiml;

use std::{future::Future, pin::Pin};

#[cfg(feature = "tower")]
pub use self::service::DispatchService;
pub use self::{
    context::{Attempt, Context, FromContext, FromRef, IdempotencyToken, NoInbox, State},
    dispatcher::Dispatcher,
    endpoint::Endpoint,
    follow_up::follow_up,
    handler::Handler,
    kind::{Interactive, Notify, RouteKind},
    outbox::{Outbox, Outgoing, outgoing},
    outcome::{Disposition, Failure, Outcome, Read, Refusal},
    redeliver::{Permanent, Redeliver, Undelivered},
    reply::{IntoReply, Reply},
    route::{FailurePolicy, Route, interactive, notify},
    sessions::Sessions,
    store::{
        Accepted, Claim, DeliveryId, Incoming, ParseDeliveryIdError, Store, StoreError,
        StoreErrorKind,
    },
};

/// A boxed future, as object-safe traits need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error of a handler.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
