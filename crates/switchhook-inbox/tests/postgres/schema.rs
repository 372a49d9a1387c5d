//! Databases that are new, old, newer, or something else, and URLs that lead nowhere.

use std::time::{Duration, Instant};

use switchhook_dispatch::{Store as _, StoreErrorKind};
use switchhook_inbox::{Inbox as _, PostgresInbox};
use tokio::task::JoinSet;

use crate::{bounded, client, incoming, server, value};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_may_open_a_new_database_at_once() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let mut opened = JoinSet::new();
    for n in 0..6 {
        let url = url.clone();
        opened.spawn(async move {
            let options = PostgresInbox::options().pool_size(1).schema("hooks of ours");
            let inbox = options.connect(&url).await.unwrap();
            inbox.accept(incoming(&n.to_string())).await.unwrap();
            inbox
        });
    }
    for inbox in opened.join_all().await {
        assert_eq!(inbox.stats().await.unwrap().total(), 6);
    }
    let public = PostgresInbox::connect(&url).await.unwrap();
    assert_eq!(public.stats().await.unwrap().total(), 0);
}

#[tokio::test]
async fn what_is_newer_or_something_else_is_refused() {
    let Some(server) = server::shared() else { return };
    for (sql, expected) in [
        ("CREATE TABLE switchhook_deliveries (x int)", "none of ours"),
        ("CREATE TABLE switchhook_meta (x int)", "(42703)"),
        ("CREATE TABLE switchhook_meta (name text, value bigint)", "no version"),
    ] {
        let url = server.database();
        client(&url).await.batch_execute(sql).await.unwrap();
        let error = PostgresInbox::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Incompatible, "{sql}");
        assert!(error.to_string().contains(expected), "{sql}: {error}");
    }

    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let client = client(&url).await;
    let version = "SELECT value FROM switchhook_meta WHERE name = 'version'";
    assert_eq!(value(&client, version).await.as_deref(), Some("1"));
    client.batch_execute("UPDATE switchhook_meta SET value = 99").await.unwrap();
    let error = PostgresInbox::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible);
    assert!(error.to_string().contains("version 99"), "{error}");

    client.batch_execute("UPDATE switchhook_meta SET value = 1").await.unwrap();
    client.batch_execute("DROP TABLE switchhook_replies, switchhook_deliveries").await.unwrap();
    let error = inbox.accept(incoming("a")).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible, "{error}");
    let error = PostgresInbox::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible, "{error}");

    let ascii = "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'";
    client.batch_execute(ascii).await.unwrap();
    let (server_url, _) = url.rsplit_once('/').unwrap();
    let error = PostgresInbox::connect(&format!("{server_url}/ascii")).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible, "{error}");
}

#[tokio::test]
async fn who_only_looks_makes_no_tables() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let client = client(&url).await;
    let looking = || PostgresInbox::options().existing_only(true);
    for options in [looking(), looking().schema("hooks")] {
        let error = options.connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Incompatible);
        assert!(error.to_string().contains("no inbox"), "{error}");
    }
    let made =
        "SELECT (count(*) + (SELECT count(*) FROM pg_namespace WHERE nspname = 'hooks'))::text
                FROM pg_class WHERE relname LIKE 'switchhook%'";
    assert_eq!(value(&client, made).await.as_deref(), Some("0"));

    let keeping = PostgresInbox::options().schema("hooks").connect(&url).await.unwrap();
    keeping.accept(incoming("a")).await.unwrap();
    let looking = looking().schema("hooks").connect(&url).await.unwrap();
    assert_eq!(looking.stats().await.unwrap().total(), 1);
}

#[tokio::test]
async fn what_cannot_be_connected_to_is_an_error_in_time() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let (host, port) = server.address();
    let started = Instant::now();
    for (url, kind) in [
        (format!("postgres://postgres:canary@{host}:1/canary"), StoreErrorKind::Unavailable),
        (format!("postgres://postgres:canary@{host}:{port}/canarydb"), StoreErrorKind::Other),
        (format!("postgres://canary@{host}:x/y"), StoreErrorKind::Unsupported),
        ("canary".to_owned(), StoreErrorKind::Unsupported),
    ] {
        let options = PostgresInbox::options().connect_timeout(Duration::from_secs(1));
        let error = bounded(options.connect(&url)).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        // The server itself says which database it does not have.
        assert!(kind == StoreErrorKind::Other || !error.to_string().contains("canary"), "{error}");
    }
    let error = PostgresInbox::options().schema("it's").connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unsupported);
    // Something that takes connections and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("postgres://postgres@{}/x", listener.local_addr().unwrap());
    let options = PostgresInbox::options().connect_timeout(Duration::from_millis(300));
    let error = bounded(options.connect(&silent)).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unavailable);
    assert!(started.elapsed() < Duration::from_secs(20));

    // This server has no TLS: whoever asks for it gets no clear text.
    let asking = format!("{url}?sslmode=verify-full");
    let error = PostgresInbox::connect(&asking).await.unwrap_err();
    assert!(
        matches!(error.kind(), StoreErrorKind::Unavailable | StoreErrorKind::Unsupported),
        "{error}"
    );
}

#[tokio::test]
async fn sessions_commit_for_certain_whatever_the_database_says() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let client = client(&url).await;
    client
        .batch_execute(
            "DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
                EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', current_database());
             END $$;
             CREATE TABLE settings (setting text)",
        )
        .await
        .unwrap();
    let inbox =
        PostgresInbox::connect(&format!("{url}?options=-c%20work_mem%3D5MB")).await.unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    let leased = crate::lease_one(&inbox).await;
    let settings =
        "INSERT INTO settings SELECT string_agg(current_setting(name), ' ') FROM unnest(ARRAY[
        'synchronous_commit', 'transaction_isolation', 'statement_timeout', 'work_mem']) AS name";
    let effect = crate::effects::statement(settings, ());
    let settlement = switchhook_inbox::Settlement::Done(vec![effect]);
    inbox.settle(leased.id, leased.fence, settlement).await.unwrap();
    let settings = value(&client, "SELECT setting FROM settings").await;
    assert_eq!(settings.as_deref(), Some("on read committed 5s 5MB"));
    assert_eq!(format!("{inbox:?}"), "PostgresInbox { connections: 1, .. }");
}

#[tokio::test]
async fn the_last_inbox_closes_its_connections() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let clone = inbox.clone();
    inbox.accept(incoming("a")).await.unwrap();
    drop(inbox);
    clone.accept(incoming("b")).await.unwrap();
    drop(clone);
    let client = client(&url).await;
    let count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let closed = async {
        while value(&client, count).await.as_deref() != Some("0") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    bounded(closed).await;
}
