//! Law 1: what came in goes out, as a multiset of pairs or as the same JSON; what the model does
//! not name is extra, what it cannot convert stays readable.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use switchhook::{
    Delivery, Json, Params,
    dispatch::{Context, Dispatcher, Endpoint, FromContext, notify},
    inbox::{Inbox, MemoryInbox, State, Worker},
    swml,
    twilio::{
        video::VideoEvent,
        voice::{conversation_relay, media_streams},
    },
    twiml,
};

use crate::{of_forms, of_json, signed, verifier};

of_forms!(json_gives_the_same_pairs_back samples_are_whole);
of_json!(json_goes_through_serde json_changes_stay_where_they_are json_samples_are_whole);

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..24)
}

proptest! {
    #[test]
    fn any_pairs_come_out_of_a_form_as_they_went_in(
        pairs in prop::collection::vec((bytes(), bytes()), 0..12),
    ) {
        let encode = |bytes: &[u8]| form_urlencoded::byte_serialize(bytes).collect::<String>();
        let sent: Vec<_> = pairs.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
        let params = Params::parse(sent.join("&").as_bytes()).unwrap();
        let again = Params::parse(params.to_form().as_bytes()).unwrap();
        for params in [&params, &again] {
            let read: Vec<_> = params.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())).collect();
            prop_assert_eq!(&read, &pairs);
        }
    }
}

/// The raw delivery, as a handler can ask for it.
struct Body(Vec<u8>);

impl<S> FromContext<S> for Body {
    type Error = std::convert::Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Self::Error> {
        let delivery: &Delivery = context.delivery();
        Ok(Self(delivery.body().to_vec()))
    }
}

#[tokio::test]
async fn a_handler_sees_every_byte_that_came_from_the_inbox_too() {
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1&Colour=red&Colour=&RoomDuration=long";
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (log, inbox) = (Arc::clone(&seen), MemoryInbox::new());
    let handler = move |event: VideoEvent, body: Body| {
        let form = event.params().unwrap().to_form();
        log.lock().unwrap().push((form, String::from_utf8(body.0).unwrap()));
    };
    let route = notify(verifier()).on(handler);
    let hooks = Arc::new(Dispatcher::new(()).at("/video", route).inbox(inbox.clone()));
    assert_eq!(hooks.serve(signed("/video", body)).await.status(), 204);
    Worker::new(hooks, inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [(body.to_owned(), body.to_owned())]);
    assert_eq!(inbox.stats().await.unwrap().count(State::Done), 1);
}

/// The lines of a fixture of another crate.
fn lines(fixture: &'static str) -> impl Iterator<Item = serde_json::Value> {
    fixture.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn markup_and_documents_are_written_as_they_were_read() {
    let twiml = include_str!("../../../switchhook-twiml/tests/fixtures/corpus.jsonl");
    for case in lines(twiml) {
        let read = twiml::read(case["xml"].as_str().unwrap()).unwrap();
        let again = twiml::read(read.to_xml().unwrap()).unwrap();
        assert_eq!(again, read, "{}", case["id"]);
    }
    let swml = include_str!("../../../switchhook-swml/tests/fixtures/corpus.jsonl");
    for case in lines(swml) {
        let text = case["doc"].to_string();
        assert_eq!(swml::read(&text).unwrap().to_json(), text, "{}", case["id"]);
    }
}

#[test]
fn messages_of_sockets_and_json_stay_as_they_were_written() {
    for text in [
        r#"{"event":"media","media":{"payload":"/w==","track":7,"new":[1.50]},"streamSid":"MZ1"}"#,
        r#"{"event":"hologram","depth":3e2}"#,
        r#"{ "type" : "prompt", "voicePrompt":"x", "last": 1, "last": true }"#,
        "nothing of the kind",
    ] {
        assert_eq!(media_streams::Inbound::parse(text).to_json(), text);
        assert_eq!(media_streams::Outbound::parse(text).to_json(), text);
        assert_eq!(conversation_relay::Inbound::parse(text).to_json(), text);
        assert_eq!(conversation_relay::Outbound::parse(text).to_json(), text);
        if let Ok(json) = Json::parse(text.as_bytes()) {
            assert_eq!(json.as_str(), text);
        }
    }
}
