//! Rows as the crate's types, and back. Of a row that somebody has changed by hand anything may
//! be wrong but the columns' types.

use std::time::{Duration, SystemTime};

use switchhook_dispatch::{DeliveryId, StoreError};
use tokio_postgres::{Row, types::FromSql};

use crate::{
    Leased, Summary,
    codec::{Columns, damaged},
};

/// A value of a row, by its place.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, at: usize) -> Result<T, StoreError> {
    row.try_get(at).map_err(|_| damaged("a column"))
}

/// A number that is never below zero.
pub(super) fn count<T: TryFrom<i64>>(row: &Row, at: usize) -> Result<T, StoreError> {
    get::<i64>(row, at)?.try_into().map_err(|_| damaged("a number"))
}

fn id(row: &Row, at: usize) -> Result<DeliveryId, StoreError> {
    let bytes = get::<&[u8]>(row, at)?.try_into().map_err(|_| damaged("an id"))?;
    Ok(DeliveryId::from_bytes(bytes))
}

fn attempts(row: &Row, at: usize) -> Result<u32, StoreError> {
    get::<i32>(row, at)?.try_into().map_err(|_| damaged("a number"))
}

/// The first twelve columns.
pub(super) fn summary(row: &Row) -> Result<Summary, StoreError> {
    Ok(Summary {
        number: count(row, 0)?,
        id: id(row, 1)?,
        route: get(row, 2)?,
        family: get(row, 3)?,
        event: get(row, 4)?,
        subject: get(row, 5)?,
        state: get::<&str>(row, 6)?.parse().map_err(|_| damaged("a state"))?,
        attempts: attempts(row, 7)?,
        received_at: get(row, 8)?,
        due_at: get(row, 9)?,
        settled_at: get(row, 10)?,
        error: get(row, 11)?,
    })
}

/// The seven columns from this place on.
pub(super) fn request(row: &Row, at: usize) -> Result<http::Request<bytes::Bytes>, StoreError> {
    let columns = Columns {
        method: get(row, at)?,
        target: get(row, at + 1)?,
        public_target: get(row, at + 2)?,
        tls: get(row, at + 3)?,
        peer: get(row, at + 4)?,
        headers: get(row, at + 5)?,
        body: get::<Vec<u8>>(row, at + 6)?.into(),
    };
    columns.into_request()
}

/// What the statement `lease` returns.
pub(super) fn leased(row: &Row) -> Result<Leased, StoreError> {
    Ok(Leased {
        id: id(row, 1)?,
        fence: count(row, 2)?,
        attempt: attempts(row, 3)?,
        outdated: get(row, 4)?,
        request: request(row, 6)?,
    })
}

/// Microseconds, at most a thousand years: more than that no date can be moved.
#[allow(clippy::cast_precision_loss, reason = "exact up to 285 years")]
pub(super) fn micros(length: Duration) -> f64 {
    const LONGEST: u64 = 1000 * 365 * 24 * 60 * 60 * 1_000_000;
    u64::try_from(length.as_micros()).unwrap_or(LONGEST).min(LONGEST) as f64
}

/// Microseconds since 1970, rounded up: the server knows no finer time, so that what is at or
/// after the one is at or after the other.
#[allow(clippy::cast_precision_loss, reason = "exact up to the year 2255")]
pub(super) fn since_epoch(time: SystemTime) -> f64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    micros(since) + if since.subsec_nanos() % 1000 > 0 { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::float_cmp, reason = "exact")]
    fn times_are_microseconds() {
        let at = |nanos| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos);
        assert_eq!(since_epoch(at(1_700_000_000_000_000_000)), 1.7e15);
        assert_eq!(since_epoch(at(1000)), 1.0);
        assert_eq!(since_epoch(at(1001)), 2.0);
        assert_eq!(since_epoch(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), 0.0);
        assert_eq!(micros(Duration::from_millis(3)), 3000.0);
        assert_eq!(micros(Duration::MAX), 3.1536e16);
    }
}
