//! switchhook in actix-web.
//!
//! [`Webhook`] extracts a verified event in any handler; [`service`] mounts a
//! [`Dispatcher`](switchhook_dispatch::Dispatcher) as a handler or as the default service of a
//! scope.
//!
//! ```
//! use actix_web::{App, web};
//! use switchhook_actix::Webhook;
//! use switchhook_signature::{Keys, PublicUrl, Verifier};
//! use switchhook_twilio_voice::IncomingCall;
//! use switchhook_twiml::{Say, voice};
//!
//! async fn incoming(Webhook(call): Webhook<IncomingCall>) -> voice::Response {
//!     println!("{} rings", call.call_sid);
//!     voice::Response::new().with(Say::new("One moment please."))
//! }
//!
//! let verifier = Verifier::twilio(
//!     Keys::new("an auth token")?,
//!     PublicUrl::origin("https://hooks.example.com")?,
//! );
//! let app = App::new()
//!     .app_data(web::Data::new(verifier))
//!     .route("/voice/incoming", web::post().to(incoming));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The verifier comes from the application's data, or the scope's: a
//! [`Verifier`](switchhook_signature::Verifier), alone or in `web::Data`. Without one every
//! request is answered with 500. Its guards and its policy about unsigned requests hold here as
//! well. The peer is that of the socket: what actix-web's `ConnectionInfo` takes from headers
//! does not count. Within scopes the signature is checked against the URI as it arrived.
//!
//! A handler's replies are TwiML, SWML and decisions about pre-events of Conversations: feature
//! `actix` of their crates makes them `Responder`.
//!
//! Where TLS ends elsewhere, or the peer is known otherwise, a middleware puts a
//! [`Connection`](switchhook_signature::Connection) into the request's extensions. Of HTTP/2 the
//! `:authority` is the host.

mod extract;
mod head;
mod service;

pub use self::{
    extract::{VerifiedDelivery, VerifiedUpgrade, Webhook},
    service::{EndpointService, service},
};
pub use switchhook_dispatch::adapter::WebhookRejection;
