//! Functions of the AI (SWAIG): what they are called with, and what they answer.
//!
//! ```
//! use switchhook_core::{Event, Json, Payload};
//! use switchhook_signalwire::{
//!     SwaigFunction,
//!     swaig::{Action, FunctionResponse},
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
//!     Ok(Weather { city }) => FunctionResponse::new(format!("It is sunny in {city}."))
//!         .with(Action::set_global_data(&[("city", city)].into_iter().collect::<std::collections::HashMap<_, _>>())?),
//!     Err(_) => FunctionResponse::new("Ask the caller for the city again."),
//! };
//! assert_eq!(answer.to_response().status(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod arguments;
mod response;

pub use self::{
    action::{Action, Keys},
    response::FunctionResponse,
};
