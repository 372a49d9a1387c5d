//! A doctor in a running service.

use std::{
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::request::Parts;

use super::{Diagnosis, Doctor};

/// A doctor that a running service may ask about the requests that it refused: off unless it is
/// switched on, and so often a minute at most.
///
/// ```
/// use std::{num::NonZeroU32, time::Instant};
/// # use switchhook_signature::{Hosts, Keys, PublicUrl, doctor::{Doctor, OnCall}};
/// # let (parts, body) = http::Request::new(bytes::Bytes::new()).into_parts();
///
/// // What a service has unless its operator says otherwise:
/// assert!(OnCall::default().examine(Instant::now(), &parts, &body).is_none());
///
/// let doctor = Doctor::twilio(Keys::new("a token")?, PublicUrl::direct(Hosts::any()));
/// let on_call = OnCall::switched_on(doctor, NonZeroU32::MIN);
/// assert!(on_call.examine(Instant::now(), &parts, &body).is_some());
/// # Ok::<(), switchhook_signature::KeyError>(())
/// ```
#[derive(Debug, Default)]
pub struct OnCall(Option<Duty>);

#[derive(Debug)]
struct Duty {
    doctor: Doctor,
    /// How long it takes until one more may be examined.
    pause: Duration,
    /// How many may be examined at once.
    burst: u32,
    /// When all those that may be examined at once will be free again.
    full_at: Mutex<Option<Instant>>,
}

impl OnCall {
    /// No doctor: nobody is examined. The same as the default.
    pub fn off() -> Self {
        Self::default()
    }

    /// Examines so many requests a minute, all of them at once if need be: see
    /// [`burst`](Self::burst).
    pub fn switched_on(doctor: Doctor, per_minute: NonZeroU32) -> Self {
        Self(Some(Duty {
            doctor,
            pause: Duration::from_secs(60) / per_minute.get(),
            burst: per_minute.get(),
            full_at: Mutex::new(None),
        }))
    }

    /// Examines no more than so many at once, before the pauses between them begin. Where a
    /// search keeps a thread of the service busy, a few are enough.
    #[must_use]
    pub fn burst(mut self, most: NonZeroU32) -> Self {
        if let Some(duty) = &mut self.0 {
            duty.burst = most.get();
        }
        self
    }

    /// Whether it is switched on.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Examines a request, unless it is switched off or was asked too often before `now`.
    pub fn examine(&self, now: Instant, head: &Parts, body: &Bytes) -> Option<Diagnosis> {
        let duty = self.0.as_ref()?;
        duty.take(now).then(|| duty.doctor.examine(head, body))
    }
}

impl Duty {
    /// A bucket of tokens, kept as the time at which it will be full.
    fn take(&self, now: Instant) -> bool {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let free_from = full_at.map_or(now, |full_at| full_at.max(now));
        let taken = free_from + self.pause;
        let admitted = taken.duration_since(now) <= self.pause * self.burst;
        if admitted {
            *full_at = Some(taken);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hosts, Keys, PublicUrl};

    #[test]
    fn so_many_a_minute_and_no_more() {
        let doctor = Doctor::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
        let on_call = OnCall::switched_on(doctor, NonZeroU32::new(3).unwrap());
        let (head, body) = http::Request::new(Bytes::new()).into_parts();
        let start = Instant::now();
        let examined =
            |seconds| on_call.examine(start + Duration::from_secs(seconds), &head, &body).is_some();
        assert_eq!([0, 0, 1, 2, 19].map(examined), [true, true, true, false, false]);
        assert_eq!([20, 21, 40, 41].map(examined), [true, false, true, false]);
        assert_eq!([200, 200, 200, 200].map(examined), [true, true, true, false]);
        // A clock that goes back lets nobody in for nothing.
        assert!(!examined(199));
        assert!(!OnCall::off().is_on() && on_call.is_on());
    }

    #[test]
    fn fewer_at_once_than_a_minute() {
        let doctor = Doctor::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
        let per_minute = NonZeroU32::new(60).unwrap();
        let on_call = OnCall::switched_on(doctor, per_minute).burst(NonZeroU32::new(2).unwrap());
        let (head, body) = http::Request::new(Bytes::new()).into_parts();
        let start = Instant::now();
        let examined =
            |seconds| on_call.examine(start + Duration::from_secs(seconds), &head, &body).is_some();
        assert_eq!([0, 0, 0, 1, 1].map(examined), [true, true, false, true, false]);
    }
}
