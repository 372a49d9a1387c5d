//! Filters in SQL, with bound values.

use std::fmt::Write as _;

use tokio_postgres::types::ToSql;

use super::{row::since_epoch, text::without_nul};
use crate::{Filter, State};

/// The conditions of a statement and their values.
#[derive(Default)]
pub(super) struct Conditions {
    sql: String,
    values: Vec<Box<dyn ToSql + Sync + Send>>,
}

impl Conditions {
    /// What a filter lets through.
    pub(super) fn of(filter: &Filter) -> Self {
        let mut all = Self::default();
        if filter.ids.iter().any(|range| range.start() != range.end()) {
            let low: Vec<_> = filter.ids.iter().map(|range| bytes(range.start())).collect();
            let high: Vec<_> = filter.ids.iter().map(|range| bytes(range.end())).collect();
            all.add(
                "EXISTS (SELECT FROM unnest($::bytea[], $::bytea[]) AS range (low, high)
                    WHERE id BETWEEN low AND high)",
                [Box::new(low), Box::new(high)],
            );
        } else if !filter.ids.is_empty() {
            let ids: Vec<_> = filter.ids.iter().map(|range| bytes(range.start())).collect();
            all.add("id = ANY ($)", [Box::new(ids)]);
        }
        if !filter.states.is_empty() {
            all.add("state = ANY ($)", [Box::new(words(&filter.states))]);
        }
        for (condition, wanted) in [
            ("family = $", &filter.family),
            ("event = $", &filter.event),
            ("subject = $", &filter.subject),
            ("route = $", &filter.route),
        ] {
            if let Some(wanted) = wanted {
                all.add(condition, [Box::new(without_nul(wanted).into_owned())]);
            }
        }
        for (condition, time) in [
            (
                "received_at >= 'epoch'::timestamptz + $::float8 * interval '1 microsecond'",
                filter.since,
            ),
            (
                "received_at < 'epoch'::timestamptz + $::float8 * interval '1 microsecond'",
                filter.until,
            ),
        ] {
            if let Some(time) = time {
                all.add(condition, [Box::new(since_epoch(time))]);
            }
        }
        all
    }

    /// Only rows with a lower number.
    pub(super) fn before(mut self, number: Option<u64>) -> Self {
        if let Some(number) = number {
            self.add("number < $", [Box::new(i64::try_from(number).unwrap_or(i64::MAX))]);
        }
        self
    }

    /// Only rows with a higher number.
    pub(super) fn after(mut self, number: i64) -> Self {
        self.add("number > $", [Box::new(number)]);
        self
    }

    /// Only rows in none of these states.
    pub(super) fn except(mut self, states: &[State]) -> Self {
        self.add("state <> ALL ($)", [Box::new(words(states))]);
        self
    }

    /// The statement that begins like this, with these conditions and at most so many rows, in
    /// this order.
    pub(super) fn select(mut self, begin: &str, order: &str, most: usize) -> Selection {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let conditions = std::mem::take(&mut self.sql);
        self.values.push(Box::new(most));
        let limit = self.values.len();
        let sql = format!("{begin}{conditions} ORDER BY {order} LIMIT ${limit}");
        Selection { sql, values: self.values }
    }

    /// Each `$` of the condition gets the number of its value.
    fn add<const N: usize>(&mut self, condition: &str, values: [Box<dyn ToSql + Sync + Send>; N]) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        let mut parts = condition.split('$');
        self.sql.push_str(parts.next().unwrap_or_default());
        for (value, part) in values.into_iter().zip(parts) {
            self.values.push(value);
            // Writing to a `String` cannot fail.
            let _ = write!(self.sql, "${}{part}", self.values.len());
        }
    }
}

/// A statement with its values.
pub(super) struct Selection {
    pub(super) sql: String,
    values: Vec<Box<dyn ToSql + Sync + Send>>,
}

impl Selection {
    pub(super) fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.values.iter().map(|value| &**value as &(dyn ToSql + Sync)).collect()
    }
}

fn bytes(id: &switchhook_dispatch::DeliveryId) -> Vec<u8> {
    id.to_bytes().to_vec()
}

fn words(states: &[State]) -> Vec<&'static str> {
    states.iter().map(|state| state.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_and_never_part_of_the_text() {
        let filter = Filter::new()
            .event("x' or 1=1 --$9")
            .state(State::Dead)
            .id_prefix("ab")
            .unwrap()
            .since(std::time::SystemTime::now());
        let selection =
            Conditions::of(&filter).before(Some(7)).select("SELECT 1 FROM t", "number", 5);
        let sql = selection.sql.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            sql,
            "SELECT 1 FROM t WHERE EXISTS (SELECT FROM unnest($1::bytea[], $2::bytea[]) AS range \
             (low, high) WHERE id BETWEEN low AND high) AND state = ANY ($3) AND event = $4 AND \
             received_at >= 'epoch'::timestamptz + $5::float8 * interval '1 microsecond' AND \
             number < $6 ORDER BY number LIMIT $7"
        );
        assert_eq!(selection.values().len(), 7);
        let all = Conditions::of(&Filter::new()).select("SELECT 1 FROM t", "number DESC", 5);
        assert_eq!(all.sql, "SELECT 1 FROM t ORDER BY number DESC LIMIT $1");
    }
}
