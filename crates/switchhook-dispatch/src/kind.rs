//! The two kinds of routes.

use std::fmt;

/// Marks routes whose provider waits for an answer: TwiML, SWML, a decision.
///
/// See [`interactive`](crate::interactive).
#[derive(Clone, Copy)]
pub enum Interactive {}

/// Marks routes whose provider tells of something and wants a 2xx, no more.
///
/// See [`notify`](crate::notify).
#[derive(Clone, Copy)]
pub enum Notify {}

/// What a [`Route`](crate::Route) is for: [`Interactive`] or [`Notify`].
pub trait RouteKind: sealed::Sealed + Send + Sync + 'static {
    /// Whether the provider waits for an answer.
    const INTERACTIVE: bool;
}

impl RouteKind for Interactive {
    const INTERACTIVE: bool = true;
}

impl RouteKind for Notify {
    const INTERACTIVE: bool = false;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Interactive {}
    impl Sealed for super::Notify {}
}

impl fmt::Debug for Interactive {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl fmt::Debug for Notify {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}
