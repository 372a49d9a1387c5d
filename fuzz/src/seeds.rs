//! The seeds that are made of the crates' fixtures, and of lists of what once went wrong.
//!
//! `SWITCHHOOK_FUZZ_SEEDS=write cargo test --manifest-path fuzz/Cargo.toml seeds` writes them anew;
//! without it the test holds that they are what they were made of.

mod readers;
mod verify;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;
use switchhook_core::Family;
use switchhook_signalwire::{SignalWireEvent, compat::CompatWebhook};
use switchhook_twilio_conversations::ConversationsWebhook;
use switchhook_twilio_messaging::MessagingWebhook;
use switchhook_twilio_video::VideoEvent;
use switchhook_twilio_voice::VoiceWebhook;

use crate::tests::HERE;

/// The longest seed: libFuzzer cuts what is longer.
const LONGEST: usize = 2000;

/// Names and bytes.
type Seeds = BTreeMap<String, Vec<u8>>;

/// A fixture of a crate, by its path below `crates/`.
macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/", $path))
    };
}
use fixture;

fn all() -> [(&'static str, Seeds); 12] {
    let voice = fixture!("switchhook-twilio-voice/tests/fixtures/twilio-voice.json");
    let video = fixture!("switchhook-twilio-video/tests/fixtures/twilio-video.json");
    let messaging = fixture!("switchhook-twilio-messaging/tests/fixtures/twilio-messaging.json");
    let conversations =
        fixture!("switchhook-twilio-conversations/tests/fixtures/twilio-conversations.json");
    let signalwire = fixture!("switchhook-signalwire/tests/fixtures/signalwire.json");
    let compat = fixture!("switchhook-signalwire/tests/fixtures/signalwire-compat.json");
    let twiml = fixture!("switchhook-twiml/tests/fixtures/corpus.jsonl");
    let swml = fixture!("switchhook-swml/tests/fixtures/corpus.jsonl");
    [
        ("voice_events", of_family::<VoiceWebhook>(voice)),
        ("video_events", of_family::<VideoEvent>(video)),
        ("messaging_events", of_family::<MessagingWebhook>(messaging)),
        ("conversations_events", of_family::<ConversationsWebhook>(conversations)),
        ("signalwire_events", of_family::<SignalWireEvent>(signalwire)),
        ("compat_events", of_family::<CompatWebhook>(compat)),
        ("twiml_round_trip", of_documents(twiml, "xml", "<")),
        ("swml_round_trip", of_documents(swml, "doc", "\"")),
        ("twilio_verify", verify::twilio()),
        ("signalwire_verify", verify::signalwire()),
        ("small_readers", readers::small()),
        ("inbox_rows", readers::rows()),
    ]
}

#[test]
fn seeds_are_made_of_the_fixtures() {
    let writes = std::env::var_os("SWITCHHOOK_FUZZ_SEEDS").is_some();
    for (target, made) in all() {
        let folder = Path::new(HERE).join("corpus").join(target);
        // Where the edges are a list, too, they are all of them.
        let has_edges = made.keys().any(|name| name.starts_with("edge-"));
        let is_ours =
            |name: &str| name.starts_with("sample-") || has_edges && name.starts_with("edge-");
        let there: Seeds = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .map(|file| file.unwrap())
            .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
            .filter(|(name, _)| is_ours(name))
            .collect();
        assert!(made.values().all(|bytes| bytes.len() <= LONGEST), "{target}");
        if writes && there != made {
            fs::create_dir_all(&folder).unwrap();
            there.keys().for_each(|name| fs::remove_file(folder.join(name)).unwrap());
            made.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
        } else {
            let names = |seeds: &Seeds| seeds.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&there), names(&made), "{target}: {HOW}");
            assert!(there == made, "{target}: {HOW}");
        }
    }
}

const HOW: &str = "write the seeds anew with SWITCHHOOK_FUZZ_SEEDS=write";

/// One delivery of each type of a family, the shortest of the fixture, or where it has none that of
/// the table itself: the place of the event in the table, and the body.
fn of_family<F: Family>(fixture: &str) -> Seeds {
    let fixture: Value = serde_json::from_str(fixture).unwrap();
    let samples: Vec<_> = fixture["samples"].as_array().unwrap().iter().collect();
    let body_of = |name: &str| {
        let of_event = samples.iter().filter(|sample| sample["event"] == name);
        let bodies = of_event.map(|sample| sample["body"].as_str().unwrap().as_bytes().to_vec());
        bodies.filter(|body| body.len() < LONGEST).min_by_key(Vec::len)
    };
    let mut seeds = Seeds::new();
    for rows in F::TABLE {
        let found = rows.iter().find_map(|info| Some((info, body_of(info.name)?)));
        let (info, body) = found.unwrap_or_else(|| {
            let sample = rows[0].sample_payload();
            let form = sample.params().map(|params| params.to_form().into_bytes());
            (&rows[0], form.unwrap_or_else(|| sample.as_bytes().to_vec()))
        });
        let at = F::events().position(|event| event.name == info.name).unwrap();
        let bytes = [&[u8::try_from(at).unwrap()], &body[..]].concat();
        seeds.insert(format!("sample-{}", info.name.replace('/', "-")), bytes);
    }
    seeds
}

/// Documents until each name has been in one, the longest first.
fn of_documents(fixture: &str, field: &str, before_name: &str) -> Seeds {
    let cases: Vec<Value> =
        fixture.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut documents: Vec<_> = cases
        .iter()
        .map(|case| {
            let text = case[field].as_str().map_or_else(|| case[field].to_string(), str::to_owned);
            (case["id"].as_str().unwrap(), text)
        })
        .filter(|(_, text)| text.len() <= LONGEST)
        .collect();
    documents.sort_by_key(|(id, text)| (std::cmp::Reverse(text.len()), *id));
    let mut known = BTreeSet::new();
    let mut seeds = Seeds::new();
    for (id, text) in documents {
        let names = text.split(before_name).skip(1).map(|rest| {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        });
        let before = known.len();
        known.extend(names);
        if known.len() > before && seeds.len() < 40 {
            seeds.insert(format!("sample-{id}"), text.into_bytes());
        }
    }
    seeds
}

/// The bytes of an input, from its last field to its first: `Arbitrary` takes values from the
/// beginning, and how long they are from the end.
struct Input(Vec<u8>);

impl Input {
    /// The last field takes all there is.
    fn ending_with(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    fn byte(mut self, byte: impl Into<u8>) -> Self {
        self.0.insert(0, byte.into());
        self
    }

    fn number(self, number: u16) -> Self {
        let [low, high] = number.to_le_bytes();
        self.byte(high).byte(low)
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        let mut all = [bytes, &self.0].concat();
        let length = u16::try_from(bytes.len()).expect("a seed is short");
        match all.len() {
            0..256 => all.push(length.to_le_bytes()[0]),
            _ => all.extend(length.to_be_bytes()),
        }
        Self(all)
    }

    fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    fn maybe<T>(self, value: Option<T>, write: fn(Self, T) -> Self) -> Self {
        match value {
            Some(value) => write(self, value).byte(1_u8),
            None => self.byte(0_u8),
        }
    }
}
