//! Law 8: every event, parameter, element and method of the provider's tables is in the model, and
//! the model has none that they lack.
//!
//! Here the names are compared; types, presence, enums and samples are compared beside each
//! model, in its `tests/spec.rs` (`tests/grammar.rs` for TwiML).

use std::collections::BTreeSet;

use serde_json::Value;
use switchhook::{Family, Format, Pattern, swml, twiml};

/// The families, each with its fixture and the number of its events over HTTP.
macro_rules! tables {
    ($($test:ident: $family:ty = $count:literal in $fixture:literal;)+) => { $(
        #[test]
        fn $test() {
            let table = include_str!(concat!("../../../", $fixture));
            same_names::<$family>(&serde_json::from_str(table).unwrap(), $count);
        }
    )+ };
}

tables! {
    twilio_video: switchhook::twilio::video::VideoEvent = 17
        in "switchhook-twilio-video/tests/fixtures/twilio-video.json";
    twilio_conversations: switchhook::twilio::conversations::ConversationsWebhook = 23
        in "switchhook-twilio-conversations/tests/fixtures/twilio-conversations.json";
    twilio_voice: switchhook::twilio::voice::VoiceWebhook = 97
        in "switchhook-twilio-voice/tests/fixtures/twilio-voice.json";
    twilio_messaging: switchhook::twilio::messaging::MessagingWebhook = 17
        in "switchhook-twilio-messaging/tests/fixtures/twilio-messaging.json";
    signalwire: switchhook::signalwire::SignalWireEvent = 100
        in "switchhook-signalwire/tests/fixtures/signalwire.json";
    signalwire_compat: switchhook::signalwire::compat::CompatWebhook = 35
        in "switchhook-signalwire/tests/fixtures/signalwire-compat.json";
}

fn same_names<F: Family>(table: &Value, count: usize) {
    assert_eq!(table["family"], F::NAME);
    let theirs: BTreeSet<_> = members(&table["events"]).collect();
    let ours: BTreeSet<_> = F::events().map(|info| info.name).collect();
    assert_eq!((ours.len(), &ours), (count, &theirs));

    for info in F::events() {
        let theirs: BTreeSet<_> = members(&table["params"]).map(stem).collect();
        let ours = info.fields.iter().map(|field| field.wire).chain(info.discriminator);
        let patterns = info.patterns.iter().map(|pattern| match pattern {
            Pattern::Prefixed(name) | Pattern::Indexed(name) => *name,
            other => panic!("{other:?}"),
        });
        for name in ours.chain(patterns) {
            assert!(theirs.contains(name), "{} has {name}, which no table has", info.name);
        }
        // Of JSON the table also has what is around and inside of the fields.
        let event = &table["events"][info.name];
        for list in ["required", "optional"] {
            for name in event[list].as_array().into_iter().flatten() {
                let name = stem(name.as_str().unwrap());
                let known = info.names(name)
                    || info.discriminator == Some(name)
                    || info.patterns.iter().any(|pattern| pattern.covers(&format!("{name}0")))
                    || info.format == Format::Json;
                assert!(known, "{} lacks {name}", info.name);
            }
        }
    }
}

/// The table writes `MediaUrl{N}` for all that begin so.
fn stem(name: &str) -> &str {
    name.split('{').next().unwrap()
}

fn members(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().expect("an object").keys().map(String::as_str)
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
        assert!(named.contains(&format!("\"{extra}")), "{extra} is in no table");
    }

    let table = include_str!("../../../switchhook-swml/tests/fixtures/grammar.json");
    let table: Value = serde_json::from_str(table).unwrap();
    for (set, theirs, count) in [
        (swml::grammar::StepSet::Calling, &table["methods"], 43),
        (swml::grammar::StepSet::Messaging, &table["messaging"]["methods"], 9),
    ] {
        let theirs: BTreeSet<_> = members(theirs).collect();
        let ours: BTreeSet<_> =
            swml::grammar::methods(set).map(swml::grammar::MethodInfo::name).collect();
        assert_eq!((ours.len(), ours), (count, theirs));
    }
}
