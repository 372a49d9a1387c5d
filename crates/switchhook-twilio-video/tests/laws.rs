//! The laws of every model, over every event: nothing is lost, nothing new fails a delivery.

use proptest::{prelude::*, sample::Index};
use switchhook_core::{Decoded, EventInfo, Family, FieldPresence, Params, Payload, ProblemKind};
use switchhook_twilio_video::VideoEvent;

type Pairs = Vec<(String, String)>;

fn decode(pairs: &Pairs) -> VideoEvent {
    VideoEvent::decode(&Payload::from(params(pairs)))
}

fn params(pairs: &Pairs) -> Params {
    pairs.iter().map(|(name, value)| (name, value)).collect()
}

fn pairs(params: &Params) -> Pairs {
    params.iter().map(|(name, value)| (name.into(), value.into())).collect()
}

fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort();
    pairs
}

/// What a provider may do to an event that it sends.
#[derive(Clone, Debug)]
enum Novelty {
    Add(String, String),
    Change(Index, String),
    Blank(Index),
    Repeat(Index, Option<String>),
    Remove(Index),
}

fn novelties() -> impl Strategy<Value = Novelty> {
    prop_oneof![
        (any::<String>(), any::<String>()).prop_map(|(n, v)| Novelty::Add(n, v)),
        (any::<Index>(), any::<String>()).prop_map(|(at, v)| Novelty::Change(at, v)),
        any::<Index>().prop_map(Novelty::Blank),
        (any::<Index>(), any::<Option<String>>()).prop_map(|(at, v)| Novelty::Repeat(at, v)),
        any::<Index>().prop_map(Novelty::Remove),
    ]
}

fn deliveries() -> impl Strategy<Value = (&'static EventInfo, Pairs)> {
    let changed =
        (prop::sample::select(VideoEvent::EVENTS), prop::collection::vec(novelties(), 0..6));
    changed.prop_flat_map(|(info, novelties)| {
        let sent = novelties.into_iter().fold(pairs(&info.sample()), apply);
        (Just(info), Just(sent).prop_shuffle())
    })
}

/// The discriminator and the subject come first in a sample and stay what they are.
fn apply(mut sent: Pairs, novelty: Novelty) -> Pairs {
    let at = |index: Index, len: usize| 2 + index.index(len - 2);
    match novelty {
        Novelty::Add(name, value) => sent.push((name, value)),
        _ if sent.len() <= 2 => {}
        Novelty::Change(i, value) => {
            let at = at(i, sent.len());
            sent[at].1 = value;
        }
        Novelty::Blank(i) => {
            let at = at(i, sent.len());
            sent[at].1.clear();
        }
        Novelty::Repeat(i, other) => {
            let (name, value) = sent[i.index(sent.len())].clone();
            sent.push((name, other.unwrap_or(value)));
        }
        Novelty::Remove(i) => {
            let at = at(i, sent.len());
            sent.remove(at);
        }
    }
    sent
}

/// The first value of a name, which is the one that counts.
fn first<'a>(sent: &'a Pairs, name: &str) -> Option<&'a str> {
    sent.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn novelty_never_fails_a_delivery_and_no_pair_is_lost((info, sent) in deliveries()) {
        // A repeat with another value may come before the discriminator or the subject.
        prop_assume!(first(&sent, "StatusCallbackEvent") == Some(info.name));
        prop_assume!(first(&sent, info.fields[0].wire) != Some(""));
        let event = decode(&sent);
        let Decoded::Event(data) = event.decoded() else {
            return Err(TestCaseError::fail(format!("{event:?}")));
        };
        prop_assert_eq!(data.name(), info.name);
        prop_assert_eq!(pairs(data.params()), sent.clone());
        prop_assert_eq!(pairs(&data.to_params()), sent.clone());

        // Each first value is typed, or extra, or empty, or named by a problem; each further
        // one of a name that the model knows is a problem.
        let mut typed = vec![info.discriminator.unwrap()];
        data.visit(&mut |field, value| if value.is_some() { typed.push(field.wire) });
        let extra: Vec<_> = data.extra().collect();
        let is_problem = |name: &str| data.problems().iter().any(|problem| problem.param == name);
        for (at, (name, value)) in sent.iter().enumerate() {
            let repeat = sent[..at].iter().any(|earlier| earlier.0 == *name);
            let kept = match (info.names(name), repeat) {
                (false, _) => extra.contains(&(name.as_str(), value.as_str())),
                (true, true) => is_problem(name),
                (true, false) => value.is_empty() || typed.contains(&name.as_str()) || is_problem(name),
            };
            prop_assert!(kept, "{} is nowhere", name);
        }
    }

    #[test]
    fn json_gives_the_same_pairs_back((_, sent) in deliveries()) {
        let event = decode(&sent);
        let text = serde_json::to_string(&event).unwrap();
        let again: VideoEvent = serde_json::from_str(&text).unwrap();
        let again = pairs(again.params().unwrap());
        prop_assert_eq!(sorted(again), sorted(sent));
    }

    #[test]
    fn any_text_reads_as_something(body in any::<Vec<u8>>(), name in prop::sample::select(VideoEvent::EVENTS)) {
        let form = [b"StatusCallbackEvent=", name.name.as_bytes(), b"&", &body].concat();
        let params = Params::parse(&form).unwrap();
        let event = VideoEvent::decode(&Payload::from(params.clone()));
        prop_assert_eq!(event.params().unwrap(), &params);
        let _ = format!("{event:?}");
    }

    #[test]
    fn debug_shows_nothing_of_free_text((_, mut sent) in deliveries(), at in any::<Index>()) {
        let at = at.index(sent.len());
        sent[at].1 = "canary +15550001111".into();
        let shown = format!("{:?}", decode(&sent));
        prop_assert!(!shown.contains("canary") && !shown.contains("1555"), "{}", shown);
    }
}

#[test]
fn repeats_and_unreadable_values_are_problems() {
    let mut sent = pairs(&VideoEvent::info("room-ended").unwrap().sample());
    let (name, value) = sent.iter_mut().find(|(name, _)| name == "RoomDuration").unwrap();
    *value = "long".into();
    let name = name.clone();
    sent.push((name, "42".into()));
    sent.push(("RoomSid".into(), sent[1].1.clone()));
    let VideoEvent::RoomEnded(ended) = decode(&sent) else { panic!("an end") };
    assert_eq!(ended.room_duration, None);
    let problems: Vec<_> = ended.problems().iter().map(|p| (p.param, p.kind)).collect();
    let unreadable = ProblemKind::Unreadable { expected: "a whole number of seconds" };
    assert_eq!(
        problems,
        [
            ("RoomDuration", ProblemKind::Conflicting),
            ("RoomSid", ProblemKind::Repeated),
            ("RoomDuration", unreadable),
        ]
    );
    assert_eq!(ended.problems()[2].to_string(), "RoomDuration is not a whole number of seconds");
}

#[test]
fn changed_fields_are_written_and_the_rest_stays() {
    let body = b"StatusCallbackEvent=room-ended&RoomDuration=007&Colour=red&RoomSid=RM1&RoomName=";
    let VideoEvent::RoomEnded(mut ended) =
        VideoEvent::decode(&Payload::from(Params::parse(body).unwrap()))
    else {
        panic!("an end")
    };
    assert_eq!(ended.to_params().to_form().as_bytes(), body);
    ended.room_name = Some("Daily".into());
    ended.sequence_number = Some(3);
    assert_eq!(
        ended.to_params().to_form(),
        "StatusCallbackEvent=room-ended&RoomDuration=007&Colour=red&RoomSid=RM1&RoomName=Daily&SequenceNumber=3",
    );
    ended.room_duration = None;
    assert!(!ended.to_params().contains("RoomDuration"));
    let json = serde_json::to_value(&ended).unwrap();
    assert_eq!(json["RoomName"], "Daily");
    assert_eq!(json["SequenceNumber"], 3);
    assert_eq!(json["Colour"], "red");
}

#[test]
fn documented_fields_are_all_optional_on_the_wire() {
    for info in VideoEvent::EVENTS {
        let subject = info.fields.iter().find(|f| f.presence == FieldPresence::Subject).unwrap();
        let sent = vec![
            (info.discriminator.unwrap().into(), info.name.into()),
            (subject.wire.into(), "x".into()),
        ];
        let event = decode(&sent);
        assert!(matches!(event.decoded(), Decoded::Event(_)), "{event:?}");
    }
}

#[test]
fn events_can_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<VideoEvent>();
    check::<switchhook_twilio_video::RoomEnded>();
}
