//! The store's promises, each a step of one of the threads.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::Response;
use switchhook_dispatch::{Accepted, BoxFuture, Claim, DeliveryId, Incoming, Store, StoreError};

use super::{
    SqliteInbox,
    database::Database,
    deliveries::{self, New},
    error::Failure,
    operator,
    replies::{self, Reply},
    thread::Step,
};
use crate::{Filter, Inbox, Leased, Record, Retention, Settled, Settlement, Stats, Summary};

/// How many rows a sweep deletes in one transaction.
const PORTION: usize = 500;

/// How many pages a vacuum gives back in one transaction.
const PAGES: usize = 1000;

impl SqliteInbox {
    pub(super) async fn write<T, F>(&self, step: Step<T, F>) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        self.0.writer.together(step).await.map_err(Failure::into_store_error)
    }

    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        self.0.reader.apart(Step::new(work)).await.map_err(Failure::into_store_error)
    }

    async fn keep(&self, delivery: Incoming, dead: Option<&str>) -> Result<Accepted, StoreError> {
        let new = New::of(delivery, dead);
        let step = Step::new(move |database| deliveries::keep(database, &new));
        self.write(step.wakes(|accepted| *accepted == Accepted::New)).await
    }
}

impl Store for SqliteInbox {
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        Box::pin(self.keep(delivery, None))
    }

    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        error: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.keep(delivery, Some(error)).await.map(|_| ()) })
    }

    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        let shared = Arc::clone(&self.0);
        let give_back = move |claim| {
            if let Claim::New { fence } = claim {
                let release = move |database: &_| replies::release(database, id, fence);
                shared.writer.post(Step::new(release));
            }
        };
        let step = Step::new(move |database| replies::claim(database, id, lease));
        Box::pin(self.write(step.for_caller().unheard(give_back)))
    }

    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        let reply = Reply::of(reply);
        let work = move |database: &_| replies::answer(database, id, fence, &reply, keep);
        Box::pin(self.write(Step::new(work)))
    }

    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        let work = move |database: &_| replies::release(database, id, fence);
        Box::pin(self.write(Step::new(work)))
    }
}

impl Inbox for SqliteInbox {
    fn lease(
        &self,
        most: usize,
        lease: Duration,
    ) -> BoxFuture<'_, Result<Vec<Leased>, StoreError>> {
        let step = Step::new(move |database| deliveries::lease(database, most, lease));
        Box::pin(self.write(step.for_caller()))
    }

    fn extend(
        &self,
        id: DeliveryId,
        fence: u64,
        lease: Duration,
    ) -> BoxFuture<'_, Result<bool, StoreError>> {
        let step = Step::new(move |database| deliveries::extend(database, id, fence, lease));
        Box::pin(self.write(step.for_caller()))
    }

    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> BoxFuture<'_, Result<Settled, StoreError>> {
        let step = Step::new(move |database| deliveries::settle(database, id, fence, &settlement));
        let step = step.wakes(|settled| *settled == Settled::Yes);
        Box::pin(async move {
            match self.0.writer.together(step).await {
                Ok(settled) => Ok(settled),
                Err(Failure::Refused(why)) => Ok(Settled::Refused(why)),
                Err(Failure::Store(error)) => Err(error),
            }
        })
    }

    fn changed(&self, longest: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let _ = tokio::time::timeout(longest, self.0.signals.changed.notified()).await;
        })
    }

    fn list<'a>(
        &'a self,
        filter: &'a Filter,
        before: Option<u64>,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<Summary>, StoreError>> {
        let filter = filter.clone();
        Box::pin(self.read(move |database| operator::list(database, &filter, before, most)))
    }

    fn show(&self, id: DeliveryId) -> BoxFuture<'_, Result<Option<Record>, StoreError>> {
        Box::pin(self.read(move |database| operator::show(database, id)))
    }

    fn stats(&self) -> BoxFuture<'_, Result<Stats, StoreError>> {
        Box::pin(self.read(operator::stats))
    }

    fn replay<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let filter = filter.clone();
        let step = Step::new(move |database| operator::replay(database, &filter, most));
        Box::pin(self.write(step.wakes(|replayed| *replayed > 0)))
    }

    fn remove<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let filter = filter.clone();
        let step = Step::new(move |database| operator::remove(database, &filter, most));
        Box::pin(self.write(step))
    }

    fn sweep(&self, retention: Retention) -> BoxFuture<'_, Result<usize, StoreError>> {
        Box::pin(async move {
            while self.write(Step::new(|database| replies::sweep(database, PORTION))).await?
                == PORTION
            {}
            let mut deleted = 0;
            loop {
                let work = move |database: &_| operator::sweep(database, retention, PORTION);
                let portion = self.write(Step::new(work)).await?;
                deleted += portion;
                if portion < PORTION {
                    return Ok(deleted);
                }
            }
        })
    }

    fn vacuum(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            if self.read(operator::is_incremental).await? {
                let mut left = u64::MAX;
                loop {
                    let work = |database: &_| operator::give_back(database, PAGES);
                    let before = std::mem::replace(&mut left, self.write(Step::new(work)).await?);
                    if left == 0 || left >= before {
                        break;
                    }
                }
            } else {
                // The file was there before the inbox came into it.
                let rewrite = self.0.writer.apart(Step::new(operator::rewrite));
                rewrite.await.map_err(Failure::into_store_error)?;
            }
            let checkpoint = self.0.writer.apart(Step::new(operator::checkpoint));
            checkpoint.await.map_err(Failure::into_store_error)
        })
    }
}
