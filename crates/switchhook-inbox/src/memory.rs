//! An inbox in memory.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::Response;
use switchhook_dispatch::{
    Accepted, BoxFuture, Claim, DeliveryId, Incoming, Store, StoreError, StoreErrorKind,
};
use tokio::sync::Notify;

use crate::{
    Filter, Inbox, Leased, Record, Retention, Settled, Settlement, State, Statement, Stats,
    Summary, codec::Columns,
};

/// An inbox that keeps everything in memory and forgets it at the end of the process, for tests
/// and development. Cheap to clone; the clones are one inbox.
///
/// It keeps at most [`capacity`](Self::with_capacity) deliveries and is full then: what is done
/// is deleted by [`sweep`](Inbox::sweep), which a worker does from time to time.
///
/// It has no tables. The statements of a [`Transaction`](crate::Transaction) are kept for tests
/// to look at, see [`statements`](Self::statements).
#[derive(Clone)]
pub struct MemoryInbox(Arc<Shared>);

struct Shared {
    tables: Mutex<Tables>,
    changed: Notify,
    capacity: usize,
}

#[derive(Default)]
struct Tables {
    /// By the order of arrival.
    deliveries: BTreeMap<u64, Row>,
    numbers: HashMap<DeliveryId, u64>,
    /// The place of the newest that is done, by what it is about.
    newest: HashMap<DeliveryId, [u8; 16]>,
    replies: HashMap<DeliveryId, Reply>,
    statements: Vec<Statement>,
    last_number: u64,
    last_fence: u64,
}

impl Tables {
    /// The orders of all deliveries whose lease holds.
    fn held(&self, now: SystemTime) -> impl Iterator<Item = (DeliveryId, [u8; 16])> {
        let leased = self.deliveries.values().filter(|row| row.summary.state == State::Leased);
        let holds = move |row: &&Row| row.summary.due_at.is_some_and(|end| end > now);
        leased.filter(holds).filter_map(|row| row.order)
    }

    /// Whether something newer about the same thing is done.
    fn is_outdated(&self, row: &Row) -> bool {
        row.order.is_some_and(|(scope, place)| self.newest.get(&scope) > Some(&place))
    }
}

/// A time from now, or one that nobody will see.
fn after(now: SystemTime, time: Duration) -> SystemTime {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    now + time.min(CENTURY)
}

struct Row {
    summary: Summary,
    order: Option<(DeliveryId, [u8; 16])>,
    fence: u64,
    request: Columns,
}

struct Reply {
    fence: u64,
    until: SystemTime,
    response: Option<Response<Bytes>>,
}

impl MemoryInbox {
    /// An empty inbox for at most 100,000 deliveries and as many replies.
    pub fn new() -> Self {
        Self::with_capacity(100_000)
    }

    /// An empty inbox for at most this many deliveries and as many replies.
    pub fn with_capacity(capacity: usize) -> Self {
        let (tables, changed) = (Mutex::default(), Notify::new());
        Self(Arc::new(Shared { tables, changed, capacity }))
    }

    /// The statements of all handlers so far, in the order of their commits; as many as there
    /// may be deliveries.
    pub fn statements(&self) -> Vec<Statement> {
        self.lock().statements.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Tables> {
        self.0.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn full(&self) -> StoreError {
        StoreError::new(StoreErrorKind::Full, format_args!("{} entries", self.0.capacity))
    }

    fn keep(&self, delivery: Incoming, dead: Option<&str>) -> Result<Accepted, StoreError> {
        let mut tables = self.lock();
        if tables.numbers.contains_key(&delivery.id) {
            return Ok(Accepted::Known);
        }
        if tables.deliveries.len() >= self.0.capacity {
            return Err(self.full());
        }
        tables.last_number += 1;
        let (number, now) = (tables.last_number, SystemTime::now());
        let summary = Summary {
            id: delivery.id,
            number,
            route: delivery.route,
            family: delivery.family.to_owned(),
            event: delivery.event,
            subject: delivery.subject,
            state: if dead.is_some() { State::Dead } else { State::Pending },
            attempts: u32::from(dead.is_some()),
            received_at: now,
            due_at: dead.is_none().then_some(now),
            settled_at: dead.map(|_| now),
            error: dead.map(str::to_owned),
        };
        let (order, request) = (delivery.order, Columns::of(&delivery.request));
        tables.numbers.insert(delivery.id, number);
        tables.deliveries.insert(number, Row { summary, order, fence: 0, request });
        drop(tables);
        self.0.changed.notify_one();
        Ok(Accepted::New)
    }

    fn lease_now(&self, most: usize, lease: Duration) -> Result<Vec<Leased>, StoreError> {
        let now = SystemTime::now();
        let mut guard = self.lock();
        let tables = &mut *guard;
        let mut due: Vec<_> = tables
            .deliveries
            .values()
            .filter(|row| row.summary.due_at.is_some_and(|due| due <= now))
            .map(|row| (row.summary.due_at, row.summary.number))
            .collect();
        due.sort_unstable();
        let mut busy: HashSet<_> = tables.held(now).map(|order| order.0).collect();
        let mut leased = Vec::new();
        for (_, number) in due {
            if leased.len() == most {
                break;
            }
            let Some(row) = tables.deliveries.get_mut(&number) else { continue };
            let scope = row.order.map(|order| order.0);
            if scope.is_some_and(|scope| busy.contains(&scope)) {
                continue;
            }
            busy.extend(scope);
            tables.last_fence += 1;
            row.fence = tables.last_fence;
            row.summary.state = State::Leased;
            row.summary.attempts += 1;
            row.summary.due_at = Some(after(now, lease));
            let newest = row.order.map(|(scope, place)| (tables.newest.get(&scope), place));
            leased.push(Leased {
                id: row.summary.id,
                fence: row.fence,
                attempt: row.summary.attempts,
                outdated: newest.is_some_and(|(newest, place)| newest > Some(&place)),
                request: row.request.clone().into_request()?,
            });
        }
        Ok(leased)
    }

    fn settle_now(&self, id: DeliveryId, fence: u64, settlement: Settlement) -> Settled {
        let now = SystemTime::now();
        let mut guard = self.lock();
        let tables = &mut *guard;
        let number = tables.numbers.get(&id);
        let Some(row) = number.and_then(|number| tables.deliveries.get_mut(number)) else {
            return Settled::Lost;
        };
        let newest = row.order.and_then(|(scope, _)| tables.newest.get(&scope));
        let outdated = row.order.is_some_and(|(_, place)| newest > Some(&place));
        let done = matches!(settlement, Settlement::Done(_));
        if row.fence != fence || row.summary.state == State::Leased && done && outdated {
            return Settled::Lost;
        }
        let summary = &mut row.summary;
        if summary.state != State::Leased {
            // It was settled with this fence before, and the answer got lost.
            return Settled::Yes;
        }
        let settled = |state| (state, None, Some(now));
        let waiting = |state, due| (state, Some(due), None);
        let place = match settlement {
            Settlement::Done(statements) => {
                let room = self.0.capacity.saturating_sub(tables.statements.len());
                tables.statements.extend(statements.into_iter().take(room));
                if let Some((scope, place)) = row.order {
                    let newest = tables.newest.entry(scope).or_insert(place);
                    *newest = place.max(*newest);
                }
                summary.error = None;
                settled(State::Done)
            }
            Settlement::Outdated => {
                summary.error = Some("outdated: not handled".to_owned());
                settled(State::Done)
            }
            Settlement::Retry { after, error } => {
                summary.error = Some(error);
                waiting(State::Retry, self::after(now, after))
            }
            Settlement::Dead { error } => {
                summary.error = Some(error);
                settled(State::Dead)
            }
            Settlement::Returned => {
                summary.attempts -= 1;
                waiting(State::Pending, now)
            }
        };
        (summary.state, summary.due_at, summary.settled_at) = place;
        drop(guard);
        self.0.changed.notify_one();
        Settled::Yes
    }

    fn claim_now(&self, id: DeliveryId, lease: Duration) -> Result<Claim, StoreError> {
        let now = SystemTime::now();
        let mut tables = self.lock();
        if let Some(reply) = tables.replies.get(&id).filter(|reply| reply.until > now) {
            return Ok(match &reply.response {
                Some(response) => Claim::Answered(response.clone()),
                None => Claim::InFlight,
            });
        }
        if tables.replies.len() >= self.0.capacity {
            tables.replies.retain(|_, reply| reply.until > now);
            if tables.replies.len() >= self.0.capacity {
                return Err(self.full());
            }
        }
        tables.last_fence += 1;
        let fence = tables.last_fence;
        tables.replies.insert(id, Reply { fence, until: after(now, lease), response: None });
        Ok(Claim::New { fence })
    }

    /// The numbers of up to `most` rows that the filter lets through and that are in none of
    /// these states.
    fn matching(tables: &Tables, filter: &Filter, not: &[State], most: usize) -> Vec<u64> {
        let rows = tables.deliveries.iter();
        rows.filter(|(_, row)| filter.admits(&row.summary) && !not.contains(&row.summary.state))
            .map(|(number, _)| *number)
            .take(most)
            .collect()
    }

    fn delete(tables: &mut Tables, numbers: &[u64]) -> usize {
        for number in numbers {
            if let Some(row) = tables.deliveries.remove(number) {
                tables.numbers.remove(&row.summary.id);
            }
        }
        numbers.len()
    }
}

impl Default for MemoryInbox {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for MemoryInbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryInbox")
            .field("deliveries", &self.lock().deliveries.len())
            .finish_non_exhaustive()
    }
}

/// A result that is there at once.
fn ready<'a, T: Send + 'a>(value: T) -> BoxFuture<'a, T> {
    Box::pin(std::future::ready(value))
}

impl Store for MemoryInbox {
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        ready(self.keep(delivery, None))
    }

    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        error: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        ready(self.keep(delivery, Some(error)).map(|_| ()))
    }

    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        // Not before it is asked for: what is granted is heard at once.
        Box::pin(async move { self.claim_now(id, lease) })
    }

    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        let mut tables = self.lock();
        let claimed = tables.replies.get_mut(&id).filter(|claimed| claimed.fence == fence);
        let held = claimed.map(|claimed| {
            claimed.response = Some(reply.clone());
            claimed.until = after(SystemTime::now(), keep);
        });
        ready(Ok(held.is_some()))
    }

    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        let mut tables = self.lock();
        let held = |reply: &Reply| reply.fence == fence && reply.response.is_none();
        if tables.replies.get(&id).is_some_and(held) {
            tables.replies.remove(&id);
        }
        ready(Ok(()))
    }
}

impl Inbox for MemoryInbox {
    fn lease(
        &self,
        most: usize,
        lease: Duration,
    ) -> BoxFuture<'_, Result<Vec<Leased>, StoreError>> {
        ready(self.lease_now(most, lease))
    }

    fn extend(
        &self,
        id: DeliveryId,
        fence: u64,
        lease: Duration,
    ) -> BoxFuture<'_, Result<bool, StoreError>> {
        let mut guard = self.lock();
        let tables = &mut *guard;
        let now = SystemTime::now();
        let number = tables.numbers.get(&id).copied();
        let row = number.and_then(|number| tables.deliveries.get(&number));
        let holds = row.is_some_and(|row| {
            let ended = row.summary.due_at.is_none_or(|end| end <= now);
            let taken = row
                .order
                .is_some_and(|(scope, _)| ended && tables.held(now).any(|order| order.0 == scope));
            row.fence == fence
                && row.summary.state == State::Leased
                && !taken
                && !tables.is_outdated(row)
        });
        if let Some(row) = number.and_then(|number| tables.deliveries.get_mut(&number))
            && holds
        {
            row.summary.due_at = Some(after(now, lease));
        }
        ready(Ok(holds))
    }

    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> BoxFuture<'_, Result<Settled, StoreError>> {
        ready(Ok(self.settle_now(id, fence, settlement)))
    }

    fn changed(&self, longest: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let _ = tokio::time::timeout(longest, self.0.changed.notified()).await;
        })
    }

    fn list<'a>(
        &'a self,
        filter: &'a Filter,
        before: Option<u64>,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<Summary>, StoreError>> {
        let tables = self.lock();
        let rows = tables.deliveries.range(..before.unwrap_or(u64::MAX)).rev();
        let summaries = rows.map(|(_, row)| &row.summary).filter(|row| filter.admits(row));
        let list = summaries.take(most).cloned().collect();
        ready(Ok(list))
    }

    fn show(&self, id: DeliveryId) -> BoxFuture<'_, Result<Option<Record>, StoreError>> {
        let tables = self.lock();
        let row = tables.numbers.get(&id).and_then(|number| tables.deliveries.get(number));
        let record = row.map(|row| {
            let request = row.request.clone().into_request()?;
            Ok(Record { summary: row.summary.clone(), request })
        });
        ready(record.transpose())
    }

    fn stats(&self) -> BoxFuture<'_, Result<Stats, StoreError>> {
        let now = SystemTime::now();
        let tables = self.lock();
        let mut stats = Stats::default();
        for row in tables.deliveries.values() {
            stats.counts[row.summary.state as usize] += 1;
        }
        let waiting = tables.deliveries.values().find(|row| row.summary.due_at.is_some());
        stats.oldest_waiting = waiting.map(|row| row.summary.received_at);
        let kept = |reply: &&Reply| reply.response.is_some() && reply.until > now;
        stats.replies = tables.replies.values().filter(kept).count() as u64;
        ready(Ok(stats))
    }

    fn replay<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let now = SystemTime::now();
        let mut guard = self.lock();
        let tables = &mut *guard;
        let numbers = Self::matching(tables, filter, &[State::Pending, State::Leased], most);
        for number in &numbers {
            let Some(row) = tables.deliveries.get_mut(number) else { continue };
            row.summary.state = State::Pending;
            row.summary.attempts = 0;
            row.summary.error = None;
            (row.summary.due_at, row.summary.settled_at) = (Some(now), None);
        }
        drop(guard);
        self.0.changed.notify_one();
        ready(Ok(numbers.len()))
    }

    fn remove<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let mut tables = self.lock();
        let numbers = Self::matching(&tables, filter, &[State::Leased], most);
        let removed = Self::delete(&mut tables, &numbers);
        ready(Ok(removed))
    }

    fn sweep(&self, retention: Retention) -> BoxFuture<'_, Result<usize, StoreError>> {
        let now = SystemTime::now();
        let mut tables = self.lock();
        tables.replies.retain(|_, reply| reply.until > now);
        let over = |row: &Row| {
            let keep = match row.summary.state {
                State::Done => retention.done,
                State::Dead => retention.dead,
                _ => return false,
            };
            row.summary.settled_at.is_some_and(|at| after(at, keep) <= now)
        };
        let rows = tables.deliveries.iter().filter(|(_, row)| over(row));
        let numbers: Vec<_> = rows.map(|(number, _)| *number).collect();
        let removed = Self::delete(&mut tables, &numbers);
        let scopes: HashSet<_> =
            tables.deliveries.values().filter_map(|row| row.order.map(|order| order.0)).collect();
        tables.newest.retain(|scope, _| scopes.contains(scope));
        ready(Ok(removed))
    }

    fn vacuum(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        ready(Ok(()))
    }
}
