//! Watches an endpoint: keeps each request with its response and what the dispatcher told.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    doctor::{Case, Examined, Finding, ListenDoctor},
    exchange::{Arrived, Origin, Told, Try},
};

tokio::task_local! {
    /// The request that is being answered, for the observer, who only hears of its outcome.
    static UNDER_WAY: UnderWay;
}

struct UnderWay {
    request: Request<Bytes>,
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    told: Option<Told>,
    /// What is still to be examined.
    unsaid: Option<Unsaid>,
}

/// A line that waits for the doctor's finding.
struct Unsaid {
    rejection: Rejection,
    say: Say,
}

/// Prints a line, with what the doctor found.
pub(crate) type Say = Box<dyn FnOnce(Option<&Finding>) + Send>;

impl UnderWay {
    fn new(request: Request<Bytes>) -> Self {
        Self { request, heard: Mutex::default() }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An endpoint whose requests are watched.
pub(crate) struct Watched<E> {
    endpoint: E,
    doctor: Arc<ListenDoctor>,
    inspector: Option<Arc<Inspector>>,
}

/// The number under which the inspector keeps a request, in the extensions of its response.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub(crate) u64);

impl<E> Watched<E> {
    /// Without an inspector nothing is kept, and the doctor sees requests all the same.
    pub(crate) fn new(
        endpoint: E,
        doctor: Arc<ListenDoctor>,
        inspector: Option<Arc<Inspector>>,
    ) -> Self {
        Self { endpoint, doctor, inspector }
    }

    /// Keeps what was answered, and has the doctor look at it where it was refused.
    fn end(&self, at: SystemTime, started: Instant, seen: UnderWay, answer: &mut Response<Bytes>) {
        let UnderWay { request, heard } = seen;
        let Heard { told, unsaid } = heard.into_inner().unwrap_or_else(PoisonError::into_inner);
        let case = unsaid.map(|unsaid| (unsaid, request.clone()));
        let number = self.inspector.as_ref().map(|inspector| {
            let mut request = request;
            let origin = request.extensions_mut().remove().unwrap_or_default();
            let (elapsed, response) = (started.elapsed(), answer.clone());
            let told = told.unwrap_or_default();
            inspector.keep(Arrived { at, origin, request, response, elapsed, told })
        });
        if let Some(number) = number {
            answer.extensions_mut().insert(Number(number));
        }
        if let Some((unsaid, request)) = case {
            self.have_examined(unsaid, request, number);
        }
    }

    /// The answer does not wait for it; the line and the page do.
    fn have_examined(&self, unsaid: Unsaid, request: Request<Bytes>, number: Option<u64>) {
        let Unsaid { rejection, say } = unsaid;
        let inspector = self.inspector.clone();
        let told = move |examined: Option<Examined>| {
            let examined = examined.map(Arc::new);
            if let (Some(inspector), Some(number), Some(examined)) = (inspector, number, &examined)
            {
                inspector.ring.examined(number, examined);
            }
            say(examined.as_ref().and_then(|examined| examined.finding.as_ref()));
        };
        self.doctor.take_on(Case { rejection, request, told: Box::new(told) });
    }
}

impl<E: Endpoint> Endpoint for Watched<E> {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        Box::pin(async move {
            let (at, started) = (SystemTime::now(), Instant::now());
            let seen = UnderWay::new(request.clone());
            let mut scope = Box::pin(UNDER_WAY.scope(seen, self.endpoint.serve(request)));
            let mut answer = scope.as_mut().await;
            if let Some(seen) = scope.as_mut().take_value() {
                self.end(at, started, seen, &mut answer);
            }
            answer
        })
    }

    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        match self.endpoint.check(head) {
            // Its body tells why it came, and the doctor needs it: it is read, within the limit,
            // and refused then.
            Err(Refusal::Unproven(
                Rejection::SignatureMissing | Rejection::SignatureMalformed | Rejection::Url(_),
            )) if self.doctor.is_there() => Ok(switchhook::Limits::default().body_bytes),
            checked => checked,
        }
    }

    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        let (at, started) = (SystemTime::now(), Instant::now());
        let request = Request::from_parts(head.clone(), Bytes::new());
        let seen = UnderWay::new(request);
        let mut answer = self.endpoint.refuse(head, refusal);
        seen.heard().told = Some(Told { refusal: Some(refusal), ..Told::default() });
        self.end(at, started, seen, &mut answer);
        answer
    }
}

/// What listens to the dispatcher: prints, or leaves that to the doctor, and tells the inspector.
#[derive(Clone)]
pub(crate) struct Observer {
    print: Arc<Print>,
    doctor: Arc<ListenDoctor>,
    inspector: Option<Arc<Inspector>>,
}

type Print = dyn Fn(&Outcome<'_>) -> Say + Send + Sync;

impl Observer {
    pub(crate) fn new(
        print: impl Fn(&Outcome<'_>) -> Say + Send + Sync + 'static,
        doctor: Arc<ListenDoctor>,
        inspector: Option<Arc<Inspector>>,
    ) -> Self {
        Self { print: Arc::new(print), doctor, inspector }
    }

    pub(crate) fn see(&self, outcome: &Outcome<'_>) {
        self.print(outcome);
        if let Disposition::Redelivered(attempt) = outcome.disposition {
            self.tell_of_try(attempt, outcome);
            return;
        }
        let _ = UNDER_WAY.try_with(|seen| {
            seen.heard().told = Some(Told::of(outcome));
        });
    }

    /// Prints at once, unless there is something to examine first.
    fn print(&self, outcome: &Outcome<'_>) {
        let mut say = Some((self.print)(outcome));
        if let Some(Refusal::Unproven(rejection)) = outcome.refusal
            && self.doctor.is_there()
        {
            let _ = UNDER_WAY.try_with(|seen| {
                seen.heard().unsaid = say.take().map(|say| Unsaid { rejection, say });
            });
        }
        if let Some(say) = say {
            say(None);
        }
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

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use switchhook::{
        Hosts, Keys, PublicUrl, Verifier,
        dispatch::{Dispatcher, notify},
    };

    use super::*;
    use crate::families::{FAMILIES, Sent};

    /// A burst of forged requests is answered while the doctor is busy with something else, and
    /// so many of it are looked at.
    #[test]
    fn answers_do_not_wait_for_the_doctor() {
        const COUNT: usize = 30;
        let verifier = Verifier::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
        let doctor = Arc::new(ListenDoctor::new(&verifier, []));
        let (said, lines) = mpsc::channel();
        let print = move |_: &Outcome<'_>| -> Say {
            let said = said.clone();
            Box::new(move |finding| said.send(finding.map(|found| found.code)).unwrap())
        };
        let observer = Observer::new(print, Arc::clone(&doctor), None);
        let hooks = Dispatcher::new(Sent::None).observe(move |outcome| observer.see(outcome));
        let hooks = hooks.at(FAMILIES[0].path, (FAMILIES[0].told)(notify(verifier)));
        let watched = Watched::new(hooks, Arc::clone(&doctor), None);

        let busy = doctor.absent();
        for _ in 0..COUNT {
            let request = Request::post(FAMILIES[0].path)
                .header("host", "hooks.example.com")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-twilio-signature", "MDEyMzQ1Njc4OTAxMjM0NTY3ODk=")
                .body(Bytes::from_static(b"a=1"))
                .unwrap();
            let answer = futures_util::future::FutureExt::now_or_never(watched.serve(request));
            assert_eq!(answer.unwrap().status(), 403);
        }
        let early: Vec<_> = lines.try_iter().collect();
        // One may be looked at, and ten wait.
        assert!(early.len() >= COUNT - 11 && early.iter().all(Option::is_none), "{early:?}");
        drop(busy);
        let late = (early.len()..COUNT).map(|_| lines.recv_timeout(Duration::from_secs(120)));
        let late: Vec<_> = late.map(Result::unwrap).collect();
        assert!(late.iter().filter(|found| **found == Some("no-match")).count() >= 10, "{late:?}");
    }
}
