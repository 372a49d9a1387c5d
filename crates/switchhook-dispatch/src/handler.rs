//! Functions as handlers: the event first, extractors after it, sync or async.

use std::future::{Future, ready};

use bytes::Bytes;
use http::Response;

use crate::{BoxFuture, Context, FromContext, IntoReply, Reply};

/// A function that handles an event.
///
/// It takes the event, then up to six [extractors](FromContext), and returns an
/// [`IntoReply`] or a future of one that the route's kind `K` can use. Closures, functions and
/// `async` ones alike; the marker `M` tells them apart and is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler of `{E}` on a route of the kind `{K}`",
    note = "a handler takes the event first, then extractors, and returns (or resolves to) \
            something that implements `IntoReply` for the route's kind: on `notify` routes `()` \
            or a status, on `interactive` ones TwiML, SWML, a decision, a text"
)]
pub trait Handler<E, S, K, M>: Send + Sync + 'static {
    /// Handles the event.
    fn call<'a>(&'a self, event: E, context: &Context<'_, S>) -> BoxFuture<'a, Reply>;

    /// What a failure is answered with, where the route does not say.
    fn fallback(&self) -> Option<Response<Bytes>>;
}

/// Marks handlers that return a value.
#[doc(hidden)]
#[derive(Debug)]
pub enum Returns {}

/// Marks handlers that return a future.
#[doc(hidden)]
#[derive(Debug)]
pub enum Resolves {}

macro_rules! handlers {
    ($($extractor:ident),*) => {
        #[allow(non_snake_case, unused_variables, reason = "the shortest arity takes none")]
        impl<F, E, S, K, R, $($extractor,)*> Handler<E, S, K, (Returns, $($extractor,)*)> for F
        where
            F: Fn(E, $($extractor,)*) -> R + Send + Sync + 'static,
            R: IntoReply<K>,
            $($extractor: FromContext<S>,)*
        {
            fn call<'a>(&'a self, event: E, context: &Context<'_, S>) -> BoxFuture<'a, Reply> {
                $( let $extractor = match $extractor::from_context(context) {
                    Ok(value) => value,
                    Err(error) => return Box::pin(ready(Err(error.into()))),
                }; )*
                Box::pin(ready(self(event, $($extractor,)*).into_reply()))
            }

            fn fallback(&self) -> Option<Response<Bytes>> {
                R::fallback()
            }
        }

        #[allow(non_snake_case, unused_variables, reason = "the shortest arity takes none")]
        impl<F, E, S, K, T, $($extractor,)*> Handler<E, S, K, (Resolves, $($extractor,)*)> for F
        where
            F: Fn(E, $($extractor,)*) -> T + Send + Sync + 'static,
            T: Future<Output: IntoReply<K>> + Send + 'static,
            $($extractor: FromContext<S>,)*
        {
            fn call<'a>(&'a self, event: E, context: &Context<'_, S>) -> BoxFuture<'a, Reply> {
                $( let $extractor = match $extractor::from_context(context) {
                    Ok(value) => value,
                    Err(error) => return Box::pin(ready(Err(error.into()))),
                }; )*
                let running = self(event, $($extractor,)*);
                Box::pin(async move { running.await.into_reply() })
            }

            fn fallback(&self) -> Option<Response<Bytes>> {
                <T::Output as IntoReply<K>>::fallback()
            }
        }
    };
}

handlers!();
handlers!(A1);
handlers!(A1, A2);
handlers!(A1, A2, A3);
handlers!(A1, A2, A3, A4);
handlers!(A1, A2, A3, A4, A5);
handlers!(A1, A2, A3, A4, A5, A6);
