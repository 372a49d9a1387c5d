//! The application that every adapter mounts: its verifier, its handlers, what they have seen.

use std::sync::{Arc, Mutex, PoisonError};

use switchhook_core::{Delivery, Limits};
use switchhook_dispatch::{BoxError, Dispatcher, State, interactive, notify};
use switchhook_inbox::MemoryInbox;
use switchhook_signature::{
    Forwarding, Guard, Hosts, Keys, PublicUrl, TrustedProxies, Verified, Verifier,
};
use switchhook_swml::Document;
use switchhook_twilio_conversations::{Decision, MessageAdd, MessageChanges, MessageDecision};
use switchhook_twilio_video::{RoomEnded, VideoEvent};
use switchhook_twilio_voice::IncomingCall;
use switchhook_twiml::{Say, voice};

use crate::case::{HOST, PUBLIC, Setup};

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// What handlers have seen.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn say(&self, what: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The handler of `/video`, which answers 204.
    pub fn ended(&self, ended: &RoomEnded) {
        let seconds = ended.room_duration.map_or(0, |seconds| seconds.0);
        self.say(format!("ended {} {seconds}", ended.room_sid));
    }

    /// The handler of `/any`, which answers 204.
    pub fn any(&self, event: &VideoEvent) {
        self.say(format!("any {}", event.name().unwrap_or("-")));
    }

    /// The handler of `/url`, of `/get`, and for extractors of `/media`: the reply is the URL that
    /// the signature was checked against.
    pub fn url(&self, delivery: &Verified<Delivery>) -> String {
        let proof = if delivery.signature().is_some() { "" } else { "unproven " };
        format!("{proof}{}", delivery.url())
    }

    /// The handler of `/voice`.
    pub fn call(&self, call: &IncomingCall) -> voice::Response {
        self.say(format!("call {}", call.call_sid));
        voice::Response::new().with(Say::new("Tea & cake <at 5>"))
    }

    /// The handler of `/swml`.
    pub fn document(&self, call: &IncomingCall) -> Document {
        self.say(format!("document for {}", call.call_sid));
        Document::new().main(|steps| steps.answer().hangup())
    }

    /// The handler of `/message`.
    pub fn message(&self, message: &MessageAdd) -> MessageDecision {
        match message.body.as_deref() {
            Some("spam") => Decision::reject(),
            Some("darn") => Decision::modify(MessageChanges::new().body("****")),
            _ => Decision::accept(),
        }
    }
}

/// An application to mount.
#[derive(Clone)]
pub struct World {
    /// What the framework's own handlers verify with.
    pub verifier: Verifier,
    /// What handlers say when they are called.
    pub log: Log,
    /// What is mounted, at the root and under `/nested`.
    pub hooks: Arc<Dispatcher<Log>>,
}

impl World {
    pub(crate) fn new(setup: Setup) -> Self {
        let log = Log::default();
        let verifier = verifier(setup).expect("the setups of the suite are sound");
        let hooks = Arc::new(dispatcher(setup, &verifier, &log));
        Self { verifier, log, hooks }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}

fn verifier(setup: Setup) -> Result<Verifier, BoxError> {
    let here = ["127.0.0.0/8", "::1"];
    let elsewhere = ["192.0.2.0/24"];
    let proxies = |networks, forwarding| TrustedProxies::new(networks, forwarding);
    let behind = |proxies| PublicUrl::behind(proxies, Hosts::only([HOST]));
    let url = match setup {
        Setup::Fixed => PublicUrl::fixed("https://hooks.example.com/as/configured")?,
        Setup::Direct => PublicUrl::direct(Hosts::only([HOST])),
        Setup::Proxied => behind(proxies(here, Forwarding::XForwarded)?),
        Setup::ProxiedTwice => behind(proxies(here, Forwarding::XForwarded)?.hops(2)),
        Setup::Forwarded => behind(proxies(here, Forwarding::Forwarded)?),
        Setup::Untrusted => behind(TrustedProxies::new(elsewhere, Forwarding::XForwarded)?),
        _ => PublicUrl::origin(PUBLIC)?,
    };
    let verifier = Verifier::twilio(Keys::new(KEY)?, url);
    Ok(match setup {
        Setup::Basic => verifier.guard(Guard::basic("user", "password")?),
        Setup::Secret => verifier.guard(Guard::query_secret("secret", "s3cret")?),
        Setup::PathSecret => verifier.guard(Guard::path_secret("/nested/", "video")?),
        Setup::Address => verifier.guard(Guard::addresses(here)?),
        Setup::OtherAddress => verifier.guard(Guard::addresses(elsewhere)?),
        Setup::ProxiedAddress => {
            let proxies = proxies(here, Forwarding::XForwarded)?;
            verifier.guard(Guard::addresses_behind(proxies, elsewhere)?)
        }
        Setup::Unsigned => verifier.trust_unsigned(),
        Setup::Narrow => {
            verifier.with_limits(Limits::default().with_body_bytes(64).with_parameters(4))
        }
        _ => verifier,
    })
}

fn dispatcher(setup: Setup, verifier: &Verifier, log: &Log) -> Dispatcher<Log> {
    let verifier = || verifier.clone();
    let url = |_: VideoEvent, State(log): State<Log>, delivery: Arc<Verified<Delivery>>| {
        log.url(&delivery)
    };
    let hooks = Dispatcher::new(log.clone())
        .at(
            "/video",
            notify(verifier()).on(|ended: RoomEnded, State(log): State<Log>| log.ended(&ended)),
        )
        .at("/video/", notify(verifier()).on(|_: RoomEnded| ()))
        .at(
            "/any",
            notify(verifier()).on(|event: VideoEvent, State(log): State<Log>| log.any(&event)),
        )
        .at("/url", interactive(verifier()).on(url))
        .at("//url", interactive(verifier()).on(url))
        .at("/u%72l", interactive(verifier()).on(url))
        .at("/get", interactive(verifier()).allow_get().on(url))
        .at("/raw", notify(verifier()))
        .at(
            "/voice",
            interactive(verifier())
                .handle(|call: IncomingCall, State(log): State<Log>| log.call(&call)),
        )
        .at(
            "/swml",
            interactive(verifier())
                .handle(|call: IncomingCall, State(log): State<Log>| log.document(&call)),
        )
        .at(
            "/message",
            interactive(verifier())
                .handle(|message: MessageAdd, State(log): State<Log>| log.message(&message)),
        )
        .at("/fails", interactive(verifier()).on(|_: RoomEnded| Err::<String, _>("no database")))
        .at(
            "/fails/open",
            interactive(verifier()).on(|_: MessageAdd| Err::<MessageDecision, _>("no database")),
        )
        .at(
            "/sorry",
            interactive(verifier())
                .answer_failures_with("<Response><Hangup/></Response>")
                .on(|_: RoomEnded| Err::<String, _>("no database")),
        )
        .at("/panics", notify(verifier()).on(|ended: RoomEnded| panics(&ended)))
        .at("/received", notify(verifier()).acknowledge_with("{\"ok\":true}", "application/json"));
    if setup != Setup::Inbox {
        return hooks;
    }
    let log = log.clone();
    hooks
        .inbox(MemoryInbox::new())
        .observe(move |outcome| log.say(format!("{:?}", outcome.disposition)))
}

fn panics(ended: &RoomEnded) {
    // Without the noise of the panic hook.
    std::panic::resume_unwind(Box::new(ended.room_sid.as_str().to_owned()));
}
