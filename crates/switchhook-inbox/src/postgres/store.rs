//! What the dispatcher asks: keeping deliveries, claims and replies.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use switchhook_dispatch::{
    Accepted, BoxFuture, Claim, DeliveryId, Incoming, Store, StoreError, StoreErrorKind,
};
use tokio::sync::oneshot;
use tokio_postgres::types::ToSql;

use super::{
    PostgresInbox,
    pool::PATIENT,
    row::{count, get, micros},
    text::without_nul,
};
use crate::codec::{self, Columns, damaged, headers_to_bytes};

impl PostgresInbox {
    /// Keeps a delivery, as a dead letter where there is an error.
    async fn keep(&self, delivery: Incoming, error: Option<&str>) -> Result<Accepted, StoreError> {
        let id = delivery.id.to_bytes();
        let columns = Columns::of(&delivery.request);
        let text =
            |text: &Option<String>| text.as_deref().map(|text| without_nul(text).into_owned());
        let (route, event, subject) =
            (without_nul(&delivery.route), text(&delivery.event), text(&delivery.subject));
        let error = error.map(without_nul);
        let error = error.as_deref();
        let (id, body) = (&id[..], &columns.body[..]);
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![
            &id,
            &route,
            &delivery.family,
            &event,
            &subject,
            &error,
            &columns.method,
            &columns.target,
            &columns.public_target,
            &columns.tls,
            &columns.peer,
            &columns.headers,
            &body,
        ];
        let order = delivery.order.map(|(scope, place)| (scope.to_bytes(), place));
        let order = order.as_ref().map(|(scope, place)| (&scope[..], &place[..]));
        let sql = if let Some((scope, place)) = &order {
            values.push(scope);
            values.push(place);
            &self.0.statements.keep_ordered
        } else {
            &self.0.statements.keep
        };
        let rows = self.0.pool.query(PATIENT, sql, &values).await?;
        if error.is_none() {
            // Also for a duplicate: it may be our own first try, of which nobody was told.
            self.0.hints.stir();
        }
        Ok(if rows.is_empty() { Accepted::Known } else { Accepted::New })
    }

    async fn claim_now(&self, id: DeliveryId, lease: Duration) -> Result<Claim, StoreError> {
        let (id, lease, token) = (id.to_bytes(), micros(lease), fastrand::i64(..));
        let id = &id[..];
        let statements = &self.0.statements;
        // What was in flight a moment ago may be given back now.
        for _ in 0..10 {
            let claim =
                self.0.pool.query(PATIENT, &statements.claim, &[&id, &lease, &token]).await?;
            if let Some(row) = claim.first() {
                return Ok(Claim::New { fence: count(row, 0)? });
            }
            let claimed = self.0.pool.query(PATIENT, &statements.claimed, &[&id]).await?;
            let Some(row) = claimed.first() else { continue };
            let Some(status) = get::<Option<i16>>(row, 0)? else { return Ok(Claim::InFlight) };
            let status = u16::try_from(status).map_err(|_| damaged("a status"))?;
            let body = get::<Option<Vec<u8>>>(row, 2)?.unwrap_or_default();
            let headers = get::<Option<&[u8]>>(row, 1)?.unwrap_or_default();
            return Ok(Claim::Answered(codec::reply(status, headers, body)?));
        }
        Ok(Claim::InFlight)
    }

    async fn answer_now(
        &self,
        id: DeliveryId,
        fence: u64,
        reply: &Response<Bytes>,
        keep: Duration,
    ) -> Result<bool, StoreError> {
        let (id, keep) = (id.to_bytes(), micros(keep));
        let Ok(fence) = i64::try_from(fence) else { return Ok(false) };
        let status = i16::try_from(reply.status().as_u16()).unwrap_or(i16::MAX);
        let (id, headers, body) = (&id[..], headers_to_bytes(reply.headers()), &reply.body()[..]);
        let values: &[&(dyn ToSql + Sync)] = &[&id, &fence, &status, &headers, &body, &keep];
        let rows = self.0.pool.query(PATIENT, &self.0.statements.answer, values).await?;
        Ok(!rows.is_empty())
    }
}

impl Store for PostgresInbox {
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        Box::pin(self.keep(delivery, None))
    }

    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        error: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.keep(delivery, Some(error)).await.map(|_| ()) })
    }

    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        let inbox = self.clone();
        // In a task of its own, which gives back what was granted to a caller who has left.
        Box::pin(async move {
            let (tell, told) = oneshot::channel();
            let (hear, heard) = oneshot::channel();
            tokio::spawn(async move {
                let claim = inbox.claim_now(id, lease).await;
                let granted = match &claim {
                    Ok(Claim::New { fence }) => Some(*fence),
                    _ => None,
                };
                let heard = tell.send(claim).is_ok() && heard.await.is_ok();
                if let (Some(fence), false) = (granted, heard) {
                    // Without it the claim ends with its lease.
                    let _ = inbox.release(id, fence).await;
                }
            });
            let ended = |_| Err(StoreError::new(StoreErrorKind::Unavailable, "its task has ended"));
            let claim = told.await.unwrap_or_else(ended);
            let _ = hear.send(());
            claim
        })
    }

    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(self.answer_now(id, fence, reply, keep))
    }

    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let id = id.to_bytes();
            let Ok(fence) = i64::try_from(fence) else { return Ok(()) };
            let values: &[&(dyn ToSql + Sync)] = &[&&id[..], &fence];
            self.0.pool.query(PATIENT, &self.0.statements.release, values).await.map(|_| ())
        })
    }
}
