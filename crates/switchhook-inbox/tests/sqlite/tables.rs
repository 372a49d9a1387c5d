//! Tables of the application's own, read and written through the inbox.

use serde::Deserialize;
use serde_json::{Value, json};
use switchhook_dispatch::{Endpoint, Store, StoreErrorKind};
use switchhook_inbox::Reports;
use switchhook_signature::Guard;

use super::*;

const TABLES: &str = "
    create table if not exists notes (sid text primary key, seconds integer check (seconds >= 0));
    create index if not exists notes_by_seconds on notes (seconds);";

const NOTES: &str = "select json_object('sid', sid, 'seconds', seconds) from notes order by sid";

#[derive(Debug, Deserialize, PartialEq)]
struct Note {
    sid: String,
    seconds: Option<u32>,
}

fn open(path: &Path) -> Result<SqliteInbox, StoreError> {
    SqliteInbox::options().tables(TABLES).open(path)
}

fn note(sid: &str, seconds: u32) -> Note {
    Note { sid: sid.into(), seconds: Some(seconds) }
}

#[tokio::test]
async fn what_is_written_is_read_also_by_the_next_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = open(&path).unwrap();
    for (sid, seconds) in [("b", 2_u32), ("a", 1)] {
        inbox.execute("insert into notes values ($1, $2)", (sid, seconds)).await.unwrap();
    }
    assert_eq!(inbox.query::<Note>(NOTES, ()).await.unwrap(), [note("a", 1), note("b", 2)]);
    let sql = "insert into notes values ($1, 3) on conflict do update set seconds = 7
               returning json_object('sid', sid, 'seconds', seconds)";
    assert_eq!(inbox.execute_returning::<Note>(sql, ("a",)).await.unwrap(), [note("a", 7)]);
    let sql = "select count(*) from notes where seconds > $1";
    assert_eq!(inbox.query::<u32>(sql, (1_u32,)).await.unwrap(), [2]);
    drop(inbox);
    let again = open(&path).unwrap();
    assert_eq!(again.query::<Note>(NOTES, ()).await.unwrap(), [note("a", 7), note("b", 2)]);
}

#[tokio::test]
async fn what_is_refused_changes_nothing_and_says_so_without_values() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = open(&folder.path().join("inbox.db")).unwrap();
    inbox.execute("insert into notes values ('a', 1)", ()).await.unwrap();
    for sql in [
        "insert into notes values ('canary', -1)",
        "insert into notes values ('canary')",
        "delete from switchhook_deliveries",
        "delete from nowhere",
        "delete from notes where sid = $1",
        "commit",
    ] {
        let error = inbox.execute(sql, ()).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Other, "{sql}: {error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    let reads = "delete from notes returning json_object('sid', sid)";
    assert!(inbox.query::<Note>(reads, ()).await.is_err());
    // Rows that are no JSON, or of another type.
    for sql in ["select 'canary'", "select json_object('sid', 7)", "select x'00'"] {
        let error = inbox.query::<Note>(sql, ()).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Other, "{sql}: {error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    assert_eq!(inbox.query::<Note>(NOTES, ()).await.unwrap(), [note("a", 1)]);
}

#[tokio::test]
async fn tables_are_made_all_or_none_and_never_over_the_inboxs_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    for tables in [
        "create table notes (sid text); create tabel marks (sid text);",
        "create table notes (sid text); drop table switchhook_deliveries;",
        "create table notes (sid text); commit;",
    ] {
        assert!(SqliteInbox::options().tables(tables).open(&path).is_err(), "{tables}");
    }
    let inbox = open(&path).unwrap();
    assert_eq!(inbox.query::<Note>(NOTES, ()).await.unwrap(), []);
    inbox.accept(incoming("a", "")).await.unwrap();
}

#[tokio::test]
async fn reports_are_for_those_who_know_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = open(&path).unwrap();
    inbox.execute("insert into notes values ('a b', 1)", ()).await.unwrap();
    let reports = Reports::new(inbox, Guard::basic("operator", "sesame").unwrap())
        .at("/notes", "select json_object('count', count(*)) from notes")
        .at("/notes/{sid}", "select json_object('seconds', seconds) from notes where sid = $1");
    let ask = async |method: &str, path: &str, login: &str| {
        let request = Request::builder().method(method).uri(path).header("authorization", login);
        let response = reports.serve(request.body(Bytes::new()).unwrap()).await;
        let body = serde_json::from_slice(response.body()).unwrap_or_default();
        (response.status().as_u16(), body)
    };
    // `operator:sesame`.
    let login = "Basic b3BlcmF0b3I6c2VzYW1l";
    for (path, report) in [
        ("/notes", json!({ "count": 1 })),
        ("/notes/", json!({ "count": 1 })),
        ("/notes/a%20b", json!({ "seconds": 1 })),
    ] {
        assert_eq!(ask("GET", path, login).await, (200, report), "{path}");
    }
    for (method, path, login, status) in [
        ("GET", "/notes/b", login, 404),
        ("GET", "/marks", login, 404),
        ("POST", "/notes", login, 405),
        ("GET", "/notes", "Basic b3BlcmF0b3I6Y2FuYXJ5", 401),
        ("GET", "/notes", "", 401),
    ] {
        assert_eq!(ask(method, path, login).await, (status, Value::Null), "{method} {path}");
    }
    std::fs::rename(&path, folder.path().join("away")).unwrap();
    let (status, body) = ask("GET", "/notes", login).await;
    assert_eq!((status, body["error"].is_string()), (503, true), "{body}");
}
