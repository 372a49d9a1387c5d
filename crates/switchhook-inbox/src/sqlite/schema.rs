//! The tables, and the way from each version of them to the next.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use switchhook_dispatch::{StoreError, StoreErrorKind};

use super::error::Failure;

/// The step to each version, from the one before; no database is version 0.
///
/// A step that has been in a release is never changed.
pub(super) const MIGRATIONS: &[&str] = &[VERSION_1];

/// One column for time, `due_at`, serves what is pending, what waits for its next try, and
/// leases that end: it is null where nothing waits, and its index has no more than what does.
///
/// The requests are apart, so that the steps of a delivery's life write small rows.
const VERSION_1: &str = "
create table switchhook_meta (
    name text not null primary key,
    value integer not null
) strict, without rowid;

insert into switchhook_meta (name, value) values ('fence', 0);

create table switchhook_deliveries (
    number integer primary key autoincrement,
    id blob not null unique check (length(id) = 16),
    route text not null,
    family text not null,
    event text,
    subject text,
    state text not null check (state in ('pending', 'leased', 'retry', 'done', 'dead')),
    attempts integer not null,
    fence integer not null default 0,
    received_at integer not null,
    due_at integer,
    settled_at integer,
    error text,
    scope blob check (length(scope) = 16),
    place blob check (length(place) = 16)
) strict;

create index switchhook_due on switchhook_deliveries (due_at, number, scope)
    where due_at is not null;
create index switchhook_held on switchhook_deliveries (scope, due_at)
    where state = 'leased' and scope is not null;
create index switchhook_about on switchhook_deliveries (scope) where scope is not null;
create index switchhook_settled on switchhook_deliveries (state, settled_at)
    where settled_at is not null;

create table switchhook_requests (
    number integer primary key,
    method text not null,
    target text not null,
    public_target text,
    tls integer not null,
    peer text,
    headers blob not null,
    body blob not null
) strict;

create table switchhook_scopes (
    scope blob not null primary key,
    place blob not null
) strict, without rowid;

create table switchhook_replies (
    id blob not null primary key,
    fence integer not null,
    until integer not null,
    status integer,
    headers blob,
    body blob
) strict;

create index switchhook_ended on switchhook_replies (until);
";

/// Brings the tables to the newest version; of several who try at once one does.
///
/// Nothing is written to a database of a newer version.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), Failure> {
    if version(connection, steps.len())? == steps.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction, steps.len())?;
    for step in &steps[found..] {
        transaction.execute_batch(step)?;
    }
    transaction.execute(
        "insert into switchhook_meta (name, value) values ('version', ?)
         on conflict (name) do update set value = excluded.value",
        [steps.len()],
    )?;
    Ok(transaction.commit()?)
}

/// The version of the tables, at most `newest`.
pub(super) fn version(connection: &Connection, newest: usize) -> Result<usize, Failure> {
    let incompatible = |text: &str| StoreError::new(StoreErrorKind::Incompatible, text);
    // By one statement: another process may make the tables between two.
    let tables = "select coalesce(max(name = 'switchhook_meta'), false),
                         coalesce(max(name = 'switchhook_deliveries'), false)
                  from sqlite_schema where type = 'table'";
    match connection.query_row(tables, [], |row| Ok((row.get(0)?, row.get(1)?)))? {
        (false, false) => return Ok(0),
        (false, true) => return Err(incompatible("tables without a version").into()),
        (true, _) => {}
    }
    let version: Option<i64> = connection
        .query_row("select value from switchhook_meta where name = 'version'", [], |row| row.get(0))
        .optional()
        .map_err(|_| incompatible("switchhook_meta is something else"))?;
    match version.map(usize::try_from) {
        Some(Ok(version)) if (1..=newest).contains(&version) => Ok(version),
        Some(Ok(version)) if version > newest => Err(StoreError::new(
            StoreErrorKind::Incompatible,
            format_args!("its tables have version {version}, this program knows {newest}"),
        )
        .into()),
        _ => Err(incompatible("its tables have no version").into()),
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Barrier, thread, time::Duration};

    use super::*;

    /// A step that fails when it is done twice.
    const NEXT: &str = "alter table switchhook_replies add column kind text;
                        insert into switchhook_meta (name, value) values ('next', 1)";

    fn open(path: &std::path::Path) -> Connection {
        let connection = Connection::open(path).unwrap();
        connection.busy_timeout(Duration::from_secs(20)).unwrap();
        connection
    }

    #[test]
    fn each_step_is_done_once_by_one_of_many() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inbox.db");
        migrate(&mut open(&path), &[VERSION_1]).unwrap();
        let all = Barrier::new(8);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let mut connection = open(&path);
                    all.wait();
                    migrate(&mut connection, &[VERSION_1, NEXT]).unwrap();
                });
            }
        });
        let connection = open(&path);
        assert_eq!(version(&connection, 2).unwrap(), 2);
        assert!(matches!(version(&connection, 1), Err(Failure::Store(error))
            if error.kind() == StoreErrorKind::Incompatible));
    }

    #[test]
    fn who_looks_while_tables_are_made_sees_all_of_them_or_none() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..200 {
            let path = folder.path().join(format!("{round}.db"));
            let mut maker = open(&path);
            maker.pragma_update(None, "synchronous", "off").unwrap();
            thread::scope(|scope| {
                let watcher = scope.spawn(|| {
                    let connection = open(&path);
                    while version(&connection, 1).unwrap() == 0 {}
                });
                migrate(&mut maker, &[VERSION_1]).unwrap();
                watcher.join().unwrap();
            });
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before() {
        let mut connection = Connection::open_in_memory().unwrap();
        let wrong = "create table switchhook_more (a); create table switchhook_more (a)";
        assert!(migrate(&mut connection, &[VERSION_1, wrong]).is_err());
        assert_eq!(version(&connection, 2).unwrap(), 0);
        migrate(&mut connection, &[VERSION_1]).unwrap();
        assert!(migrate(&mut connection, &[VERSION_1, wrong]).is_err());
        assert_eq!(version(&connection, 2).unwrap(), 1);
        migrate(&mut connection, &[VERSION_1, NEXT]).unwrap();
        assert_eq!(version(&connection, 2).unwrap(), 2);
    }

    #[test]
    fn other_tables_are_no_store() {
        for other in [
            "create table switchhook_deliveries (a)",
            "create table switchhook_meta (a)",
            "create table switchhook_meta (name, value)",
            "create table switchhook_meta (name, value);
             insert into switchhook_meta values ('version', 'one')",
            "create table switchhook_meta (name, value);
             insert into switchhook_meta values ('version', -1)",
        ] {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(other).unwrap();
            let result = migrate(&mut connection, MIGRATIONS);
            assert!(
                matches!(&result, Err(Failure::Store(error))
                    if error.kind() == StoreErrorKind::Incompatible),
                "{other}: {result:?}"
            );
        }
    }
}
