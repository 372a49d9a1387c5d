//! What answers the requests.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use http::{Request, Response, StatusCode, request::Parts};
use switchhook::{
    Verifier,
    dispatch::{BoxFuture, Dispatcher, Endpoint, Refusal, interactive, notify},
    inbox::Inbox,
};

use crate::{
    families::{FamilyEntry, Sent},
    inspector::Observer,
    received::payload,
};

/// The paths, each with its family.
pub(crate) type Paths = Vec<(String, &'static FamilyEntry)>;

/// Takes deliveries that tell into the inbox, and has those that ask answered at once; without an
/// inbox or without somebody to ask there is one way for all.
pub(crate) struct Hooks {
    told: Arc<Dispatcher<Sent>>,
    asked: Option<Arc<Dispatcher<Sent>>>,
    families: HashMap<String, &'static FamilyEntry>,
}

impl Hooks {
    pub(crate) fn new(
        paths: Paths,
        verifier: &Verifier,
        target: &Sent,
        inbox: Option<&Arc<dyn Inbox>>,
        observer: &Observer,
    ) -> Self {
        let new = || {
            let observer = observer.clone();
            let hooks =
                Dispatcher::new(target.clone()).observe(move |outcome| observer.see(outcome));
            match inbox {
                Some(inbox) => hooks.inbox(Arc::clone(inbox)),
                None => hooks,
            }
        };
        let told = || {
            paths.iter().fold(new(), |hooks, (path, family)| {
                hooks.at(path, (family.told)(notify(verifier.clone()).allow_get()))
            })
        };
        let asked = || {
            paths.iter().fold(new(), |hooks, (path, family)| {
                let route = interactive(verifier.clone()).allow_get();
                hooks.at(path, (family.asked)(route.answer_failures_with(StatusCode::BAD_GATEWAY)))
            })
        };
        let (told, asked) = match (target, inbox) {
            (Some(_), Some(_)) => (told(), Some(asked())),
            // The provider hears what the application says, whatever was sent.
            (Some(_), None) => (asked(), None),
            (None, _) => (told(), None),
        };
        Self {
            told: Arc::new(told),
            asked: asked.map(Arc::new),
            families: paths.into_iter().collect(),
        }
    }

    /// What takes kept deliveries from the inbox.
    pub(crate) fn kept(&self) -> Arc<Dispatcher<Sent>> {
        Arc::clone(&self.told)
    }

    /// Which way a request goes. This looks at what nobody has verified, and decides no more than
    /// that: both ways verify.
    fn way(&self, request: &Request<Bytes>) -> &Dispatcher<Sent> {
        let asks = || {
            let family = self.families.get(request.uri().path())?;
            Some(family.asks(&payload(request)?))
        };
        match &self.asked {
            Some(asked) if asks() == Some(true) => asked,
            _ => &self.told,
        }
    }
}

impl Endpoint for Hooks {
    fn serve(&self, request: Request<Bytes>) -> BoxFuture<'_, Response<Bytes>> {
        self.way(&request).serve(request)
    }

    fn check(&self, head: &Parts) -> Result<usize, Refusal> {
        self.told.check(head)
    }

    fn refuse(&self, head: &Parts, refusal: Refusal) -> Response<Bytes> {
        self.told.refuse(head, refusal)
    }
}
