//! What an operator asks for: to see, to replay, to delete.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use switchhook_dispatch::DeliveryId;

use super::{
    database::Database,
    deliveries::{REQUEST, number, request},
    error::Failure,
    filter::Condition,
    time::{length, now, time},
};
use crate::{Filter, Record, Retention, State, Stats, Summary, codec::damaged};

const SUMMARY: &str = "id, number, route, family, event, subject, state, attempts, received_at, \
                       due_at, settled_at, error";

/// How many columns [`SUMMARY`] has.
const SUMMARY_COLUMNS: usize = 12;

fn summary(row: &Row<'_>) -> Result<Summary, Failure> {
    let state: String = row.get(6)?;
    let time_of = |column| row.get::<_, Option<i64>>(column).map(|micros| micros.map(time));
    Ok(Summary {
        id: DeliveryId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        route: row.get(2)?,
        family: row.get(3)?,
        event: row.get(4)?,
        subject: row.get(5)?,
        state: state.parse().map_err(|_| damaged("a state"))?,
        attempts: row.get(7)?,
        received_at: time(row.get(8)?),
        due_at: time_of(9)?,
        settled_at: time_of(10)?,
        error: row.get(11)?,
    })
}

/// `most` as SQLite has it.
fn limit(most: usize) -> Value {
    Value::Integer(i64::try_from(most).unwrap_or(i64::MAX))
}

pub(super) fn list(
    database: &Database,
    filter: &Filter,
    before: Option<u64>,
    most: usize,
) -> Result<Vec<Summary>, Failure> {
    let mut condition = Condition::of(filter);
    condition.and("number < ?", before.map(number));
    let sql = format!(
        "select {SUMMARY} from switchhook_deliveries where {} order by number desc limit ?",
        condition.sql(),
    );
    condition.values.push(limit(most));
    let mut statement = database.prepare_cached(&sql)?;
    statement.query_and_then(params_from_iter(condition.values), summary)?.collect()
}

pub(super) fn show(database: &Database, id: DeliveryId) -> Result<Option<Record>, Failure> {
    let sql = format!(
        "select {SUMMARY}, {REQUEST} from switchhook_deliveries
         left join switchhook_requests using (number) where id = ?"
    );
    let mut statement = database.prepare_cached(&sql)?;
    let mut rows = statement.query([id.to_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let request = request(row, SUMMARY_COLUMNS)?.into_request()?;
    Ok(Some(Record { summary: summary(row)?, request }))
}

pub(super) fn stats(database: &Database) -> Result<Stats, Failure> {
    // One view of the database for all that is counted.
    let snapshot = database.unchecked_transaction()?;
    let mut stats = Stats::default();
    let mut oldest: Option<i64> = None;
    let mut count = |sql: &str| -> Result<(), Failure> {
        let mut statement = snapshot.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let state: State = row.get::<_, String>(0)?.parse().map_err(|_| damaged("a state"))?;
            stats.counts[state as usize] += row.get::<_, u64>(1)?;
            let received: Option<i64> = row.get(2)?;
            oldest = oldest.into_iter().chain(received).min();
        }
        Ok(())
    };
    // Each is answered by the index that has no more than the rows in question.
    count(
        "select state, count(*), min(received_at) from switchhook_deliveries
         where due_at is not null group by state",
    )?;
    count(
        "select state, count(*), null from switchhook_deliveries
         where settled_at is not null group by state",
    )?;
    stats.oldest_waiting = oldest.map(time);
    stats.replies = snapshot
        .prepare_cached(
            "select count(*) from switchhook_replies where until > ? and status is not null",
        )?
        .query_row([now()], |row| row.get(0))?;
    let pragma = |sql: &str| snapshot.query_row(sql, [], |row| row.get::<_, u64>(0));
    stats.bytes = Some(pragma("pragma page_count")? * pragma("pragma page_size")?);
    Ok(stats)
}

pub(super) fn replay(database: &Database, filter: &Filter, most: usize) -> Result<usize, Failure> {
    let condition = Condition::of(filter);
    let sql = format!(
        "update switchhook_deliveries
         set state = 'pending', attempts = 0, error = null, due_at = ?, settled_at = null
         where number in (
             select number from switchhook_deliveries
             where {} and state not in ('pending', 'leased') order by number limit ?)",
        condition.sql(),
    );
    let mut values = vec![Value::Integer(now())];
    values.extend(condition.values);
    values.push(limit(most));
    Ok(database.prepare_cached(&sql)?.execute(params_from_iter(values))?)
}

pub(super) fn remove(database: &Database, filter: &Filter, most: usize) -> Result<usize, Failure> {
    let condition = Condition::of(filter);
    let sql = format!("{} and state <> 'leased' order by number limit ?", condition.sql());
    let mut values = condition.values;
    values.push(limit(most));
    delete(database, &sql, values)
}

/// Deletes up to `most` deliveries that are over their retention; how many.
pub(super) fn sweep(
    database: &Database,
    retention: Retention,
    most: usize,
) -> Result<usize, Failure> {
    let now = now();
    let mut deleted = 0;
    for (state, keep) in [(State::Done, retention.done), (State::Dead, retention.dead)] {
        let values = vec![
            Value::Text(state.as_str().to_owned()),
            Value::Integer(now.saturating_sub(length(keep))),
            limit(most - deleted),
        ];
        deleted += delete(database, "state = ? and settled_at <= ? limit ?", values)?;
    }
    Ok(deleted)
}

/// Deletes the deliveries for which this holds, and what belongs to them; how many.
fn delete(database: &Database, condition: &str, values: Vec<Value>) -> Result<usize, Failure> {
    let sql = format!("select number, scope from switchhook_deliveries where {condition}");
    let rows: Vec<(i64, Option<Vec<u8>>)> = database
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut delivery =
        database.prepare_cached("delete from switchhook_deliveries where number = ?")?;
    let mut request =
        database.prepare_cached("delete from switchhook_requests where number = ?")?;
    for (number, _) in &rows {
        delivery.execute([number])?;
        request.execute([number])?;
    }
    // The newest place is needed for as long as there is a delivery that it may outdate.
    let mut scope = database.prepare_cached(
        "delete from switchhook_scopes where scope = ?1
         and not exists (select 1 from switchhook_deliveries where scope = ?1)",
    )?;
    let scopes: HashSet<_> = rows.iter().filter_map(|(_, scope)| scope.as_ref()).collect();
    for about in scopes {
        scope.execute([about])?;
    }
    Ok(rows.len())
}

/// Whether a part of the file can be given back without writing all of it anew.
pub(super) fn is_incremental(database: &Database) -> Result<bool, Failure> {
    let mode: i64 = database.query_row("pragma auto_vacuum", [], |row| row.get(0))?;
    Ok(mode == 2)
}

/// Gives up to `most` unused pages back; how many are left.
pub(super) fn give_back(database: &Database, most: usize) -> Result<u64, Failure> {
    let mut statement = database.prepare(&format!("pragma incremental_vacuum({most})"))?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(database.query_row("pragma freelist_count", [], |row| row.get(0))?)
}

/// Writes the whole file anew, as long as it needs to be.
pub(super) fn rewrite(database: &Database) -> Result<(), Failure> {
    Ok(database.execute_batch("vacuum")?)
}

/// Brings the write-ahead log into the file, and empties it. Whoever reads just now may stand in
/// the way: then it is done later, by itself.
pub(super) fn checkpoint(database: &Database) -> Result<(), Failure> {
    let done = database.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).optional();
    done.map(|_| ()).map_err(Failure::from)
}
