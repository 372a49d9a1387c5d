use std::time::{Duration, Instant};

use http::request::Parts;

/// When a request came in, for its extensions: its time runs before its body is there.
#[derive(Clone, Copy)]
pub(crate) struct Arrival(pub(crate) Instant);

impl Arrival {
    /// `None` on platforms without a clock.
    pub(crate) fn now() -> Option<Self> {
        let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
        has_clock.then(|| Self(Instant::now()))
    }

    pub(crate) fn of(head: &Parts) -> Option<Self> {
        head.extensions.get().copied()
    }

    /// What is left of the budget of a request that came in then.
    pub(crate) fn left_of(self, budget: Duration) -> Duration {
        budget.saturating_sub(self.0.elapsed())
    }
}
