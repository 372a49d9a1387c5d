//! Deliveries that are kept: accepted for a worker, or answered once and the reply repeated.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri, request::Parts};
use switchhook_core::{Delivery, IdempotencyKey};
use switchhook_signature::{Connection, PublicTarget};

use crate::{
    Accepted, Claim, DeliveryId, Dispatcher, Disposition, Failure, Incoming, Read, Store,
    StoreError, StoreErrorKind, Undelivered,
    arrival::Arrival,
    dispatcher::{Claimed, Trace},
    follow_up::given_id,
    reply::empty,
    rules::Rules,
    timer::{sleep, within},
};

/// How long a reply is kept whose request carries a token: longer than any try may follow.
const KEEP_REPLIES: Duration = Duration::from_secs(600);

/// How much longer than its answer may take a claim holds.
const GRACE: Duration = Duration::from_secs(2);

/// How long an answer waits for a store that only makes it better.
const PATIENCE: Duration = Duration::from_secs(1);

/// A store, and what this process has asked of it in vain.
pub(crate) struct Ledger {
    pub(crate) store: Arc<dyn Store>,
    abandoned: Abandoned,
}

/// Claims whose requests were dropped while they were answered, since their senders hung up: they
/// would stand in the way of the next try until their lease ends.
#[derive(Default)]
struct Abandoned(Mutex<Vec<Granted>>);

/// A claim that the store has granted.
#[derive(Clone, Copy)]
struct Granted {
    id: DeliveryId,
    fence: u64,
    asked: Instant,
    lease: Duration,
}

impl Granted {
    /// Whether the lease may still last; after it the claim is in nobody's way.
    fn lasts(&self) -> bool {
        self.asked.elapsed() < self.lease
    }
}

impl Abandoned {
    /// More of them at once are forgotten: their leases end, too.
    const MOST: usize = 1024;

    fn push(&self, claim: Granted) {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        claims.retain(Granted::lasts);
        if claims.len() == Self::MOST {
            claims.swap_remove(0);
        }
        claims.push(claim);
    }

    fn take(&self, id: DeliveryId) -> Option<Granted> {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = claims.iter().position(|claim| claim.id == id)?;
        Some(claims.swap_remove(place)).filter(Granted::lasts)
    }
}

/// A claim that is fulfilled, given back, or, dropped before that, abandoned.
struct Held<'a> {
    claim: Option<Granted>,
    abandoned: &'a Abandoned,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(claim) = self.claim.take() {
            self.abandoned.push(claim);
        }
    }
}

impl Ledger {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, abandoned: Abandoned::default() }
    }

    fn hold(&self, claim: Granted) -> Held<'_> {
        Held { claim: Some(claim), abandoned: &self.abandoned }
    }

    /// Asks the store once. Whoever gives up drops the question, and with it all that the store
    /// needs to answer it: see [`Store::claim`].
    async fn ask(
        &self,
        id: DeliveryId,
        lease: Duration,
        patience: Duration,
    ) -> Result<Claim, StoreError> {
        if let Some(claim) = self.abandoned.take(id) {
            let mut held = self.hold(claim);
            let released = within(patience, self.store.release(id, claim.fence)).await;
            released.unwrap_or_else(|| Err(silent()))?;
            held.claim = None;
        }
        within(patience, self.store.claim(id, lease)).await.unwrap_or_else(|| Err(silent()))
    }

    /// The right to answer, the reply that was given, or `None` when the first one's reply
    /// does not come in time.
    async fn claim(
        &self,
        id: DeliveryId,
        deadline: Deadline,
    ) -> Result<Option<Turn<'_>>, StoreError> {
        let mut pause = Duration::from_millis(5);
        loop {
            let (asked, left) = (Instant::now(), deadline.left());
            let (patience, lease) = (PATIENCE.min(left / 3), left.saturating_add(GRACE));
            match self.ask(id, lease, patience).await? {
                Claim::New { fence } => {
                    return Ok(Some(Turn::Own(self.hold(Granted { id, fence, asked, lease }))));
                }
                Claim::Answered(reply) => return Ok(Some(Turn::Answered(reply))),
                Claim::InFlight => {}
            }
            if deadline.left() <= pause {
                return Ok(None);
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    }
}

/// Whose turn it is to answer.
enum Turn<'a> {
    /// That of the request which asks.
    Own(Held<'a>),
    /// Nobody's any more: this was the answer.
    Answered(Response<Bytes>),
}

/// When an answer has to be there.
#[derive(Clone, Copy)]
struct Deadline {
    started: Instant,
    budget: Duration,
}

impl Deadline {
    fn of(budget: Duration, arrival: Option<Arrival>) -> Self {
        let started = arrival.map_or_else(Instant::now, |arrival| arrival.0);
        Self { started, budget }
    }

    fn left(self) -> Duration {
        self.budget.saturating_sub(self.started.elapsed())
    }

    /// When the store has to know how it ended, from now on: the provider is a little more patient
    /// than the budget.
    fn closing(self) -> Self {
        let reserve = PATIENCE.min(self.budget / 10);
        Self { started: Instant::now(), budget: self.left().saturating_add(reserve) }
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
        // Also after a slow body it is asked: what is kept now is a duplicate at the next try.
        let whole = request.route.budget(request.pending.patience);
        let budget = request.budget().max(PATIENCE.min(whole));
        let incoming =
            incoming(request.route, &request.pending.read, request.head, &request.delivery, id);
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
        let (route, head, fallback) = (request.route, request.head, request.pending.fallback);
        let delivery = Arc::clone(&request.delivery);
        let keep = request.keep();
        let deadline = Deadline::of(route.budget(request.pending.patience), Arrival::of(head));
        let mut overdue = false;
        let mut held = None;
        match ledger.claim(id, deadline).await {
            Ok(Some(Turn::Answered(reply))) => {
                trace.disposition = Disposition::Repeated;
                return reply;
            }
            Ok(Some(Turn::Own(claim))) => held = Some(claim),
            Ok(None) => overdue = true,
            Err(error) => trace.store_error = Some(error),
        }

        trace.disposition = Disposition::Handled;
        let result = if overdue {
            Err(Failure::Overdue)
        } else {
            self.run(request, Some(id), 1, deadline.left()).await
        };
        let (mut response, failed) = match result {
            Ok(response) => (response.unwrap_or_else(|| route.acknowledgement.clone()), None),
            Err(failure) => (route.failed(&failure, || fallback?.fallback()), Some(failure)),
        };
        // What ends the matter for the provider is the answer; else the next try is handled.
        let mut ended = !response.status().is_server_error()
            && (failed.is_none() || response.status().is_success());

        let claim = held.as_ref().and_then(|held| held.claim);
        let fence = claim.map_or(0, |claim| claim.fence);
        let bury = async {
            let (Some(failure), Some(read), true) = (&failed, &trace.read, ended) else {
                return Ok(());
            };
            let why = Undelivered::of(failure).to_string();
            // Each failure is a letter of its own, also of the same question at another time.
            let letter =
                DeliveryId::of(&IdempotencyKey::of([&id.to_bytes()[..], &fence.to_be_bytes()]));
            ledger.store.bury(incoming(route, read, head, &delivery, letter), &why).await
        };
        // One end for both steps, so that a silent store takes no longer at the end of the budget.
        let closing = deadline.closing();
        let patience = PATIENCE.min(closing.left());
        let buried = within(patience, bury).await.unwrap_or_else(|| Err(silent()));
        if buried.is_err() && route.acknowledges_failures() {
            // Acknowledged is only what is kept.
            response = empty(StatusCode::INTERNAL_SERVER_ERROR);
            ended = false;
        }
        let save = async {
            let Some(mut held) = held else { return Ok(()) };
            if ended {
                ledger.store.answer(id, fence, &response, keep).await?;
            } else {
                ledger.store.release(id, fence).await?;
            }
            // Until here nobody knows what has become of it, and the next try asks.
            held.claim = None;
            Ok(())
        };
        let patience = PATIENCE.min(closing.left());
        let saved = within(patience, save).await.unwrap_or_else(|| Err(silent()));
        trace.failure = failed;
        if let Err(error) = buried.and(saved) {
            trace.store_error = Some(error);
        }
        response
    }
}

impl<S> Claimed<'_, S> {
    /// What the delivery is known by: its event's key, on its route.
    ///
    /// An answer also belongs to the token, which tells a second try from a second question.
    pub(crate) fn id(&self) -> DeliveryId {
        if let Some(id) = given_id(self.head).filter(|_| self.route.internal) {
            return id;
        }
        let Some(identity) = &self.pending.identity else {
            // Nobody keeps it; see `Pending`.
            return DeliveryId::from_bytes([0; 16]);
        };
        let uri = self.public_uri();
        let key = match &identity.query {
            Some(own) => at(&identity.key, uri.path(), own),
            None => on_route(&identity.key, uri),
        };
        let token = self.delivery.idempotency_token().filter(|_| self.route.interactive);
        DeliveryId::of(&token.map_or_else(|| key.clone(), |token| key.within(token)))
    }

    /// Where the provider has sent it: the same event may go to several URLs, and a router may
    /// have cut their paths to one.
    fn public_uri(&self) -> &Uri {
        self.head.extensions.get::<PublicTarget>().map_or(&self.head.uri, |target| &target.0)
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
        let position = order.position();
        // A place in time says nothing about one that was counted.
        let scope = order.scope().within(position.kind()).within(self.public_uri().path());
        self.route.skips_outdated.then(|| (DeliveryId::of(&scope), position.to_bytes()))
    }
}

/// The key of a delivery to this URL.
pub(crate) fn on_route(key: &IdempotencyKey, uri: &Uri) -> IdempotencyKey {
    at(key, uri.path(), uri.query().unwrap_or_default())
}

fn at(key: &IdempotencyKey, path: &str, query: &str) -> IdempotencyKey {
    key.within(query).within(path)
}

/// The delivery as a store keeps it.
fn incoming<S>(
    route: &Rules<S>,
    read: &Read,
    head: &Parts,
    delivery: &Delivery,
    id: DeliveryId,
) -> Incoming {
    let request = kept(head, delivery.body().clone());
    Incoming {
        event: read.event.map(str::to_owned).or_else(|| read.unknown.clone()),
        subject: read.subject.clone(),
        ..Incoming::new(id, &route.shown, read.family, request)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_the_budget_is_within_the_patience_of_the_provider() {
        let Some(started) = Instant::now().checked_sub(Duration::from_secs(13)) else { return };
        for (budget, least, most) in
            [(60_000, 1000, 48_000), (13_000, 1000, 1000), (4500, 450, 450), (0, 0, 0)]
        {
            let deadline = Deadline { started, budget: Duration::from_millis(budget) };
            let closing = deadline.closing().budget.as_millis();
            assert!((least..=most).contains(&closing), "{budget}: {closing}");
        }
        let closing = Deadline { started, budget: Duration::MAX }.closing();
        assert!(closing.left() > Duration::from_secs(1 << 40));
    }

    #[test]
    fn an_abandoned_claim_is_known_as_long_as_its_lease() {
        let (id, other) = (DeliveryId::from_bytes([1; 16]), DeliveryId::from_bytes([2; 16]));
        let granted = |lease| Granted { id, fence: 7, asked: Instant::now(), lease };
        let abandoned = Abandoned::default();
        abandoned.push(granted(Duration::ZERO));
        assert!(abandoned.take(id).is_none());
        abandoned.push(granted(Duration::MAX));
        assert!(abandoned.take(other).is_none());
        assert_eq!(abandoned.take(id).map(|claim| claim.fence), Some(7));
        assert!(abandoned.take(id).is_none());

        // Those that are over make room for others.
        for _ in 0..3 * Abandoned::MOST {
            abandoned.push(granted(Duration::ZERO));
        }
        assert_eq!(abandoned.0.lock().map(|claims| claims.len()).ok(), Some(1));
        for _ in 0..3 * Abandoned::MOST {
            abandoned.push(granted(Duration::MAX));
        }
        assert_eq!(abandoned.0.lock().map(|claims| claims.len()).ok(), Some(Abandoned::MOST));
    }
}
