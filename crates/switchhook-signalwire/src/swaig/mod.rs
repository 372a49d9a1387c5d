//! Functions of the AI (SWAIG): what they are called with, and what they answer.
//!
//! ```
//! use switchhook_core::{Event, Json, Payload};
//! use switchhook_signalwire::{
//!     SwaigFunction,
//!     swaig::{Action, Output},
//! };
//!
//! #[derive(serde::Deserialize)]
//! struct Weather { city: String }
//!
//! let body = r#"{"function":"get_weather","call_id":"c1",
//!     "argument":{"parsed":[{"city":"Oslo"}],"raw":"{\"city\":\"Oslo\"}"}}"#;
//! let payload = Payload::from(Json::parse(body.as_bytes())?);
//! let request = SwaigFunction::from_payload(&payload)?;
//!
//! let answer = match request.arguments::<Weather>() {
//!     Ok(Weather { city }) => Output::new()
//!         .response(format!("It is sunny in {city}."))
//!         .action([Action::set_global_data([("city", city)])]),
//!     Err(_) => Output::new().response("Ask the caller for the city again."),
//! };
//! assert!(answer.to_json().starts_with(r#"{"response":"It is sunny in Oslo.","action":["#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The answer is the one of `switchhook-swml`, whose documents have it as well. It goes out as JSON
//! with status 200 whatever has become of the function: what went wrong is said in the text, so that
//! the model hears it. A route of the dispatcher does that by `answer_failures_with`.

mod arguments;

pub use switchhook_swml::swaig::{Action, Output};
