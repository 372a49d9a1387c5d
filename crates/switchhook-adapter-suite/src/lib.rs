//! What every adapter to an HTTP stack has to hold, as a table of requests and answers.
//!
//! A test mounts a [`World`] in its stack and calls [`run`]:
//!
//! ```
//! use std::sync::Arc;
//! use switchhook_adapter_suite::{Adapter, Reach, Way, World, run};
//! use switchhook_dispatch::Endpoint;
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//!
//! // The dispatcher without any stack; a server would give `Reach::Socket`.
//! let bare = Adapter { name: "bare", way: Way::Endpoint, http2: false, nests: false };
//! run(bare, async |world: World| {
//!     Reach::Call(Arc::new(move |mut request| {
//!         let peer = Some([127, 0, 0, 1].into());
//!         let connection = switchhook_signature::Connection { tls: false, peer };
//!         request.extensions_mut().insert(connection);
//!         let hooks = world.hooks.clone();
//!         Box::pin(async move { hooks.serve(request).await })
//!     }))
//! })
//! .await;
//! # });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An adapter of extractors mounts handlers of its framework at the same paths, which call what
//! [`Log`] has for them: see there.

mod case;
mod cases;
mod http1;
mod request;
mod run;
mod world;

pub use self::{
    case::Way,
    run::{Adapter, Call, Reach, run},
    world::{Log, World},
};
