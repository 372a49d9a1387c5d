use std::{ops::RangeInclusive, time::SystemTime};

use switchhook_dispatch::DeliveryId;

use crate::{State, Summary};

/// Which deliveries are meant. An empty one lets all through; several conditions have to hold
/// together.
///
/// ```
/// use switchhook_inbox::{Filter, State};
///
/// let dead = Filter::new().state(State::Dead).event("room-ended");
/// assert_eq!(dead.states(), [State::Dead]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub(crate) ids: Vec<RangeInclusive<DeliveryId>>,
    pub(crate) states: Vec<State>,
    pub(crate) family: Option<String>,
    pub(crate) event: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) route: Option<String>,
    pub(crate) since: Option<SystemTime>,
    pub(crate) until: Option<SystemTime>,
}

impl Filter {
    /// A filter that lets everything through.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also this delivery; with others, one of them.
    #[must_use]
    pub fn id(mut self, id: DeliveryId) -> Self {
        self.ids.push(id..=id);
        self
    }

    /// Also the deliveries whose id begins like this, with or without `ev_`; `None` where no id
    /// can, and for no digits at all, which would mean every delivery.
    #[must_use]
    pub fn id_prefix(mut self, prefix: &str) -> Option<Self> {
        let digits = prefix.strip_prefix("ev_").unwrap_or(prefix);
        if digits.is_empty() || digits.len() > 32 {
            return None;
        }
        let id = |filler: &str| format!("ev_{digits}{}", filler.repeat(32 - digits.len())).parse();
        self.ids.push(id("0").ok()?..=id("f").ok()?);
        Some(self)
    }

    /// Also those in this state; with others, in one of them.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.states.push(state);
        self
    }

    /// Only those of this family, such as `twilio.video`.
    #[must_use]
    pub fn family(mut self, family: impl Into<String>) -> Self {
        self.family = Some(family.into());
        self
    }

    /// Only those of this event, such as `room-ended`.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Only those about the thing with this SID.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Only those of the route with this path.
    #[must_use]
    pub fn route(mut self, route: impl Into<String>) -> Self {
        self.route = Some(route.into());
        self
    }

    /// Only those that were received at this time or later.
    #[must_use]
    pub fn since(mut self, time: SystemTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Only those that were received before this time.
    #[must_use]
    pub fn until(mut self, time: SystemTime) -> Self {
        self.until = Some(time);
        self
    }

    /// The states that are meant; none means all.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it lets this delivery through.
    pub fn admits(&self, delivery: &Summary) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
        };
        (self.ids.is_empty() || self.ids.iter().any(|range| range.contains(&delivery.id)))
            && (self.states.is_empty() || self.states.contains(&delivery.state))
            && is(&self.family, Some(&delivery.family))
            && is(&self.event, delivery.event.as_deref())
            && is(&self.subject, delivery.subject.as_deref())
            && is(&self.route, Some(&delivery.route))
            && self.since.is_none_or(|since| delivery.received_at >= since)
            && self.until.is_none_or(|until| delivery.received_at < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_stands_for_a_range_of_ids() {
        let range = |prefix| Filter::new().id_prefix(prefix).map(|filter| filter.ids[0].clone());
        let id = |text: &str| text.parse::<DeliveryId>().unwrap();
        let all = "ev_00000000000000000000000000000000";
        let some = range("ev_7f3c").unwrap();
        assert!(some.contains(&id("ev_7f3c0000000000000000000000000001")));
        assert!(!some.contains(&id("ev_7f3d0000000000000000000000000000")));
        assert_eq!(range(all).unwrap(), id(all)..=id(all));
        for none in ["", "ev_", "ev_x", "+1", &format!("{all}0")] {
            assert_eq!(range(none), None, "{none}");
        }
    }
}
