//! An inbox in PostgreSQL.

mod error;
mod filter;
mod hints;
mod inbox;
mod pool;
mod row;
mod schema;
mod server;
mod statements;
mod store;
mod text;

use std::{sync::Arc, time::Duration};

use switchhook_dispatch::{StoreError, StoreErrorKind};
use tokio::task::JoinHandle;

use self::{hints::Hints, pool::Pool, schema::Wanted, server::Server, statements::Statements};

/// An inbox in a PostgreSQL database, for receivers and workers on several machines. Cheap to
/// clone; the clones share their connections.
///
/// ```no_run
/// use switchhook_inbox::PostgresInbox;
/// # async fn run() -> Result<(), switchhook_dispatch::StoreError> {
///
/// let inbox = PostgresInbox::connect("postgres://hooks:secret@db.example.com/hooks").await?;
/// # Ok(())
/// # }
/// ```
///
/// # What it guarantees
///
/// A delivery is accepted by one statement that is committed with `synchronous_commit = on`
/// before the provider hears a 2xx. When a connection breaks while a commit is on its way,
/// nobody knows whether it happened: the step is then tried again on another connection, for
/// about five seconds, and the delivery's id or the fence tells what became of the first try.
/// So a restart or a failover of the server costs a delay, and after that time an error.
///
/// What a [`Transaction`](crate::Transaction) notes is executed in the transaction that ends the
/// delivery. Its statements may write to any table of the same database. Its values are sent
/// as texts and take the type of their place: a text may be a `date`, a `uuid` or `jsonb`, a
/// number a `numeric`. A statement that ends the transaction or changes the session (`commit`,
/// `set`, `listen` and the like) is refused. So is one that runs longer than the
/// [time limit](PostgresOptions::time_limit).
///
/// # What it costs
///
/// Accepting takes one round trip and one flush of the server's log, which many connections
/// share. A lease, an extension and an end without statements take one round trip each. Besides
/// its pool an inbox has one connection that listens: other inboxes on the same tables are
/// woken by `NOTIFY`, at most every 20 milliseconds and outside of any transaction that keeps a
/// delivery. When a hint is lost, a worker finds the delivery when it looks for work by itself.
///
/// # What it needs
///
/// PostgreSQL 12 or later (tested with 15), a database in UTF-8, and the right to create its four
/// tables and a sequence, or tables that are there already; their names begin with
/// `switchhook_`. Prepared statements and `LISTEN` need a session of their own: behind a pooler,
/// use its session mode. Time is the server's.
///
/// # TLS
///
/// With the feature `postgres-tls`, `sslmode=require`, `verify-ca` and `verify-full` in the URL
/// all mean the same: TLS, with a certificate that a known authority has given for the host's
/// name. Known are Mozilla's, or those of the PEM file that `sslrootcert` names. Without the feature
/// such a URL is an error. A URL that asks for nothing, or for `disable`, `allow` or `prefer`,
/// connects in clear text.
#[derive(Clone)]
pub struct PostgresInbox(Arc<Shared>);

struct Shared {
    server: Server,
    pool: Pool,
    statements: Statements,
    hints: Arc<Hints>,
    listening: JoinHandle<()>,
}

/// The task holds no inbox, so that the last one ends it.
impl Drop for Shared {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl PostgresInbox {
    /// Connects to a database by its URL, `postgres://user:password@host:port/database`, and
    /// makes its tables where they are missing. Must be called within a Tokio runtime.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Unavailable`] when the server cannot be reached,
    /// [`StoreErrorKind::Incompatible`] when the tables were made by a newer version or are
    /// something else, [`StoreErrorKind::Unsupported`] when the URL asks for TLS without the
    /// feature `postgres-tls`.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::options().connect(url).await
    }

    /// How to connect, where the defaults do not fit.
    pub fn options() -> PostgresOptions {
        PostgresOptions::default()
    }
}

/// Shows nothing of the URL.
impl std::fmt::Debug for PostgresInbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresInbox")
            .field("connections", &self.0.pool.connections())
            .finish_non_exhaustive()
    }
}

/// How an inbox connects to PostgreSQL.
///
/// ```no_run
/// use std::time::Duration;
///
/// use switchhook_inbox::PostgresInbox;
/// # async fn run() -> Result<(), switchhook_dispatch::StoreError> {
///
/// let inbox = PostgresInbox::options()
///     .pool_size(32)
///     .schema("hooks")
///     .connect_timeout(Duration::from_secs(2))
///     .connect("postgres://hooks@db.example.com/app?sslmode=verify-full")
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    pool_size: usize,
    schema: Option<String>,
    existing_only: bool,
    connect_timeout: Duration,
    time_limit: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        Self {
            pool_size: 16,
            schema: None,
            existing_only: false,
            connect_timeout: Duration::from_secs(3),
            time_limit: Duration::from_secs(5),
        }
    }
}

impl PostgresOptions {
    /// Keeps at most this many connections, besides the one that listens: 16 unless told
    /// otherwise, at least 1. They are made when they are needed.
    #[must_use]
    pub fn pool_size(mut self, most: usize) -> Self {
        self.pool_size = most.max(1);
        self
    }

    /// Keeps the tables in this schema, which is made where it is missing. Without, they are in
    /// the first schema of the user's `search_path`, most often `public`. Inboxes in different
    /// schemas know nothing of each other.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// Whether an inbox is opened as it is or not at all: no, unless told otherwise.
    ///
    /// No schema and no table is made, none is migrated. For programs that look at what another
    /// one keeps: a schema without an inbox, or with one of an older version, is
    /// [`Incompatible`](StoreErrorKind::Incompatible). What is asked of the inbox then, such as a
    /// replay, is done as ever.
    #[must_use]
    pub fn existing_only(mut self, existing_only: bool) -> Self {
        self.existing_only = existing_only;
        self
    }

    /// Waits at most this long for a new connection: 3 seconds unless told otherwise.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit.max(Duration::from_millis(1));
        self
    }

    /// Lets a statement run at most this long, those of handlers as well: 5 seconds unless told
    /// otherwise. Listing, counting and deleting may take a minute.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit.clamp(Duration::from_millis(10), Duration::from_secs(3600));
        self
    }

    /// Connects to a database by its URL, see [`PostgresInbox::connect`].
    ///
    /// # Errors
    ///
    /// Those of [`PostgresInbox::connect`].
    pub async fn connect(self, url: &str) -> Result<PostgresInbox, StoreError> {
        let server = Server::parse(url, &self)?;
        let wanted = Wanted {
            schema: self.schema.as_deref(),
            migrations: schema::MIGRATIONS,
            existing_only: self.existing_only,
        };
        let place = schema::prepare(&server, wanted).await?;
        let hints = Arc::new(Hints::default());
        let listening = hints::listen(server.clone(), Arc::clone(&hints), place.table);
        let shared = Shared {
            pool: Pool::new(&server, &self)?,
            statements: Statements::new(&place.prefix),
            listening: tokio::spawn(listening),
            server,
            hints,
        };
        Ok(PostgresInbox(Arc::new(shared)))
    }
}

/// The error of options that make no sense.
fn unusable(text: &str) -> StoreError {
    StoreError::new(StoreErrorKind::Unsupported, text)
}
