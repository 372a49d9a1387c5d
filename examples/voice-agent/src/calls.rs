//! The call log, in the same SQLite file as the inbox.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use switchhook::{
    dispatch::DeliveryId,
    inbox::Transaction,
    twilio::voice::{CallStatus, CallStatusUpdate, IncomingCall},
};

use crate::tenants::Tenant;

/// The call log. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Calls(Arc<Mutex<Connection>>);

/// A call with everything that is known about it.
#[derive(Debug, Serialize)]
pub struct Call {
    /// Whose call it is.
    pub tenant: String,
    /// The call.
    pub call_sid: String,
    /// Who called.
    pub from: Option<String>,
    /// The number that was called.
    pub to: Option<String>,
    /// The furthest state that was told.
    pub status: Option<String>,
    /// How long the call was, once it has ended.
    pub seconds: Option<u64>,
    /// All states that were told, in their order, whatever order they came in.
    pub statuses: Vec<String>,
    /// The talks with the agent.
    pub streams: Vec<Talk>,
}

/// What became of a stream.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Talk {
    /// The stream.
    pub stream_sid: String,
    /// The audio that came, in milliseconds.
    pub heard_ms: u64,
    /// The utterances that the caller heard to their end.
    pub answers: u64,
    /// How often the caller spoke while the agent did.
    pub barge_ins: u64,
    /// The keys that were pressed.
    pub digits: String,
    /// The frames that fitted nowhere.
    pub misfits: u64,
    /// How it ended; `None` while it lasts, and after a crash.
    pub ended: Option<String>,
}

const SCHEMA: &str = "
    create table if not exists calls (
        tenant text, sid text, caller text, called text,
        first_seen text not null default current_timestamp, primary key (tenant, sid));
    create table if not exists statuses (
        delivery text primary key, tenant text not null, call text not null, status text,
        rank integer, seconds integer);
    create index if not exists statuses_by_call on statuses (tenant, call);
    create table if not exists streams (
        tenant text, sid text, call text not null, heard_ms integer not null default 0,
        answers integer not null default 0, barge_ins integer not null default 0,
        digits text not null default '', misfits integer not null default 0, ended text,
        primary key (tenant, sid));
    create index if not exists streams_by_call on streams (tenant, call);
";

/// A call is told of by several webhooks in any order, and each may know more of it.
const CALL: &str = "
    insert into calls (tenant, sid, caller, called) values ($1, $2, $3, $4)
    on conflict do update set caller = coalesce(caller, excluded.caller),
        called = coalesce(called, excluded.called)";

/// Writes a state into the call log, in statements that are committed with the end of its
/// delivery.
pub fn changes(sql: &Transaction, tenant: &Tenant, id: DeliveryId, update: &CallStatusUpdate) {
    let sid = update.call_sid.as_str();
    sql.execute(CALL, (&tenant.name, sid, update.from.as_deref(), update.to.as_deref()));
    let status = update.call_status.as_ref();
    sql.execute(
        "insert into statuses (delivery, tenant, call, status, rank, seconds)
         values ($1, $2, $3, $4, $5, $6)",
        (
            id.to_string(),
            &tenant.name,
            sid,
            status.map(CallStatus::as_str),
            status.and_then(CallStatus::rank),
            update.call_duration.map(|duration| duration.0),
        ),
    );
}

impl Calls {
    /// Opens or makes the file.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or is no such database.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path).with_context(|| path.display().to_string())?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Notes a call that comes in, once however often it is told.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn rings(&self, tenant: &Tenant, call: &IncomingCall) -> anyhow::Result<()> {
        self.lock().execute(CALL, (&tenant.name, call.call_sid.as_str(), &call.from, &call.to))?;
        Ok(())
    }

    /// Notes that a stream of a call began; false when it was there already.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn begins(&self, tenant: &str, call: &str, stream: &str) -> anyhow::Result<bool> {
        let sql = "insert into streams (tenant, sid, call) values (?, ?, ?) on conflict do nothing";
        Ok(self.lock().execute(sql, (tenant, stream, call))? == 1)
    }

    /// Notes how a stream ended.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn ends(&self, tenant: &str, talk: &Talk) -> anyhow::Result<()> {
        let sql = "update streams set heard_ms = ?, answers = ?, barge_ins = ?, digits = ?,
                       misfits = ?, ended = ? where tenant = ? and sid = ?";
        let Talk { stream_sid, heard_ms, answers, barge_ins, digits, misfits, ended } = talk;
        let values = (heard_ms, answers, barge_ins, digits, misfits, ended, tenant, stream_sid);
        self.lock().execute(sql, values)?;
        Ok(())
    }

    /// A call with everything about it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn call(&self, tenant: &str, sid: &str) -> anyhow::Result<Option<Call>> {
        let connection = self.lock();
        let sql = "select caller, called from calls where tenant = ? and sid = ?";
        let found = connection
            .query_row(sql, [tenant, sid], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((from, to)) = found else { return Ok(None) };
        let statuses = statuses(&connection, tenant, sid)?;
        Ok(Some(Call {
            tenant: tenant.into(),
            call_sid: sid.into(),
            from,
            to,
            status: statuses.last().cloned(),
            seconds: connection.query_row(
                "select max(seconds) from statuses where tenant = ? and call = ?",
                [tenant, sid],
                |row| row.get(0),
            )?,
            statuses,
            streams: streams(&connection, tenant, sid)?,
        }))
    }

    /// The newest calls.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn newest(&self, most: u32) -> anyhow::Result<Vec<Call>> {
        let names: Vec<(String, String)> = {
            let connection = self.lock();
            let sql = "select tenant, sid from calls order by first_seen desc, rowid desc limit ?";
            let mut statement = connection.prepare(sql)?;
            let names = statement.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?;
            names.collect::<Result<_, _>>()?
        };
        names.iter().filter_map(|(tenant, sid)| self.call(tenant, sid).transpose()).collect()
    }

    /// A panic elsewhere leaves the connection usable.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The states by how far they are: they come in any order. One that is not known has no place
/// and comes first.
fn statuses(connection: &Connection, tenant: &str, sid: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "select status from statuses where tenant = ? and call = ? and status is not null
               group by status order by max(rank), status";
    connection.prepare(sql)?.query_map([tenant, sid], |row| row.get(0))?.collect()
}

fn streams(connection: &Connection, tenant: &str, sid: &str) -> rusqlite::Result<Vec<Talk>> {
    let sql = "select sid, heard_ms, answers, barge_ins, digits, misfits, ended from streams
               where tenant = ? and call = ? order by rowid";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Talk {
            stream_sid: row.get(0)?,
            heard_ms: row.get(1)?,
            answers: row.get(2)?,
            barge_ins: row.get(3)?,
            digits: row.get(4)?,
            misfits: row.get(5)?,
            ended: row.get(6)?,
        })
    };
    connection.prepare(sql)?.query_map([tenant, sid], read)?.collect()
}
