use std::{fmt, time::Duration};

use http::{HeaderValue, StatusCode};
use switchhook_core::{Decoded, Family, FieldPresence, Reason};
use switchhook_signature::{Match, Rejection};

use crate::{BoxError, DeliveryId, StoreError};

/// What became of one request, for logs and metrics.
///
/// Holds no body, no query, and of the parameters only the subject's SID and the name of an
/// unknown event.
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The path of the route, as the dispatcher saw it; `(redacted)` stands in the place of a secret
    /// that a [guard](switchhook_signature::Guard::path_secret) of the route looks for. What no
    /// route has is the sender's text.
    pub path: &'a str,
    /// What the delivery was read as; `None` when it was refused before.
    pub read: Option<&'a Read>,
    /// How the signature matched; `None` when it was refused before, or trusted without.
    pub signature: Option<&'a Match>,
    /// What the delivery is known by, where there is an inbox.
    pub id: Option<DeliveryId>,
    /// What the dispatcher did with it.
    pub disposition: Disposition,
    /// What went wrong with the inbox. An interactive route answers all the same.
    pub store_error: Option<&'a StoreError>,
    /// Why it was refused; never told to the sender.
    pub refusal: Option<Refusal>,
    /// What went wrong in the handler.
    pub failure: Option<&'a Failure>,
    /// The status of the response.
    pub status: StatusCode,
    /// From the request to the response.
    pub elapsed: Duration,
}

/// A line for a log: the path, the name of a known event, and what became of the request.
///
/// Nothing that was sent is in it: of a path that no route has, and of an unknown event's name,
/// whoever calls is the author. The text of a handler's error is the application's own.
impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.read.and_then(|read| read.event).unwrap_or("-");
        let (path, status, disposition) = (self.path, self.status.as_u16(), self.disposition);
        match (self.refusal, self.failure) {
            (Some(refusal @ Refusal::NoRoute), _) => write!(f, "refused with {status}: {refusal}"),
            (Some(refusal), _) => write!(f, "{path} refused with {status}: {refusal}"),
            (_, Some(failure)) => write!(f, "{path} {event} {disposition:?}: {failure}"),
            _ => write!(f, "{path} {event} {status} {disposition:?}"),
        }
    }
}

/// Shows the path where a route has it.
impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = Some(self.path).filter(|_| self.refusal != Some(Refusal::NoRoute));
        f.debug_struct("Outcome")
            .field("path", &path)
            .field("read", &self.read)
            .field("signature", &self.signature)
            .field("id", &self.id)
            .field("disposition", &self.disposition)
            .field("store_error", &self.store_error)
            .field("refusal", &self.refusal)
            .field("failure", &self.failure)
            .field("status", &self.status)
            .field("elapsed", &self.elapsed)
            .finish()
    }
}

/// What the dispatcher did with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disposition {
    /// Nothing: it was refused, or the inbox could not take it.
    #[default]
    Refused,
    /// It was handled, well or not; where no handler takes it there was nothing to do.
    Handled,
    /// The inbox has it; a worker will handle it.
    Accepted,
    /// The inbox had it before.
    Duplicate,
    /// The saved reply was given again.
    Repeated,
    /// The inbox's worker had it handled, at this attempt, from 1.
    Redelivered(u32),
}

/// Why a request was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// No route has the path: 404.
    NoRoute,
    /// The route does not allow the method: 405.
    Method,
    /// No family on the route sends this content type: 415.
    ContentType,
    /// The body has a content encoding, which no signature covers: 415.
    ContentEncoding,
    /// The body is over the limit: 413.
    BodyTooLong,
    /// The body ended early: 400.
    BodyIncomplete,
    /// The body did not come in time: 408.
    BodyOverdue,
    /// The request is not a WebSocket upgrade: 426.
    NotUpgrade,
    /// The request is not proven: 403, 401 where credentials can help, or 413 and 415 for
    /// what cannot be read.
    Unproven(Rejection),
}

impl Refusal {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoRoute => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::ContentType | Self::ContentEncoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyIncomplete => StatusCode::BAD_REQUEST,
            Self::BodyOverdue => StatusCode::REQUEST_TIMEOUT,
            Self::NotUpgrade => StatusCode::UPGRADE_REQUIRED,
            Self::Unproven(rejection) => rejection.status(),
        }
    }

    /// The `WWW-Authenticate` header that belongs to a 401.
    pub fn challenge(&self) -> Option<HeaderValue> {
        match self {
            Self::Unproven(rejection) => rejection.challenge(),
            _ => None,
        }
    }

    /// A stable word for logs and metrics, such as `signature-mismatch`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRoute => "no-route",
            Self::Method => "method",
            Self::ContentType => "content-type",
            Self::ContentEncoding => "content-encoding",
            Self::BodyTooLong => "body-too-long",
            Self::BodyIncomplete => "body-incomplete",
            Self::BodyOverdue => "body-overdue",
            Self::NotUpgrade => "not-upgrade",
            Self::Unproven(rejection) => rejection.code(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoute => "no route has the path",
            Self::Method => "the method is not allowed",
            Self::ContentType => "no event has this content type",
            Self::ContentEncoding => "the body has a content encoding",
            Self::BodyTooLong => "the body is too long",
            Self::BodyIncomplete => "the body ended early",
            Self::BodyOverdue => "the body did not come in time",
            Self::NotUpgrade => "the request is not a WebSocket upgrade",
            Self::Unproven(rejection) => return rejection.fmt(f),
        })
    }
}

/// What a delivery was read as.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Read {
    /// The name of the family, such as `twilio.video`.
    pub family: &'static str,
    /// The name of a known event, such as `room-ended`.
    pub event: Option<&'static str>,
    /// The name that an unknown event came under: the sender's text, cut to 64 characters.
    pub unknown: Option<String>,
    /// The SID that a known event is about.
    pub subject: Option<String>,
    /// Why a known event cannot be used.
    pub malformed: Option<Reason>,
}

/// Shows of an unknown name that there is one: it is the sender's text.
impl fmt::Debug for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Read")
            .field("family", &self.family)
            .field("event", &self.event)
            .field("unknown", &self.unknown.is_some())
            .field("malformed", &self.malformed)
            .finish_non_exhaustive()
    }
}

impl Read {
    /// Reads what the outcome will tell; the subject only where somebody wants details.
    pub(crate) fn of<F: Family>(decoded: &Decoded<'_>, details: bool) -> Self {
        let (info, malformed) = match decoded {
            Decoded::Event(event) => (Some(event.info()), None),
            Decoded::Malformed { info, reason, .. } => (Some(*info), Some(*reason)),
            _ => (None, None),
        };
        let unknown = match decoded {
            Decoded::Unknown { name: Some(name), .. } if details => {
                Some(name.chars().take(64).collect())
            }
            _ => None,
        };
        let mut subject = None;
        if let (Decoded::Event(event), true) = (decoded, details) {
            event.visit(&mut |field, value| {
                if field.presence == FieldPresence::Subject {
                    subject = value.map(|value| value.to_string());
                }
            });
        }
        Self { family: F::NAME, event: info.map(|info| info.name), unknown, subject, malformed }
    }
}

/// What went wrong in handling a delivery that was verified.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The handler returned an error, or an extractor did.
    Error(BoxError),
    /// The handler panicked. The panic hook has the message.
    Panic,
    /// The event is malformed and no handler takes malformed ones.
    Malformed(Reason),
    /// The handler took longer than the route's [budget](crate::Route::budget), or the first
    /// of two equal deliveries did.
    Overdue,
    /// The inbox could not take the delivery: 503.
    Store(StoreError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Panic => f.write_str("the handler panicked"),
            Self::Malformed(reason) => write!(f, "malformed event: {reason}"),
            Self::Overdue => f.write_str("the handler took too long"),
            Self::Store(error) => error.fmt(f),
        }
    }
}
