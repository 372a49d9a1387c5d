//! The inspector: a page that shows what the listener receives, as it comes.
//!
//! [`capture`] watches the listener's endpoint, [`ring`] keeps the newest exchanges, [`server`]
//! serves them to the page, whose files are in `page/`. [`guard`] says who may look, [`privacy`]
//! what of persons is sent to the page.

mod assets;
mod capture;
mod copies;
mod detail;
mod doctor;
mod exchange;
mod guard;
mod privacy;
mod reading;
mod replay;
mod response;
mod ring;
mod server;
mod signature;
mod summary;
mod timeline;

use std::{collections::HashMap, sync::Arc};

use switchhook::inbox::Inbox;

pub(crate) use self::{
    capture::{Observer, Say, Watched},
    doctor::ListenDoctor,
    guard::Guard,
    reading::Reading,
    replay::Resigner,
    server::router,
};
use self::{
    exchange::{Arrived, Exchange},
    ring::Ring,
};
use crate::families::FamilyEntry;

/// What the page shows, and what it needs to do what it is asked to.
pub(crate) struct Inspector {
    ring: Ring,
    families: HashMap<String, &'static FamilyEntry>,
    guard: Guard,
    resigner: Resigner,
    doctor: Arc<ListenDoctor>,
    inbox: Option<Arc<dyn Inbox>>,
    /// Where the listener is, and what it does, in words.
    about: String,
}

impl Inspector {
    pub(crate) fn new(
        families: HashMap<String, &'static FamilyEntry>,
        guard: Guard,
        resigner: Resigner,
        doctor: Arc<ListenDoctor>,
        inbox: Option<Arc<dyn Inbox>>,
        about: String,
    ) -> Self {
        Self { ring: Ring::default(), families, guard, resigner, doctor, inbox, about }
    }

    /// The page's path with the token that it needs. The part behind the `#` is sent to nobody.
    pub(crate) fn link(&self) -> String {
        format!("/_/#t={}", self.guard.token())
    }

    fn keep(&self, arrived: Arrived) -> u64 {
        let family = self.families.get(arrived.request.uri().path()).copied();
        // It is read before it has a number, so that nobody waits for that.
        self.ring.keep(Exchange::new(0, arrived, family))
    }
}
