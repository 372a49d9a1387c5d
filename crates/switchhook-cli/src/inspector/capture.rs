//! Watches an endpoint: keeps each request with its response and what the dispatcher told.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Instant, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response, request::Parts};
use switchhook::{
    Rejection,
    dispatch::{BoxFuture, Disposition, Endpoint, Outcome, Refusal},
};

use super::{
    Inspector,
    doctor::{Finding, ListenDoctor},
    exchange::{Arrived, Origin, Told, Try},
};

tokio::task_local! {
    /// The request that is being answered, for the observer, who only hears of its outcome.
    static UNDER_WAY: UnderWay;
}

struct UnderWay {
    request: Request<Bytes>,
    told: Mutex<Option<Told>>,
}

/// An endpoint whose requests are watched.
pub(crate) struct Watched<E> {
    endpoint: E,
    inspector: Option<Arc<Inspector>>,
}

/// The number under which the inspector keeps a request, in the extensions of its response.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub(crate) u64);

impl<E> Watched<E> {
    /// Without an inspector nothing is kept, and the doctor sees requests all the same.
    pub(crate) fn new(endpoint: E, inspector: Option<Arc<Inspector>>) -> Self {
        Self { endpoint, inspector }
    }

    fn keep(&self, at: SystemTime, started: Instant, seen: UnderWay, answer: &mut Response<Bytes>) {
        let Some(inspector) = &self.inspector else { return };
        let UnderWay { mut request, told } = seen;
        let origin = request.extensions_mut().remove().unwrap_or_default();
        let told = told.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or_default();
        let (elapsed, response) = (started.elapsed(), answer.clone());
        let arrived = Arrived { at, origin, request, response, elapsed, told };
        answer.extensions_mut().insert(Number(inspector.keep(arrived)));
    }
}

impl<E: Endpoint> Endpoint for Watched<E> {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        Box::pin(async move {
            let (at, started) = (SystemTime::now(), Instant::now());
            let seen = UnderWay { request: request.clone(), told: Mutex::default() };
            let mut scope = Box::pin(UNDER_WAY.scope(seen, self.endpoint.serve(request)));
            let mut answer = scope.as_mut().await;
            if let Some(seen) = scope.as_mut().take_value() {
                self.keep(at, started, seen, &mut answer);
            }
            answer
        })
    }

    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        match self.endpoint.check(head) {
            // Its body tells why it came: it is read, within the limit, and refused then.
            Err(Refusal::Unproven(Rejection::SignatureMissing | Rejection::SignatureMalformed))
                if self.inspector.is_some() =>
            {
                Ok(switchhook::Limits::default().body_bytes)
            }
            checked => checked,
        }
    }

    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        let (at, started) = (SystemTime::now(), Instant::now());
        let request = Request::from_parts(head.clone(), Bytes::new());
        let mut seen = UnderWay { request, told: Mutex::default() };
        let told = Told { refusal: Some(refusal), ..Told::default() };
        let mut answer = self.endpoint.refuse(head, refusal);
        seen.told = Mutex::new(Some(told));
        self.keep(at, started, seen, &mut answer);
        answer
    }
}

/// What listens to the dispatcher: asks the doctor, prints, and tells the inspector.
#[derive(Clone)]
pub(crate) struct Observer {
    print: Arc<Print>,
    doctor: Arc<ListenDoctor>,
    inspector: Option<Arc<Inspector>>,
}

type Print = dyn Fn(&Outcome<'_>, Option<&Finding>) + Send + Sync;

impl Observer {
    pub(crate) fn new(
        print: impl Fn(&Outcome<'_>, Option<&Finding>) + Send + Sync + 'static,
        doctor: Arc<ListenDoctor>,
        inspector: Option<Arc<Inspector>>,
    ) -> Self {
        Self { print: Arc::new(print), doctor, inspector }
    }

    pub(crate) fn see(&self, outcome: &Outcome<'_>) {
        let finding = match outcome.refusal {
            Some(Refusal::Unproven(rejection)) => UNDER_WAY
                .try_with(|seen| self.doctor.examine(rejection, &seen.request))
                .unwrap_or_default(),
            _ => None,
        };
        (self.print)(outcome, finding.as_deref());
        if let Disposition::Redelivered(attempt) = outcome.disposition {
            self.tell_of_try(attempt, outcome);
            return;
        }
        let _ = UNDER_WAY.try_with(|seen| {
            let mut told = seen.told.lock().unwrap_or_else(PoisonError::into_inner);
            *told = Some(Told::of(outcome, finding));
        });
    }

    fn tell_of_try(&self, attempt: u32, outcome: &Outcome<'_>) {
        let (Some(inspector), Some(id)) = (&self.inspector, outcome.id) else { return };
        let again = Try {
            attempt,
            at: SystemTime::now(),
            elapsed: outcome.elapsed,
            failure: outcome.failure.map(ToString::to_string),
        };
        inspector.ring.tried(id, again);
    }
}

/// What an origin is carried in, on its way to the endpoint.
pub(crate) fn with_origin(mut request: Request<Bytes>, origin: Origin) -> Request<Bytes> {
    request.extensions_mut().insert(origin);
    request
}
