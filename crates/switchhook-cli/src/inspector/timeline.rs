//! The life of one thing: its deliveries as they came, and what is odd about their order.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use switchhook::{IdempotencyKey, Position};

use super::{exchange::Exchange, summary::summary};

/// The deliveries about the thing with this SID, the oldest first, each with its place where the
/// provider counts, and what is odd: it came before, it came late, others are missing before it.
pub(crate) fn timeline(exchanges: &[Arc<Exchange>], sid: &str) -> Value {
    let about = |exchange: &&Arc<Exchange>| exchange.event.things.iter().any(|thing| thing == sid);
    let mut known = Known { sid, ..Known::default() };
    exchanges.iter().filter(about).map(|exchange| known.row(exchange)).collect()
}

#[derive(Default)]
struct Known<'a> {
    sid: &'a str,
    /// Who was the first with a key, on a path.
    first: HashMap<(&'a str, &'a IdempotencyKey), u64>,
    /// The provider's count of what it tells about the thing.
    counted: Line,
    /// What was seen of other orders.
    orders: HashMap<&'a IdempotencyKey, Line>,
}

/// The places that were seen of one order.
#[derive(Default)]
struct Line {
    latest: Option<(Position, u64)>,
}

impl<'a> Known<'a> {
    fn row(&mut self, exchange: &'a Exchange) -> Value {
        let (number, event) = (exchange.number, &exchange.event);
        // What was refused did not come: whoever sent it may send it again.
        let refused = exchange.told.refusal.is_some();
        let key = event.key.as_ref().map(|key| (exchange.request.uri().path(), key));
        let duplicate_of = key.filter(|_| !refused).and_then(|key| {
            let first = *self.first.entry(key).or_insert(number);
            (first != number).then_some(first)
        });
        let counted = event.sequence.as_ref().filter(|(counted, _)| counted == self.sid);
        let count = counted.map(|(_, count)| *count);
        let (late_after, missing) = match (count, &event.order) {
            _ if refused || duplicate_of.is_some() => (None, None),
            (Some(count), _) => self.counted.see(Position::Number(count), number),
            (None, Some(order)) => {
                self.orders.entry(order.scope()).or_default().see(order.position(), number)
            }
            (None, None) => (None, None),
        };
        let mut row = summary(exchange);
        row["position"] = count.into();
        row["duplicate_of"] = duplicate_of.into();
        row["late_after"] = late_after.into();
        row["missing"] =
            missing.filter(|_| count.is_some()).map(|(from, to)| json!([from, to])).into();
        row
    }
}

impl Line {
    /// After which delivery it should have come, and the counts that are missing before it.
    fn see(&mut self, position: Position, number: u64) -> (Option<u64>, Option<(u64, u64)>) {
        let latest = self.latest;
        let is_late = latest.is_some_and(|(latest, _)| position < latest);
        if is_late {
            return (latest.map(|(_, number)| number), None);
        }
        self.latest = Some((position, number));
        let missing = match (latest, position) {
            (Some((Position::Number(before), _)), Position::Number(count))
                if count - before > 1 =>
            {
                Some((before + 1, count - 1))
            }
            _ => None,
        };
        (None, missing)
    }
}
