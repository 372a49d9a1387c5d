use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::Request;
use switchhook_dispatch::{BoxFuture, DeliveryId, Store, StoreError};

use crate::{Filter, Record, Retention, Statement, Stats, Summary};

/// A store with deliveries that wait to be handled: what a worker and an operator ask for.
///
/// Each step is one transaction. Time is the store's own, so that machines whose clocks differ
/// agree; callers give lengths of time.
pub trait Inbox: Store {
    /// Leases up to `most` deliveries that are due, those first that have waited longest. Each
    /// gets its next fence and one attempt more.
    ///
    /// Due are pending ones, retries whose time has come, and those whose lease has ended. Of
    /// several that have an order about the same thing at most one is leased at a time.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing is leased then, or the lease ends by itself.
    fn lease(&self, most: usize, lease: Duration)
    -> BoxFuture<'_, Result<Vec<Leased>, StoreError>>;

    /// Lets a lease begin anew. Whether it still held: one that has ended may be taken up again
    /// as long as nobody else has the delivery, or its turn, and nothing newer about the same
    /// thing is done.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the lease ends when it would have.
    fn extend(
        &self,
        id: DeliveryId,
        fence: u64,
        lease: Duration,
    ) -> BoxFuture<'_, Result<bool, StoreError>>;

    /// Ends a lease: what has become of the delivery.
    ///
    /// May be called again after an error: what was settled with this fence stays settled, and
    /// the statements are executed once.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it is not certain that it was settled.
    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> BoxFuture<'_, Result<Settled, StoreError>>;

    /// Waits until something may have become due, at most this long. A hint: it may come for
    /// nothing, or from another process not at all.
    fn changed(&self, longest: Duration) -> BoxFuture<'_, ()>;

    /// Up to `most` deliveries that the filter lets through, the newest first; after a page, those
    /// `before` the last one's [`Summary::number`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn list<'a>(
        &'a self,
        filter: &'a Filter,
        before: Option<u64>,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<Summary>, StoreError>>;

    /// One delivery with its request.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn show(&self, id: DeliveryId) -> BoxFuture<'_, Result<Option<Record>, StoreError>>;

    /// How many deliveries there are in each state, and how long the oldest waits.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn stats(&self) -> BoxFuture<'_, Result<Stats, StoreError>>;

    /// Makes up to `most` deliveries pending again that the filter lets through, their attempts
    /// counted from the beginning. Returns how many. Pending and leased ones are left alone.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn replay<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>>;

    /// Deletes up to `most` deliveries that the filter lets through. Returns how many. Leased
    /// ones are left alone. A duplicate of a deleted delivery is a new one.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn remove<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>>;

    /// Deletes what need not be kept any longer; how many deliveries. In portions, so that
    /// nobody waits long.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn sweep(&self, retention: Retention) -> BoxFuture<'_, Result<usize, StoreError>>;

    /// Gives the room of what was deleted back, where the store does not do so by itself.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn vacuum(&self) -> BoxFuture<'_, Result<(), StoreError>>;
}

impl<T: Inbox + ?Sized> Inbox for Arc<T> {
    fn lease(
        &self,
        most: usize,
        lease: Duration,
    ) -> BoxFuture<'_, Result<Vec<Leased>, StoreError>> {
        (**self).lease(most, lease)
    }

    fn extend(
        &self,
        id: DeliveryId,
        fence: u64,
        lease: Duration,
    ) -> BoxFuture<'_, Result<bool, StoreError>> {
        (**self).extend(id, fence, lease)
    }

    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> BoxFuture<'_, Result<Settled, StoreError>> {
        (**self).settle(id, fence, settlement)
    }

    fn changed(&self, longest: Duration) -> BoxFuture<'_, ()> {
        (**self).changed(longest)
    }

    fn list<'a>(
        &'a self,
        filter: &'a Filter,
        before: Option<u64>,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<Summary>, StoreError>> {
        (**self).list(filter, before, most)
    }

    fn show(&self, id: DeliveryId) -> BoxFuture<'_, Result<Option<Record>, StoreError>> {
        (**self).show(id)
    }

    fn stats(&self) -> BoxFuture<'_, Result<Stats, StoreError>> {
        (**self).stats()
    }

    fn replay<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        (**self).replay(filter, most)
    }

    fn remove<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        (**self).remove(filter, most)
    }

    fn sweep(&self, retention: Retention) -> BoxFuture<'_, Result<usize, StoreError>> {
        (**self).sweep(retention)
    }

    fn vacuum(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        (**self).vacuum()
    }
}

/// A delivery that a worker may handle until its lease ends.
pub struct Leased {
    /// What it is known by.
    pub id: DeliveryId,
    /// Tells this lease from the others of the delivery; grows.
    pub fence: u64,
    /// Which attempt this is since it was accepted or replayed, counted from 1.
    pub attempt: u32,
    /// Whether something newer about the same thing is done.
    pub outdated: bool,
    /// The request as it came.
    pub request: Request<Bytes>,
}

/// Shows what it is known by: the request holds a message, and its headers credentials.
impl fmt::Debug for Leased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leased")
            .field("id", &self.id)
            .field("fence", &self.fence)
            .field("attempt", &self.attempt)
            .field("outdated", &self.outdated)
            .finish_non_exhaustive()
    }
}

/// What has become of a leased delivery.
#[derive(Clone, Debug, PartialEq)]
pub enum Settlement {
    /// It was handled. The statements of its [`Transaction`](crate::Transaction) are executed
    /// in one transaction with this.
    Done(Vec<Statement>),
    /// It need not be handled: something newer about the same thing is done.
    Outdated,
    /// It was not handled, and is to be tried again after this time.
    Retry {
        /// From now.
        after: Duration,
        /// Why it failed, for the operator.
        error: String,
    },
    /// It will not be tried again by itself.
    Dead {
        /// Why it failed, for the operator.
        error: String,
    },
    /// It was not tried: pending again, and the attempt is not counted.
    Returned,
}

/// Whether a lease was ended as its holder wished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was.
    Yes,
    /// The lease had passed to somebody else, something newer about the same thing was done
    /// meanwhile, or the delivery is gone: nothing was changed.
    Lost,
    /// A statement was refused: nothing was changed, and the lease holds. With the reason.
    Refused(String),
}
