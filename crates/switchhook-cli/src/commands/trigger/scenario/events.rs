//! The events of a scenario, with the values of a run.

use anyhow::Context;
use switchhook::EventInfo;

use super::{
    table::{Scenario, Texts},
    values::Values,
};
use crate::{
    commands::trigger::{
        Args,
        payload::{Pairs, sample, set},
    },
    exit::usage,
    families::{FamilyEntry, family, unknown},
};

/// Makes the parameters of events.
pub(super) struct Events<'a> {
    pub(super) scenario: &'static Scenario,
    pub(super) family: &'static FamilyEntry,
    /// What the caller sets, and whether any event has it of itself.
    data: Vec<(&'a str, &'a str, bool)>,
    extra: &'a [(String, String)],
}

impl<'a> Events<'a> {
    /// Takes a scenario and what the caller sets in its events.
    ///
    /// # Errors
    ///
    /// When none of them has such a parameter.
    pub(super) fn new(scenario: &'static Scenario, args: &'a Args) -> anyhow::Result<Self> {
        let family = family(&scenario.family)?;
        let all = all(scenario)
            .map(|(event, texts)| Ok((family.event(event)?, texts)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let data = args.data.iter().map(|(name, value)| {
            if !all.iter().any(|(event, _)| event.names(name)) {
                let known = all.iter().flat_map(|(event, _)| event.fields).map(|field| field.wire);
                let what = format!("parameter of {}", scenario.name);
                let why = unknown(&what, name, known);
                return Err(usage(format!("{why} (--extra adds any name)")));
            }
            let sent = all.iter().any(|(event, texts)| {
                event.sample().get(name).is_some()
                    || texts.0.iter().any(|(set, value)| set == name && value.is_some())
            });
            Ok((name.as_str(), value.as_str(), sent))
        });
        let data = data.collect::<anyhow::Result<_>>()?;
        Ok(Self { scenario, family, data, extra: &args.extra })
    }

    /// An event of the scenario so many seconds after its beginning, with parameters of its own.
    ///
    /// # Errors
    ///
    /// When the table names what there is not.
    pub(super) fn make(
        &self,
        values: &mut Values,
        event: &str,
        own: &Texts,
        at: u32,
    ) -> anyhow::Result<(&'static EventInfo, Pairs)> {
        let event = self.family.event(event)?;
        let mut pairs = sample(event);
        for (name, template) in &self.scenario.common.0 {
            if let Some(pair) = pairs.iter_mut().find(|pair| pair.0 == *name) {
                let template = template.as_deref().with_context(|| format!("{name} is null"))?;
                pair.1 = values.fill(template, at)?;
            }
        }
        for (name, template) in &own.0 {
            match template {
                Some(template) => set(&mut pairs, name, &values.fill(template, at)?),
                None => pairs.retain(|pair| pair.0 != *name),
            }
        }
        for &(name, value, sent) in &self.data {
            let has = pairs.iter().any(|pair| pair.0 == name);
            if has || !sent && event.names(name) {
                set(&mut pairs, name, value);
            }
        }
        pairs.extend(self.extra.iter().cloned());
        Ok((event, pairs))
    }
}

/// Every event that the scenario may send, with what it sets.
fn all(scenario: &Scenario) -> impl Iterator<Item = (&str, &Texts)> {
    scenario.steps.iter().flat_map(|step| {
        let visits = step.follow.values().flatten().flatten();
        let visits = visits.map(|visit| (visit.event.as_str(), &visit.set));
        std::iter::once((step.event.as_str(), &step.set)).chain(visits)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::Parser;
    use serde_json::{Value, json};

    use super::{super::table::scenarios, *};
    use crate::commands::trigger::payload::payload;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn args(scenario: &str, more: &[&str]) -> Args {
        let line = ["trigger", "--to", "http://a", "--scenario", scenario];
        Line::parse_from(line.iter().chain(more)).args
    }

    fn values(scenario: &Scenario) -> Values {
        Values::new(&scenario.values, "2026-03-04T10:11:12.345678Z".parse().unwrap()).unwrap()
    }

    /// Every event and every parameter of the table is one of its family's tables, and what is
    /// sent is read as that event, without a problem and without a value that nobody knows.
    #[test]
    fn scenarios_are_what_the_tables_of_the_families_say() {
        let mut names = HashSet::new();
        for scenario in scenarios() {
            assert!(names.insert(&scenario.name), "{} is there twice", scenario.name);
            let args = args(&scenario.name, &[]);
            let events = Events::new(scenario, &args).unwrap();
            let mut values = values(scenario);
            let mut used = HashSet::new();
            for (event, own) in all(scenario) {
                let what = format!("{} {event}", scenario.name);
                let (info, pairs) = events.make(&mut values, event, own, 1).expect(&what);
                assert!(info.listed, "{what}");
                for (name, template) in &own.0 {
                    assert!(info.names(name), "{what}: {name}");
                    let sent = info.sample().get(name).is_some();
                    assert!(template.is_some() || sent, "{what}: {name} is not there anyway");
                }
                used.extend(pairs.iter().map(|pair| pair.0.clone()));
                for (name, value) in &pairs {
                    assert!(!value.contains("${"), "{what}: {name}");
                }
                let payload = payload(info, &pairs).unwrap();
                let read = (events.family.describe)(&payload, Some(event)).unwrap();
                let read = Value::from(read);
                assert_eq!((&read["event"], &read["known"]), (&json!(event), &json!(true)));
                assert_eq!(read["malformed"], Value::Null, "{what}");
                assert_eq!(read["problems"], json!([]), "{what}");
                assert_eq!(read["unrecognized"], json!({}), "{what}");
            }
            for (name, _) in &scenario.common.0 {
                assert!(used.contains(name), "{}: {name}", scenario.name);
            }
        }
    }

    /// What a lifecycle is about is the same in all of its events, and nothing in two lifecycles.
    #[test]
    fn a_run_is_about_one_thing() {
        let all = |scenario: &'static Scenario, name: &str| {
            let args = args(&scenario.name, &[]);
            let events = Events::new(scenario, &args).unwrap();
            let mut values = values(scenario);
            let made = scenario.steps.iter().filter_map(|step| {
                let (_, pairs) = events.make(&mut values, &step.event, &step.set, step.at).unwrap();
                pairs.into_iter().find(|pair| pair.0 == name).map(|pair| pair.1)
            });
            made.collect::<Vec<_>>()
        };
        for (scenario, name) in [
            ("video-room", "RoomSid"),
            ("conference", "ConferenceSid"),
            ("conversation", "ConversationSid"),
            ("signalwire-call", "params.call_id"),
            ("signalwire-room", "room_id"),
        ] {
            let scenario = super::super::table::scenario(scenario).unwrap();
            let first: HashSet<_> = all(scenario, name).into_iter().collect();
            let second: HashSet<_> = all(scenario, name).into_iter().collect();
            assert_eq!((first.len(), second.len()), (1, 1), "{}", scenario.name);
            assert!(first.is_disjoint(&second), "{}", scenario.name);
        }
        let room = super::super::table::scenario("video-room").unwrap();
        let numbers = all(room, "SequenceNumber");
        let expected: Vec<_> = (0..numbers.len()).map(|number| number.to_string()).collect();
        assert_eq!(numbers, expected);
        assert!(all(room, "Timestamp").is_sorted());
    }

    #[test]
    fn the_caller_sets_what_events_have() {
        let scenario = super::super::table::scenario("video-room").unwrap();
        let more = ["-d", "RoomName=x", "-d", "RoomDuration=7", "--extra", "Beta=1"];
        let args = args("video-room", &more);
        let events = Events::new(scenario, &args).unwrap();
        let mut values = values(scenario);
        let mut get = |event: &str, name: &str| {
            let (_, pairs) = events.make(&mut values, event, &Texts::default(), 0).unwrap();
            pairs.into_iter().find(|pair| pair.0 == name).map(|pair| pair.1)
        };
        assert_eq!(get("room-created", "RoomName").as_deref(), Some("x"));
        assert_eq!(get("room-ended", "RoomDuration").as_deref(), Some("7"));
        assert_eq!(get("room-created", "RoomDuration"), None);
        assert_eq!(get("composition-started", "RoomName"), None);
        assert_eq!(get("composition-started", "Beta").as_deref(), Some("1"));

        // What none has of itself, all get that may have it.
        let args = super::tests::args("message", &["-d", "ErrorCode=30008"]);
        let scenario = super::super::table::scenario("message").unwrap();
        let events = Events::new(scenario, &args).unwrap();
        let mut values = super::tests::values(scenario);
        let (_, pairs) =
            events.make(&mut values, "message-status.sent", &Texts::default(), 0).unwrap();
        assert!(pairs.contains(&("ErrorCode".into(), "30008".into())));

        let args = super::tests::args("message", &["-d", "MesageSid=1"]);
        let error = Events::new(scenario, &args).err().unwrap().to_string();
        assert!(error.contains("did you mean MessageSid?"), "{error}");
    }
}
