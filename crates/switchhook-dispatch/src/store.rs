//! Where deliveries are kept: what the dispatcher asks of a store.

use std::{fmt, str::FromStr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use switchhook_core::IdempotencyKey;

use crate::BoxFuture;

/// What keeps deliveries and replies, so that a crash loses nothing and a duplicate changes
/// nothing.
///
/// The stores of `switchhook-inbox` are made for it; a store of one's own needs these five
/// promises. Each is one atomic step: of two callers with the same id one is the first.
pub trait Store: Send + Sync + 'static {
    /// Keeps a delivery, unless one with its id is kept already. Resolves when that will
    /// survive a crash: the provider's 2xx follows.
    ///
    /// # Errors
    ///
    /// When it is not certain that the delivery is kept: the provider gets a 503.
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>>;

    /// Keeps a delivery whose handler failed and that is not to be tried again by itself: a
    /// dead letter for review.
    ///
    /// # Errors
    ///
    /// When it is not kept.
    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        error: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Asks for the right to answer a delivery, for as long as the `lease`.
    ///
    /// Who asks may leave before the answer: the sender has hung up, or cannot wait any longer. The
    /// future is dropped then, at any point, and nobody knows the fence of what was granted. With it
    /// goes what it holds, such as a connection; a store that grants the claim all the same should
    /// give it back itself, or it stands in the way of the next try until its lease ends. Nothing
    /// is claimed by a future that was never polled.
    ///
    /// # Errors
    ///
    /// When the store cannot tell: the delivery is then answered all the same.
    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>>;

    /// Keeps the reply of a claimed delivery for its duplicates. Whether the claim still held:
    /// a late reply is not kept.
    ///
    /// # Errors
    ///
    /// When it is not kept: a duplicate is then handled again.
    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Gives a claim back, so that the next try is handled. Without effect on a claim that
    /// has passed to somebody else.
    ///
    /// # Errors
    ///
    /// When it is not given back: it ends with its lease.
    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>>;
}

impl<T: Store + ?Sized> Store for Arc<T> {
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        (**self).accept(delivery)
    }

    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        error: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).bury(delivery, error)
    }

    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        (**self).claim(id, lease)
    }

    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).answer(id, fence, reply, keep)
    }

    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        (**self).release(id, fence)
    }
}

/// A verified delivery on its way into a store.
#[non_exhaustive]
pub struct Incoming {
    /// What the delivery is known by: the same for its duplicates.
    pub id: DeliveryId,
    /// The path of its route, without the secret that a guard may look for in it.
    pub route: String,
    /// The family, such as `twilio.video`.
    pub family: &'static str,
    /// The name of the event, also of one that the family does not know; the sender's text
    /// then, of at most 64 characters.
    pub event: Option<String>,
    /// The SID that the event is about.
    pub subject: Option<String>,
    /// What a late delivery is told by, where the route [skips](crate::Route::skip_outdated)
    /// those: the scope, which is what it is about and how that is counted, and its place in it.
    /// Places compare as bytes: the greater one is the newer.
    pub order: Option<(DeliveryId, [u8; 16])>,
    /// The request as it came, with the
    /// [`Connection`](switchhook_signature::Connection) and the
    /// [`PublicTarget`](switchhook_signature::PublicTarget) that it had: all that a second
    /// verification needs. Its headers may hold credentials.
    pub request: Request<Bytes>,
}

/// Shows what it is known by: the request holds a message, and its headers credentials.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("id", &self.id)
            .field("family", &self.family)
            .finish_non_exhaustive()
    }
}

impl Incoming {
    /// A delivery without event, subject and order; set what is known of it.
    pub fn new(
        id: DeliveryId,
        route: impl Into<String>,
        family: &'static str,
        request: Request<Bytes>,
    ) -> Self {
        let route = route.into();
        Self { id, route, family, event: None, subject: None, order: None, request }
    }
}

/// What became of a delivery that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is kept now.
    New,
    /// It was kept before: a duplicate.
    Known,
}

/// The right to answer a delivery, or why there is none.
pub enum Claim {
    /// Nobody has answered it, and for the length of the lease nobody else will.
    New {
        /// Tells this claim from later ones of the same id.
        fence: u64,
    },
    /// Somebody is about to answer it.
    InFlight,
    /// It was answered with this reply.
    Answered(Response<Bytes>),
}

/// Shows of a reply its status alone.
impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New { fence } => write!(f, "New({fence})"),
            Self::InFlight => f.write_str("InFlight"),
            Self::Answered(reply) => write!(f, "Answered({})", reply.status().as_u16()),
        }
    }
}

/// What a delivery is known by, in stores, logs and on the command line: `ev_` and 32
/// hexadecimal digits.
///
/// Made of the event's idempotency key and the route's path, so that a duplicate has the
/// same, and whoever reads it learns nothing of what the key is made of. Handlers ask for it
/// as an argument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId([u8; 16]);

impl DeliveryId {
    /// The id of the delivery with this key.
    pub fn of(key: &IdempotencyKey) -> Self {
        let digest = key.digest();
        Self(std::array::from_fn(|at| digest[at]))
    }

    /// The id as stores keep it.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// The id that a store has kept.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ev_{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for DeliveryId {
    type Err = ParseDeliveryIdError;

    fn from_str(text: &str) -> Result<Self, ParseDeliveryIdError> {
        let digits = text.strip_prefix("ev_").ok_or(ParseDeliveryIdError)?;
        if digits.len() != 32 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ParseDeliveryIdError);
        }
        let number = u128::from_str_radix(digits, 16).map_err(|_| ParseDeliveryIdError)?;
        Ok(Self(number.to_be_bytes()))
    }
}

/// The text is no [`DeliveryId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseDeliveryIdError;

impl fmt::Display for ParseDeliveryIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a delivery's id is ev_ and 32 hexadecimal digits")
    }
}

impl std::error::Error for ParseDeliveryIdError {}

/// Why a store failed. Its text names no delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    kind: StoreErrorKind,
    text: Box<str>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// It cannot be reached, or not now; another try may succeed.
    Unavailable,
    /// There is no room left.
    Full,
    /// It was made by a newer version, or is no store at all.
    Incompatible,
    /// It does not do what was asked.
    Unsupported,
    /// Something else: the text says what.
    Other,
}

impl StoreError {
    /// A failure with a text for the operator, which must hold nothing of a delivery.
    pub fn new(kind: StoreErrorKind, text: impl fmt::Display) -> Self {
        Self { kind, text: text.to_string().into() }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StoreErrorKind::Unavailable => "the store is not available",
            StoreErrorKind::Full => "the store is full",
            StoreErrorKind::Incompatible => "the store cannot be used",
            StoreErrorKind::Unsupported => "the store cannot do this",
            StoreErrorKind::Other => "the store failed",
        })?;
        if self.text.is_empty() { Ok(()) } else { write!(f, ": {}", self.text) }
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_from_its_text() {
        let id = DeliveryId::of(&IdempotencyKey::of(["a"]).within("/video"));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(DeliveryId::from_bytes(id.to_bytes()), id);
        assert_eq!(DeliveryId::from_bytes([0; 16]).to_string(), format!("ev_{}", "0".repeat(32)));
        for text in ["", "ev_", "ev_12", &format!("ev_+{}", "0".repeat(31)), &"0".repeat(35)] {
            assert_eq!(text.parse::<DeliveryId>(), Err(ParseDeliveryIdError), "{text}");
        }
    }
}
