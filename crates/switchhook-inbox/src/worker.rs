use std::{
    collections::HashMap,
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use switchhook_dispatch::{DeliveryId, Redeliver, StoreError, Undelivered};
use tokio::{
    task::JoinSet,
    time::{Instant, interval, sleep, timeout},
};

use crate::{Inbox, Leased, Retention, Settled, Settlement, Statement, Transaction};

/// How long a worker waits at most before it looks for work: what comes from other processes
/// may come unannounced, and so do retries.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// How long a worker waits after the first failure of its store.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// How long a worker waits for more to end when one has ended.
const GATHERING: Duration = Duration::from_millis(2);

const LONGEST_LEASE: Duration = Duration::from_secs(24 * 60 * 60);

/// How often what is over its retention is deleted.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(15 * 60);

/// Takes deliveries from an inbox to their handlers.
///
/// Several workers may share an inbox, in one process or on several machines. It needs a Tokio
/// runtime with its timers. Handlers that block the thread hold up the others on it.
///
/// See the [crate's example](crate).
#[derive(Clone)]
pub struct Worker {
    handlers: Arc<dyn Redeliver>,
    inbox: Arc<dyn Inbox>,
    concurrency: usize,
    lease: Duration,
    time_limit: Duration,
    grace: Duration,
    backoff: Backoff,
    retention: Retention,
    counters: Arc<Counts>,
}

/// When a failed delivery is tried again, and how often.
///
/// The time grows twofold with each try, up to the longest; of it a random part is waited ("full
/// jitter"), so that what failed together does not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The most that is waited after the first try: a second unless told otherwise.
    pub first: Duration,
    /// The most that is waited after any try: an hour unless told otherwise.
    pub longest: Duration,
    /// How many tries there are, the first one counted: 20 unless told otherwise, which with
    /// the other two lasts four hours on average. A delivery that fails the last time is a dead
    /// letter. So is one that was leased as often without an end: its handler ends the process.
    pub attempts: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(3600), attempts: 20 }
    }
}

impl Backoff {
    /// The most that is waited after this try, from 1.
    pub fn most(&self, attempt: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first.saturating_mul(factor.max(1)).min(self.longest)
    }

    fn after(&self, attempt: u32) -> Duration {
        self.most(attempt).mul_f64(fastrand::f64())
    }
}

/// What workers have done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Deliveries that were handled.
    pub done: u64,
    /// Deliveries that were outdated, and not handled.
    pub outdated: u64,
    /// Tries that failed, and that others follow.
    pub retried: u64,
    /// Deliveries that became dead letters.
    pub dead: u64,
    /// Leases that were lost before their end.
    pub lost: u64,
    /// Times that the store failed.
    pub store_errors: u64,
}

#[derive(Default)]
struct Counts {
    done: AtomicU64,
    outdated: AtomicU64,
    retried: AtomicU64,
    dead: AtomicU64,
    lost: AtomicU64,
    store_errors: AtomicU64,
}

impl Worker {
    /// A worker that takes deliveries from `inbox` to `handlers`: the dispatcher that has put them
    /// there, or one with the same routes in another process. One inbox is for one application:
    /// a delivery of a route that the worker does not know counts as a failed try.
    pub fn new(handlers: impl Redeliver + 'static, inbox: impl Inbox) -> Self {
        Self {
            handlers: Arc::new(handlers),
            inbox: Arc::new(inbox),
            concurrency: 8,
            lease: Duration::from_secs(60),
            time_limit: Duration::from_secs(300),
            grace: Duration::from_secs(30),
            backoff: Backoff::default(),
            retention: Retention::default(),
            counters: Arc::default(),
        }
    }

    /// Handles at most this many deliveries at once: 8 unless told otherwise, at least 1.
    #[must_use]
    pub fn concurrency(mut self, most: usize) -> Self {
        self.concurrency = most.max(1);
        self
    }

    /// Leases deliveries for this long at a time: a minute unless told otherwise. A lease is
    /// extended while its handler runs; so long another worker waits when this one's
    /// machine goes down. At most a day.
    ///
    /// On a runtime with one thread a handler that blocks it holds up the extension as well.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.clamp(Duration::from_millis(10), LONGEST_LEASE);
        self
    }

    /// Gives a handler at most this long for one try: five minutes unless told otherwise. It is
    /// dropped where it waits then, and that counts as a failure.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Waits at most this long for running handlers when it is to stop: half a minute unless
    /// told otherwise. What is not done by then is given back.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Tries failed deliveries again in this way.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Keeps deliveries for this long after their end.
    #[must_use]
    pub fn retention(mut self, retention: Retention) -> Self {
        self.retention = retention;
        self
    }

    /// What this worker and its clones have done so far.
    pub fn counters(&self) -> Counters {
        let counts = &self.counters;
        Counters {
            done: counts.done.load(Relaxed),
            outdated: counts.outdated.load(Relaxed),
            retried: counts.retried.load(Relaxed),
            dead: counts.dead.load(Relaxed),
            lost: counts.lost.load(Relaxed),
            store_errors: counts.store_errors.load(Relaxed),
        }
    }

    /// Works until `shutdown` is ready, then lets the running handlers finish.
    ///
    /// A store that fails is asked again, for as long as it takes.
    pub async fn run_until(self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = pin!(shutdown);
        let mut running = Running::default();
        // Ends with this future.
        let mut sweeping = JoinSet::new();
        sweeping.spawn(sweep(Arc::clone(&self.inbox), self.retention));
        let mut pause = FIRST_PAUSE;
        loop {
            let free = self.concurrency - running.tasks.len();
            let mut wait = LONGEST_PAUSE;
            if free > 0 {
                if let Ok(leased) = self.inbox.lease(free, self.lease).await {
                    pause = FIRST_PAUSE;
                    let some = !leased.is_empty();
                    for leased in leased {
                        running.start(&self, leased);
                    }
                    // What is about a thing that was free a moment ago may have hidden others.
                    if some && running.tasks.len() < self.concurrency {
                        continue;
                    }
                } else {
                    self.counters.store_errors.fetch_add(1, Relaxed);
                    wait = pause;
                    pause = (pause * 2).min(Duration::from_secs(5));
                }
            }
            let full = running.tasks.len() >= self.concurrency;
            let failing = pause > FIRST_PAUSE;
            tokio::select! {
                () = &mut shutdown => break,
                () = running.finished(), if !running.tasks.is_empty() => {
                    // Those that a store has settled together end together; so they are
                    // followed by as many, and not by one lease each.
                    let more = async { while !running.tasks.is_empty() { running.finished().await } };
                    let _ = timeout(GATHERING, more).await;
                }
                () = sleep(wait), if failing => {}
                () = self.inbox.changed(wait), if !full && !failing => {}
            }
        }
        running.drain(&self).await;
    }

    /// Works until nothing is due any more: for tests, and for programs that run now and then.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the store fails; what was leased is done all the same.
    pub async fn run_until_idle(self) -> Result<(), StoreError> {
        let mut running = Running::default();
        let result = loop {
            match self.inbox.lease(self.concurrency - running.tasks.len(), self.lease).await {
                Ok(leased) if leased.is_empty() && running.tasks.is_empty() => break Ok(()),
                Ok(leased) => {
                    for leased in leased {
                        running.start(&self, leased);
                    }
                }
                Err(error) => break Err(error),
            }
            running.finished().await;
        };
        running.drain(&self).await;
        result
    }

    /// The way of a leased delivery.
    async fn work(self, leased: Leased) {
        let (id, fence, attempt) = (leased.id, leased.fence, leased.attempt);
        let counts = Arc::clone(&self.counters);
        let (settlement, count) = if attempt > self.backoff.attempts {
            let error = "no try has come to an end: the handler ends the process, or hangs";
            (Settlement::Dead { error: error.to_owned() }, &counts.dead)
        } else if leased.outdated {
            (Settlement::Outdated, &counts.outdated)
        } else {
            match self.handle(leased).await {
                Some(Ok(statements)) => {
                    match self.settle(id, fence, Settlement::Done(statements)).await {
                        Some(Settled::Refused(why)) => self.failed(
                            attempt,
                            &Undelivered::new(format_args!("a statement was refused: {why}")),
                        ),
                        settled => return self.count(&counts.done, settled.as_ref()),
                    }
                }
                Some(Err(failure)) => self.failed(attempt, &failure),
                None => return self.count(&counts.lost, Some(&Settled::Lost)),
            }
        };
        let settled = self.settle(id, fence, settlement).await;
        self.count(count, settled.as_ref());
    }

    /// Calls the handler: the statements that it wants to be executed, or why it failed; `None`
    /// when the lease was lost meanwhile. In a task of its own, so that one which blocks its
    /// thread does not block the extension of its lease.
    async fn handle(&self, mut leased: Leased) -> Option<Result<Vec<Statement>, Undelivered>> {
        let effects = Transaction::default();
        leased.request.extensions_mut().insert(effects.clone());
        let (handlers, time_limit) = (Arc::clone(&self.handlers), self.time_limit);
        // Dropped, it ends the handler where that waits.
        let mut handler = JoinSet::new();
        handler.spawn(async move {
            handlers.redeliver(leased.request, leased.attempt, time_limit).await
        });
        let mut beats = interval(self.lease / 3);
        beats.tick().await;
        let mut held_until = Instant::now() + self.lease;
        loop {
            tokio::select! {
                ended = handler.join_next() => {
                    let result = match ended {
                        Some(Ok(result)) => result,
                        _ => Err(Undelivered::new("the handlers panicked")),
                    };
                    return Some(result.map(|()| effects.take()));
                }
                _ = beats.tick() => {
                    let asked = Instant::now();
                    let extended = self.inbox.extend(leased.id, leased.fence, self.lease);
                    match timeout(self.lease / 3, extended).await {
                        Ok(Ok(true)) => held_until = asked + self.lease,
                        // The lease may still hold; whether it does, the end will tell.
                        Ok(Err(_)) | Err(_) if Instant::now() < held_until => {}
                        _ => return None,
                    }
                }
            }
        }
    }

    fn failed(&self, attempt: u32, failure: &Undelivered) -> (Settlement, &AtomicU64) {
        let error = failure.to_string();
        if failure.is_permanent() || attempt >= self.backoff.attempts {
            return (Settlement::Dead { error }, &self.counters.dead);
        }
        let after = self.backoff.after(attempt);
        (Settlement::Retry { after, error }, &self.counters.retried)
    }

    /// Settles, and asks again for as long as a lease when the store fails; `None` when it
    /// fails all that time.
    async fn settle(&self, id: DeliveryId, fence: u64, settlement: Settlement) -> Option<Settled> {
        let give_up = Instant::now() + self.lease;
        let mut pause = Duration::from_millis(20);
        while Instant::now() < give_up {
            match self.inbox.settle(id, fence, settlement.clone()).await {
                Ok(settled) => return Some(settled),
                Err(_) => self.counters.store_errors.fetch_add(1, Relaxed),
            };
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
        None
    }

    fn count(&self, count: &AtomicU64, settled: Option<&Settled>) {
        match settled {
            Some(Settled::Yes) => count.fetch_add(1, Relaxed),
            _ => self.counters.lost.fetch_add(1, Relaxed),
        };
    }
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("concurrency", &self.concurrency)
            .field("lease", &self.lease)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}

/// The handlers that run now.
#[derive(Default)]
struct Running {
    tasks: JoinSet<DeliveryId>,
    leases: HashMap<DeliveryId, u64>,
}

impl Running {
    fn start(&mut self, worker: &Worker, leased: Leased) {
        let id = leased.id;
        self.leases.insert(id, leased.fence);
        let work = worker.clone().work(leased);
        self.tasks.spawn(async move {
            work.await;
            id
        });
    }

    /// Waits for one to end.
    async fn finished(&mut self) {
        // A panic outside of a handler leaves its lease to end by itself.
        if let Some(Ok(id)) = self.tasks.join_next().await {
            self.leases.remove(&id);
        }
    }

    /// Waits for all to end, and gives back what has not after the grace.
    async fn drain(mut self, worker: &Worker) {
        let _ = timeout(worker.grace, async {
            while !self.tasks.is_empty() {
                self.finished().await;
            }
        })
        .await;
        // One that blocks its thread is not waited for: its lease ends, too.
        self.tasks.abort_all();
        let mut returning = JoinSet::new();
        for (id, fence) in self.leases {
            let inbox = Arc::clone(&worker.inbox);
            returning.spawn(async move { inbox.settle(id, fence, Settlement::Returned).await });
        }
        let _ = timeout(Duration::from_secs(5), returning.join_all()).await;
    }
}

/// Deletes from time to time what is over its retention. What is not deleted now is the next
/// time; several workers do not begin together.
async fn sweep(inbox: Arc<dyn Inbox>, retention: Retention) {
    sleep(BETWEEN_SWEEPS.mul_f64(fastrand::f64() / 10.0)).await;
    loop {
        let _ = inbox.sweep(retention).await;
        sleep(BETWEEN_SWEEPS).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_twofold_up_to_the_longest() {
        let backoff = Backoff::default();
        let seconds: Vec<_> =
            [1, 2, 3, 12, 13, 14, 33, 34, 200].map(|n| backoff.most(n).as_secs()).into();
        assert_eq!(seconds, [1, 2, 4, 2048, 3600, 3600, 3600, 3600, 3600]);
        for attempt in 1..40 {
            assert!(backoff.after(attempt) <= backoff.most(attempt));
        }
        let none = Backoff { first: Duration::ZERO, ..backoff };
        assert_eq!(none.after(5), Duration::ZERO);
    }
}
