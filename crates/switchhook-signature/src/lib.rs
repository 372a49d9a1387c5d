#![doc = include_str!("../README.md")]
//!
//! ## Policies and guards
//!
//! A verifier requires a signature. [`Verifier::trust_unsigned`] also takes requests that have
//! none, and [`Verifier::trust_without_verification`] looks for none; [`Verified::signature`]
//! then tells whether and by what a delivery was proven. A [`Guard`] is asked before any
//! signature: HTTP Basic, a secret in the URL, the sender's address.
//!
//! ```
//! use switchhook_signature::{Guard, Keys, PublicUrl, Verifier};
//!
//! // Documents of calls are signed, requests of functions are not, by the same provider.
//! let origin = PublicUrl::origin("https://hooks.example.com")?.https_only()?;
//! let calls = Verifier::signalwire(Keys::new("PSK_example")?, origin);
//! let functions = Verifier::trust_without_verification()
//!     .guard(Guard::basic("signalwire", "a long password")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## When a signature does not match
//!
//! [`doctor`] finds out why, for the operator: which URL, key or change of the parameters gives
//! the signature, and which setting puts it right.
//!
//! ## What a signature does not say
//!
//! - It has no time: a captured request verifies for ever. Keep an idempotency key.
//! - It covers no header and not the method: never base a decision on a header, and pin the
//!   method of a route.
//! - It has no order and no exact repeats: `A=1&A=2` and `A=2&A=1&A=2` have one signature.
//!   Events take the first value and report the repeat as a problem. (SignalWire's signature
//!   of a form keeps the repeats of one name in their order.)
//! - It has no separators: `Body=hello` can be cut anew as `Bodyhe=llo`. Insist on the names
//!   that an event must have, as the typed events do. SignalWire signs JSON without a mark
//!   between URL and body: give each route a fixed public URL.

mod cover;
mod digest;
pub mod doctor;
mod guard;
mod key;
mod matched;
mod networks;
mod public_url;
mod rejection;
mod signalwire;
mod signer;
mod swaig;
mod twilio;
mod url;
mod variants;
mod verified;
mod verifier;

pub use self::{
    guard::{Guard, GuardError, GuardRejection},
    key::{Algorithm, Key, KeyError, Keys},
    matched::{Coverage, Match},
    public_url::{
        Connection, Forwarding, Hosts, PublicTarget, PublicUrl, TrustedProxies, UrlError,
        is_upgrade,
    },
    rejection::Rejection,
    signalwire::{SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER},
    signer::{SignError, Signed, Signer},
    swaig::{SessionTokens, TokenError},
    twilio::{SETTINGS_HEADER, SIGNATURE_HEADER},
    variants::{Finding, PortChange, Rewrite},
    verified::Verified,
    verifier::Verifier,
};
