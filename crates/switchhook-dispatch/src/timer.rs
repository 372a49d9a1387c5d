//! Time limits without a runtime.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use futures_timer::Delay;

const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The result of a future, `None` when it takes longer than the limit. It is polled first, so
/// one that never waits costs no timer.
pub(crate) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut delay = None;
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        // More than a timer can count to is for ever.
        let delay = delay.get_or_insert_with(|| Delay::new(limit.min(LONGEST)));
        pin!(delay).poll(context).map(|()| None)
    })
    .await
}

/// Waits.
pub(crate) async fn sleep(time: Duration) {
    Delay::new(time).await;
}
