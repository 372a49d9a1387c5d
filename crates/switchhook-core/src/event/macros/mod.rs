//! The tables: parameters once per family, events as lists of them.
//!
//! [`params!`](crate::params) names each parameter of a family once, with its type, wire
//! name, documentation and a sample value. [`form_events!`](crate::form_events) lists the
//! events of one group, a type each; [`form_webhooks!`](crate::form_webhooks) the groups whose
//! events share a type; [`json_events!`](crate::json_events) the events in JSON;
//! [`form_family!`](crate::form_family) gathers them in an enum.

mod classes;
mod event;
mod events;
mod family;
mod fields;
mod json;
mod of_family;
mod rows;
