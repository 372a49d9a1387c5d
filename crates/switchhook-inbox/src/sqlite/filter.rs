//! Filters as SQL: fixed texts, and the values apart.

use rusqlite::types::Value;

use super::time::micros_up;
use crate::{Filter, State};

/// A condition with the values of its `?`s, in their order.
pub(super) struct Condition {
    sql: String,
    pub(super) values: Vec<Value>,
}

impl Condition {
    pub(super) fn of(filter: &Filter) -> Self {
        let mut condition = Self { sql: String::new(), values: Vec::new() };
        if !filter.ids.is_empty() {
            let ranges = vec!["id between ? and ?"; filter.ids.len()].join(" or ");
            let bytes = filter.ids.iter().flat_map(|range| [range.start(), range.end()]);
            condition.and(&format!("({ranges})"), bytes.map(|id| id.to_bytes().to_vec()));
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
