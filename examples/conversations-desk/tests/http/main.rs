//! The desk over HTTP, as Twilio, its hook and its own users meet it.

mod desk;
mod failures;
mod hook;
mod moderation;
mod order;

use conversations_desk::{Config, app};
use serde_json::Value;
use switchhook::{
    Params,
    inbox::{Inbox, Stats},
    settings::Settings,
    twilio::conversations::ConversationsWebhook,
};
use switchhook_example_tests::Service;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://hooks.example.com";

const EVENT: &str = "/api/webhooks/twilio-event";
const MESSAGE_ADDED: &str = "/api/webhooks/message-added";
const STATE_UPDATED: &str = "/api/webhooks/conversation-state-updated";
const PARTICIPANT_ADDED: &str = "/api/webhooks/participant-added";
const MODERATION: &str = "/api/webhooks/moderation";

/// The desk with what its tests ask for.
struct App(Service);

impl std::ops::Deref for App {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.0
    }
}

impl App {
    /// With signatures, and without anybody to be told.
    async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With signatures and these settings.
    async fn with(settings: &[(&str, &str)]) -> Self {
        let signed = [("TWILIO_AUTH_TOKEN", KEY), ("PUBLIC_URL", PUBLIC)];
        Self::of(&[&signed, settings].concat()).await
    }

    /// With these settings beside a database and somebody who works here.
    async fn of(settings: &[(&str, &str)]) -> Self {
        let service = Service::start(|database| {
            let usual = [("DATABASE", database.to_str().unwrap()), ("STAFF", "agent7")];
            let settings = Settings::of(usual.iter().chain(settings).copied());
            app(&Config::of(&settings).unwrap()).unwrap()
        });
        Self(service.await)
    }

    async fn stats(&self) -> Stats {
        self.inbox.stats().await.unwrap()
    }

    async fn call(&self, method: &str, path: &str) -> (u16, Value) {
        let answer = self.caller.call(method, path, &[], "").await;
        (answer.status, answer.value())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call("GET", path).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Sends a form as Twilio does, signed with `key`.
    async fn ask_with(&self, key: &str, path: &str, form: &str) -> (u16, Value) {
        let answer = self.caller.post_signed(key, &format!("{PUBLIC}{path}"), form).await;
        (answer.status, answer.value())
    }

    async fn ask(&self, path: &str, form: &str) -> (u16, Value) {
        self.ask_with(KEY, path, form).await
    }

    /// Tells what happened, which is acknowledged.
    async fn tell(&self, path: &str, form: &str) {
        assert_eq!(self.ask(path, form).await, (200, Value::String(String::new())), "{form}");
    }

    /// The conversations of a filter such as `?status=closed`, when all is handled.
    async fn list(&self, filter: &str) -> Value {
        self.handled().await;
        self.get(&format!("/api/conversations{filter}")).await
    }

    async fn conversation(&self, sid: &str) -> Value {
        self.handled().await;
        self.get(&format!("/api/conversations/{sid}")).await
    }
}

/// The sample of an event with some values changed; an empty one takes the parameter away.
fn event(name: &str, changes: &[(&str, &str)]) -> String {
    let sample = <ConversationsWebhook as switchhook::Family>::info(name).unwrap().sample();
    let changed = |name: &str| changes.iter().find(|change| change.0 == name);
    let kept = sample.iter().filter(|(name, _)| changed(name).is_none());
    let set = changes.iter().copied().filter(|change| !change.1.is_empty());
    Params::from_pairs(kept.chain(set).collect::<Vec<_>>()).to_form()
}

/// A message of the conversation `CH1`, the `index`th, sent at that second.
fn message(index: u8, body: &str) -> String {
    let (sid, at) = (format!("IM{index}"), format!("2026-02-03T09:00:{index:02}.000Z"));
    let index = index.to_string();
    event(
        "onMessageAdded",
        &[
            ("ConversationSid", "CH1"),
            ("MessageSid", &sid),
            ("Index", &index),
            ("DateCreated", &at),
            ("Body", body),
        ],
    )
}
