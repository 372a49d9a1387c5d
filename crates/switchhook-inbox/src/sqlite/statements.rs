//! The statements of handlers.

use rusqlite::{
    Connection, Row,
    types::{ToSqlOutput, ValueRef},
};

use super::{database::Database, error::Failure};
use crate::{Statement, Value};

/// Executes the statements in their order.
pub(super) fn execute(database: &Database, statements: &[Statement]) -> Result<(), Failure> {
    if statements.is_empty() {
        return Ok(());
    }
    // What one returns is nobody's business.
    database.guarded(|connection| {
        statements.iter().try_for_each(|statement| run(connection, statement, |_| Ok(())))
    })
}

/// Executes a statement to its end; `see` gets each row that it returns.
pub(super) fn run(
    connection: &Connection,
    statement: &Statement,
    mut see: impl FnMut(&Row<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let refused = |error| Failure::of_statement(&error);
    // Not from the cache: there are the store's own, which were prepared unguarded.
    let prepared = connection.prepare(&statement.sql);
    let mut prepared = prepared.map_err(|error| Failure::of_text(&error))?;
    let values = &statement.values;
    let mut most = 0;
    for index in 1..=prepared.parameter_count() {
        let number = number(prepared.parameter_name(index), index)?;
        most = most.max(number);
        let value = values.get(number.wrapping_sub(1)).map(borrowed);
        // That one is missing is seen below.
        prepared.raw_bind_parameter(index, value).map_err(refused)?;
    }
    if most != values.len() {
        let given = values.len();
        return Err(Failure::Refused(format!("it has {most} parameters, and {given} values")));
    }
    let mut rows = prepared.raw_query();
    // To be done, it has to be read to its end.
    while let Some(row) = rows.next().map_err(refused)? {
        see(row)?;
    }
    Ok(())
}

/// Which value a parameter stands for: `$2` and `?2` for the second, `?` for that of its place.
///
/// `$2` is a name to SQLite, which numbers names as they come.
fn number(name: Option<&str>, index: usize) -> Result<usize, Failure> {
    let Some(name) = name else { return Ok(index) };
    let number = name.strip_prefix(['$', '?']).and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| Failure::Refused("parameters are `$1`, `$2` and so on, or `?`".into()))
}

fn borrowed(value: &Value) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        Value::Null => ValueRef::Null,
        Value::Boolean(truth) => ValueRef::Integer((*truth).into()),
        Value::Integer(number) => ValueRef::Integer(*number),
        Value::Real(number) => ValueRef::Real(*number),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
    })
}
