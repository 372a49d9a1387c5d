//! Inboxes, and what can go wrong with them.

use std::{fs, path::PathBuf, sync::LazyLock};

use rusqlite::Connection;
use switchhook_inbox::{Inbox, MemoryInbox, SqliteInbox, Value};

use super::{
    Abort, Delete, Deliveries, Effects, FILE, Fail, Fault, Full, Gone, Insert, Locked, Meta,
    Refused, Replies, Requests, Rollback, Scopes, Update, Watched, connect, empty_file, new_folder,
    open, remove,
};

/// An inbox that runs.
pub trait Host {
    type Inbox: Inbox + Clone;

    /// Whether it has a file, which tables are in and which fails.
    const IS_FILE: bool;

    fn inbox(&self) -> &Self::Inbox;

    /// Brings its file into trouble.
    fn break_down(&mut self, fault: Fault) -> impl Future<Output = ()>;

    /// Ends the trouble.
    fn repair(&mut self, fault: Fault) -> impl Future<Output = ()>;

    /// Lets everything that it keeps have happened earlier.
    fn pass(&mut self, hours: u8);

    fn restart(&mut self, by_power_loss: bool);

    /// Looks into what is kept: it is whole.
    fn inspect(&self);

    /// What handlers have written: keys and fences in their order.
    fn effects(&self) -> Vec<(u8, u64)>;
}

impl Host for MemoryInbox {
    type Inbox = Self;

    const IS_FILE: bool = false;

    fn inbox(&self) -> &Self {
        self
    }

    async fn break_down(&mut self, _: Fault) {}

    async fn repair(&mut self, _: Fault) {}

    fn pass(&mut self, _: u8) {}

    fn restart(&mut self, _: bool) {}

    fn inspect(&self) {}

    fn effects(&self) -> Vec<(u8, u64)> {
        let statements = self.statements();
        let values = statements.iter().filter_map(|statement| match statement.values[..] {
            [Value::Integer(key), Value::Integer(fence)] => Some((key, fence)),
            _ => None,
        });
        values.map(|(key, fence)| (key.try_into().unwrap(), fence.try_into().unwrap())).collect()
    }
}

/// An inbox in a file, in a folder of its own.
pub struct SqliteHost {
    /// Taken while it starts again.
    inbox: Option<SqliteInbox>,
    /// Another program's connection.
    other: Connection,
    folder: PathBuf,
}

/// Tables of the application. `countdown` is this test's own.
const TABLES: &str = "
    create table if not exists effects (key integer not null, fence integer not null);
    create table if not exists parents (id integer primary key);
    create table if not exists children (
        parent integer references parents deferrable initially deferred);
    create table if not exists countdown (left integer not null);
";

impl SqliteHost {
    pub fn new() -> Self {
        static EMPTY: LazyLock<Vec<u8>> = LazyLock::new(|| empty_file(TABLES));

        let folder = new_folder();
        fs::write(folder.join(FILE), &*EMPTY).unwrap();
        let inbox = open(&folder.join(FILE), TABLES);
        let other = connect(&folder.join(FILE));
        Self { inbox: Some(inbox), other, folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn away(&self) -> PathBuf {
        self.folder.join("away.db")
    }

    fn execute(&self, sql: &str) {
        self.other.execute_batch(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    fn number(&self, sql: &str) -> i64 {
        self.other.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

impl Drop for SqliteHost {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

impl Host for SqliteHost {
    type Inbox = SqliteInbox;

    const IS_FILE: bool = true;

    fn inbox(&self) -> &SqliteInbox {
        self.inbox.as_ref().expect("it runs")
    }

    async fn break_down(&mut self, fault: Fault) {
        match fault {
            Locked => self.execute("begin immediate"),
            Full => {
                let bytes = self.inbox().stats().await.unwrap().bytes;
                self.inbox().set_max_bytes(bytes).await.unwrap();
            }
            Gone => fs::rename(self.path(), self.away()).unwrap(),
            Watched => {
                self.execute("begin");
                self.number("select count(*) from switchhook_deliveries");
            }
            Refused { verb, table, how, after } => {
                let verb = match verb {
                    Insert => "insert",
                    Update => "update",
                    Delete => "delete",
                };
                let table = match table {
                    Deliveries => "switchhook_deliveries",
                    Requests => "switchhook_requests",
                    Scopes => "switchhook_scopes",
                    Replies => "switchhook_replies",
                    Meta => "switchhook_meta",
                    Effects => "effects",
                };
                let how = match how {
                    Abort => "abort",
                    Fail => "fail",
                    Rollback => "rollback",
                };
                self.execute(&format!(
                    "begin;
                     delete from countdown;
                     insert into countdown values ({});
                     create trigger fault after {verb} on {table} begin
                         update countdown set left = left - 1;
                         select raise({how}, 'fault') from countdown where left < 0;
                     end;
                     commit;",
                    after % 4
                ));
            }
        }
    }

    async fn repair(&mut self, fault: Fault) {
        match fault {
            Locked | Watched => self.execute("rollback"),
            Full => self.inbox().set_max_bytes(None).await.unwrap(),
            Gone => fs::rename(self.away(), self.path()).unwrap(),
            Refused { .. } => self.execute("drop trigger fault"),
        }
    }

    fn pass(&mut self, hours: u8) {
        let micros = i64::from(hours) * 60 * 60 * 1_000_000;
        self.execute(&format!(
            "begin;
             update switchhook_deliveries set received_at = received_at - {micros},
                 due_at = due_at - {micros}, settled_at = settled_at - {micros};
             update switchhook_replies set until = until - {micros};
             commit;"
        ));
    }

    fn restart(&mut self, by_power_loss: bool) {
        if by_power_loss {
            // Nothing is under way: what is on the disk is what was answered.
            let folder = new_folder();
            for end in ["", "-wal"] {
                let name = format!("{FILE}{end}");
                fs::copy(self.folder.join(&name), folder.join(&name)).unwrap();
            }
            self.inbox = None;
            remove(&self.folder);
            self.folder = folder;
            self.inbox = Some(open(&self.path(), TABLES));
            self.other = connect(&self.path());
        } else {
            self.inbox = None;
            self.inbox = Some(open(&self.path(), TABLES));
        }
    }

    fn inspect(&self) {
        let whole: String =
            self.other.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
        let orphans = "(select count(*) from switchhook_requests)
                     - (select count(*) from switchhook_deliveries)";
        assert_eq!(self.number(&format!("select {orphans}")), 0);
    }

    fn effects(&self) -> Vec<(u8, u64)> {
        let mut statement =
            self.other.prepare("select key, fence from effects order by rowid").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}
