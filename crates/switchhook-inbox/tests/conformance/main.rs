//! What every store has to do, one suite for all of them.

mod claims;
#[cfg(feature = "postgres")]
#[path = "../support/postgres.rs"]
mod postgres_server;
mod suite;

use switchhook_inbox::MemoryInbox;

suite::conforms!(memory: async || MemoryInbox::new());

#[cfg(feature = "sqlite")]
suite::conforms!(sqlite: async || switchhook_inbox::SqliteInbox::open(new_file()).unwrap());

/// A path where no file is yet. What is made there stays until the next run: the suite does not
/// say when it is done with an inbox.
#[cfg(feature = "sqlite")]
fn new_file() -> std::path::PathBuf {
    use std::{
        fs,
        path::Path,
        sync::{
            LazyLock,
            atomic::{AtomicU32, Ordering::Relaxed},
        },
    };

    static NUMBER: AtomicU32 = AtomicU32::new(0);
    static FOLDER: LazyLock<&Path> = LazyLock::new(|| {
        let folder = Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/conformance-sqlite"));
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).unwrap();
        folder
    });
    FOLDER.join(format!("{}.db", NUMBER.fetch_add(1, Relaxed)))
}

#[cfg(feature = "postgres")]
suite::conforms!(postgres?: async || {
    let server = postgres_server::shared()?;
    Some(switchhook_inbox::PostgresInbox::connect(&server.database()).await.unwrap())
});
