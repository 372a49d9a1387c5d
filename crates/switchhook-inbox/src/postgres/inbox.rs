//! What workers and operators ask: leases and their ends, lists, deletion.

use std::time::Duration;

use switchhook_dispatch::{BoxFuture, DeliveryId, StoreError};
use tokio_postgres::{Row, types::ToSql};

use super::{
    PostgresInbox,
    error::{Failure, refusal},
    filter::Conditions,
    pool::{BRIEF, MOST_PREPARED, PATIENT, borrow, hide},
    row::{self, count, get, micros},
    text::{AsText, leaves_its_transaction, without_nul},
};
use crate::{
    Filter, Inbox, Leased, Record, Retention, Settled, Settlement, State, Statement, Stats, Summary,
};

/// How many rows are deleted or replayed in one transaction.
const PORTION: i64 = 1000;

/// How many deliveries are leased in one transaction, whoever asks for more.
const MOST_LEASED: i64 = 1000;

/// How an end changes a row, in the order of the statement's values.
struct End {
    state: &'static str,
    error: Option<String>,
    due_after: Option<f64>,
    done: bool,
    returned: bool,
}

impl End {
    fn of(settlement: Settlement) -> (Self, Vec<Statement>) {
        let end = |state: State, error: Option<String>| Self {
            state: state.as_str(),
            error: error.map(|error| without_nul(&error).into_owned()),
            due_after: None,
            done: false,
            returned: false,
        };
        match settlement {
            Settlement::Done(statements) => {
                (Self { done: true, ..end(State::Done, None) }, statements)
            }
            Settlement::Outdated => {
                (end(State::Done, Some("outdated: not handled".to_owned())), Vec::new())
            }
            Settlement::Retry { after, error } => (
                Self { due_after: Some(micros(after)), ..end(State::Retry, Some(error)) },
                Vec::new(),
            ),
            Settlement::Dead { error } => (end(State::Dead, Some(error)), Vec::new()),
            Settlement::Returned => (
                Self { due_after: Some(0.0), returned: true, ..end(State::Pending, None) },
                Vec::new(),
            ),
        }
    }

    fn values<'a>(&'a self, id: &'a &'a [u8], fence: &'a i64) -> [&'a (dyn ToSql + Sync); 7] {
        [id, fence, &self.state, &self.error, &self.due_after, &self.done, &self.returned]
    }

    /// What has become of a lease, by its standing; `None` where it is still to be ended so.
    fn known(&self, standing: Option<&Row>) -> Result<Option<Settled>, StoreError> {
        let Some(row) = standing else { return Ok(Some(Settled::Lost)) };
        Ok(match (get::<bool>(row, 0)?, get::<bool>(row, 1)?) {
            // It was settled with this fence before, and the answer got lost.
            (false, _) => Some(Settled::Yes),
            (true, true) if self.done => Some(Settled::Lost),
            (true, _) => None,
        })
    }

    /// What follows from the row that the statement gave: hints for those who wait.
    fn settled(&self, inbox: &PostgresInbox, row: &Row) -> Result<Settled, StoreError> {
        let about_something = get::<bool>(row, 0)?;
        if about_something || self.due_after.is_some_and(|micros| micros < 1000.0) {
            inbox.0.hints.stir();
        }
        Ok(Settled::Yes)
    }
}

/// How a transaction with statements of a handler went, when the server did not fail.
enum Outcome {
    Committed(Row),
    Known(Settled),
}

impl PostgresInbox {
    async fn lease_now(&self, most: usize, lease: Duration) -> Result<Vec<Leased>, StoreError> {
        let most = i64::try_from(most).unwrap_or(MOST_LEASED).min(MOST_LEASED);
        if most == 0 {
            return Ok(Vec::new());
        }
        let statements = &self.0.statements;
        let rows = self.0.pool.query(BRIEF, &statements.lease, &[&most, &micros(lease)]).await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in &rows {
            match row::leased(row) {
                Ok(delivery) => leased.push((get::<i64>(row, 5)?, delivery)),
                Err(error) => {
                    let (number, fence): (i64, i64) = (get(row, 0)?, get(row, 2)?);
                    let values: &[&(dyn ToSql + Sync)] = &[&number, &fence, &error.to_string()];
                    // Where this fails, its lease ends and it comes here again.
                    let _ = self.0.pool.query(BRIEF, &statements.bury_damaged, values).await;
                }
            }
        }
        leased.sort_unstable_by_key(|(rank, _)| *rank);
        Ok(leased.into_iter().map(|(_, delivery)| delivery).collect())
    }

    async fn settle_now(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> Result<Settled, StoreError> {
        let Ok(fence) = i64::try_from(fence) else { return Ok(Settled::Lost) };
        let (end, effects) = End::of(settlement);
        let id = id.to_bytes();
        let id = &id[..];
        if !effects.is_empty() {
            return self.settle_with(id, fence, &end, &effects).await;
        }
        let statements = &self.0.statements;
        // A second time where it changed between the two looks.
        for _ in 0..3 {
            let values = end.values(&id, &fence);
            let rows = self.0.pool.query(PATIENT, &statements.settle, &values).await?;
            if let Some(row) = rows.first() {
                return end.settled(self, row);
            }
            let rows = self.0.pool.query(PATIENT, &statements.standing, &[&id, &fence]).await?;
            if let Some(settled) = end.known(rows.first())? {
                return Ok(settled);
            }
        }
        Err(Failure::unavailable("the row changes all the time").error)
    }

    /// Executes the statements of a handler and ends its delivery in one transaction.
    async fn settle_with(
        &self,
        id: &[u8],
        fence: i64,
        end: &End,
        effects: &[Statement],
    ) -> Result<Settled, StoreError> {
        for Statement { sql, values } in effects {
            if leaves_its_transaction(sql) {
                let why = "a statement must not end the transaction or change the session";
                return Ok(Settled::Refused(why.to_owned()));
            }
            if values.len() > 32_767 {
                return Ok(Settled::Refused("a statement has too many values".to_owned()));
            }
        }
        let mut tries = self.0.pool.tries(PATIENT);
        loop {
            let mut connection = tries.connection().await?;
            let transaction = self.transaction(&mut connection, id, fence, end, effects);
            let result = tries.within(effects.len() + 4, transaction).await;
            if matches!(result, Ok(Outcome::Known(Settled::Refused(_)))) {
                // It may be refused since it was prepared before a table was changed.
                for Statement { sql, .. } in effects {
                    connection.statement_cache.remove(sql, &[]);
                }
            }
            if connection.statement_cache.size() > MOST_PREPARED {
                connection.statement_cache.clear();
            }
            match result {
                Ok(Outcome::Committed(row)) => return end.settled(self, &row),
                Ok(Outcome::Known(settled)) => return Ok(settled),
                Err(failure) => tries.failed(connection, failure).await?,
            }
        }
    }

    async fn transaction(
        &self,
        connection: &mut deadpool_postgres::Object,
        id: &[u8],
        fence: i64,
        end: &End,
        effects: &[Statement],
    ) -> Result<Outcome, Failure> {
        let statements = &self.0.statements;
        let transaction = connection.transaction().await?;
        let standing = transaction.prepare_cached(&statements.standing_locked).await?;
        let row = transaction.query_opt(&standing, &[&id, &fence]).await?;
        if let Some(settled) = end.known(row.as_ref())? {
            return Ok(Outcome::Known(settled));
        }
        let refused_or_failed = |error| match refusal(&error) {
            Some(why) => Ok(Outcome::Known(Settled::Refused(why))),
            None => Err(Failure::from(error)),
        };
        for Statement { sql, values } in effects {
            let executed = async {
                let statement = transaction.prepare_cached(sql).await?;
                let (wanted, given) = (statement.params().len(), values.len());
                if wanted != given {
                    let why = format!("a statement wants {wanted} values and has {given}");
                    return Ok(Some(why));
                }
                transaction.execute_raw(&statement, values.iter().map(AsText)).await?;
                Ok::<_, tokio_postgres::Error>(None)
            };
            match executed.await {
                Ok(None) => {}
                Ok(Some(why)) => return Ok(Outcome::Known(Settled::Refused(why))),
                Err(error) => return refused_or_failed(error),
            }
        }
        let settle = transaction.prepare_cached(&statements.settle).await?;
        let hidden = hide(&end.values(&id, &fence));
        // Something newer was done since.
        let Some(row) = transaction.query_opt(&settle, &borrow(&hidden)).await? else {
            return Ok(Outcome::Known(Settled::Lost));
        };
        match transaction.commit().await {
            Ok(()) => Ok(Outcome::Committed(row)),
            // A constraint that is checked at the end.
            Err(error) => refused_or_failed(error),
        }
    }

    /// Changes up to `most` rows in portions; how many.
    async fn change(
        &self,
        filter: &Filter,
        except: &[State],
        change: &str,
        most: usize,
    ) -> Result<usize, StoreError> {
        let (mut changed, mut last) = (0, 0);
        loop {
            let portion = (most - changed).min(1000);
            if portion == 0 {
                return Ok(changed);
            }
            let chosen = Conditions::of(filter).except(except).after(last).select(
                &self.0.statements.choose,
                "number",
                portion,
            );
            let sql = format!("WITH chosen AS ({} FOR UPDATE){change}", chosen.sql);
            let rows = self.0.pool.query_slowly(&sql, &chosen.values()).await?;
            let Some(row) = rows.first() else { return Ok(changed) };
            let Some(number) = get::<Option<i64>>(row, 1)? else { return Ok(changed) };
            changed += count::<usize>(row, 0)?;
            last = number;
        }
    }

    /// Deletes in portions until there is nothing left; how many.
    async fn delete(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<usize, StoreError> {
        let mut deleted = 0;
        loop {
            let rows = self.0.pool.query_slowly(sql, values).await?;
            let portion = rows.first().map(|row| count::<usize>(row, 0)).transpose()?;
            deleted += portion.unwrap_or_default();
            if portion < usize::try_from(PORTION).ok() {
                return Ok(deleted);
            }
        }
    }
}

impl Inbox for PostgresInbox {
    fn lease(
        &self,
        most: usize,
        lease: Duration,
    ) -> BoxFuture<'_, Result<Vec<Leased>, StoreError>> {
        Box::pin(self.lease_now(most, lease))
    }

    fn extend(
        &self,
        id: DeliveryId,
        fence: u64,
        lease: Duration,
    ) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (id, lease) = (id.to_bytes(), micros(lease));
            let Ok(fence) = i64::try_from(fence) else { return Ok(false) };
            let values: &[&(dyn ToSql + Sync)] = &[&&id[..], &fence, &lease];
            let rows = self.0.pool.query(PATIENT, &self.0.statements.extend, values).await?;
            Ok(!rows.is_empty())
        })
    }

    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        settlement: Settlement,
    ) -> BoxFuture<'_, Result<Settled, StoreError>> {
        Box::pin(self.settle_now(id, fence, settlement))
    }

    fn changed(&self, longest: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let _ = tokio::time::timeout(longest, self.0.hints.changed.notified()).await;
        })
    }

    fn list<'a>(
        &'a self,
        filter: &'a Filter,
        before: Option<u64>,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<Summary>, StoreError>> {
        Box::pin(async move {
            let list = Conditions::of(filter).before(before);
            let list = list.select(&self.0.statements.list, "number DESC", most);
            let rows = self.0.pool.query_slowly(&list.sql, &list.values()).await?;
            rows.iter().map(row::summary).collect()
        })
    }

    fn show(&self, id: DeliveryId) -> BoxFuture<'_, Result<Option<Record>, StoreError>> {
        Box::pin(async move {
            let id = id.to_bytes();
            let rows = self.0.pool.query(BRIEF, &self.0.statements.show, &[&&id[..]]).await?;
            let record = rows.first().map(|row| {
                Ok(Record { summary: row::summary(row)?, request: row::request(row, 12)? })
            });
            record.transpose()
        })
    }

    fn stats(&self) -> BoxFuture<'_, Result<Stats, StoreError>> {
        Box::pin(async move {
            let rows = self.0.pool.query_slowly(&self.0.statements.stats, &[]).await?;
            let mut stats = Stats::default();
            let Some(row) = rows.first() else { return Ok(stats) };
            for (at, of_state) in stats.counts.iter_mut().enumerate() {
                *of_state = count(row, at)?;
            }
            stats.oldest_waiting = get(row, 5)?;
            stats.replies = count(row, 6)?;
            stats.bytes = Some(count(row, 7)?);
            Ok(stats)
        })
    }

    fn replay<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        Box::pin(async move {
            let replay = &self.0.statements.replay_chosen;
            let count = self.change(filter, &[State::Pending, State::Leased], replay, most).await;
            self.0.hints.stir();
            count
        })
    }

    fn remove<'a>(
        &'a self,
        filter: &'a Filter,
        most: usize,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let remove = &self.0.statements.remove_chosen;
        Box::pin(self.change(filter, &[State::Leased], remove, most))
    }

    fn sweep(&self, retention: Retention) -> BoxFuture<'_, Result<usize, StoreError>> {
        Box::pin(async move {
            let statements = &self.0.statements;
            let (done, dead) = (micros(retention.done), micros(retention.dead));
            let deliveries =
                self.delete(&statements.sweep_deliveries, &[&done, &dead, &PORTION]).await?;
            self.delete(&statements.sweep_replies, &[&PORTION]).await?;
            // A delivery about a thing may come meanwhile: that one is kept for the next time.
            let _ = self.delete(&statements.sweep_scopes, &[&PORTION]).await;
            Ok(deliveries)
        })
    }

    fn vacuum(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let vacuum = async {
                let (client, _told) = self.0.server.open().await?;
                client.batch_execute("SET statement_timeout = 0").await?;
                for statement in self.0.statements.vacuum.split(';') {
                    client.batch_execute(statement).await?;
                }
                Ok::<_, Failure>(())
            };
            vacuum.await.map_err(|failure| failure.error)
        })
    }
}
