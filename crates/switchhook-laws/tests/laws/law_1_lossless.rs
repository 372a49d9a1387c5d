//! Law 1: what came in goes out, as a multiset of pairs or as the same JSON; what the model does
//! not name is extra, what it cannot convert stays readable.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use proptest::prelude::*;
use switchhook::{
    Decoded, Delivery, Family, Json, Key, Params, Payload, Signer,
    dispatch::{Context, Dispatcher, Endpoint, FromContext, notify},
    inbox::{Inbox as _, State, Worker},
    signalwire::SignalWireEvent,
    swml,
    twilio::{
        video::VideoEvent,
        voice::{conversation_relay, media_streams},
    },
    twiml,
};

use crate::{KEY, ORIGIN, frames, of_forms, of_json, signed_as, stores, verifier_of};

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

/// What a handler saw: the delivery as an event's payload has it, and byte by byte.
type Seen = Arc<Mutex<Vec<(Payload, Vec<u8>)>>>;

/// Sends a body as the family's provider would, has every store keep it, and has it handled.
async fn goes_through_every_store<F: Family + Send + Sync + 'static>(
    content_type: &str,
    bodies: &[Vec<u8>],
) {
    for store in stores::all().await {
        let seen = Seen::default();
        let log = Arc::clone(&seen);
        let handler = move |event: F, body: Body| {
            let payload = match event.decoded() {
                Decoded::Event(data) => data.to_payload(),
                Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } => {
                    payload.clone()
                }
                other => panic!("{other:?}"),
            };
            log.lock().unwrap().push((payload, body.0));
        };
        let hooks = Dispatcher::new(()).at("/hook", notify(verifier_of::<F>()).otherwise(handler));
        let hooks = Arc::new(hooks.inbox(Arc::clone(&store.inbox)));
        for body in bodies {
            let payload = match content_type {
                "application/json" => Payload::from(Json::parse(body).unwrap()),
                _ => Payload::from(Params::parse(body).unwrap()),
            };
            // Of a form the pairs are signed, not how they are spelled; of JSON each byte.
            let request = match payload.params() {
                Some(_) => signed_as::<F>("/hook", &payload).map(|_| Bytes::from(body.clone())),
                None => Signer::signalwire(Key::new(KEY).unwrap())
                    .json(&format!("{ORIGIN}/hook"), body.clone())
                    .unwrap(),
            };
            let status = hooks.serve(request).await.status();
            assert_eq!(status, 204, "{}: {}", store.name, String::from_utf8_lossy(body));
            Worker::new(Arc::clone(&hooks), Arc::clone(&store.inbox))
                .run_until_idle()
                .await
                .unwrap();
            let (kept, raw) = seen.lock().unwrap().pop().expect("it was handled");
            assert_eq!(raw, *body, "{}", store.name);
            if let (Some(kept), Some(sent)) = (kept.params(), payload.params()) {
                let pairs = |params: &Params| -> Vec<(Vec<u8>, Vec<u8>)> {
                    params.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())).collect()
                };
                assert_eq!(pairs(kept), pairs(sent), "{}", store.name);
            } else {
                // Spaces around the value are no part of it.
                let kept = kept.json().unwrap().as_str().as_bytes();
                assert_eq!(kept, body.trim_ascii(), "{}", store.name);
            }
        }
        let done = store.inbox.stats().await.unwrap().count(State::Done);
        assert_eq!(done, u64::try_from(bodies.len()).unwrap(), "{}", store.name);
    }
}

#[tokio::test]
async fn a_handler_sees_every_pair_and_byte_that_came_from_every_store_too() {
    let room = |rest: &[u8]| [b"StatusCallbackEvent=room-ended&RoomSid=RM", rest].concat();
    goes_through_every_store::<VideoEvent>(
        "application/x-www-form-urlencoded",
        &[
            room(b"1&Colour=red&Colour=&RoomDuration=long"),
            // No UTF-8, a character that no text of a database takes, and an odd spelling of an
            // even one.
            room(b"2&RoomName=%FF&Odd=%00&%FF=%fe%00&%41=%c3%a9&plus=a+b%20c"),
            room(b"3%00&RoomName=%00&Timestamp=%00"),
            // Names that are repeated, empty, or nothing else.
            room(b"4&Colour=red&Colour=red&Colour=blue&=x&=&a=&b&c=d=e"),
            room(b"5&&&=&RoomName=%ED%A0%80&RoomSid=RM6&%=%&%zz=1"),
            "StatusCallbackEvent=room-ended&RoomSid=RM\u{1F4DE}&RoomName=\u{e9}".into(),
            b"StatusCallbackEvent=%00&RoomSid=RM8".to_vec(),
            b"%FF=%FF".to_vec(),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_handler_sees_the_same_json_from_every_store_too() {
    let call =
        |rest: &str| format!("{{\"event_type\":\"calling.call.state\",{rest}}}").into_bytes();
    goes_through_every_store::<SignalWireEvent>(
        "application/json",
        &[
            call(r#""params":{"call_id":"c1","call_id":"c2","new":[1.50,1e400,-0,12345678901234567890]},"params":7"#),
            call("\n \"params\" :\t{ \"call_id\" : \"c3\" , \"tag\":\"\\u0000\\ud83d\\uDCDE\\/\" }\r\n"),
            call(r#""params":{"call_id":"c4\u0000","call_state":"\u0000","":"","a.b":{"":null}}"#),
            br#"{"a":1,"a":2,"b":[ ]}"#.to_vec(),
            b" [ 1 , { } ] ".to_vec(),
        ],
    )
    .await;
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

/// Every message of the table, also with other spaces than anybody writes.
#[test]
fn messages_of_the_table_go_out_as_they_came() {
    for (direction, _, body) in frames::samples() {
        let spaced = body.replace(':', " :\n").replace('{', "{\t");
        let texts = if serde_json::from_str::<serde_json::Value>(&spaced).is_ok() {
            vec![body, spaced]
        } else {
            vec![body]
        };
        for text in texts {
            let mut looked = false;
            frames::read(&direction, &text, &mut |message| {
                assert_eq!(message.to_json(), text);
                looked = true;
            });
            assert!(looked, "nothing reads {direction}");
        }
    }
}
