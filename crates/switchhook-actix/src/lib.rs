#![doc = include_str!("../README.md")]
//!
//! ## The peer and the URL
//!
//! The verifier is a [`Verifier`](switchhook_signature::Verifier), alone or in `web::Data`. Its
//! guards and its policy about unsigned requests hold here as well. The peer is that of the socket:
//! what actix-web's `ConnectionInfo` takes from headers does not count. Within scopes the signature
//! is checked against the URI as it arrived. Where TLS ends elsewhere, or the peer is known
//! otherwise, a middleware puts a [`Connection`](switchhook_signature::Connection) into the
//! request's extensions. Of HTTP/2 the `:authority` is the host.

mod extract;
mod head;
mod service;

pub use self::{
    extract::{VerifiedDelivery, VerifiedUpgrade, Webhook},
    service::{EndpointService, service},
};
pub use switchhook_dispatch::adapter::WebhookRejection;
