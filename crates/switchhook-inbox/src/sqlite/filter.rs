//! Filters as SQL: fixed texts, and the values apart.

use std::ops::RangeInclusive;

use rusqlite::types::Value;
use switchhook_dispatch::DeliveryId;

use super::time::micros_up;
use crate::{Filter, State};

/// A condition with the values of its `?`s, in their order.
pub(super) struct Condition {
    sql: String,
    pub(super) values: Vec<Value>,
}

/// One value, however many ids there are: SQLite bounds the depth of a condition and the number of
/// values. A join, so that each range is looked up in the index of the ids.
const IN_RANGES: &str = "id in (
    select found.id from json_each(?) as wanted cross join switchhook_deliveries as found
    where found.id between unhex(wanted.value ->> 0) and unhex(wanted.value ->> 1))";

/// The ranges as JSON: an array of pairs in hexadecimal digits.
fn ranges(ids: &[RangeInclusive<DeliveryId>]) -> String {
    let digits = |id: &DeliveryId| format!("\"{:032x}\"", u128::from_be_bytes(id.to_bytes()));
    let pairs = ids.iter().map(|range| [digits(range.start()), digits(range.end())].join(","));
    format!("[[{}]]", pairs.collect::<Vec<_>>().join("],["))
}

impl Condition {
    pub(super) fn of(filter: &Filter) -> Self {
        let mut condition = Self { sql: String::new(), values: Vec::new() };
        if !filter.ids.is_empty() {
            condition.and(IN_RANGES, [ranges(&filter.ids)]);
        }
        if !filter.states.is_empty() {
            let places = vec!["?"; filter.states.len()].join(", ");
            let names = filter.states.iter().map(|state| state.as_str().to_owned());
            condition.and(&format!("state in ({places})"), names);
            // True anyway; lets SQLite use the index of the few among the many that are done.
            let waits = |state: &State| !matches!(state, State::Done | State::Dead);
            if filter.states.iter().all(|state| *state == State::Dead) {
                condition.and("settled_at is not null", [0; 0]);
            } else if filter.states.iter().all(waits) {
                condition.and("due_at is not null", [0; 0]);
            }
        }
        condition.and("family = ?", filter.family.clone());
        condition.and("event = ?", filter.event.clone());
        condition.and("subject = ?", filter.subject.clone());
        condition.and("route = ?", filter.route.clone());
        condition.and("received_at >= ?", filter.since.map(micros_up));
        condition.and("received_at < ?", filter.until.map(micros_up));
        condition
    }

    /// Adds a condition, unless its `?` has no value.
    pub(super) fn and<V: Into<Value>>(&mut self, sql: &str, values: impl IntoIterator<Item = V>) {
        let before = self.values.len();
        self.values.extend(values.into_iter().map(Into::into));
        if self.values.len() - before == sql.matches('?').count() {
            if !self.sql.is_empty() {
                self.sql.push_str(" and ");
            }
            self.sql.push_str(sql);
        }
    }

    /// The text, to follow `where`.
    pub(super) fn sql(&self) -> &str {
        if self.sql.is_empty() { "true" } else { &self.sql }
    }
}
