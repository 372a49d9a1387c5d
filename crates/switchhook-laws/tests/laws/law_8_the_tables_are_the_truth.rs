//! Law 8: every event, parameter, enum value, message, element and method of the provider's tables
//! is in the model, and the model has none that they lack.
//!
//! Here names and the values of enums are compared, as many as the tables have; types, presence
//! and samples are compared beside each model, in its `tests/spec.rs` (`tests/ws_spec.rs` for
//! sockets, `tests/grammar.rs` for TwiML), which also count.

use std::collections::BTreeSet;

use serde_json::Value;
use switchhook::{
    Family, Format, Pattern, swml,
    twilio::voice::websocket::{FieldValue, Presence},
    twiml,
};
use switchhook_laws::{Table, paths_of};

use crate::frames;

/// The families, each with its fixture.
macro_rules! tables {
    ($($test:ident: $family:ty = $fixture:literal;)+) => {
        $(
            #[test]
            fn $test() {
                let table = include_str!(concat!("../../../", $fixture));
                same_names::<$family>(&serde_json::from_str(table).unwrap());
                Table::read(table).enums_are_read::<$family>();
            }
        )+

        /// The names of the families that have a table here.
        fn families() -> BTreeSet<&'static str> {
            BTreeSet::from([$(<$family>::NAME),+])
        }
    };
}

tables! {
    twilio_video: switchhook::twilio::video::VideoEvent =
        "switchhook-twilio-video/tests/fixtures/twilio-video.json";
    twilio_conversations: switchhook::twilio::conversations::ConversationsWebhook =
        "switchhook-twilio-conversations/tests/fixtures/twilio-conversations.json";
    twilio_voice: switchhook::twilio::voice::VoiceWebhook =
        "switchhook-twilio-voice/tests/fixtures/twilio-voice.json";
    twilio_messaging: switchhook::twilio::messaging::MessagingWebhook =
        "switchhook-twilio-messaging/tests/fixtures/twilio-messaging.json";
    signalwire: switchhook::signalwire::SignalWireEvent =
        "switchhook-signalwire/tests/fixtures/signalwire.json";
    signalwire_compat: switchhook::signalwire::compat::CompatWebhook =
        "switchhook-signalwire/tests/fixtures/signalwire-compat.json";
}

#[test]
fn every_family_has_a_table() {
    let mut listed = BTreeSet::new();
    macro_rules! each {
        ($_family:ident: $event:ty) => {
            listed.insert(<$event>::NAME);
        };
    }
    crate::families!(all each);
    assert_eq!(families(), listed);
}

fn same_names<F: Family>(table: &Value) {
    assert_eq!(table["family"], F::NAME);
    let theirs: BTreeSet<_> = members(&table["events"]).collect();
    let ours: BTreeSet<_> = F::events().map(|info| info.name).collect();
    assert_eq!(ours, theirs);
    assert_eq!(F::events().count(), theirs.len());

    let params: BTreeSet<_> = members(&table["params"]).map(stem).collect();
    let mut all: BTreeSet<String> = BTreeSet::new();
    for rows in F::TABLE {
        let fields = &rows[0];
        let patterns = fields.patterns.iter().map(|pattern| match pattern {
            Pattern::Prefixed(name) | Pattern::Indexed(name) => (*name).to_owned(),
            other => panic!("{other:?}"),
        });
        // The fields of forms are as good as paths without dots.
        let ours: BTreeSet<String> = paths_of(fields).into_iter().chain(patterns).collect();
        for path in &ours {
            assert!(
                params.contains(path.as_str()),
                "{} has {path}, which no table has",
                fields.name
            );
        }
        for info in *rows {
            let event = &table["events"][info.name];
            for list in ["required", "optional", "provider_always"] {
                for name in event[list].as_array().into_iter().flatten() {
                    let name = stem(name.as_str().unwrap());
                    // An alias goes by the name of its parameter.
                    let named = has(&ours, info.format, name)
                        || info.discriminator == Some(name)
                        || info.field(name).is_some();
                    assert!(named, "{} lacks {name}", info.name);
                }
            }
            all.extend(info.discriminator.map(str::to_owned));
        }
        all.extend(ours);
    }
    for name in params {
        assert!(has(&all, Format::Json, name), "nothing has {name}");
    }
}

/// Whether a path is a field, or in JSON an object around fields.
fn has(paths: &BTreeSet<String>, format: Format, name: &str) -> bool {
    let inside = format!("{name}.");
    let is_around = || paths.iter().any(|path| path.starts_with(&inside));
    paths.contains(name) || format == Format::Json && is_around()
}

/// The table writes `MediaUrl{N}` for all that begin so.
fn stem(name: &str) -> &str {
    name.split('{').next().unwrap()
}

fn members(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().expect("an object").keys().map(String::as_str)
}

#[test]
fn messages_of_websockets() {
    let table = frames::table();
    let messages = frames::messages();
    let ours: BTreeSet<_> =
        messages.iter().map(|(direction, _, info)| format!("{direction}/{}", info.name)).collect();
    let theirs: BTreeSet<_> = members(&table["events"]).map(str::to_owned).collect();
    assert_eq!((messages.len(), &ours), (theirs.len(), &theirs));

    let params: BTreeSet<_> = members(&table["params"]).collect();
    let mut all = BTreeSet::new();
    for (direction, tag, info) in &messages {
        let event = &table["events"][format!("{direction}/{}", info.name)];
        assert_eq!(event["match"][tag], info.name);
        for (list, keeps) in [
            ("required", &(|presence| presence == Presence::Required) as &dyn Fn(Presence) -> bool),
            ("optional", &|presence| presence != Presence::Required),
        ] {
            let fields = info.fields.iter().filter(|field| keeps(field.presence));
            let mut ours: BTreeSet<&str> = fields.map(|field| field.path).collect();
            for name in event[list].as_array().unwrap() {
                let name = name.as_str().unwrap();
                let inside = format!("{name}.");
                let around = info.fields.iter().any(|field| field.path.starts_with(&inside));
                let known = ours.remove(name) || name == *tag || around;
                assert!(known, "{} of {direction} lacks {name}", info.name);
            }
            assert_eq!(ours, BTreeSet::new(), "{} of {direction}, {list}", info.name);
        }
        let paths = info.fields.iter().map(|field| field.path);
        for path in paths.chain([*tag]) {
            let ends = path.match_indices('.').map(|(end, _)| end).chain([path.len()]);
            all.extend(ends.map(|end| &path[..end]));
        }
    }
    assert_eq!(all, params);
}

/// The values of an enum are known where they stand, and no others of the table are.
#[test]
fn enums_of_websockets() {
    let table = frames::table();
    let enums = &table["enums"];
    let values = |name: &str| -> BTreeSet<&str> {
        enums[name]["values"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
    };
    let every: BTreeSet<_> = members(enums).flat_map(values).collect();
    let mut asked = BTreeSet::new();
    for (direction, name, body) in frames::samples() {
        let (_, tag, info) = *frames::messages()
            .iter()
            .find(|(own, _, info)| (*own, info.name) == (&*direction, &*name))
            .unwrap();
        let mut tags =
            values(if tag == "event" { "MediaStreamEvent" } else { "ConversationRelayType" });
        assert!(tags.remove(info.name));
        for field in info.fields {
            let kind = table["params"][field.path]["type"].as_str().unwrap();
            let Some(listed) = kind.strip_prefix("enum:") else { continue };
            asked.insert(listed.to_owned());
            for value in &every {
                let mut changed: Value = serde_json::from_str(&body).unwrap();
                let Some(place) = changed.pointer_mut(&frames::pointer(field.path)) else {
                    continue;
                };
                *place = (*value).into();
                frames::read(&direction, &changed.to_string(), &mut |message| {
                    let switchhook::twilio::voice::websocket::Decoded::Message(message) = message
                    else {
                        panic!("{changed}")
                    };
                    message.visit(&mut |seen, read| {
                        if seen.path == field.path {
                            let Some(FieldValue::One(switchhook::WireValue::Token {
                                recognized,
                                text,
                            })) = read
                            else {
                                panic!("{changed}")
                            };
                            assert_eq!(
                                recognized,
                                values(listed).contains(text),
                                "{} = {value}",
                                field.path
                            );
                        }
                    });
                });
            }
        }
    }
    assert!(asked.len() >= 2, "{asked:?}");
}

#[test]
fn twiml_and_swml() {
    let table = include_str!("../../../switchhook-twiml/tests/fixtures/grammar.json");
    let table: Value = serde_json::from_str(table).unwrap();
    let cxml = &table["signalwire_cxml"];
    let tag = |name| table["elements"][name]["tag"].as_str().unwrap();
    let theirs: BTreeSet<_> = members(&table["elements"]).map(tag).collect();
    let ours: BTreeSet<_> =
        twiml::grammar::elements().map(twiml::grammar::ElementInfo::tag).collect();
    let missing: Vec<_> = theirs.difference(&ours).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for extra in ours.difference(&theirs) {
        let named = serde_json::to_string(cxml).unwrap();
        assert!(named.contains(&format!("\"{extra}\"")), "{extra} is in no table");
    }

    let table = include_str!("../../../switchhook-swml/tests/fixtures/grammar.json");
    let table: Value = serde_json::from_str(table).unwrap();
    for (set, theirs) in [
        (swml::grammar::StepSet::Calling, &table["methods"]),
        (swml::grammar::StepSet::Messaging, &table["messaging"]["methods"]),
    ] {
        let theirs: BTreeSet<_> = members(theirs).collect();
        let ours: Vec<_> =
            swml::grammar::methods(set).map(swml::grammar::MethodInfo::name).collect();
        assert_eq!((ours.len(), ours.into_iter().collect()), (theirs.len(), theirs));
    }
}
