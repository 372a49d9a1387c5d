//! A model of JSON events against the provider's table: paths instead of names.

use std::collections::BTreeSet;

use switchhook_core::{
    Decoded, EventInfo, Family, FieldPresence, Format, Json, Kind, Member, Params, Payload,
};

use crate::{Table, strings};

impl Table {
    /// Each event has the paths of the table, documented and further ones, each of the type that
    /// the table gives. An object has no field of its own where its members have some.
    /// `units` are the numbers whose unit the table has in words or in the name.
    ///
    /// Where several events share a type, it has the fields of all, and documents what all of
    /// them document.
    ///
    /// # Panics
    ///
    /// When the model and the table differ.
    pub fn has_the_paths_of<F: Family>(&self, units: &[(&str, Kind)]) {
        for rows in F::TABLE.iter().filter(|rows| rows[0].format == Format::Json) {
            let first = &rows[0];
            let mut theirs: BTreeSet<&str> = BTreeSet::new();
            let mut documented: Option<BTreeSet<&str>> = None;
            for info in *rows {
                let event = &self.part("events")[info.name];
                let required: BTreeSet<_> = strings(&event["required"]).into_iter().collect();
                theirs.extend(
                    strings(&event["optional"]).into_iter().chain(required.iter().copied()),
                );
                documented = Some(match documented {
                    None => required,
                    Some(all) => &all & &required,
                });
            }
            let ours = paths_of(first);
            for field in first.fields {
                self.fits(first, field.wire, field.kind, units);
            }
            // An object on the way to fields is no field.
            let around = |path: &str| {
                let inside = format!("{path}.");
                ours.iter().any(|ours| ours.starts_with(&inside))
            };
            for path in &theirs {
                assert!(ours.contains(*path) || around(path), "{} lacks {path}", first.name);
            }
            // Where the table has a list, it need not repeat what is in it.
            for path in ours.iter().filter(|path| !path.contains("[]")) {
                assert!(theirs.contains(path.as_str()), "{} has {path}", first.name);
            }
            let documented = documented.unwrap_or_default();
            for field in first.fields {
                let ours = field.presence != FieldPresence::Also;
                let subject = field.presence == FieldPresence::Subject;
                assert!(
                    ours == documented.contains(field.wire) || subject,
                    "{} on {}",
                    field.wire,
                    first.name
                );
            }
        }
    }

    fn fits(&self, info: &EventInfo, path: &str, kind: Kind, units: &[(&str, Kind)]) {
        let refined =
            self.part("events")[info.name].get("refine").and_then(|refine| refine.get(path));
        let listed = &self.part("params")[path]["type"];
        let theirs = refined.filter(|refined| refined.is_string()).unwrap_or(listed);
        let theirs = theirs.as_str().expect("a type");
        assert!(
            units.contains(&(path, kind)) || fits(kind, theirs),
            "{path} of {}: {kind:?} for {theirs}",
            info.name
        );
    }

    /// Every path of the table is on some event, and every member of a typed object has the type
    /// of the table. `apart` are those of events that are no JSON.
    #[allow(clippy::missing_panics_doc)]
    pub fn has_all_paths_of<F: Family>(
        &self,
        count: usize,
        apart: &[&str],
        units: &[(&str, Kind)],
    ) {
        let mut ours: BTreeSet<String> = apart.iter().map(|path| (*path).to_owned()).collect();
        for info in F::events().filter(|info| info.format == Format::Json) {
            ours.extend(paths_of(info));
            for field in info.fields {
                let at = format!("{}{}", field.wire, list(field.kind));
                for member in field.members {
                    let path = format!("{at}.{}", member.name);
                    let theirs = self.part("params")[&path]["type"].as_str().expect("a type");
                    let unit = units.contains(&(path.as_str(), member.kind));
                    assert!(
                        unit || fits(member.kind, theirs),
                        "{path}: {:?} for {theirs}",
                        member.kind
                    );
                }
            }
        }
        assert_eq!(self.part("params").len(), count);
        for path in self.part("params").keys() {
            let inside = format!("{path}.");
            let found = ours.contains(path) || ours.iter().any(|ours| ours.starts_with(&inside));
            assert!(found, "nothing has {path}");
        }
    }

    /// Every sample is read as its event, by what it carries where it can be told so, without a
    /// problem or anything unknown, and written again value for value. `routed` are the events
    /// that their route alone tells.
    #[allow(clippy::missing_panics_doc)]
    pub fn bodies_decode<F: Family>(&self, count: usize, routed: &[&str], extra: &[&str]) {
        let samples = self.samples();
        assert_eq!(samples.len(), count);
        for sample in samples {
            let is_json = sample.body.starts_with('{');
            let payload = if is_json {
                Payload::from(Json::parse(sample.body.as_bytes()).expect("JSON"))
            } else {
                Payload::from(Params::parse(sample.body.as_bytes()).expect("a form"))
            };
            let mut event = F::decode(&payload);
            if routed.contains(&sample.event.as_str()) {
                assert!(matches!(event.decoded(), Decoded::Unknown { .. }), "{event:?}");
                event = F::decode_as(&sample.event, &payload);
            }
            let Decoded::Event(data) = event.decoded() else {
                panic!("{event:?}: {}", sample.body)
            };
            assert_eq!(data.name(), sample.event, "{}", sample.body);
            assert_eq!(data.problems(), [], "{}", sample.body);
            let unknown: Vec<_> =
                data.extra_names().into_iter().filter(|name| !extra.contains(&&**name)).collect();
            assert_eq!(unknown, Vec::<String>::new(), "{}", sample.body);
            let written = data.to_payload();
            if let Some(json) = written.json() {
                assert_eq!(json.as_str(), sample.body);
                let value: serde_json::Value = serde_json::from_str(&sample.body).expect("JSON");
                assert_eq!(json.to::<serde_json::Value>().expect("a value"), value);
            } else {
                assert_eq!(written, payload);
            }
        }
    }
}

/// The paths of an event in JSON: of its name, its fields, and what is known of their inside.
pub fn paths_of(info: &EventInfo) -> BTreeSet<String> {
    let mut paths: BTreeSet<_> = info.discriminator.into_iter().map(str::to_owned).collect();
    for field in info.fields {
        paths.insert(field.wire.to_owned());
        paths_inside(&format!("{}{}", field.wire, list(field.kind)), field.members, &mut paths);
    }
    paths
}

fn paths_inside(at: &str, members: &[Member], found: &mut BTreeSet<String>) {
    for member in members {
        let path = format!("{at}.{}", member.name);
        paths_inside(&format!("{path}{}", list(member.kind)), member.members, found);
        found.insert(path);
    }
}

/// What the table writes behind the path of a list, before those of its items.
fn list(kind: Kind) -> &'static str {
    if kind == Kind::Array { "[]" } else { "" }
}

fn fits(ours: Kind, theirs: &str) -> bool {
    match ours {
        Kind::Text => matches!(theirs, "string" | "uuid" | "url" | "e164-or-address"),
        Kind::Enum(name) => theirs == format!("enum:{name}"),
        Kind::Integer => theirs == "integer",
        Kind::Seconds => theirs == "integer seconds",
        Kind::Decimal => theirs == "decimal",
        Kind::Boolean => theirs == "boolean",
        Kind::Timestamp => theirs == "timestamp:iso8601",
        Kind::EpochSeconds => theirs == "timestamp:epoch-seconds",
        Kind::EpochMilliseconds => theirs == "timestamp:epoch-millis",
        Kind::EpochMicroseconds => theirs == "timestamp:epoch-micros",
        Kind::Object => theirs == "object",
        Kind::Array => matches!(theirs, "array:string" | "array:url" | "array:object"),
        Kind::Value => matches!(theirs, "any" | "map" | "array:any" | "array:map"),
        _ => false,
    }
}
