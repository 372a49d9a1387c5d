#![doc = include_str!("../README.md")]
//!
//! ## Extractors
//!
//! | you want | take |
//! |---|---|
//! | the event that a route is for | [`Webhook<RoomEnded>`](Webhook) |
//! | whatever the provider sends there | [`Webhook<VideoEvent>`](Webhook), the family's enum |
//! | to go on where it is another event | `Option<Webhook<RoomEnded>>` |
//! | to answer refusals yourself | `Result<Webhook<RoomEnded>, WebhookRejection>` |
//! | the body, the URL, how the signature matched | [`VerifiedDelivery`] |
//! | a WebSocket for a call's audio | [`VerifiedUpgrade`] before the upgrade |
//! | a dispatcher as a service or as a handler | [`service`] |
//! | a router and a worker that run until ^C | `serve`, feature `serve` |
//!
//! The verifier comes from the router's state: the state is a
//! [`Verifier`](switchhook_signature::Verifier), or derives axum's `FromRef` with one among
//! its fields. Its guards and its policy about unsigned requests hold here as well; a guard of
//! addresses needs axum's `ConnectInfo<SocketAddr>`. Where TLS ends in this process, or the peer
//! is known otherwise, a layer puts a [`Connection`](switchhook_signature::Connection) into the
//! request's extensions. Under `nest` the signature is checked against the URI as it arrived; of
//! HTTP/2 the `:authority` is the host.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "serve")]
mod connections;
mod extract;
mod guard;
#[cfg(feature = "media-streams")]
mod media;
#[cfg(feature = "serve")]
mod serve;
mod service;

#[cfg(feature = "media-streams")]
pub use self::media::{MediaSocket, MediaSocketEnd};
#[cfg(feature = "serve")]
pub use self::serve::{Serving, interrupted, serve};
pub use self::{
    extract::{VerifiedDelivery, VerifiedUpgrade, Webhook},
    guard::guarded,
    service::{ByEndpoint, EndpointService, service},
};
pub use switchhook_dispatch::adapter::WebhookRejection;
