//! The stores that survive a kill, with a table of effects.

use std::sync::Arc;

use switchhook_inbox::{Filter, Inbox, State};

/// A store for one test.
pub(crate) enum TestStore {
    #[cfg(feature = "sqlite")]
    Sqlite(tempfile::TempDir),
    #[cfg(feature = "postgres")]
    Postgres { url: String },
}

const EFFECTS: &str = "create table effects (sid text not null)";

impl TestStore {
    #[cfg(feature = "sqlite")]
    pub(crate) async fn sqlite() -> Self {
        let store = Self::Sqlite(tempfile::tempdir().unwrap());
        store.open().await;
        store.connection().execute(EFFECTS, []).unwrap();
        store
    }

    /// A database of this test's own, where the machine has a server.
    #[cfg(feature = "postgres")]
    pub(crate) async fn postgres() -> Option<Self> {
        let url = crate::postgres_server::shared()?.database();
        let store = Self::Postgres { url };
        store.open().await;
        store.client().await.batch_execute(EFFECTS).await.unwrap();
        Some(store)
    }

    /// What [`at`](Self::at) understands.
    pub(crate) fn address(&self) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(folder) => folder.path().join("inbox.db").display().to_string(),
            #[cfg(feature = "postgres")]
            Self::Postgres { url } => url.clone(),
        }
    }

    /// The inbox at an address.
    pub(crate) async fn at(address: &str) -> Arc<dyn Inbox> {
        #[cfg(feature = "postgres")]
        if address.starts_with("postgres") {
            return Arc::new(switchhook_inbox::PostgresInbox::connect(address).await.unwrap());
        }
        #[cfg(feature = "sqlite")]
        return Arc::new(switchhook_inbox::SqliteInbox::open(address).unwrap());
        #[cfg(not(feature = "sqlite"))]
        unreachable!("no such store");
    }

    pub(crate) async fn open(&self) -> Arc<dyn Inbox> {
        Self::at(&self.address()).await
    }

    #[cfg(feature = "sqlite")]
    fn connection(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.address()).unwrap()
    }

    #[cfg(feature = "postgres")]
    async fn client(&self) -> tokio_postgres::Client {
        let url = self.address();
        let (client, connection) =
            tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// The SIDs of all deliveries in this state.
    pub(crate) async fn subjects(&self, state: State) -> Vec<String> {
        let inbox = self.open().await;
        let list = inbox.list(&Filter::new().state(state), None, 1_000_000).await.unwrap();
        list.into_iter().filter_map(|summary| summary.subject).collect()
    }

    /// The SIDs of all effects, as often as they happened.
    pub(crate) async fn effects(&self) -> Vec<String> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => {
                let connection = self.connection();
                let mut statement = connection.prepare("select sid from effects").unwrap();
                let rows = statement.query_map([], |row| row.get(0)).unwrap();
                rows.map(Result::unwrap).collect()
            }
            #[cfg(feature = "postgres")]
            Self::Postgres { .. } => {
                let rows = self.client().await.query("select sid from effects", &[]).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }
}
