//! Functions that agents call: their description, data maps, and what they answer.
//!
//! ```
//! use switchhook_swml::swaig::{Action, Output};
//!
//! // The answer of a function's webhook.
//! let answer = Output::new()
//!     .response("The balance is 12 dollars.")
//!     .action([Action::set_global_data([("asked", true)])]);
//! assert_eq!(
//!     answer.to_json(),
//!     r#"{"response":"The balance is 12 dollars.","action":[{"set_global_data":{"asked":true}}]}"#,
//! );
//! ```

pub use crate::ai::functions_of_agents::*;
pub use crate::{NativeFunction, ObjectKind, SchemaKind, StringFormat};
