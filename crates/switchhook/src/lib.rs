//! [COMPARE.md]: _compare
//!
#![cfg_attr(any(not(doctest), feature = "twilio-video"), doc = include_str!("../README.md"))]
//!
//! ## What to take
//!
//! | you want | take |
//! |---|---|
//! | a typed event in an axum handler | [`axum::Webhook`], feature `axum` |
//! | a typed event in an actix-web handler | [`actix::Webhook`], feature `actix` |
//! | many events, any HTTP stack | [`dispatch::Dispatcher`], feature `dispatch` (default) |
//! | a dispatcher in hyper, warp, poem, a function in a cloud | [`dispatch::adapter`], feature `http-body` |
//! | to lose nothing and do nothing twice | [`inbox::Worker`], feature `sqlite` or `postgres` |
//! | to answer with TwiML | [`twiml`], feature `twiml` |
//! | the messages of Media Streams and ConversationRelay | [`twilio::voice`], feature `twilio-voice` |
//! | the socket of a media stream in axum | `axum::MediaSocket`, feature `media-streams` |
//! | to answer with SWML | [`swml`], feature `swml`; `swml-yaml` reads YAML too |
//! | keys, guards and the public URL from the environment | [`settings::Settings`], feature `settings` |
//! | to serve a router and a worker until ^C | [`axum::serve`], feature `axum-serve` |
//! | to check signatures only | [`Verifier`] |
//! | to read events only | [`twilio::video`], feature `twilio-video` (default) |
//! | | [`twilio::conversations`], feature `twilio-conversations` |
//! | | [`twilio::messaging`], feature `twilio-messaging` |
//! | to look at a field or two of what comes often | [`View`], [`Verified::view_of`] |
//! | SignalWire's webhooks and the functions of its AI | [`signalwire`], feature `signalwire` |
//! | to test handlers | [`Signer`], and `sample()` on events by feature `testing` |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "actix")]
pub use switchhook_actix as actix;
#[cfg(feature = "axum")]
pub use switchhook_axum as axum;
pub use switchhook_core::*;
#[cfg(feature = "dispatch")]
pub use switchhook_dispatch as dispatch;
pub use switchhook_signature::{
    Algorithm, Connection, Coverage, Finding, Forwarding, Guard, GuardError, GuardRejection, Hosts,
    Key, KeyError, Keys, Match, PortChange, PublicTarget, PublicUrl, Rejection, Rewrite,
    SETTINGS_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER,
    SIGNATURE_HEADER, SessionTokens, SignError, Signed, Signer, TokenError, TrustedProxies,
    UrlError, Verified, Verifier, doctor,
};

#[cfg(feature = "inbox")]
pub use switchhook_inbox as inbox;
#[cfg(feature = "settings")]
pub use switchhook_settings as settings;
#[cfg(feature = "swml")]
pub use switchhook_swml as swml;
#[cfg(feature = "twiml")]
pub use switchhook_twiml as twiml;

#[cfg(feature = "signalwire")]
pub use switchhook_signalwire as signalwire;

#[cfg(doc)]
#[doc = include_str!("../COMPARE.md")]
pub mod _compare {}

/// The models of Twilio's products.
pub mod twilio {
    #[cfg(feature = "twilio-conversations")]
    pub use switchhook_twilio_conversations as conversations;
    #[cfg(feature = "twilio-messaging")]
    pub use switchhook_twilio_messaging as messaging;
    #[cfg(feature = "twilio-video")]
    pub use switchhook_twilio_video as video;
    #[cfg(feature = "twilio-voice")]
    pub use switchhook_twilio_voice as voice;
}
