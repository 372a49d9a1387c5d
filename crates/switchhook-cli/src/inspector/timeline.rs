//! The life of one thing: its deliveries as they came, and what is odd about their order.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use switchhook::{IdempotencyKey, Position};

use super::{exchange::Exchange, summary::summary};

/// The deliveries about the thing with this SID, the oldest first, each with its place where the
/// provider counts, and what is odd: it came before, it came late, others are missing before it.
pub(crate) fn timeline(exchanges: &[Arc<Exchange>], sid: &str) -> Value {
    let about = |exchange: &&Arc<Exchange>| exchange.event.things.iter().any(|thing| thing == sid);
    let mut known = Known::default();
    exchanges.iter().filter(about).map(|exchange| known.row(exchange)).collect()
}

#[derive(Default)]
struct Known<'a> {
    /// Who was the first with a key, on a path.
    first: HashMap<(&'a str, &'a IdempotencyKey), u64>,
    /// What was seen of an order.
    orders: HashMap<&'a IdempotencyKey, Line>,
}

/// The places that were seen of one order.
#[derive(Default)]
struct Line {
    latest: Option<(Position, u64)>,
    /// The counts that were left out, and did not come since.
    missing: Vec<u64>,
}

/// More than anybody looks at.
const MOST_MISSING: u64 = 1000;

impl<'a> Known<'a> {
    fn row(&mut self, exchange: &'a Exchange) -> Value {
        let number = exchange.number;
        let refused = exchange.told.refusal.is_some();
        let key = exchange.event.key.as_ref().map(|key| (exchange.request.uri().path(), key));
        // What was refused did not come: whoever sent it may send it again.
        let duplicate_of = key.filter(|_| !refused).and_then(|key| {
            let first = *self.first.entry(key).or_insert(number);
            (first != number).then_some(first)
        });
        let order = exchange.event.order.as_ref().filter(|_| !refused && duplicate_of.is_none());
        let (late_after, missing) = match order {
            Some(order) => {
                let line = self.orders.entry(order.scope()).or_default();
                line.see(order.position(), number)
            }
            None => (None, None),
        };
        let position = exchange.event.order.as_ref().map(switchhook::Order::position);
        let mut row = summary(exchange);
        row["position"] = match position {
            Some(Position::Number(count)) => count.into(),
            _ => Value::Null,
        };
        row["duplicate_of"] = duplicate_of.into();
        row["late_after"] = late_after.into();
        row["missing"] = missing.map(|(from, to)| json!([from, to])).into();
        row
    }
}

impl Line {
    /// After which delivery it should have come, and the counts that are missing before it.
    fn see(&mut self, position: Position, number: u64) -> (Option<u64>, Option<(u64, u64)>) {
        let latest = self.latest;
        let is_late = latest.is_some_and(|(latest, _)| position < latest);
        if let Position::Number(count) = position {
            self.missing.retain(|missing| *missing != count);
        }
        if is_late {
            return (latest.map(|(_, number)| number), None);
        }
        self.latest = Some((position, number));
        let missing = match (latest, position) {
            (Some((Position::Number(before), _)), Position::Number(count))
                if count > before + 1 =>
            {
                Some((before + 1, count - 1))
            }
            _ => None,
        };
        if let Some((from, to)) = missing {
            self.missing.extend((from..=to).take(MOST_MISSING as usize));
        }
        (None, missing)
    }
}
