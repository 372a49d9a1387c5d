//! An inbox in a file of SQLite.

mod database;
mod deliveries;
mod error;
mod filter;
mod operator;
mod replies;
mod reports;
mod schema;
mod statements;
mod store;
mod tables;
mod thread;
mod time;

use std::{
    fmt,
    path::Path,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use switchhook_dispatch::StoreError;

pub use self::reports::Reports;
use self::{
    database::Location,
    error::Failure,
    thread::{Queue, Signals, Step},
};

/// An inbox in a file: SQLite is built in, there is no server. Cheap to clone; the clones are
/// one inbox.
///
/// ```
/// use switchhook_inbox::{Inbox, SqliteInbox, State};
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("inbox.db");
///
/// let inbox = SqliteInbox::open(&path)?;
/// assert_eq!(inbox.stats().await?.count(State::Dead), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it guarantees
///
/// What was accepted, claimed or settled is on the disk before the answer: a write-ahead log with
/// `synchronous=FULL`. It survives the end of the process and, as far as the disk keeps what it
/// was told to keep, the end of the power. Several processes of one machine may open one file.
///
/// # What it costs
///
/// Two threads: one writes, the other one reads for `list`, `show` and `stats`. Whoever comes
/// while a commit is under way is committed with all others who do, so that the disk is waited
/// for once: with many callers at once there are many times more deliveries than commits.
///
/// # What it does not
///
/// The file must be on a disk of the machine: over a network file system SQLite's locks do not
/// hold. Other processes are not told when something comes: their workers look every half
/// second. Time is the machine's clock. Old deliveries are deleted by the [`Worker`](crate::Worker),
/// and their room is used again; the file becomes shorter by [`vacuum`](crate::Inbox::vacuum).
///
/// # Tables of your own
///
/// You may keep them in the same file: the inbox's own begin with `switchhook_`.
/// [`SqliteOptions::tables`] makes them. The statements of a [`Transaction`](crate::Transaction)
/// are executed in it, and so are those of [`query`](Self::query) and [`execute`](Self::execute),
/// with foreign keys checked. Theirs are values `$1`, `$2` or `?`; they may do anything but begin
/// or end transactions, attach files, set pragmas, or write to the inbox's tables. Statements that
/// take long hold up all others; after two seconds they are refused.
///
/// # Errors
///
/// A full disk is [`Full`](switchhook_dispatch::StoreErrorKind::Full); when there is room again
/// all goes on by itself. A file that is locked for longer than the
/// [`busy_timeout`](SqliteOptions::busy_timeout), and a disk that fails, are
/// [`Unavailable`](switchhook_dispatch::StoreErrorKind::Unavailable). So is a file that has come to
/// the place of another one while that was open, for as long as `-wal` and `-shm` of that one lie
/// beside it: what is in them would destroy it. A file that is no database,
/// or one of a newer version, is
/// [`Incompatible`](switchhook_dispatch::StoreErrorKind::Incompatible).
#[derive(Clone)]
pub struct SqliteInbox(Arc<Shared>);

struct Shared {
    location: Location,
    writer: Queue,
    reader: Queue,
    signals: Signals,
}

/// How to open a [`SqliteInbox`]: see [`SqliteInbox::options`].
#[derive(Clone, Debug)]
pub struct SqliteOptions {
    create: bool,
    existing_only: bool,
    busy_timeout: Duration,
    max_bytes: u64,
    tables: String,
}

impl SqliteInbox {
    /// Opens the inbox in this file, and makes it where there is none, readable for its owner
    /// alone. Blocks until that is done.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the file cannot be opened, or is something else.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::options().open(path)
    }

    /// Other ways to open an inbox.
    ///
    /// ```
    /// # fn open() -> Result<(), switchhook_dispatch::StoreError> {
    /// use switchhook_inbox::SqliteInbox;
    ///
    /// let inbox = SqliteInbox::options().create(false).max_bytes(2 << 30).open("inbox.db")?;
    /// # Ok(()) }
    /// ```
    pub fn options() -> SqliteOptions {
        SqliteOptions {
            create: true,
            existing_only: false,
            busy_timeout: Duration::from_secs(5),
            max_bytes: 0,
            tables: String::new(),
        }
    }

    /// Lets the file become at most this long, in bytes, from now on; see
    /// [`SqliteOptions::max_bytes`]. `None` is no limit.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the limit is what it was.
    pub async fn set_max_bytes(&self, most: Option<u64>) -> Result<(), StoreError> {
        let most = most.map_or(0, |most| most.max(1));
        let limit = Step::new(move |database| Ok(database.limit(most)?));
        self.0.writer.apart(limit).await.map_err(Failure::into_store_error)?;
        self.0.location.max_bytes.store(most, Relaxed);
        Ok(())
    }

    /// How many transactions this handle and its clones have committed: how often the disk was
    /// waited for.
    pub fn commits(&self) -> u64 {
        self.0.signals.commits.load(Relaxed)
    }
}

impl fmt::Debug for SqliteInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteInbox").field("location", &self.0.location).finish_non_exhaustive()
    }
}

impl SqliteOptions {
    /// Whether a file is made where there is none: yes, unless told otherwise.
    #[must_use]
    pub fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// Whether an inbox is opened as it is or not at all: no, unless told otherwise.
    ///
    /// No file and no table is made, none is migrated, the journal's mode stays, and the statements
    /// of [`tables`](Self::tables) are not executed. For programs that look at what another one
    /// keeps: a file without an inbox, or with one of an older version, is
    /// [`Incompatible`](switchhook_dispatch::StoreErrorKind::Incompatible). What is asked of the
    /// inbox then, such as a replay, is done as ever.
    #[must_use]
    pub fn existing_only(mut self, existing_only: bool) -> Self {
        self.existing_only = existing_only;
        self
    }

    /// Waits at most this long for another process that writes: 5 seconds unless told otherwise.
    #[must_use]
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// Lets the file become at most this long, in bytes: no limit unless told otherwise. The
    /// store is full then. One that is longer already stays as long.
    ///
    /// The write-ahead log beside it comes on top, some megabytes. Each process has its own
    /// limit.
    #[must_use]
    pub fn max_bytes(mut self, most: u64) -> Self {
        self.max_bytes = most.max(1);
        self
    }

    /// Makes tables of your own beside the inbox's, by statements that are executed whenever the
    /// file is opened: `create table if not exists …`. All or none.
    ///
    /// See [`SqliteInbox::query`].
    #[must_use]
    pub fn tables(mut self, sql: impl Into<String>) -> Self {
        self.tables = sql.into();
        self
    }

    /// Opens the inbox in this file.
    ///
    /// # Errors
    ///
    /// As [`SqliteInbox::open`]; also when the statements of [`tables`](Self::tables) are refused.
    pub fn open(self, path: impl AsRef<Path>) -> Result<SqliteInbox, StoreError> {
        let Self { busy_timeout, existing_only, .. } = self;
        let location = Location::new(path.as_ref(), busy_timeout, &self.tables, existing_only)?;
        location.max_bytes.store(self.max_bytes, Relaxed);
        if self.create && !existing_only {
            location.create()?;
        }
        let signals = Signals::default();
        let start = |open: fn(&Location) -> Result<_, Failure>, signals| {
            let database = open(&location).map_err(Failure::into_store_error)?;
            thread::start(database, location.clone(), open, signals)
        };
        let writer = start(Location::writer, signals.clone())?;
        let reader = start(Location::reader, Signals::default())?;
        Ok(SqliteInbox(Arc::new(Shared { location, writer, reader, signals })))
    }
}
