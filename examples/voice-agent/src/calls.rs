//! The call log, in the same SQLite file as the inbox.

use switchhook::{
    Guard,
    dispatch::{DeliveryId, StoreError},
    inbox::{Reports, SqliteInbox, Transaction},
    twilio::voice::{CallStatus, CallStatusUpdate, IncomingCall},
};

use crate::tenants::Tenant;

/// What became of a stream.
#[derive(Debug, Default)]
pub struct Talk {
    /// The stream.
    pub stream_sid: String,
    /// The audio that came, in milliseconds.
    pub heard_ms: u64,
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
pub const TABLES: &str = "
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

/// Notes a call that comes in, once however often it is told.
///
/// # Errors
///
/// When the database fails.
pub async fn rings(
    log: &SqliteInbox,
    tenant: &Tenant,
    call: &IncomingCall,
) -> Result<(), StoreError> {
    let (sid, from, to) = (call.call_sid.as_str(), call.from.as_deref(), call.to.as_deref());
    log.execute(CALL, (&tenant.name, sid, from, to)).await.map(drop)
}

/// Notes that a stream of a call began; false when it was there already.
///
/// # Errors
///
/// When the database fails.
pub async fn begins(
    log: &SqliteInbox,
    tenant: &str,
    call: &str,
    stream: &str,
) -> Result<bool, StoreError> {
    let sql = "insert into streams (tenant, sid, call) values ($1, $2, $3)
               on conflict do nothing returning 'true'";
    Ok(!log.execute_returning::<bool>(sql, (tenant, stream, call)).await?.is_empty())
}

/// Notes how a stream ended.
///
/// # Errors
///
/// When the database fails.
pub async fn ends(log: &SqliteInbox, tenant: &str, talk: Talk) -> Result<(), StoreError> {
    let sql = "update streams set heard_ms = $1, answers = $2, barge_ins = $3, digits = $4,
                   misfits = $5, ended = $6 where tenant = $7 and sid = $8";
    let Talk { stream_sid, heard_ms, answers, barge_ins, digits, misfits, ended } = talk;
    let values = (heard_ms, answers, barge_ins, digits, misfits, ended, tenant, stream_sid);
    log.execute(sql, values).await.map(drop)
}

/// `GET /api/v1/calls` lists the newest calls, `GET /api/v1/calls/{tenant}/{sid}` shows one with
/// its states and its streams: to those that the guard lets in, as they show phone numbers.
pub fn reports(log: SqliteInbox, guard: Guard) -> Reports {
    let newest = "select json_group_array(json(entry)) from (
                      select entry from call_log order by place desc limit 100)";
    let one = "select entry from call_log where tenant = $1 and sid = $2";
    Reports::new(log, guard).at(PATH, newest).at(PATH_OF_ONE, one)
}

/// The call log over HTTP.
pub const PATH: &str = "/api/v1/calls";

/// A call of the log over HTTP.
pub const PATH_OF_ONE: &str = "/api/v1/calls/{tenant}/{sid}";
