//! A connection to the file, as the store's threads have one each.

use std::{
    fs::OpenOptions,
    io,
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    hooks::{AuthAction, AuthContext, Authorization},
};
use switchhook_dispatch::{StoreError, StoreErrorKind};

use super::{
    error::Failure,
    schema::{self, MIGRATIONS},
    tables,
};
use crate::version::expect_newest;

/// The WAL is cut to this length when it has become longer and is begun anew.
const LONGEST_WAL: u64 = 64 << 20;

/// Where the file is and how to open it.
#[derive(Clone, Debug)]
pub(super) struct Location {
    path: PathBuf,
    busy_timeout: Duration,
    /// How long the file may become, in bytes; 0 is no limit.
    pub(super) max_bytes: Arc<AtomicU64>,
    /// Makes the application's own tables, whenever the file is opened.
    tables: Arc<str>,
    /// The file stays as it is: nothing is made or migrated.
    existing_only: bool,
}

/// A connection.
pub(super) struct Database {
    connection: Connection,
    opened: Instant,
    /// Until when the statements of a handler may run, in milliseconds since it was opened; 0
    /// when there are none.
    guarded_until: Arc<AtomicU64>,
    /// The file that is open.
    file: Option<FileId>,
    /// Its log, and the log's index.
    beside: [Option<FileId>; 2],
}

/// What tells a file from one that has come to its place: device and number.
type FileId = (u64, u64);

impl Deref for Database {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Location {
    pub(super) fn new(
        path: &Path,
        busy_timeout: Duration,
        tables: &str,
        existing_only: bool,
    ) -> Result<Self, StoreError> {
        // An absolute path is no `:memory:` and no URI.
        let path = std::path::absolute(path).map_err(|error| unavailable(&error))?;
        let (tables, max_bytes) = (tables.into(), Arc::default());
        Ok(Self { path, busy_timeout, max_bytes, tables, existing_only })
    }

    /// Makes an empty file where there is none, for nobody else to read: it will hold whole
    /// messages.
    pub(super) fn create(&self) -> Result<(), StoreError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&self.path) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// A connection that may write, with all tables there.
    pub(super) fn writer(&self) -> Result<Database, Failure> {
        let file = self.file();
        let mut connection = self.connect()?;
        // Before anything is changed: another program's file stays as it is.
        let version = schema::version(&connection, MIGRATIONS.len())?;
        if self.existing_only {
            expect_newest(version, MIGRATIONS.len())?;
        } else {
            // Has an effect on a database without tables alone.
            connection.pragma_update(None, "auto_vacuum", "incremental")?;
            self.set_wal(&connection)?;
        }
        connection.pragma_update(None, "synchronous", "full")?;
        // macOS needs to be told that it is meant.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        if !self.existing_only {
            schema::migrate(&mut connection, MIGRATIONS)?;
        }
        connection
            .query_row(&format!("pragma journal_size_limit = {LONGEST_WAL}"), [], |_| Ok(()))?;
        let database = Database::of(connection, file, self.beside())?;
        database.limit(self.max_bytes.load(Relaxed))?;
        if !self.existing_only {
            tables::make(&database, &self.tables)?;
        }
        Ok(database)
    }

    /// A connection that only reads.
    pub(super) fn reader(&self) -> Result<Database, Failure> {
        let file = self.file();
        let connection = self.connect()?;
        connection.pragma_update(None, "query_only", true)?;
        // Opens the log, and leaves the tables for later.
        connection.query_row("pragma user_version", [], |_| Ok(()))?;
        Ok(Database::of(connection, file, self.beside())?)
    }

    /// Which file is there, where the system tells.
    fn file(&self) -> Option<FileId> {
        file_at(&self.path)
    }

    /// Which write-ahead log and which index of one lie beside it.
    fn beside(&self) -> [Option<FileId>; 2] {
        ["-wal", "-shm"].map(|ending| {
            let mut path = self.path.clone().into_os_string();
            path.push(ending);
            file_at(Path::new(&path))
        })
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.busy_timeout)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }

    /// Turns the WAL on. SQLite does not wait for others here, who may do the same just now.
    fn set_wal(&self, connection: &Connection) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            let mode = connection
                .query_row("pragma journal_mode = wal", [], |row| row.get::<_, String>(0));
            match mode {
                Ok(mode) if mode == "wal" => return Ok(()),
                Ok(_) => {
                    let text = "the file's place allows no write-ahead log";
                    return Err(StoreError::new(StoreErrorKind::Unavailable, text).into());
                }
                Err(error)
                    if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                        && started.elapsed() < self.busy_timeout =>
                {
                    thread::sleep(Duration::from_millis(5));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn file_at(path: &Path) -> Option<FileId> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// The error of a file that cannot be made.
fn unavailable(error: &io::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, error)
}

impl Database {
    /// Whether the file that is open is still the one in its place. What is written to one that
    /// was moved away or deleted would be lost.
    pub(super) fn is_in_place(&self, location: &Location) -> bool {
        self.file == location.file()
    }

    /// Whether another file can be opened in its place: not beside the log of this one, which
    /// SQLite would take for that of the other, and write it there.
    pub(super) fn may_be_replaced(&self, location: &Location) -> Result<(), StoreError> {
        let same =
            |(ours, there): (&Option<FileId>, Option<FileId>)| there.is_some() && *ours == there;
        let replaced = location.file().is_some() && !self.is_in_place(location);
        if replaced && self.beside.iter().zip(location.beside()).any(same) {
            let text = "the file was replaced, and beside the new one lie -wal and -shm of the \
                        old one, which would destroy it: move them away";
            return Err(StoreError::new(StoreErrorKind::Unavailable, text));
        }
        Ok(())
    }

    fn of(
        mut connection: Connection,
        file: Option<FileId>,
        beside: [Option<FileId>; 2],
    ) -> rusqlite::Result<Self> {
        let (opened, guarded_until) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        connection.authorizer(Some({
            let guarded_until = Arc::clone(&guarded_until);
            move |context: AuthContext<'_>| {
                let denied = guarded_until.load(Relaxed) > 0 && is_ours(&context);
                if denied { Authorization::Deny } else { Authorization::Allow }
            }
        }))?;
        connection.progress_handler(
            10_000,
            Some({
                let guarded_until = Arc::clone(&guarded_until);
                move || match guarded_until.load(Relaxed) {
                    0 => false,
                    end => opened.elapsed().as_millis() > end.into(),
                }
            }),
        )?;
        Ok(Self { connection, opened, guarded_until, file, beside })
    }

    /// Does something with a handler's statements, which may do anything but interfere with the
    /// store: end its transaction, change its tables or the connection, or keep it for long.
    pub(super) fn guarded<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let end = (self.opened.elapsed() + TIME_LIMIT).as_millis();
        self.guarded_to(end.try_into().unwrap_or(u64::MAX), work)
    }

    /// The same for as long as it takes: nobody waits yet.
    pub(super) fn guarded_at_start<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.guarded_to(u64::MAX, work)
    }

    fn guarded_to<T>(
        &self,
        end: u64,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.guarded_until.store(end, Relaxed);
        let result = work(&self.connection);
        self.guarded_until.store(0, Relaxed);
        result
    }

    /// Lets the file become this long; 0 is no limit.
    pub(super) fn limit(&self, max_bytes: u64) -> rusqlite::Result<()> {
        let size: u64 = self.query_row("pragma page_size", [], |row| row.get(0))?;
        let most = u64::from(u32::MAX - 1);
        let pages = if max_bytes == 0 { most } else { (max_bytes / size).clamp(1, most) };
        self.query_row(&format!("pragma max_page_count = {pages}"), [], |_| Ok(()))
    }
}

/// How long the statements of one handler may run: everybody else waits.
const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Whether a handler's statement would do what is the store's business.
fn is_ours(context: &AuthContext<'_>) -> bool {
    match context.action {
        AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. }
        | AuthAction::Attach { .. }
        | AuthAction::Detach { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::DropTempTrigger { .. } => true,
        // FTS asks for these.
        AuthAction::Pragma { pragma_name, pragma_value } => {
            pragma_value.is_some() || !matches!(pragma_name, "page_size" | "data_version")
        }
        AuthAction::DropIndex { table_name, .. }
        | AuthAction::DropTrigger { table_name, .. }
        | AuthAction::Insert { table_name }
        | AuthAction::Update { table_name, .. }
        | AuthAction::Delete { table_name }
        | AuthAction::DropTable { table_name }
        | AuthAction::AlterTable { table_name, .. }
        | AuthAction::CreateTrigger { table_name, .. }
        | AuthAction::CreateIndex { table_name, .. } => {
            let prefix = table_name.as_bytes().get(..11);
            prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"switchhook_"))
        }
        _ => false,
    }
}
