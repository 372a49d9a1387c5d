//! What handlers write together with the end of their delivery.

use std::time::Duration;

use switchhook_dispatch::Store as _;
use switchhook_inbox::{
    Inbox as _, IntoValue as _, PostgresInbox, Settled, Settlement, State, Statement, Value, Values,
};

use crate::{bounded, client, id, incoming, lease_one, server, value};

/// A statement as a worker hands it on.
pub(crate) fn statement(sql: &str, values: impl Values) -> Statement {
    Statement { sql: sql.to_owned(), values: values.into_values() }
}

#[tokio::test]
async fn statements_and_the_end_of_a_delivery_are_one() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let client = client(&url).await;
    client
        .batch_execute(
            "CREATE TABLE names (name text PRIMARY KEY, number int CHECK (number < 10));
             CREATE TABLE lines (name text REFERENCES names DEFERRABLE INITIALLY DEFERRED)",
        )
        .await
        .unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    let leased = lease_one(&inbox).await;
    let insert =
        |name: &str, number: i32| statement("INSERT INTO names VALUES ($1, $2)", (name, number));
    let settle = async |effects: Vec<Statement>| {
        let settlement = Settlement::Done(effects);
        inbox.settle(leased.id, leased.fence, settlement).await.unwrap()
    };
    let count = async || value(&client, "SELECT count(*) FROM names").await.unwrap();

    for (refused, code) in [
        (insert("canary", 10), "(23514)"),
        (insert("first", 1), "(23505)"),
        (statement("INSERT INTO names VALUES ($1, $2)", ("x", "canary")), "(22P02)"),
        (statement("INSERT INTO lines VALUES ($1)", ("canary",)), "(23503)"),
        (statement("INSERT INTO nowhere VALUES (1)", ()), "(42P01)"),
        (statement("no SQL", ()), "(42601)"),
        (statement("INSERT INTO names VALUES ($1, $2)", ("x",)), "wants 2 values and has 1"),
        (statement("INSERT INTO names VALUES ($1, 1)", ("canary\0",)), "(22021)"),
        (statement("SELECT pg_sleep($1)", (60,)), "(57014)"),
        (statement("/* */ COMMIT", ()), "must not end the transaction"),
        (statement("SET search_path = x", ()), "must not end the transaction"),
    ] {
        let shown = refused.sql.clone();
        match bounded(settle(vec![insert("first", 1), refused])).await {
            Settled::Refused(why) => {
                assert!(why.contains(code) && !why.contains("canary"), "{shown}: {why}");
            }
            settled => panic!("{shown}: {settled:?}"),
        }
        assert_eq!(count().await, "0", "{shown}");
        let state = inbox.show(id("a")).await.unwrap().unwrap().summary.state;
        assert_eq!(state, State::Leased, "{shown}");
    }

    assert_eq!(settle(vec![insert("one", 1), insert("two", 2)]).await, Settled::Yes);
    assert_eq!(count().await, "2");
    // Again, since the worker has not heard: not executed again.
    assert_eq!(settle(vec![insert("one", 1), insert("two", 2)]).await, Settled::Yes);
    assert_eq!(settle(vec![insert("three", 3)]).await, Settled::Yes);
    assert_eq!(count().await, "2");
    assert_eq!(inbox.show(id("a")).await.unwrap().unwrap().summary.state, State::Done);
    let late = inbox.settle(leased.id, leased.fence + 1, Settlement::Done(vec![insert("x", 1)]));
    assert_eq!(late.await.unwrap(), Settled::Lost);
    assert_eq!(count().await, "2");
}

#[tokio::test]
async fn values_take_the_type_of_their_place() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let client = client(&url).await;
    client.batch_execute("CREATE TYPE mood AS ENUM ('calm', 'glad')").await.unwrap();
    let uuid = "7f3c0000-0000-4000-8000-000000000001";
    let table: [(&str, Value, Option<&str>); 25] = [
        ("text", "plain 'quoted' \\ é".into_value(), Some("plain 'quoted' \\ é")),
        ("varchar(3)", "abc".into_value(), Some("abc")),
        ("date", "2024-02-29".into_value(), Some("2024-02-29")),
        ("timestamp", "2024-02-29 01:02:03.5".into_value(), Some("2024-02-29 01:02:03.5")),
        ("timestamptz", "2024-02-29T01:02:03Z".into_value(), Some("2024-02-29 06:47:03+05:45")),
        ("interval", "90 minutes".into_value(), Some("01:30:00")),
        ("numeric", 7.into_value(), Some("7")),
        ("numeric", 0.1.into_value(), Some("0.1")),
        ("numeric", u64::MAX.into_value(), Some("18446744073709551615")),
        ("numeric(12,2)", "1234567.891".into_value(), Some("1234567.89")),
        ("smallint", 7.into_value(), Some("7")),
        ("integer", 2.0.into_value(), Some("2")),
        ("bigint", i64::MIN.into_value(), Some("-9223372036854775808")),
        ("real", 1.5.into_value(), Some("1.5")),
        ("double precision", 1e300.into_value(), Some("1e+300")),
        ("double precision", f64::NEG_INFINITY.into_value(), Some("-Infinity")),
        ("boolean", true.into_value(), Some("true")),
        ("uuid", uuid.into_value(), Some(uuid)),
        ("jsonb", r#"{"a": [1, null]}"#.into_value(), Some(r#"{"a": [1, null]}"#)),
        ("bytea", vec![0_u8, 39, 92, 255].into_value(), Some(r"\x00275cff")),
        ("inet", "2001:db8::7".into_value(), Some("2001:db8::7/128")),
        ("text[]", r#"{a,"b c"}"#.into_value(), Some(r#"{a,"b c"}"#)),
        ("mood", "glad".into_value(), Some("glad")),
        ("text", 7.into_value(), Some("7")),
        ("date", Value::Null, None),
    ];
    for (at, (kind, given, expected)) in table.into_iter().enumerate() {
        client.batch_execute(&format!("CREATE TABLE place_{at} (value {kind})")).await.unwrap();
        let name = format!("delivery {at}");
        inbox.accept(incoming(&name)).await.unwrap();
        let leased = lease_one(&inbox).await;
        let effect = statement(&format!("INSERT INTO place_{at} VALUES ($1)"), vec![given]);
        let settlement = Settlement::Done(vec![effect]);
        let settled = inbox.settle(leased.id, leased.fence, settlement).await.unwrap();
        assert_eq!(settled, Settled::Yes, "{kind}");
        client.batch_execute("SET timezone = 'Asia/Kathmandu'").await.unwrap();
        let found = value(&client, &format!("SELECT value FROM place_{at}")).await;
        assert_eq!(found.as_deref(), expected, "{kind}");
    }
}

#[tokio::test]
async fn a_statement_that_was_prepared_gets_over_a_changed_table() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::options().pool_size(1).connect(&url).await.unwrap();
    let client = client(&url).await;
    client.batch_execute("CREATE TABLE t (value integer)").await.unwrap();
    let mut refusals = 0;
    for (at, given) in ["1", "2", "a word"].into_iter().enumerate() {
        inbox.accept(incoming(&format!("delivery {at}"))).await.unwrap();
        let leased = lease_one(&inbox).await;
        if at == 2 {
            client.batch_execute("ALTER TABLE t ALTER value TYPE text").await.unwrap();
        }
        loop {
            let effect = statement("INSERT INTO t VALUES ($1)", (given,));
            let settlement = Settlement::Done(vec![effect]);
            match inbox.settle(leased.id, leased.fence, settlement).await.unwrap() {
                Settled::Yes => break,
                settled => assert!(refusals < 1, "{settled:?}"),
            }
            refusals += 1;
        }
    }
    assert_eq!(value(&client, "SELECT count(*) FROM t").await.as_deref(), Some("3"));
}

#[tokio::test]
async fn many_texts_of_statements_do_not_pile_up() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::options().pool_size(1).connect(&url).await.unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    let leased = lease_one(&inbox).await;
    let mut effects: Vec<_> = (0..600).map(|n| statement(&format!("SELECT {n}"), ())).collect();
    // How many this very session has when all of them have been prepared.
    let client = client(&url).await;
    client.batch_execute("CREATE TABLE counts (number int)").await.unwrap();
    let count = "INSERT INTO counts SELECT count(*) FROM pg_prepared_statements";
    assert_eq!(
        inbox.settle(leased.id, leased.fence, Settlement::Done(std::mem::take(&mut effects))).await,
        Ok(Settled::Yes)
    );
    // The driver closes them with its next messages.
    for name in ["b", "c"] {
        inbox.accept(incoming(name)).await.unwrap();
        let leased = lease_one(&inbox).await;
        let settlement = Settlement::Done(vec![statement(count, ())]);
        assert_eq!(inbox.settle(leased.id, leased.fence, settlement).await, Ok(Settled::Yes));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let most: i32 = client.query_one("SELECT max(number) FROM counts", &[]).await.unwrap().get(0);
    let last: i32 = client.query_one("SELECT min(number) FROM counts", &[]).await.unwrap().get(0);
    assert!(last < 100 && most < 700, "{last} to {most}");
}

/// What the driver logs, at its most talkative.
struct Log(std::sync::Mutex<String>);

static LOG: Log = Log(std::sync::Mutex::new(String::new()));

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        use std::fmt::Write as _;
        writeln!(self.0.lock().unwrap(), "{}", record.args()).unwrap();
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn the_driver_logs_nothing_of_a_delivery() {
    let Some(server) = server::shared() else { return };
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let mut delivery = incoming("hush");
    for text in [&mut delivery.event, &mut delivery.subject] {
        *text = Some("hush".into());
    }
    *delivery.request.body_mut() = "hush".into();
    *delivery.request.uri_mut() = "/hush".parse().unwrap();
    delivery.request.headers_mut().insert("authorization", "hush".parse().unwrap());
    inbox.accept(delivery).await.unwrap();
    inbox.list(&switchhook_inbox::Filter::new().subject("hush"), None, 9).await.unwrap();
    let leased = lease_one(&inbox).await;
    let effects = vec![statement("SELECT $1::text", ("hush",))];
    let settled = inbox.settle(leased.id, leased.fence, Settlement::Done(effects)).await;
    assert_eq!(settled, Ok(Settled::Yes));
    inbox.bury(incoming("b"), "hush").await.unwrap();
    let reply = http::Response::new(bytes::Bytes::from_static(b"hush"));
    inbox.answer(id("a"), 1, &reply, Duration::from_secs(1)).await.unwrap();
    log::set_max_level(log::LevelFilter::Off);
    let log = LOG.0.lock().unwrap();
    let bytes = format!("{:?}", b"hush");
    assert!(log.contains("executing statement"), "the driver logs");
    assert!(!log.contains("hush") && !log.contains(bytes.trim_matches(['[', ']'])));
}
