//! Calls: when each state was reached, from which the analytics follow.

use std::time::SystemTime;

use switchhook::{
    EpochMilliseconds, EpochSeconds, Timestamp,
    dispatch::Permanent,
    inbox::Transaction,
    signalwire::{CallDirection, CallState, CallStateChanged, CallStatusFlat},
};

/// A call changed its state, in the flat body of SignalWire's older examples.
///
/// # Errors
///
/// For good, when it does not say to which.
pub fn status(status: CallStatusFlat, sql: Transaction) -> Result<(), Permanent> {
    let at = status.timestamp.as_ref().and_then(Timestamp::to_system_time);
    begin(&sql, &status.call_id, status.direction);
    reached(&sql, &status.call_id, status.call_state, at)
}

/// A call changed its state, as SignalWire tells it today. Its end alone is told unless more was
/// asked for, and says when the call was answered.
///
/// # Errors
///
/// For good, when it does not say to which.
pub fn changed(event: CallStateChanged, sql: Transaction) -> Result<(), Permanent> {
    let mut at = event.timestamp.as_ref().and_then(EpochSeconds::to_system_time);
    begin(&sql, &event.call_id, event.direction);
    if let Some(answered) = event.answer_time.as_ref().filter(|at| !at.is_zero()) {
        let answered = answered.to_system_time();
        reached(&sql, &event.call_id, Some(CallState::Answered), answered)?;
    }
    if event.call_state == Some(CallState::Ended) {
        at = event.end_time.as_ref().and_then(EpochMilliseconds::to_system_time).or(at);
    }
    reached(&sql, &event.call_id, event.call_state, at)
}

fn begin(sql: &Transaction, call: &str, direction: Option<CallDirection>) {
    sql.execute(
        "insert into calls (id, direction) values ($1, $2)
         on conflict do update set direction = coalesce(direction, excluded.direction)",
        (call, direction.as_ref().map(CallDirection::as_str)),
    );
}

/// Whatever comes first, and however often: of a state the earliest time counts.
fn reached(
    sql: &Transaction,
    call: &str,
    state: Option<CallState>,
    at: Option<SystemTime>,
) -> Result<(), Permanent> {
    let state = state.ok_or_else(|| Permanent::new("a call status without call_state"))?;
    let since = at.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    let at = since.and_then(|since| u64::try_from(since.as_millis()).ok());
    sql.execute(
        "insert into call_states (call, state, rank, at) values ($1, $2, $3, $4)
         on conflict do update set at = coalesce(min(at, excluded.at), at, excluded.at)",
        (call, state.as_str(), state.rank(), at),
    );
    Ok(())
}
