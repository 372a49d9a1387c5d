//! Replies: claimed by the first who asks, kept for the others.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use rusqlite::OptionalExtension;
use switchhook_dispatch::{Claim, DeliveryId};

use super::{
    database::Database,
    deliveries::{next_fences, number},
    error::Failure,
    time::{length, now},
};
use crate::codec::{damaged, headers_to_bytes, reply};

/// A reply in columns.
pub(super) struct Reply {
    status: u16,
    headers: Vec<u8>,
    body: Bytes,
}

impl Reply {
    pub(super) fn of(response: &Response<Bytes>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: headers_to_bytes(response.headers()),
            body: response.body().clone(),
        }
    }
}

pub(super) fn claim(
    database: &Database,
    id: DeliveryId,
    lease: Duration,
) -> Result<Claim, Failure> {
    let now = now();
    // Each claim makes room for itself, so that no worker has to sweep: an application without
    // notifications has none.
    database
        .prepare_cached(
            "delete from switchhook_replies where rowid in (
                 select rowid from switchhook_replies where until <= ? order by until limit 2)",
        )?
        .execute([now])?;
    let found = database
        .prepare_cached(
            "select status, headers, body from switchhook_replies where id = ? and until > ?",
        )?
        .query_row((id.to_bytes(), now), |row| {
            let status: Option<i64> = row.get(0)?;
            let headers: Option<Vec<u8>> = row.get(1)?;
            let body: Option<Vec<u8>> = row.get(2)?;
            Ok((status, headers, body))
        })
        .optional()?;
    match found {
        Some((Some(status), headers, body)) => {
            let status = u16::try_from(status).map_err(|_| damaged("a status"))?;
            let (headers, body) = (headers.unwrap_or_default(), body.unwrap_or_default());
            Ok(Claim::Answered(reply(status, &headers, body)?))
        }
        Some((None, ..)) => Ok(Claim::InFlight),
        None => {
            let fence = next_fences(database, 1)?;
            database
                .prepare_cached(
                    "insert or replace into switchhook_replies (id, fence, until) values (?, ?, ?)",
                )?
                .execute((id.to_bytes(), number(fence), now.saturating_add(length(lease))))?;
            Ok(Claim::New { fence })
        }
    }
}

/// Whether the claim still held.
pub(super) fn answer(
    database: &Database,
    id: DeliveryId,
    fence: u64,
    reply: &Reply,
    keep: Duration,
) -> Result<bool, Failure> {
    let changed = database
        .prepare_cached(
            "update switchhook_replies set status = ?, headers = ?, body = ?, until = ?
             where id = ? and fence = ?",
        )?
        .execute((
            reply.status,
            &reply.headers,
            &reply.body[..],
            now().saturating_add(length(keep)),
            id.to_bytes(),
            number(fence),
        ))?;
    Ok(changed > 0)
}

pub(super) fn release(database: &Database, id: DeliveryId, fence: u64) -> Result<(), Failure> {
    database
        .prepare_cached(
            "delete from switchhook_replies where id = ? and fence = ? and status is null",
        )?
        .execute((id.to_bytes(), number(fence)))?;
    Ok(())
}

/// Deletes up to `most` replies that nobody needs any more; how many.
pub(super) fn sweep(database: &Database, most: usize) -> Result<usize, Failure> {
    let deleted = database
        .prepare_cached(
            "delete from switchhook_replies where rowid in (
                 select rowid from switchhook_replies where until <= ? limit ?)",
        )?
        .execute((now(), most))?;
    Ok(deleted)
}
