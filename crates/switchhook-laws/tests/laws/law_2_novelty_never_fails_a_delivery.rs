//! Law 2: add a parameter, change a value, blank one, repeat one, shuffle all: still an event. An
//! unknown event and a malformed one are two things.

use proptest::prelude::*;
use serde_json::{Value, json};
use switchhook::{
    Decoded, EventInfo, Family, FieldPresence, Format, Malformed, Params, Payload, Unknown,
    dispatch::{Dispatcher, Endpoint, notify},
    swml,
    twilio::{
        video::{RoomEnded, RoomStatus, VideoEvent},
        voice::{CallStatus, websocket::Decoded as Frame, websocket::Presence},
    },
    twiml,
};

use crate::{
    frames, of_all, of_forms, of_json, payload_of, signed, signed_as, verifier, verifier_of,
};

of_forms!(novelty_never_fails_a_delivery_and_no_pair_is_lost open_enums_take_values_of_tomorrow);
of_json!(json_novelty_never_fails_a_delivery);
of_all!(a_route_acknowledges_what_its_provider_invents unknown_and_malformed_are_two_things);

/// What the provider may send tomorrow under the name of an event.
fn novelties(info: &EventInfo) -> Vec<Payload> {
    let mut sets: Vec<Vec<(&str, &str)>> = vec![vec![], vec![("Mood", "calm")], vec![("", "")]];
    for field in info.fields.iter().filter(|field| field.presence != FieldPresence::Subject) {
        sets.push(vec![(field.wire, "a value of tomorrow")]);
        sets.push(vec![(field.wire, "")]);
    }
    let mut payloads: Vec<Payload> = sets.iter().map(|set| payload_of(info, set)).collect();
    if info.format == Format::Form {
        let pairs: Vec<(String, String)> =
            info.sample().iter().map(|(name, value)| (name.into(), value.into())).collect();
        let twice = pairs.iter().chain(pairs.iter().rev()).map(|(n, v)| (n.as_str(), v.as_str()));
        payloads.push(twice.collect::<Params>().into());
    }
    payloads
}

/// Whatever a family's provider adds, changes and blanks: the route says 2xx.
async fn a_route_acknowledges_what_its_provider_invents<F: Family + Send + Sync + 'static>() {
    let hooks = Dispatcher::new(()).at("/hook", notify(verifier_of::<F>()).on(|_: Unknown<F>| ()));
    let mut sent = 0;
    for rows in F::TABLE {
        for payload in novelties(&rows[0]) {
            let response = hooks.serve(signed_as::<F>("/hook", &payload)).await;
            let read = F::decode(&payload);
            // What is no event for want of its subject, which none of these lacks unless another
            // event is read from it, is told so.
            let malformed = matches!(read.decoded(), Decoded::Malformed { .. });
            let expected = if malformed { 422 } else { 204 };
            assert_eq!(response.status(), expected, "{}: {read:?}", rows[0].name);
            sent += 1;
        }
    }
    assert!(sent > 10, "{sent}");
    // What nobody knows at all.
    for form in ["NothingThatWeKnow=1", "=", "%FF=%FF&a"] {
        let payload = Payload::from(Params::parse(form.as_bytes()).unwrap());
        let status = hooks.serve(signed_as::<F>("/hook", &payload)).await.status();
        assert_eq!(status, 204, "{form}");
    }
}

/// An event that is announced and lacks its subject is malformed; under a name that nobody knows
/// it is unknown.
async fn unknown_and_malformed_are_two_things<F: Family + Send + Sync + 'static>() {
    let route = notify(verifier_of::<F>()).on(|_: Unknown<F>| ());
    let hooks = Dispatcher::new(()).at("/hook", route.on(|_: Malformed<F>| ()));
    for info in F::events() {
        let subject = info.fields.iter().find(|field| field.presence == FieldPresence::Subject);
        if let Some(subject) = subject {
            let payload = payload_of(info, &[(subject.wire, "")]);
            let read = F::decode_as(info.name, &payload);
            let Decoded::Malformed { info: told, payload: kept, .. } = read.decoded() else {
                panic!("{} without {}: {read:?}", info.name, subject.wire)
            };
            assert_eq!((told.name, kept), (info.name, &payload));
        }
        let Some(discriminator) = info.discriminator else { continue };
        let payload = payload_of(info, &[(discriminator, "an event of tomorrow")]);
        let read = F::decode(&payload);
        if let Decoded::Unknown { name, payload: kept } = read.decoded() {
            assert_eq!(kept, &payload, "{}", info.name);
            // Where a family has no one place for its names, it may not be told.
            let told = name.map_or(!F::NAMED, |name| name == "an event of tomorrow");
            assert!(told, "{}: {name:?}", info.name);
        } else {
            // What it carries tells it without the name.
            assert!(!F::NAMED, "{}: {read:?}", info.name);
        }
        assert!(hooks.serve(signed_as::<F>("/hook", &payload)).await.status().is_success());
    }
}

#[tokio::test]
async fn a_route_tells_an_event_that_is_none() {
    let hooks = Dispatcher::new(()).at("/video", notify(verifier()).on(|_: RoomEnded| ()));
    for (form, status) in [
        ("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomMood=calm", 204),
        ("RoomStatus=melted&RoomSid=RM1&RoomSid=RM2&StatusCallbackEvent=room-ended", 204),
        ("RoomDuration=&RoomDuration=soon&RoomSid=RM1&StatusCallbackEvent=room-ended", 204),
        ("StatusCallbackEvent=room-teleported", 204),
        // This is an event that we know, and it is none.
        ("StatusCallbackEvent=room-ended&RoomSid=", 422),
    ] {
        assert_eq!(hooks.serve(signed("/video", form)).await.status(), status, "{form}");
    }
    let payload = Params::parse(b"StatusCallbackEvent=room-teleported").unwrap().into();
    let unknown = VideoEvent::decode(&payload);
    assert!(matches!(unknown, VideoEvent::Unknown(_)), "{unknown:?}");
}

proptest! {
    #[test]
    fn open_enums_take_any_text_and_give_it_back(text in any::<String>()) {
        let (room, call) = (RoomStatus::from(text.as_str()), CallStatus::from(text.as_str()));
        prop_assert_eq!((room.as_str(), call.as_str()), (&*text, &*text));
        let known = RoomStatus::KNOWN.iter().any(|status| status.as_str() == text);
        prop_assert_eq!(room.is_recognized(), known);
    }
}

/// Sockets as well: more members, other values, other names.
#[test]
fn messages_of_sockets_are_read_whatever_is_new_in_them() {
    for (direction, name, body) in frames::samples() {
        let (_, tag, info) = *frames::messages()
            .iter()
            .find(|(own, _, info)| (*own, info.name) == (&*direction, &*name))
            .unwrap();
        let sample: Value = serde_json::from_str(&body).unwrap();
        let mut changed = vec![sample.clone()];
        let mut more = sample.clone();
        more["new"] = json!({"deep": [1, null]});
        changed.push(more);
        for field in info.fields.iter().filter(|field| field.presence != Presence::Required) {
            for value in
                [json!("a value of tomorrow"), json!(null), json!(""), json!([{}]), json!(-1.5)]
            {
                let mut other = sample.clone();
                if let Some(place) = other.pointer_mut(&frames::pointer(field.path)) {
                    *place = value;
                    changed.push(other);
                }
            }
        }
        for changed in changed {
            frames::read(&direction, &changed.to_string(), &mut |read| {
                let Frame::Message(message) = read else { panic!("{direction}: {changed}") };
                assert_eq!(
                    (message.info().name, message.to_json()),
                    (info.name, changed.to_string())
                );
            });
        }
        let mut unknown = sample.clone();
        unknown[tag] = "hologram".into();
        let mut nameless = sample;
        nameless.as_object_mut().unwrap().shift_remove(tag);
        for (text, name) in [(unknown.to_string(), Some("hologram")), (nameless.to_string(), None)]
        {
            frames::read(&direction, &text, &mut |read| {
                let Frame::Unknown(unknown) = read else { panic!("{direction}: {text}") };
                assert_eq!((unknown.name(), unknown.text()), (name, &*text));
            });
        }
    }
}

#[test]
fn new_verbs_methods_and_attributes_are_read_and_kept() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
               <Response><Beam to=\"Mars\"><At speed=\"c\"/></Beam><Say mood=\"calm\">Hi</Say></Response>";
    assert_eq!(twiml::read(xml).unwrap().to_xml().unwrap(), xml);
    let json =
        r#"{"sections":{"main":[{"beam":{"to":"Mars"}},{"play":{"url":"a.mp3","mood":1}}]}}"#;
    assert_eq!(swml::read(json).unwrap().to_json(), json);
}
