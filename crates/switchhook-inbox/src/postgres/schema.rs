//! The tables and their versions.

use std::time::Duration;

use switchhook_dispatch::{StoreError, StoreErrorKind};
use tokio::time::timeout;
use tokio_postgres::Client;

use super::{error::Failure, server::Server, unusable};
use crate::version::expect_newest;

/// The steps from each version to the next, version 0 being an empty schema. Each step is
/// executed once; all that are missing, in one transaction. `@` stands for the schema and what
/// the names begin with, so that `@deliveries` is a table of ours.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("schema_1.sql")];

/// Keeps two processes from migrating one database at once. Any fixed number.
const LOCK: i64 = 0x5357_4954_4348_0001;

/// What a migration may take: of old, large tables every row may be written.
const LONGEST_MIGRATION: Duration = Duration::from_secs(30 * 60);

/// What is asked of the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// Where they are; without it, the first schema of the search path.
    pub(super) schema: Option<&'a str>,
    /// The steps to their newest version.
    pub(super) migrations: &'a [&'a str],
    /// They are that already, or are refused.
    pub(super) existing_only: bool,
}

/// Where the tables are.
#[derive(Debug)]
pub(super) struct Place {
    /// What stands for `@`.
    pub(super) prefix: String,
    /// The number of the table of deliveries.
    pub(super) table: u32,
}

/// Brings the tables up to date: makes them, migrates them, or leaves them alone.
pub(super) async fn prepare(server: &Server, wanted: Wanted<'_>) -> Result<Place, StoreError> {
    let Wanted { schema, migrations, existing_only } = wanted;
    let work = async {
        let (mut client, _told) = server.open().await?;
        let prefix = find_prefix(&client, schema).await?;
        let newest = migrations.len();
        let mut version = find_version(&client, &prefix, newest).await?;
        if existing_only {
            expect_newest(version, newest)?;
        }
        if version < newest {
            let statement_timeout =
                format!("SET statement_timeout = {}", LONGEST_MIGRATION.as_millis());
            client.batch_execute(&statement_timeout).await?;
            let transaction = client.transaction().await?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
            if let Some(schema) = schema {
                // Only where it is missing: that needs a right of its own.
                let exists = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)";
                let row = transaction.query_one(exists, &[&schema]).await?;
                if !row.try_get::<_, bool>(0)? {
                    transaction.batch_execute(&format!("CREATE SCHEMA \"{schema}\"")).await?;
                }
            }
            // Somebody else may have done it while we waited for the lock.
            version = find_version(transaction.client(), &prefix, newest).await?;
            for (step, sql) in migrations.iter().enumerate().skip(version) {
                transaction.batch_execute(&fill(sql, &prefix)).await?;
                let note = fill(
                    "INSERT INTO @meta (name, value) VALUES ('version', $1)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    &prefix,
                );
                let reached = i64::try_from(step + 1).unwrap_or(i64::MAX);
                transaction.execute(&note, &[&reached]).await?;
            }
            transaction.commit().await?;
        }
        let table = "SELECT to_regclass($1)::oid";
        let row = client.query_one(table, &[&fill("@deliveries", &prefix)]).await?;
        let table = row.try_get::<_, Option<u32>>(0)?;
        Ok::<_, Failure>(Place { table: table.unwrap_or_default(), prefix })
    };
    match timeout(LONGEST_MIGRATION, work).await {
        Ok(result) => result.map_err(|failure| failure.error),
        Err(_) => Err(StoreError::new(StoreErrorKind::Unavailable, "no answer in time")),
    }
}

/// The text with the tables' real names in it.
pub(super) fn fill(sql: &str, prefix: &str) -> String {
    sql.replace('@', prefix)
}

async fn find_prefix(client: &Client, schema: Option<&str>) -> Result<String, Failure> {
    let found = "SELECT current_setting('server_encoding'), current_schema()::text";
    let row = client.query_one(found, &[]).await?;
    if row.try_get::<_, String>(0)? != "UTF8" {
        return Err(incompatible("the database is not in UTF-8").into());
    }
    let current = row.try_get::<_, Option<String>>(1)?;
    let Some(schema) = schema.or(current.as_deref()) else {
        return Err(incompatible("the search path names no schema").into());
    };
    let odd = |c: char| c == '"' || c == '\'' || c == '\\' || c.is_control();
    if schema.is_empty() || schema.len() > 63 || schema.contains(odd) {
        return Err(unusable("the schema's name cannot be used").into());
    }
    Ok(format!("\"{schema}\".switchhook_"))
}

/// The version of the tables, 0 where there are none.
async fn find_version(client: &Client, prefix: &str, newest: usize) -> Result<usize, Failure> {
    let names = ["meta", "deliveries", "scopes", "replies"].map(|name| format!("{prefix}{name}"));
    let found =
        "SELECT count(to_regclass(name)), bool_or(to_regclass(name) IS NOT NULL AND name = $2)
                 FROM unnest($1::text[]) AS name";
    let row = client.query_one(found, &[&&names[..], &names[0]]).await?;
    let (tables, has_version) = (row.try_get::<_, i64>(0)?, row.try_get::<_, Option<bool>>(1)?);
    if tables == 0 {
        return Ok(0);
    }
    if has_version != Some(true) {
        return Err(incompatible("there are tables of these names that are none of ours").into());
    }
    let version = fill("SELECT value FROM @meta WHERE name = 'version'", prefix);
    let row = client.query_opt(&version, &[]).await?;
    let version = row.and_then(|row| row.try_get::<_, i64>(0).ok());
    match version.and_then(|version| usize::try_from(version).ok()) {
        Some(version) if version > newest => Err(incompatible(format_args!(
            "its tables have version {version}, made by a newer switchhook; this one knows {newest}"
        ))
        .into()),
        Some(1..) if tables < 4 => Err(incompatible("some of its tables are missing").into()),
        Some(version @ 1..) => Ok(version),
        _ => Err(incompatible("its tables have no version").into()),
    }
}

fn incompatible(text: impl std::fmt::Display) -> StoreError {
    StoreError::new(StoreErrorKind::Incompatible, text)
}

#[cfg(test)]
#[path = "../../tests/support/postgres.rs"]
mod postgres_server;

#[cfg(test)]
mod tests {
    use tokio::task::JoinSet;

    use super::{super::PostgresOptions, *};

    const FIRST: &str = "CREATE TABLE @meta (name text PRIMARY KEY, value bigint);
        CREATE TABLE @deliveries (number int); CREATE TABLE @scopes (); CREATE TABLE @replies ()";
    const SECOND: &str = "INSERT INTO @deliveries SELECT count(*) + 1 FROM @deliveries";

    async fn place(url: &str, migrations: &[&str]) -> Result<Place, StoreError> {
        prepared(url, Wanted { schema: None, migrations, existing_only: false }).await
    }

    async fn prepared(url: &str, wanted: Wanted<'_>) -> Result<Place, StoreError> {
        prepare(&Server::parse(url, &PostgresOptions::default()).unwrap(), wanted).await
    }

    async fn rows(url: &str) -> i64 {
        let server = Server::parse(url, &PostgresOptions::default()).unwrap();
        let (client, _told) = server.open().await.unwrap();
        let count = "SELECT count(*) FROM switchhook_deliveries";
        client.query_one(count, &[]).await.unwrap().get(0)
    }

    #[tokio::test]
    async fn each_step_is_executed_once() {
        let Some(server) = postgres_server::shared() else { return };
        let url = server.database();
        let first = place(&url, &[FIRST]).await.unwrap();
        assert_eq!((first.prefix.as_str(), rows(&url).await), ("\"public\".switchhook_", 0));
        let mut at_once = JoinSet::new();
        for _ in 0..8 {
            let url = url.clone();
            at_once.spawn(async move { place(&url, &[FIRST, SECOND]).await.unwrap().table });
        }
        assert_eq!(at_once.join_all().await, [first.table; 8]);
        assert_eq!(rows(&url).await, 1);
        // What the first version of the code finds now is newer than it.
        let error = place(&url, &[FIRST]).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Incompatible);

        // From nothing, all steps.
        let url = server.database();
        place(&url, &[FIRST, SECOND, SECOND]).await.unwrap();
        assert_eq!(rows(&url).await, 2);
    }

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_version_before() {
        let Some(server) = postgres_server::shared() else { return };
        let url = server.database();
        place(&url, &[FIRST]).await.unwrap();
        let error = place(&url, &[FIRST, SECOND, "SELECT 1 / 0"]).await.unwrap_err();
        assert!(error.to_string().contains("(22012)"), "{error}");
        assert_eq!(rows(&url).await, 0);
        place(&url, &[FIRST]).await.unwrap();
        place(&url, &[FIRST, SECOND]).await.unwrap();
        assert_eq!(rows(&url).await, 1);
    }

    #[tokio::test]
    async fn older_tables_stay_as_they_are_where_only_what_is_there_is_wanted() {
        let Some(server) = postgres_server::shared() else { return };
        let url = server.database();
        let wanted = |migrations| Wanted { schema: None, migrations, existing_only: true };
        let first = place(&url, &[FIRST]).await.unwrap();
        let error = prepared(&url, wanted(&[FIRST, SECOND])).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Incompatible);
        assert!(error.to_string().contains("version 1"), "{error}");
        assert_eq!(rows(&url).await, 0);
        assert_eq!(prepared(&url, wanted(&[FIRST])).await.unwrap().table, first.table);
    }
}
