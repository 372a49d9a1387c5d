//! Webhook signatures that fail closed.
//!
//! A [`Verifier`] has [`Keys`] and a [`PublicUrl`], takes a request, and gives a
//! [`Verified`] delivery or a [`Rejection`] that says why not: to the operator, never to the
//! sender.
//!
//! ```
//! use bytes::Bytes;
//! use switchhook_core::Params;
//! use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};
//! use switchhook_twilio_video::VideoEvent;
//!
//! let verifier = Verifier::twilio(
//!     Keys::new("0123456789abcdef0123456789abcdef")?,
//!     PublicUrl::origin("https://hooks.example.com")?,
//! );
//!
//! // What the provider would send:
//! let body = Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM1")?;
//! let signer = Signer::twilio(Key::new("0123456789abcdef0123456789abcdef")?);
//! let (parts, body) = signer.form("https://hooks.example.com/video", &body)?.into_parts();
//!
//! let delivery = verifier.verify(&parts, &body)?;
//! let event: VideoEvent = delivery.event();
//! assert_eq!(event.name(), Some("room-ended"));
//!
//! let forged = Bytes::from("StatusCallbackEvent=room-ended&RoomSid=RM2");
//! assert_eq!(verifier.verify(&parts, &forged).unwrap_err().status(), 403);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a signature does not say
//!
//! - It has no time: a captured request verifies for ever. Keep an idempotency key.
//! - It covers no header and not the method: never base a decision on a header, and pin the
//!   method of a route.
//! - It has no order and no exact repeats: `A=1&A=2` and `A=2&A=1&A=2` have one signature.
//!   Events take the first value and report the repeat as a problem.
//! - It has no separators: `Body=hello` can be cut anew as `Bodyhe=llo`. Insist on the names
//!   that an event must have, as the typed events do.

mod key;
mod public_url;
mod rejection;
mod signer;
mod swaig;
mod twilio;
mod verified;
mod verifier;

pub use self::{
    key::{Algorithm, Key, KeyError, Keys},
    public_url::{
        Connection, Forwarding, Hosts, PublicTarget, PublicUrl, TrustedProxies, UrlError,
    },
    rejection::Rejection,
    signer::{SignError, Signed, Signer},
    swaig::{SessionTokens, TokenError},
    twilio::{Finding, Match, PortChange, Rewrite, SETTINGS_HEADER, SIGNATURE_HEADER},
    verified::Verified,
    verifier::Verifier,
};
