//! The steps in the life of a delivery.

use std::{collections::HashSet, time::Duration};

use rusqlite::{OptionalExtension, Row};
use switchhook_dispatch::{Accepted, DeliveryId, Incoming, StoreError};

use super::{
    database::Database,
    error::{Failure, is_damage, store_error},
    statements,
    time::{length, now},
};
use crate::{Leased, Settled, Settlement, State, codec::Columns};

/// A delivery that is to be kept, in columns.
pub(super) struct New {
    delivery: Incoming,
    request: Columns,
    /// Why it is a dead letter from the beginning.
    dead: Option<String>,
}

impl New {
    pub(super) fn of(delivery: Incoming, dead: Option<&str>) -> Self {
        let request = Columns::of(&delivery.request);
        Self { delivery, request, dead: dead.map(str::to_owned) }
    }
}

/// A fence or a number as SQLite keeps it; one that it cannot keep is nobody's.
pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The first of as many fences that nobody has had.
pub(super) fn next_fences(database: &Database, count: usize) -> Result<u64, Failure> {
    let last: u64 = database
        .prepare_cached(
            "update switchhook_meta set value = value + ? where name = 'fence' returning value",
        )?
        .query_row([count], |row| row.get(0))?;
    Ok((last + 1).saturating_sub(count as u64))
}

/// Keeps a delivery, unless it is there already.
pub(super) fn keep(database: &Database, new: &New) -> Result<Accepted, Failure> {
    let (delivery, request, dead) = (&new.delivery, &new.request, &new.dead);
    let now = now();
    let is_dead = dead.is_some();
    let (scope, place) = delivery.order.unzip();
    let inserted = database
        .prepare_cached(
            "insert into switchhook_deliveries (id, route, family, event, subject, state, attempts,
                 received_at, due_at, settled_at, error, scope, place)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
        )?
        .execute((
            delivery.id.to_bytes(),
            &delivery.route,
            delivery.family,
            &delivery.event,
            &delivery.subject,
            if is_dead { State::Dead.as_str() } else { State::Pending.as_str() },
            i64::from(is_dead),
            now,
            (!is_dead).then_some(now),
            is_dead.then_some(now),
            dead,
            scope.map(DeliveryId::to_bytes),
            place,
        ))?;
    if inserted == 0 {
        return Ok(Accepted::Known);
    }
    database
        .prepare_cached(
            "insert into switchhook_requests
                 (number, method, target, public_target, tls, peer, headers, body)
             values (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            database.last_insert_rowid(),
            &request.method,
            &request.target,
            &request.public_target,
            request.tls,
            &request.peer,
            &request.headers,
            &request.body[..],
        ))?;
    Ok(Accepted::New)
}

/// The columns of a request, from this column of a row on.
pub(super) const REQUEST: &str = "method, target, public_target, tls, peer, headers, body";

pub(super) fn request(row: &Row<'_>, from: usize) -> rusqlite::Result<Columns> {
    Ok(Columns {
        method: row.get(from)?,
        target: row.get(from + 1)?,
        public_target: row.get(from + 2)?,
        tls: row.get(from + 3)?,
        peer: row.get(from + 4)?,
        headers: row.get(from + 5)?,
        body: row.get::<_, Vec<u8>>(from + 6)?.into(),
    })
}

/// A delivery that is due, and what it is about.
struct Due {
    number: i64,
    scope: Option<Vec<u8>>,
}

/// Leases up to `most` that are due.
pub(super) fn lease(
    database: &Database,
    most: usize,
    lease: Duration,
) -> Result<Vec<Leased>, Failure> {
    let now = now();
    // One of no length would be due again while this still looks for more.
    let until = now.saturating_add(length(lease).max(1));
    let mut busy: HashSet<Vec<u8>> = database
        .prepare_cached(
            "select scope from switchhook_deliveries
             where state = 'leased' and scope is not null and due_at > ?",
        )?
        .query_map([now], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut leased = Vec::new();
    while leased.len() < most {
        let due = due(database, now, most - leased.len(), &mut busy)?;
        if due.is_empty() {
            break;
        }
        let fences = next_fences(database, due.len())?;
        for (due, fence) in due.into_iter().zip(fences..) {
            match lease_one(database, &due, fence, until) {
                Ok(delivery) => leased.push(delivery),
                Err(Unread::Damaged(error)) => {
                    bury_damaged(database, due.number, &error)?;
                    due.scope.map(|scope| busy.remove(&scope));
                }
                Err(Unread::Failed(failure)) => return Err(failure),
            }
        }
    }
    Ok(leased)
}

/// Up to `most` that are due, none about what is `busy`, and none about the same.
fn due(
    database: &Database,
    now: i64,
    most: usize,
    busy: &mut HashSet<Vec<u8>>,
) -> Result<Vec<Due>, Failure> {
    // The index has all that is asked for: what waits for its turn is passed over quickly.
    let mut statement = database.prepare_cached(
        "select number, scope from switchhook_deliveries indexed by switchhook_due
         where due_at <= ? order by due_at, number",
    )?;
    let mut rows = statement.query([now])?;
    let mut found = Vec::new();
    while found.len() < most
        && let Some(row) = rows.next()?
    {
        let scope: Option<Vec<u8>> = row.get(1)?;
        if scope.clone().is_none_or(|scope| busy.insert(scope)) {
            found.push(Due { number: row.get(0)?, scope });
        }
    }
    Ok(found)
}

/// Why a delivery was not leased.
enum Unread {
    /// What is kept of it is no delivery.
    Damaged(StoreError),
    /// The store failed.
    Failed(Failure),
}

impl From<rusqlite::Error> for Unread {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) {
            Self::Damaged(store_error(&error))
        } else {
            Self::Failed(error.into())
        }
    }
}

impl From<StoreError> for Unread {
    fn from(error: StoreError) -> Self {
        Self::Damaged(error)
    }
}

fn lease_one(database: &Database, due: &Due, fence: u64, until: i64) -> Result<Leased, Unread> {
    let (id, attempt, place) = database
        .prepare_cached(
            "update switchhook_deliveries
             set state = 'leased', attempts = attempts + 1, fence = ?, due_at = ?
             where number = ? returning id, attempts, place",
        )?
        .query_row((number(fence), until, due.number), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<Vec<u8>>>(2)?))
        })?;
    let outdated = match (&due.scope, place) {
        (Some(scope), Some(place)) => database
            .prepare_cached("select place > ? from switchhook_scopes where scope = ?")?
            .query_row((place, scope), |row| row.get(0))
            .optional()?
            .unwrap_or(false),
        _ => false,
    };
    let columns = database
        .prepare_cached(&format!("select {REQUEST} from switchhook_requests where number = ?"))?
        .query_row([due.number], |row| request(row, 0))?;
    let request = columns.into_request()?;
    Ok(Leased { id: DeliveryId::from_bytes(id), fence, attempt, outdated, request })
}

/// Makes a dead letter of a delivery that cannot be read: it would be leased again and again.
fn bury_damaged(database: &Database, number: i64, error: &StoreError) -> Result<(), Failure> {
    database
        .prepare_cached(
            "update switchhook_deliveries set state = 'dead', due_at = null, settled_at = ?, error = ?
             where number = ?",
        )?
        .execute((now(), format!("damaged: {error}"), number))?;
    Ok(())
}

/// Whether the lease still held: a turn that has passed to another delivery about the same thing
/// does not come back.
pub(super) fn extend(
    database: &Database,
    id: DeliveryId,
    fence: u64,
    lease: Duration,
) -> Result<bool, Failure> {
    let now = now();
    let changed = database
        .prepare_cached(
            "update switchhook_deliveries as d set due_at = ?1
             where id = ?2 and fence = ?3 and state = 'leased' and (scope is null or not exists (
                     select 1 from switchhook_deliveries as other
                     where other.scope = d.scope and other.state = 'leased'
                         and other.due_at > ?4 and other.number <> d.number)
                 and not exists (
                     select 1 from switchhook_scopes as s
                     where s.scope = d.scope and s.place > d.place))",
        )?
        .execute((now.saturating_add(length(lease)), id.to_bytes(), number(fence), now))?;
    Ok(changed > 0)
}

/// Ends a lease. The statements of its handler are executed here, between the check of the fence
/// and the commit; when one is refused, the failure undoes all.
pub(super) fn settle(
    database: &Database,
    id: DeliveryId,
    fence: u64,
    settlement: &Settlement,
) -> Result<Settled, Failure> {
    let standing = database
        .prepare_cached(
            "select state = 'leased', exists (
                 select 1 from switchhook_scopes as s where s.scope = d.scope and s.place > d.place)
             from switchhook_deliveries as d where id = ? and fence = ?",
        )?
        .query_row((id.to_bytes(), number(fence)), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match (standing, settlement) {
        (None, _) | (Some((true, true)), Settlement::Done(_)) => return Ok(Settled::Lost),
        (Some((true, _)), _) => {}
        // It was settled with this fence before, and the answer got lost.
        (Some((false, _)), _) => return Ok(Settled::Yes),
    }
    let now = now();
    let settled = |state, error| (state, None, Some(now), error);
    let waiting = |state, due, error| (state, Some(due), None, error);
    let outdated = "outdated: not handled";
    let (state, due_at, settled_at, error) = match settlement {
        Settlement::Done(effects) => {
            statements::execute(database, effects)?;
            settled(State::Done, None)
        }
        Settlement::Outdated => settled(State::Done, Some(outdated)),
        Settlement::Retry { after, error } => {
            waiting(State::Retry, now.saturating_add(length(*after)), Some(&**error))
        }
        Settlement::Dead { error } => settled(State::Dead, Some(error)),
        Settlement::Returned => waiting(State::Pending, now, None),
    };
    let returned = *settlement == Settlement::Returned;
    database
        .prepare_cached(
            "update switchhook_deliveries
             set state = ?1, due_at = ?2, settled_at = ?3,
                 error = case when ?5 then error else ?4 end,
                 attempts = case when ?5 then max(attempts - 1, 0) else attempts end
             where id = ?6",
        )?
        .execute((state.as_str(), due_at, settled_at, error, returned, id.to_bytes()))?;
    if let Settlement::Done(_) = settlement {
        database
            .prepare_cached(
                "insert into switchhook_scopes (scope, place)
                 select scope, place from switchhook_deliveries
                 where id = ? and scope is not null and place is not null
                 on conflict (scope) do update set place = max(place, excluded.place)",
            )?
            .execute([id.to_bytes()])?;
    }
    Ok(Settled::Yes)
}
