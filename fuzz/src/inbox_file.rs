//! Files of inboxes, in folders of their own.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use switchhook_inbox::SqliteInbox;

/// What the file is called in its folder.
pub const FILE: &str = "inbox.db";

/// The bytes of a file with all tables, which take longer to make than most runs.
pub fn empty_file(tables: &str) -> Vec<u8> {
    let folder = new_folder();
    let path = folder.join(FILE);
    let inbox = open(&path, tables);
    let checkpoint = "pragma wal_checkpoint(truncate)";
    let is_busy: bool = connect(&path).query_row(checkpoint, [], |row| row.get(0)).unwrap();
    assert!(!is_busy);
    let bytes = fs::read(path).unwrap();
    drop(inbox);
    remove(&folder);
    bytes
}

/// A folder in memory, where the system has that: a commit waits for no disk.
pub fn new_folder() -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);

    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let number = NUMBER.fetch_add(1, Relaxed);
    let folder = parent.join(format!("switchhook-fuzz-{}-{number}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    folder
}

/// Deletes a folder. Threads that are about to end may delete files of it at the same time, and
/// then it is tried again.
pub fn remove(folder: &Path) {
    for _ in 0..20 {
        if fs::remove_dir_all(folder).is_ok() || !folder.exists() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Opens an inbox that waits for nobody, with tables of the application. The threads of the one
/// before may be about to end, and hold a lock for a moment.
pub fn open(path: &Path, tables: &str) -> SqliteInbox {
    let started = Instant::now();
    loop {
        let options = SqliteInbox::options().busy_timeout(Duration::ZERO).tables(tables);
        match options.open(path) {
            Ok(inbox) => return inbox,
            Err(error) => assert!(started.elapsed().as_secs() < 20, "{error}"),
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Another program's connection.
pub fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(Duration::from_secs(20)).unwrap();
    connection
}
