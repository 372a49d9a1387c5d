//! Every store of the inbox, empty, with a table of the application beside it.

#[path = "../../../switchhook-inbox/tests/support/postgres.rs"]
mod postgres;

use std::sync::Arc;

use switchhook::inbox::{Inbox, MemoryInbox, PostgresInbox, SqliteInbox};
use tempfile::TempDir;

/// A store and the way past it, straight to its tables.
pub(crate) struct Kept {
    pub(crate) name: &'static str,
    pub(crate) inbox: Arc<dyn Inbox>,
    tables: Tables,
}

enum Tables {
    None,
    Sqlite(TempDir),
    Postgres(tokio_postgres::Client),
}

/// Memory, a file, and where there is one a PostgreSQL server.
pub(crate) async fn all() -> Vec<Kept> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteInbox::open(folder.path().join("hooks.db")).unwrap();
    let mut stores = vec![
        Kept { name: "memory", inbox: Arc::new(MemoryInbox::new()), tables: Tables::None },
        Kept { name: "sqlite", inbox: Arc::new(sqlite), tables: Tables::Sqlite(folder) },
    ];
    if let Some(server) = postgres::shared() {
        let url = server.database();
        let inbox = Arc::new(PostgresInbox::connect(&url).await.unwrap());
        let (client, connection) =
            tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        stores.push(Kept { name: "postgres", inbox, tables: Tables::Postgres(client) });
    }
    stores
}

impl Kept {
    /// Executes statements that both databases understand; `false` where there are no tables.
    pub(crate) async fn execute(&self, sql: &str) -> bool {
        match &self.tables {
            Tables::None => return false,
            Tables::Sqlite(folder) => {
                let file = rusqlite::Connection::open(folder.path().join("hooks.db")).unwrap();
                file.busy_timeout(std::time::Duration::from_secs(30)).unwrap();
                file.execute_batch(sql).unwrap();
            }
            Tables::Postgres(client) => client.batch_execute(sql).await.unwrap(),
        }
        true
    }

    /// Puts these bytes into the place of the body of every kept request; how many there are,
    /// where there are tables.
    pub(crate) async fn rewrite_bodies(&self, body: &[u8]) -> Option<u64> {
        Some(match &self.tables {
            Tables::None => return None,
            Tables::Sqlite(folder) => {
                let file = rusqlite::Connection::open(folder.path().join("hooks.db")).unwrap();
                file.busy_timeout(std::time::Duration::from_secs(30)).unwrap();
                let sql = "update switchhook_requests set body = ?1";
                u64::try_from(file.execute(sql, [body]).unwrap()).unwrap()
            }
            Tables::Postgres(client) => {
                let sql = "update switchhook_deliveries set body = $1";
                client.execute(sql, &[&body]).await.unwrap()
            }
        })
    }
}
