//! The statements of handlers, in one transaction with the end of their delivery.

use switchhook_dispatch::{Claim, Store, StoreErrorKind};
use switchhook_inbox::{State, Value, Values};

use super::*;

const TABLES: &str = "
    create table notes (sid text primary key, text text, seconds integer check (seconds >= 0));
    create table marks (sid text references notes (sid) deferrable initially deferred);
    create table log (line text)";

/// An inbox with tables of somebody, and a leased delivery.
async fn leased(folder: &tempfile::TempDir) -> (SqliteInbox, Connection, Leased) {
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    let connection = other(&path);
    connection.execute_batch(TABLES).unwrap();
    inbox.accept(incoming("a", "")).await.unwrap();
    let leased = lease_one(&inbox).await;
    (inbox, connection, leased)
}

fn statement(sql: &str, values: impl Values) -> Statement {
    Statement { sql: sql.into(), values: values.into_values() }
}

fn count(connection: &Connection, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    connection.query_row(&sql, [], |row| row.get(0)).unwrap()
}

async fn state(inbox: &SqliteInbox, name: &str) -> State {
    inbox.show(id(name)).await.unwrap().unwrap().summary.state
}

#[tokio::test]
async fn statements_are_committed_with_the_end_of_their_delivery_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, connection, leased) = leased(&folder).await;
    let statements = vec![
        statement("insert into notes values ($1, $2, $3)", ("RT1", "hello", 7_i64)),
        statement("insert into log values ($2 || $1 || $2)", ("b", "a")),
        statement("insert into log values (?), (?)", ("x", Some("y"))),
        statement("insert into log values (?2 || ?1)", ("b", "a")),
        statement("update notes set seconds = seconds + 1 returning seconds", ()),
        statement(
            "insert into log select typeof($1) || typeof($2) || typeof($3) || typeof($4)",
            (None::<bool>, true, 2.5, vec![1_u8]),
        ),
    ];
    for _ in 0..2 {
        let settled = done(&inbox, &leased, statements.clone()).await.unwrap();
        assert_eq!(settled, Settled::Yes);
    }
    let note: (String, String, i64) = connection
        .query_row("select * from notes", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!(note, ("RT1".into(), "hello".into(), 8));
    let lines: Vec<String> = connection
        .prepare("select line from log order by rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(lines, ["aba", "x", "y", "ab", "nullintegerrealblob"]);
    assert_eq!(state(&inbox, "a").await, State::Done);
}

#[tokio::test]
async fn a_refused_statement_undoes_all_and_the_lease_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, connection, leased) = leased(&folder).await;
    connection.execute("insert into notes values ('RT0', '', 0)", []).unwrap();
    let before = statement("insert into log values ('before')", ());
    for (sql, values, why) in [
        ("insert into notes values ($1, '', 0)", ("RT0",).into_values(), "notes.sid"),
        ("insert into notes values ($1, '', -1)", ("canary",).into_values(), "seconds >= 0"),
        ("insert into nowhere values (1)", vec![], "no such table: nowhere"),
        ("insert in notes", vec![], "syntax error"),
        ("insert into log values ($1)", vec![], "1 parameters, and 0 values"),
        ("insert into log values (1)", ("canary",).into_values(), "0 parameters, and 1 values"),
        ("insert into log values (:line)", ("canary",).into_values(), "$1"),
        ("insert into log values ($0)", ("canary",).into_values(), "values"),
        ("insert into log values (1); insert into log values (2)", vec![], "several statements"),
        ("select json_extract('{}', $1)", ("canary",).into_values(), "SQL logic error"),
        ("insert into marks values ('RT9')", vec![], "FOREIGN KEY"),
        ("insert or rollback into notes values ('RT0', '', 0)", vec![], "notes.sid"),
        ("commit", vec![], "not authorized"),
        ("rollback", vec![], "not authorized"),
        ("release step", vec![], "not authorized"),
        ("attach ':memory:' as more", vec![], "not authorized"),
        ("pragma foreign_keys = off", vec![], "not authorized"),
        ("delete from switchhook_deliveries", vec![], "not authorized"),
        ("update SWITCHHOOK_meta set value = 0", vec![], "not authorized"),
        ("drop table switchhook_replies", vec![], "not authorized"),
        ("drop index switchhook_due", vec![], "not authorized"),
        (
            "create temp trigger t after insert on switchhook_meta begin select 1; end",
            vec![],
            "not authorized",
        ),
        (
            "with recursive n(i) as (select 1 union all select i + 1 from n)
             insert into log select i from n where i < 0",
            vec![],
            "(9)",
        ),
        ("", vec![], ""),
    ] {
        let statements = vec![before.clone(), Statement { sql: sql.into(), values }];
        // Alone, and together with others.
        for others in [0, 3] {
            let accepted = async {
                for n in 0..others {
                    inbox.accept(incoming(&format!("{sql} {n}"), "")).await.unwrap();
                }
            };
            let (settled, ()) = tokio::join!(done(&inbox, &leased, statements.clone()), accepted);
            let Ok(Settled::Refused(text)) = settled else { panic!("{sql}: {settled:?}") };
            assert!(text.contains(why) && !text.contains("canary"), "{sql}: {text}");
            assert_eq!((count(&connection, "log"), count(&connection, "marks")), (0, 0), "{sql}");
            assert_eq!(state(&inbox, "a").await, State::Leased);
        }
    }
    assert!(inbox.extend(leased.id, leased.fence, MINUTE).await.unwrap());
    assert_eq!(done(&inbox, &leased, vec![before]).await.unwrap(), Settled::Yes);
    assert_eq!(count(&connection, "log"), 1);
}

#[tokio::test]
async fn the_statements_of_a_lost_lease_are_not_executed() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, connection, leased) = leased(&folder).await;
    let line = || vec![statement("insert into log values (1)", ())];
    let other_fence = inbox.settle(leased.id, leased.fence + 1, Settlement::Done(line())).await;
    assert_eq!(other_fence.unwrap(), Settled::Lost);
    let largest = inbox.settle(leased.id, u64::MAX, Settlement::Done(line())).await;
    assert_eq!(largest.unwrap(), Settled::Lost);
    assert_eq!(count(&connection, "log"), 0);
}

#[tokio::test]
async fn statements_on_a_full_disk_are_no_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, connection, leased) = leased(&folder).await;
    let bytes = inbox.stats().await.unwrap().bytes.unwrap();
    inbox.set_max_bytes(Some(bytes)).await.unwrap();
    let large = || {
        let value = Value::Bytes(vec![0; 300_000]);
        vec![statement("insert into log values ($1)", vec![value])]
    };
    let error = done(&inbox, &leased, large()).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Full);
    inbox.set_max_bytes(None).await.unwrap();
    assert_eq!(done(&inbox, &leased, large()).await.unwrap(), Settled::Yes);
    assert_eq!(count(&connection, "log"), 1);
    assert!(matches!(inbox.claim(id("c"), MINUTE).await.unwrap(), Claim::New { .. }));
}
