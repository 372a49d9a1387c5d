#![doc = include_str!("../README.md")]
//!
//! ## What no other builder writes
//!
//! ```
//! use switchhook_swml::{Document, Goto, Milliseconds, var};
//!
//! let document = Document::new().main(|s| {
//!     s.set([("tries", 3), ("pause", 500)])
//!         .label("again")
//!         .sleep(var("vars.pause"))
//!         .cond(|c| {
//!             c.when("vars.tries > 1", |s| s.say("Still there?")).otherwise(|s| s.hangup())
//!         })
//!         .goto(Goto::new("again").max(3))
//!         .unset(["tries", "pause"])
//!         .sleep(Milliseconds(250))
//! });
//! assert!(document.lint().is_empty());
//! ```
//!
//! ## Where things are
//!
//! The methods of calls are at the root of the crate, those of messages in [`messaging`];
//! agents are in [`ai`], and the functions that they call in [`swaig`]. [`read`] gives a
//! [`Document`] back, with typed views of its steps. [`grammar`] is all of it as data.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "actix")]
mod actix;
pub mod ai;
#[cfg(feature = "axum")]
mod axum;
mod document;
mod field;
pub mod grammar;
mod json;
mod limits;
mod lint;
pub mod messaging;
mod methods;
mod path;
mod sound;
mod steps;
pub mod swaig;
mod table;
mod value;
mod values;
mod view;
mod walk;
#[cfg(feature = "yaml")]
mod yaml;

pub use switchhook_core::{DecimalSeconds, Milliseconds, Seconds, Severity};

#[cfg(feature = "yaml")]
pub use self::yaml::{read_yaml, read_yaml_within};
pub use self::{
    document::Document,
    field::{Field, List, Map, Plain},
    json::{Json, Number, Object},
    limits::{Limits, ReadError, ReadErrorKind},
    lint::{Diagnostic, Findings, Problem},
    methods::*,
    sound::Sound,
    steps::{Calling, Messaging, MethodOf, Methods, Named, Step, Steps, StepsView},
    value::{Decibels, Value, Variable, var},
    values::*,
    view::{Known, View},
};

/// The content type of every document.
pub const CONTENT_TYPE: &str = "application/json";

/// Reads a document from JSON, within the default [`Limits`].
///
/// Any JSON is a document; [`Document::lint`] says what is wrong with it.
///
/// # Errors
///
/// No JSON, or more than the limits allow.
///
/// ```
/// use switchhook_swml::read;
///
/// let text = r#"{"sections":{"main":[{"new_method":{"b":1.50,"a":12345678901234567890123}}]}}"#;
/// assert_eq!(read(text)?.to_json(), text);
/// # Ok::<(), switchhook_swml::ReadError>(())
/// ```
pub fn read(text: impl AsRef<[u8]>) -> Result<Document, ReadError> {
    read_within(text, &Limits::default())
}

/// Reads a document from JSON, within limits of your own.
///
/// # Errors
///
/// No JSON, or more than the limits allow.
pub fn read_within(text: impl AsRef<[u8]>, limits: &Limits) -> Result<Document, ReadError> {
    json::parse(text.as_ref(), limits).map(Document::from)
}
