use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use axum::Router;
use switchhook::inbox::{Filter, Inbox, SqliteInbox, State, Summary, Worker};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{Caller, PATIENCE};

/// An application in the test's own process: on a free port, its worker beside it, with a database
/// of its own.
#[derive(Debug)]
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    /// Calls it.
    pub caller: Caller,
    /// Its inbox, opened beside its own.
    pub inbox: SqliteInbox,
    /// Its database.
    pub database: PathBuf,
    /// Deletes the database at the end.
    _folder: Option<TempDir>,
}

impl Service {
    /// Starts what is made for a database in a folder of its own, which is not there yet.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub async fn start(make: impl FnOnce(&Path) -> (Router, Worker)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let service = Self::start_at(folder.path().join("database.db"), make).await;
        Self { _folder: Some(folder), ..service }
    }

    /// Starts what is made for this database.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub async fn start_at(database: PathBuf, make: impl FnOnce(&Path) -> (Router, Worker)) -> Self {
        let (router, worker) = make(&database);
        let address = serve(router).await;
        tokio::spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        Self { address, caller: Caller::new(address), inbox, database, _folder: None }
    }

    /// Waits until everything that was accepted is done or dead.
    ///
    /// # Panics
    ///
    /// When it never is.
    pub async fn handled(&self) {
        eventually(async || self.inbox.stats().await.unwrap().oldest_waiting.is_none()).await;
    }

    /// Waits until a delivery has failed and is to be tried again.
    ///
    /// # Panics
    ///
    /// When none is.
    pub async fn failed_once(&self) {
        eventually(async || self.inbox.stats().await.unwrap().count(State::Retry) > 0).await;
    }

    /// The dead letters, the newest first, when everything is handled.
    ///
    /// # Panics
    ///
    /// When the inbox cannot be read.
    pub async fn dead(&self) -> Vec<Summary> {
        self.handled().await;
        self.inbox.list(&Filter::new().state(State::Dead), None, 100).await.unwrap()
    }

    /// Its database.
    ///
    /// # Panics
    ///
    /// When it cannot be opened.
    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.database).unwrap()
    }

    /// Takes its database away, so that nothing can be kept.
    ///
    /// # Panics
    ///
    /// When it is away.
    pub fn lose_database(&self) {
        std::fs::rename(&self.database, self.database.with_extension("away")).unwrap();
    }
}

/// Serves a router on a free port until the runtime ends: its address.
///
/// # Panics
///
/// When there is no free port.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// Waits for what is bound to come.
///
/// # Panics
///
/// When it does not.
pub async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < PATIENCE, "not within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
