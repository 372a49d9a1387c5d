//! Calls: when each state was reached, from which the analytics follow.

use std::time::SystemTime;

use switchhook::{
    EpochMilliseconds, EpochSeconds, Timestamp,
    dispatch::Permanent,
    inbox::Transaction,
    signalwire::{CallDirection, CallState, CallStateChanged, CallStatusFlat},
};

/// A call changed its state, as the founding document has it.
///
/// # Errors
///
/// For good, when it does not say to which.
pub fn status(status: CallStatusFlat, sql: Transaction) -> Result<(), Permanent> {
    let at = status.timestamp.as_ref().and_then(Timestamp::to_system_time);
    let call = Call { id: &status.call_id, direction: status.direction, sql: &sql };
    call.reached(status.call_state, at)
}

/// A call changed its state, as SignalWire tells it today. Its end alone is told unless more was
/// asked for, and says when the call was answered.
///
/// # Errors
///
/// For good, when it does not say to which.
pub fn changed(event: CallStateChanged, sql: Transaction) -> Result<(), Permanent> {
    let at = event.timestamp.as_ref().and_then(EpochSeconds::to_system_time);
    let ended = event.end_time.as_ref().and_then(EpochMilliseconds::to_system_time);
    let call = Call { id: &event.call_id, direction: event.direction, sql: &sql };
    if let Some(answered) = event.answer_time.as_ref().filter(|at| !at.is_zero()) {
        call.reached(Some(CallState::Answered), answered.to_system_time())?;
    }
    match event.call_state {
        Some(CallState::Ended) => call.reached(Some(CallState::Ended), ended.or(at)),
        state => call.reached(state, at),
    }
}

struct Call<'a> {
    id: &'a str,
    direction: Option<CallDirection>,
    sql: &'a Transaction,
}

impl Call<'_> {
    /// Whatever comes first, and however often: of a state the earliest time counts.
    fn reached(&self, state: Option<CallState>, at: Option<SystemTime>) -> Result<(), Permanent> {
        let state = state.ok_or_else(|| Permanent::new("a call status without call_state"))?;
        let since = at.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        let at = since.and_then(|since| u64::try_from(since.as_millis()).ok());
        let direction = self.direction.as_ref().map(CallDirection::as_str);
        self.sql.execute(
            "insert into calls (id, direction) values ($1, $2)
             on conflict do update set direction = coalesce(direction, excluded.direction)",
            (self.id, direction),
        );
        self.sql.execute(
            "insert into call_states (call, state, rank, at) values ($1, $2, $3, $4)
             on conflict do update set at = coalesce(min(at, excluded.at), at, excluded.at)",
            (self.id, state.as_str(), state.rank(), at),
        );
        Ok(())
    }
}
