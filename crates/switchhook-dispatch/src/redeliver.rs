//! Deliveries that come from an inbox.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use crate::{
    BoxError, BoxFuture, Dispatcher, Disposition, Failure, FailurePolicy,
    dispatcher::{Claimed, Trace},
    rules::Rules,
};

/// Something that handles deliveries which an inbox has kept; a [`Dispatcher`] does.
pub trait Redeliver: Send + Sync {
    /// Handles a kept delivery: verifies it again, reads it, calls the handler, within the
    /// `budget`. `attempt` counts the tries from 1.
    ///
    /// # Errors
    ///
    /// [`Undelivered`], which knows whether another try makes sense.
    fn redeliver(
        &self,
        request: Request<Bytes>,
        attempt: u32,
        budget: Duration,
    ) -> BoxFuture<'_, Result<(), Undelivered>>;
}

impl<T: Redeliver + ?Sized> Redeliver for Arc<T> {
    fn redeliver(
        &self,
        request: Request<Bytes>,
        attempt: u32,
        budget: Duration,
    ) -> BoxFuture<'_, Result<(), Undelivered>> {
        (**self).redeliver(request, attempt, budget)
    }
}

impl<S: Send + Sync + 'static> Redeliver for Dispatcher<S> {
    fn redeliver(
        &self,
        request: Request<Bytes>,
        attempt: u32,
        budget: Duration,
    ) -> BoxFuture<'_, Result<(), Undelivered>> {
        Box::pin(async move {
            let started = self.clock();
            let (head, body) = request.into_parts();
            let disposition = Disposition::Redelivered(attempt);
            let mut trace = Trace { disposition, ..Trace::default() };
            let result = match self.admit(&head, &body) {
                Ok((route, delivery)) => {
                    let delivery = Arc::new(delivery);
                    trace.delivery = Some(Arc::clone(&delivery));
                    let pending = route.read(&delivery, true);
                    trace.read = Some(pending.read.clone());
                    let request = Claimed { route, head: &head, delivery, pending };
                    let id = request.id();
                    trace.id = Some(id);
                    let reply = self.run(request, Some(id), attempt, budget).await;
                    route.settled(reply)
                }
                Err(refusal) => {
                    trace.refusal = Some(refusal);
                    let text = format!("refused when it was to be handled: {refusal}");
                    Err((Failure::Error(text.into()), false))
                }
            };
            let (status, result) = match result {
                Ok(status) => (status, Ok(())),
                Err((failure, permanent)) => {
                    let mut undelivered = Undelivered::of(&failure);
                    undelivered.permanent |= permanent;
                    trace.failure = Some(failure);
                    (StatusCode::INTERNAL_SERVER_ERROR, Err(undelivered))
                }
            };
            self.tell(&head, &trace, status, started);
            result
        })
    }
}

impl<S> Rules<S> {
    /// Whether a kept delivery is done with this reply; else why not, and whether for good.
    ///
    /// Of an interactive route nobody reads the reply any more, so a rejection is an answer as
    /// any other.
    fn settled(
        &self,
        reply: Result<Option<Response<Bytes>>, Failure>,
    ) -> Result<StatusCode, (Failure, bool)> {
        let for_good = self.on_failure == Some(FailurePolicy::AckAlways);
        if self.handlers.is_empty() {
            return Err((Failure::Error("the route has no handlers".into()), false));
        }
        let status = reply.map_err(|failure| (failure, for_good))?.unwrap_or_default().status();
        if status.is_server_error() || !self.interactive && status.is_client_error() {
            return Err((
                Failure::Error(format!("the handler answered {status}").into()),
                for_good,
            ));
        }
        Ok(status)
    }
}

/// Why a kept delivery was not handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    text: Box<str>,
    permanent: bool,
}

impl Undelivered {
    /// How many characters of an error are kept.
    const LONGEST: usize = 2000;

    /// A failure that another try may mend.
    pub fn new(text: impl fmt::Display) -> Self {
        Self { text: text.to_string().into(), permanent: false }
    }

    /// Whether no other try will mend it: the delivery is a dead letter.
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }

    /// The same failure, which no other try will mend.
    #[must_use]
    pub fn permanent(self) -> Self {
        Self { permanent: true, ..self }
    }

    pub(crate) fn of(failure: &Failure) -> Self {
        let Failure::Error(error) = failure else {
            let undelivered = Self::new(failure);
            return if let Failure::Malformed(_) = failure {
                undelivered.permanent()
            } else {
                undelivered
            };
        };
        // With the causes: nobody sees this but the operator.
        let mut text = error.to_string();
        let mut permanent = false;
        let mut cause = error.source();
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            permanent |= error.is::<Cause>();
            cause = error.source();
        }
        Self { text: text.chars().take(Self::LONGEST).collect::<String>().into(), permanent }
    }
}

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Undelivered {}

/// An error of a handler that no other try will mend: from an inbox, its delivery becomes a
/// dead letter at once.
///
/// ```
/// use switchhook_dispatch::Permanent;
///
/// fn seconds(text: &str) -> Result<u32, Permanent> {
///     text.parse().map_err(Permanent::new)
/// }
/// assert!(seconds("many").is_err());
/// ```
#[derive(Debug)]
pub struct Permanent(Cause);

impl Permanent {
    /// Marks an error so.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self(Cause(error.into()))
    }
}

impl fmt::Display for Permanent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not to be tried again")
    }
}

impl std::error::Error for Permanent {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// What is marked. Wrappers of errors hide the type of what they hold, and not that of its
/// cause, so the mark is the cause.
#[derive(Debug)]
struct Cause(BoxError);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
