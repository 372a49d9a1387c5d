//! The call log, in the same SQLite file as the inbox.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension};
use switchhook::{
    dispatch::DeliveryId,
    inbox::Transaction,
    twilio::voice::{CallStatus, CallStatusUpdate, IncomingCall},
};

use crate::tenants::Tenant;

/// The call log. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Calls(Arc<Mutex<Connection>>);

/// What became of a stream.
#[derive(Debug, Default)]
pub struct Talk {
    /// The stream.
    pub stream_sid: String,
    /// The audio that came, in milliseconds.
    pub heard_ms: usize,
    /// The answers that the caller heard to their end.
    pub answers: u64,
    /// How often the caller spoke or pressed a key while the agent spoke.
    pub barge_ins: u64,
    /// The keys that were pressed.
    pub digits: String,
    /// The frames that fitted nowhere.
    pub misfits: u64,
    /// How it ended.
    pub ended: Option<&'static str>,
}

/// States come in any order: the log shows them by how far they are. One that is not known has
/// no place and comes first. A stream has no end while it lasts, and after a crash.
const SCHEMA: &str = "
    create table if not exists calls (
        tenant text, sid text, caller text, called text, primary key (tenant, sid));
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
    create view if not exists call_log as
        select tenant, sid, calls.rowid as place, json_object(
            'tenant', tenant, 'call_sid', sid, 'from', caller, 'to', called,
            'status', (select status from statuses s where s.tenant = calls.tenant
                and call = calls.sid order by rank desc, status limit 1),
            'seconds', (select max(seconds) from statuses s where s.tenant = calls.tenant
                and call = calls.sid),
            'statuses', json((select json_group_array(status) from (
                select status from statuses s where s.tenant = calls.tenant and call = calls.sid
                group by status order by max(rank), status))),
            'streams', json((select json_group_array(json_object(
                'stream_sid', sid, 'heard_ms', heard_ms, 'answers', answers, 'barge_ins', barge_ins,
                'digits', digits, 'misfits', misfits, 'ended', ended)) from (
                select * from streams s where s.tenant = calls.tenant and call = calls.sid
                order by s.rowid)))
        ) as entry from calls;
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

    /// A call with everything about it, in JSON.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn call(&self, tenant: &str, sid: &str) -> anyhow::Result<Option<String>> {
        let sql = "select entry from call_log where tenant = ? and sid = ?";
        Ok(self.lock().query_row(sql, [tenant, sid], |row| row.get(0)).optional()?)
    }

    /// The newest calls, as many, in JSON.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn newest(&self, most: u32) -> anyhow::Result<String> {
        let sql = "select json_group_array(json(entry)) from (
                       select entry from call_log order by place desc limit ?)";
        Ok(self.lock().query_row(sql, [most], |row| row.get(0))?)
    }

    /// A panic elsewhere leaves the connection usable.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
