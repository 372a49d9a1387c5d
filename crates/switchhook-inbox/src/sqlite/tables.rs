//! The application's own tables, in the inbox's file.

use rusqlite::types::ValueRef;
use serde_core::de::{DeserializeOwned, IgnoredAny};
use switchhook_dispatch::{StoreError, StoreErrorKind};

use super::{SqliteInbox, database::Database, error::Failure, statements, thread::Step};
use crate::{Statement, Values};

/// Makes them, where there are none.
pub(super) fn make(database: &Database, sql: &str) -> Result<(), Failure> {
    if sql.is_empty() {
        return Ok(());
    }
    let transaction = database.unchecked_transaction()?;
    database.guarded_at_start(|connection| {
        connection.execute_batch(sql).map_err(|error| Failure::of_text(&error))
    })?;
    Ok(transaction.commit()?)
}

impl SqliteInbox {
    /// Reads tables of your own. Each row is one column, a text of JSON such as SQLite's
    /// `json_object` makes, and comes back as a `T`.
    ///
    /// ```
    /// use serde::Deserialize;
    /// use switchhook_inbox::SqliteInbox;
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("inbox.db");
    ///
    /// #[derive(Debug, Deserialize, PartialEq)]
    /// struct Recording { sid: String, seconds: Option<u32> }
    ///
    /// let tables = "create table if not exists recordings (sid text primary key, seconds integer)";
    /// let inbox = SqliteInbox::options().tables(tables).open(&path)?;
    /// // What handlers write by a `Transaction`, others may write like this:
    /// inbox.execute("insert into recordings values ($1, $2)", ("RT1", 42_u32)).await?;
    ///
    /// let sql = "select json_object('sid', sid, 'seconds', seconds) from recordings where sid = $1";
    /// let found: Vec<Recording> = inbox.query(sql, ("RT1",)).await?;
    /// assert_eq!(found, [Recording { sid: "RT1".into(), seconds: Some(42) }]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// It sees what was committed before, in one view. A statement that writes is refused.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: of the kind [`Other`](StoreErrorKind::Other) when the statement is refused,
    /// or a row is no `T`.
    pub async fn query<T: DeserializeOwned>(
        &self,
        sql: impl Into<String>,
        values: impl Values,
    ) -> Result<Vec<T>, StoreError> {
        parse(&self.query_texts(sql, values).await?)
    }

    /// The same as the text of each row, which the query may have made in an order of its own.
    pub(super) async fn query_json(
        &self,
        sql: impl Into<String>,
        values: impl Values,
    ) -> Result<Vec<String>, StoreError> {
        let texts = self.query_texts(sql, values).await?;
        parse::<IgnoredAny>(&texts)?;
        Ok(texts)
    }

    async fn query_texts(
        &self,
        sql: impl Into<String>,
        values: impl Values,
    ) -> Result<Vec<String>, StoreError> {
        let statement = Statement { sql: sql.into(), values: values.into_values() };
        self.read(move |database| texts(database, &statement)).await
    }

    /// Writes to tables of your own, in a transaction that is committed when this resolves with
    /// success.
    ///
    /// See [`query`](Self::query). Handlers take a [`Transaction`](crate::Transaction) instead,
    /// whose statements are committed with the end of their delivery.
    ///
    /// # Errors
    ///
    /// [`StoreError`], of the kind [`Other`](StoreErrorKind::Other) when the statement is refused;
    /// nothing is written then.
    pub async fn execute(
        &self,
        sql: impl Into<String>,
        values: impl Values,
    ) -> Result<(), StoreError> {
        let statements = [Statement { sql: sql.into(), values: values.into_values() }];
        self.write(Step::new(move |database| statements::execute(database, &statements))).await
    }

    /// The same with what a `returning` clause says, each row as [`query`](Self::query) has it.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute). When a row is no `T`, all is written nevertheless.
    pub async fn execute_returning<T: DeserializeOwned>(
        &self,
        sql: impl Into<String>,
        values: impl Values,
    ) -> Result<Vec<T>, StoreError> {
        let statement = Statement { sql: sql.into(), values: values.into_values() };
        parse(&self.write(Step::new(move |database| texts(database, &statement))).await?)
    }
}

/// The rows of a statement, as texts: JSON is made of them elsewhere, where nobody waits.
fn texts(database: &Database, statement: &Statement) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    database.guarded(|connection| {
        statements::run(connection, statement, |row| {
            texts.push(match row.get_ref(0)? {
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                // As JSON has it, too.
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Null => "null".to_owned(),
                _ => return Err(other("a row is no text")),
            });
            Ok(())
        })
    })?;
    Ok(texts)
}

fn parse<T: DeserializeOwned>(texts: &[String]) -> Result<Vec<T>, StoreError> {
    // What is wrong with it may quote what is in it.
    let parse = |text: &String| serde_json::from_str(text).map_err(|_| "a row is not of the type");
    let rows: Result<_, _> = texts.iter().map(parse).collect();
    rows.map_err(|why| StoreError::new(StoreErrorKind::Other, why))
}

fn other(why: &str) -> Failure {
    StoreError::new(StoreErrorKind::Other, why).into()
}
