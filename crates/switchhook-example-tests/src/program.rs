use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use tempfile::TempDir;

use crate::PATIENCE;

/// A program as it runs, on a free port, with a database and a log of its own.
///
/// Its environment is what a test says, `PORT`, `DATABASE` and `NO_COLOR`; nothing comes from the
/// environment of the test. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program {
    process: Process,
    folder: TempDir,
    log: BufReader<File>,
    /// The beginning of a line whose end is not written yet.
    begun: Vec<u8>,
}

impl Program {
    /// Starts the program at a path, such as `env!("CARGO_BIN_EXE_video-appointments")`.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start(path: impl AsRef<Path>, settings: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), path, settings)
    }

    /// Starts it with what another one has [left](Self::kill).
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start_in(folder: TempDir, path: impl AsRef<Path>, settings: &[(&str, &str)]) -> Self {
        let log = log(folder.path());
        File::create(&log).unwrap();
        // What two streams append does not overwrite each other.
        let writes = || File::options().append(true).open(&log).unwrap();
        let mut command = Command::new(path.as_ref());
        command.env_clear().env("NO_COLOR", "1").env("PORT", "0");
        command.env("DATABASE", database(folder.path())).envs(settings.iter().copied());
        command.stdin(Stdio::null()).stdout(writes()).stderr(writes());
        let process = Process(command.spawn().unwrap());
        let log = BufReader::new(File::open(&log).unwrap());
        Self { process, folder, log, begun: Vec::new() }
    }

    /// The next line of the log with this text, without its end; lines before it are passed over.
    ///
    /// # Panics
    ///
    /// When the program ends without it, or it does not come.
    pub fn line_with(&mut self, text: &str) -> String {
        let started = Instant::now();
        loop {
            // Asked before the log is read: what a program that has ended wrote is all there.
            let ended = self.process.0.try_wait().unwrap().is_some();
            while let Some(line) = self.next_line() {
                if line.contains(text) {
                    return line;
                }
            }
            assert!(!ended, "the log ended without {text}:\n{}", self.log());
            assert!(started.elapsed() < PATIENCE, "no {text} in\n{}", self.log());
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// The address that it says it listens on.
    ///
    /// # Panics
    ///
    /// When it does not say so.
    pub fn address(&mut self) -> SocketAddr {
        let ready = self.line_with("ready on http://");
        let address = ready.rsplit_once("http://").unwrap().1;
        address.trim_end_matches('/').parse().unwrap_or_else(|_| panic!("{ready}"))
    }

    /// All that was logged until now.
    ///
    /// # Panics
    ///
    /// When the log cannot be read.
    pub fn log(&self) -> String {
        let bytes = std::fs::read(log(self.folder.path())).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The database that `DATABASE` names.
    ///
    /// # Panics
    ///
    /// When it cannot be opened.
    pub fn sql(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(database(self.folder.path())).unwrap();
        connection.busy_timeout(PATIENCE).unwrap();
        connection
    }

    /// Waits until a query of the database tells this number.
    ///
    /// # Panics
    ///
    /// When it never does.
    pub fn wait_for(&self, query: &str, number: u32) {
        let (sql, started) = (self.sql(), Instant::now());
        loop {
            let found: u32 = sql.query_row(query, [], |row| row.get(0)).unwrap();
            if found == number {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{found} and not {number}: {query}");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Ends it as `kill -9` does: the folder with its database and its log.
    pub fn kill(self) -> TempDir {
        drop(self.process);
        self.folder
    }

    /// Waits until it ends by itself, in failure: all that it logged.
    ///
    /// # Panics
    ///
    /// When it goes on, or ends well.
    pub fn failure(mut self) -> String {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.0.try_wait().unwrap() {
                assert!(!status.success(), "it ended well:\n{}", self.log());
                return self.log();
            }
            assert!(started.elapsed() < PATIENCE, "it goes on:\n{}", self.log());
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// The next line that was written to its end.
    fn next_line(&mut self) -> Option<String> {
        self.log.read_until(b'\n', &mut self.begun).unwrap();
        if self.begun.last() != Some(&b'\n') {
            return None;
        }
        let line = String::from_utf8_lossy(&self.begun).trim_end().to_owned();
        self.begun.clear();
        Some(line)
    }
}

/// Killed when dropped.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn database(folder: &Path) -> PathBuf {
    folder.join("database.db")
}
