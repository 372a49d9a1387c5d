//! Dispatcher, inbox and worker together, as an application has them.

mod follow_up;
mod interactive;
mod notify;
mod order;
mod outbox;
mod worker;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use switchhook_core::Params;
use switchhook_dispatch::{Dispatcher, Endpoint};
use switchhook_inbox::{Filter, Inbox, MemoryInbox, State, Summary};
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const ROOM_ENDED: &str = "StatusCallbackEvent=room-ended&RoomSid=RM1";

/// What handlers have noted.
type Log = Arc<Mutex<Vec<String>>>;

fn say(log: &Log, what: impl Into<String>) {
    log.lock().unwrap().push(what.into());
}

fn said(log: &Log) -> Vec<String> {
    std::mem::take(&mut log.lock().unwrap())
}

fn verifier() -> Verifier {
    verifier_of(KEY)
}

fn verifier_of(key: &str) -> Verifier {
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    Verifier::twilio(Keys::new(key).unwrap(), origin)
}

/// A signed request to the path and query `target`.
fn request(target: &str, form: &str, token: Option<&str>) -> Request<Bytes> {
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let url = format!("https://hooks.example.com{target}");
    let mut request = signer.form(&url, &Params::parse(form.as_bytes()).unwrap()).unwrap();
    if let Some(token) = token {
        request.headers_mut().insert("i-twilio-idempotency-token", token.parse().unwrap());
    }
    request
}

async fn send(hooks: &impl Endpoint, form: &str) -> u16 {
    hooks.serve(request("/hook", form, None)).await.status().as_u16()
}

async fn ask(hooks: &impl Endpoint, target: &str, token: Option<&str>) -> (u16, String) {
    shown(&hooks.serve(request(target, ROOM_ENDED, token)).await)
}

fn shown(response: &Response<Bytes>) -> (u16, String) {
    (response.status().as_u16(), String::from_utf8(response.body().to_vec()).unwrap())
}

async fn all(inbox: &MemoryInbox) -> Vec<Summary> {
    let mut list = inbox.list(&Filter::new(), None, 10_000).await.unwrap();
    list.reverse();
    list
}

/// The states of all deliveries in the order of their arrival.
async fn states(inbox: &MemoryInbox) -> Vec<State> {
    all(inbox).await.into_iter().map(|summary| summary.state).collect()
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A dispatcher of one route with an inbox.
fn hooks<S: Send + Sync + 'static, K: switchhook_dispatch::RouteKind>(
    state: S,
    route: switchhook_dispatch::Route<S, K>,
    inbox: &MemoryInbox,
) -> Arc<Dispatcher<S>> {
    Arc::new(Dispatcher::new(state).at("/hook", route).inbox(inbox.clone()))
}
