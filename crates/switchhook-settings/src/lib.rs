//! Settings of a webhook receiver from the environment.
//!
//! ```
//! use std::net::SocketAddr;
//!
//! use switchhook_settings::Settings;
//!
//! // `Settings::from_env()` in a program; pairs in a test.
//! let settings = Settings::of([
//!     ("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef"),
//!     ("PUBLIC_URL", "https://hooks.example.com"),
//!     ("STAFF", "agent7, agent8"),
//! ]);
//!
//! let verifier = settings.twilio("TWILIO_AUTH_TOKEN", "PUBLIC_URL")?;
//! let address: SocketAddr = settings.address(8000)?;
//! assert_eq!(settings.list("STAFF")?, ["agent7", "agent8"]);
//! # Ok::<(), switchhook_settings::SettingError>(())
//! ```
//!
//! # Nothing is turned off unseen
//!
//! What is not set is off, or has its usual value. What is set and empty, or cannot be used, is an
//! error with the name of the variable: a token that got lost on its way into the environment must
//! not turn a check off. A receiver that checks no signatures says so in its log, by `tracing`.

mod error;
mod security;
mod settings;

pub use self::{error::SettingError, settings::Settings};
