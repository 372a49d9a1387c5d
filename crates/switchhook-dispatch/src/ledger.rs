//! Deliveries that are kept: accepted for a worker, or answered once and the reply repeated.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response, StatusCode, request::Parts};
use switchhook_core::Delivery;
use switchhook_signature::{Connection, PublicTarget};

use crate::{
    Accepted, Claim, DeliveryId, Dispatcher, Disposition, Failure, Incoming, Read, Store,
    StoreError, StoreErrorKind, Undelivered,
    dispatcher::{Claimed, Trace},
    reply::empty,
    timer::{sleep, within},
};

/// How long a reply is kept whose request carries a token: longer than any try may follow.
const KEEP_REPLIES: Duration = Duration::from_secs(600);

/// How much longer than its answer may take a claim holds.
const GRACE: Duration = Duration::from_secs(2);

/// How long an answer waits for a store that only makes it better.
const PATIENCE: Duration = Duration::from_secs(1);

/// A store, and the claims of this process that nobody will fulfil.
pub(crate) struct Ledger {
    store: Arc<dyn Store>,
    abandoned: Arc<Abandoned>,
}

/// Claims whose requests were dropped while they were handled, since their senders hung up:
/// they would stand in the way of the next try until their lease ends.
#[derive(Default)]
struct Abandoned(Mutex<Vec<(DeliveryId, u64)>>);

impl Abandoned {
    /// More of them at once are forgotten: their leases end, too.
    const MOST: usize = 1024;

    fn push(&self, id: DeliveryId, fence: u64) {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if claims.len() == Self::MOST {
            claims.swap_remove(0);
        }
        claims.push((id, fence));
    }

    fn take(&self, id: DeliveryId) -> Option<u64> {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = claims.iter().position(|claim| claim.0 == id)?;
        Some(claims.swap_remove(place).1)
    }
}

/// A claim that is fulfilled, given back, or, dropped before that, abandoned.
struct Held<'a> {
    id: DeliveryId,
    fence: u64,
    abandoned: Option<&'a Abandoned>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(abandoned) = self.abandoned {
            abandoned.push(self.id, self.fence);
        }
    }
}

impl Ledger {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, abandoned: Arc::default() }
    }

    /// The right to answer, the reply that was given, or `None` when the first one's reply
    /// does not come in time.
    async fn claim(&self, id: DeliveryId, budget: Duration) -> Result<Option<Claim>, StoreError> {
        let mut waited = Duration::ZERO;
        let mut pause = Duration::from_millis(5);
        loop {
            let claim = self.store.claim(id, budget + GRACE);
            match within(PATIENCE, claim).await.ok_or_else(silent)?? {
                Claim::InFlight => {}
                claim => return Ok(Some(claim)),
            }
            if let Some(fence) = self.abandoned.take(id) {
                within(PATIENCE, self.store.release(id, fence)).await.ok_or_else(silent)??;
                continue;
            }
            if waited >= budget {
                return Ok(None);
            }
            sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    }
}

/// The error of a store that does not answer.
fn silent() -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, "no answer in time")
}

impl<S: Send + Sync + 'static> Dispatcher<S> {
    /// Has a notification kept, and nothing else: a worker will handle it.
    pub(crate) async fn accept(
        &self,
        ledger: &Ledger,
        request: Claimed<'_, S>,
        trace: &mut Trace,
    ) -> Response<Bytes> {
        let id = request.id();
        trace.id = Some(id);
        let budget = request.route.budget(request.pending.patience);
        let incoming = incoming(&request.pending.read, request.head, &request.delivery, id);
        let incoming = Incoming { order: request.order(), ..incoming };
        let accepted = within(budget, ledger.store.accept(incoming)).await;
        match accepted.unwrap_or_else(|| Err(silent())) {
            Ok(accepted) => {
                trace.disposition = match accepted {
                    Accepted::New => Disposition::Accepted,
                    Accepted::Known => Disposition::Duplicate,
                };
                request.route.acknowledgement.clone()
            }
            Err(error) => {
                trace.store_error = Some(error.clone());
                trace.failure = Some(Failure::Store(error));
                empty(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }

    /// Answers a delivery that comes several times with one reply, as far as the store can
    /// tell. Without the store it is answered all the same: somebody waits on the line.
    pub(crate) async fn answer_once(
        &self,
        ledger: &Ledger,
        request: Claimed<'_, S>,
        trace: &mut Trace,
    ) -> Response<Bytes> {
        let id = request.id();
        trace.id = Some(id);
        let (route, fallback) = (request.route, request.pending.fallback);
        let fallback = || fallback?.fallback();
        let budget = route.budget(request.pending.patience);
        let held = match ledger.claim(id, budget).await {
            Ok(Some(Claim::Answered(reply))) => {
                trace.disposition = Disposition::Repeated;
                return reply;
            }
            Ok(Some(Claim::New { fence })) => {
                Some(Held { id, fence, abandoned: Some(&ledger.abandoned) })
            }
            Ok(Some(Claim::InFlight) | None) => {
                trace.failure = Some(Failure::Overdue);
                return route.failed(&Failure::Overdue, fallback);
            }
            Err(error) => {
                trace.store_error = Some(error);
                None
            }
        };

        trace.disposition = Disposition::Handled;
        let keep = request.keep();
        let (head, delivery) = (request.head, Arc::clone(&request.delivery));
        let (response, failed) = match self.run(request, Some(id), 1, budget).await {
            Ok(response) => (response.unwrap_or_else(|| route.acknowledgement.clone()), None),
            Err(failure) => (route.failed(&failure, fallback), Some(failure)),
        };

        let settled = within(PATIENCE, async {
            let ended = response.status().is_success();
            if let (Some(failure), Some(read), true) = (&failed, &trace.read, ended) {
                let why = Undelivered::of(failure).to_string();
                ledger.store.bury(incoming(read, head, &delivery, id), &why).await?;
            }
            let Some(mut held) = held else { return Ok(()) };
            held.abandoned = None;
            if failed.is_none() || ended {
                ledger.store.answer(id, held.fence, &response, keep).await.map(|_| ())
            } else {
                ledger.store.release(id, held.fence).await
            }
        });
        if let Err(error) = settled.await.unwrap_or_else(|| Err(silent())) {
            trace.store_error = Some(error);
        }
        trace.failure = failed;
        response
    }
}

impl<S> Claimed<'_, S> {
    /// What the delivery is known by: its event's key, on its route.
    ///
    /// An answer also belongs to the query, where an application numbers its turns, and to the
    /// token, which tells a second try from a second question.
    pub(crate) fn id(&self) -> DeliveryId {
        let Some(identity) = &self.pending.identity else {
            // Nobody keeps it; see `Pending`.
            return DeliveryId::from_bytes([0; 16]);
        };
        let uri = &self.head.uri;
        if !self.route.interactive {
            return DeliveryId::of(&identity.key.within(uri.path()));
        }
        let token = self.delivery.idempotency_token().unwrap_or_default();
        let query = uri.query().unwrap_or_default();
        DeliveryId::of(&identity.key.within(token).within(query).within(uri.path()))
    }

    /// How long the reply is kept. Without a token a second question looks like a second try,
    /// which can only come while the provider waits.
    fn keep(&self) -> Duration {
        match self.delivery.idempotency_token() {
            Some(_) => KEEP_REPLIES,
            None => self.pending.patience,
        }
    }

    /// What a late delivery is told by, where the route skips those.
    fn order(&self) -> Option<(DeliveryId, [u8; 16])> {
        let order = self.pending.identity.as_ref()?.order.as_ref()?;
        let scope = DeliveryId::of_scope(order, self.head.uri.path());
        self.route.skips_outdated.then(|| (scope, order.position().to_bytes()))
    }
}

/// The delivery as a store keeps it.
fn incoming(read: &Read, head: &Parts, delivery: &Delivery, id: DeliveryId) -> Incoming {
    let request = kept(head, delivery.body().clone());
    Incoming {
        event: read.event.map(str::to_owned).or_else(|| read.unknown.clone()),
        subject: read.subject.clone(),
        ..Incoming::new(id, head.uri.path(), read.family, request)
    }
}

/// The request with all that a second verification needs.
fn kept(head: &Parts, body: Bytes) -> Request<Bytes> {
    let mut request = Request::new(body);
    *request.method_mut() = head.method.clone();
    *request.uri_mut() = head.uri.clone();
    *request.headers_mut() = head.headers.clone();
    if let Some(connection) = head.extensions.get::<Connection>() {
        request.extensions_mut().insert(*connection);
    }
    if let Some(target) = head.extensions.get::<PublicTarget>() {
        request.extensions_mut().insert(target.clone());
    }
    request
}
