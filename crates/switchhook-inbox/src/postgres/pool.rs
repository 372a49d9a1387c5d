//! Connections, and trying again on another one.

use std::time::Duration;

use deadpool_postgres::{Object, PoolError, Runtime, Timeouts};
use switchhook_dispatch::StoreError;
use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::{Row, types::ToSql};

use super::{PostgresOptions, error::Failure, server::Server, unusable};

/// For how long a step that a delivery depends on is tried again.
pub(super) const PATIENT: Duration = Duration::from_secs(5);

/// For how long the others are: long enough to get past connections that a restart has left.
pub(super) const BRIEF: Duration = Duration::from_millis(500);

/// What listing, counting and deleting may take.
const SLOW: Duration = Duration::from_secs(60);

/// How many texts of statements a connection keeps prepared.
pub(super) const MOST_PREPARED: usize = 200;

/// The values of a statement.
pub(super) type Params<'a> = [&'a (dyn ToSql + Sync)];

/// The connections of an inbox.
pub(super) struct Pool {
    pool: deadpool_postgres::Pool,
    connect_timeout: Duration,
    time_limit: Duration,
}

impl Pool {
    pub(super) fn new(server: &Server, options: &PostgresOptions) -> Result<Self, StoreError> {
        let pool = deadpool_postgres::Pool::builder(server.manager())
            .max_size(options.pool_size)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| unusable("the pool cannot be made"))?;
        let (connect_timeout, time_limit) = (options.connect_timeout, options.time_limit);
        Ok(Self { pool, connect_timeout, time_limit })
    }

    /// How many connections there are.
    pub(super) fn connections(&self) -> usize {
        self.pool.status().size
    }

    /// The rows of one statement, which is a transaction of its own.
    pub(super) async fn query(
        &self,
        patience: Duration,
        sql: &str,
        params: &Params<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut tries = self.tries(patience);
        loop {
            let connection = tries.connection().await?;
            let query = async {
                let statement = connection.prepare_cached(sql).await?;
                connection.query(&statement, params).await
            };
            match tries.within(1, query).await {
                Ok(rows) => return Ok(rows),
                Err(failure) => tries.failed(connection, failure).await?,
            }
        }
    }

    /// The rows of a statement that may take its time.
    pub(super) async fn query_slowly(
        &self,
        sql: &str,
        params: &Params<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut tries = self.tries(BRIEF);
        loop {
            let mut connection = tries.connection().await?;
            let query = async {
                let transaction = connection.transaction().await?;
                let limit = format!("SET LOCAL statement_timeout = {}", SLOW.as_millis());
                transaction.batch_execute(&limit).await?;
                let statement = transaction.prepare_cached(sql).await?;
                let rows = transaction.query(&statement, params).await?;
                transaction.commit().await?;
                Ok::<_, tokio_postgres::Error>(rows)
            };
            let result = match timeout(SLOW + self.time_limit, query).await {
                Ok(result) => result.map_err(Failure::from),
                Err(_) => Err(Failure::unavailable("no answer in time")),
            };
            match result {
                Ok(rows) => return Ok(rows),
                Err(failure) => tries.failed(connection, failure).await?,
            }
        }
    }

    /// Tries of one step, for as long as the patience lasts.
    pub(super) fn tries(&self, patience: Duration) -> Tries<'_> {
        Tries { pool: self, deadline: Instant::now() + patience, pause: Duration::from_millis(10) }
    }
}

/// The tries of one step.
pub(super) struct Tries<'a> {
    pool: &'a Pool,
    deadline: Instant,
    pause: Duration,
}

impl Tries<'_> {
    /// A connection of the pool.
    pub(super) async fn connection(&mut self) -> Result<Object, StoreError> {
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            let limits = Timeouts {
                wait: Some(left.max(Duration::from_millis(100))),
                create: Some(self.pool.connect_timeout),
                recycle: Some(self.pool.time_limit),
            };
            let failure = match self.pool.pool.timeout_get(&limits).await {
                Ok(connection) => return Ok(connection),
                Err(PoolError::Backend(error)) => Failure::from(error),
                Err(PoolError::Timeout(_)) => Failure::unavailable("no connection in time"),
                Err(_) => Failure { again: false, ..Failure::unavailable("no connection") },
            };
            self.pause_after(failure).await?;
        }
    }

    /// What the step gives, unless it takes longer than this many statements may. The server
    /// ends a statement itself; this is for one that has gone without a word.
    pub(super) async fn within<T, E>(
        &self,
        statements: usize,
        step: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let statements = u32::try_from(statements).unwrap_or(u32::MAX);
        let limit = self.pool.time_limit.saturating_mul(statements) + Duration::from_secs(1);
        match timeout(limit, step).await {
            Ok(result) => result.map_err(Failure::from),
            Err(_) => Err(Failure::unavailable("no answer in time")),
        }
    }

    /// After a step that failed: an error when there is no sense in another try.
    pub(super) async fn failed(
        &mut self,
        connection: Object,
        failure: Failure,
    ) -> Result<(), StoreError> {
        if failure.broken {
            drop(Object::take(connection));
        } else {
            drop(connection);
        }
        self.pause_after(failure).await
    }

    async fn pause_after(&mut self, failure: Failure) -> Result<(), StoreError> {
        if !failure.again || Instant::now() + self.pause >= self.deadline {
            return Err(failure.error);
        }
        sleep(self.pause).await;
        self.pause = (self.pause * 2).min(Duration::from_millis(500));
        Ok(())
    }
}
