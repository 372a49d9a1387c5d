use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use switchhook_core::{
    Decoded, EventInfo, Family, FieldPresence, Json, Kind, Params, Pattern, Payload,
};

/// A copy of a provider's table, as its fixture has it.
#[derive(Debug)]
pub struct Table {
    pub(crate) table: Map<String, Value>,
}

/// A body of the table and the event that it is of.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The name of the event.
    pub event: String,
    /// The form.
    pub body: String,
}

/// The texts of a JSON list.
///
/// # Panics
///
/// When it is none: the fixture is broken.
pub fn strings(value: &Value) -> Vec<&str> {
    let texts = value.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().expect("the list has texts")).collect()
}

impl Table {
    /// Reads a fixture.
    ///
    /// # Panics
    ///
    /// When it is no JSON object, as all of these when the model and the table differ.
    pub fn read(fixture: &str) -> Self {
        Self { table: serde_json::from_str(fixture).expect("the fixture is JSON") }
    }

    /// A part of the table, such as `events`.
    #[allow(clippy::missing_panics_doc)]
    pub fn part(&self, name: &str) -> &Map<String, Value> {
        self.table[name].as_object().unwrap_or_else(|| panic!("{name} is an object"))
    }

    /// A list of the table, such as `samples`.
    #[allow(clippy::missing_panics_doc)]
    pub fn list(&self, name: &str) -> &[Value] {
        self.table[name].as_array().unwrap_or_else(|| panic!("{name} is a list"))
    }

    /// The type of a parameter, such as `sid:CA`, for the events of this group.
    #[allow(clippy::missing_panics_doc)]
    pub fn type_of(&self, wire: &str, group: &str) -> &str {
        let param = &self.table["params"][wire];
        let special = param.get("type_by_group").and_then(|types| types.get(group));
        special.unwrap_or(&param["type"]).as_str().unwrap_or_else(|| panic!("no type of {wire}"))
    }

    /// Both have the same events in the same groups, `count` of them.
    #[allow(clippy::missing_panics_doc)]
    pub fn has_the_events_of<F: Family>(&self, count: usize) {
        assert_eq!(self.table["family"], F::NAME);
        let ours: BTreeMap<_, _> = F::events().map(|info| (info.name, info.group)).collect();
        let theirs: BTreeMap<_, _> = self
            .part("events")
            .iter()
            .map(|(name, event)| (name.as_str(), event["group"].as_str().expect("a group")))
            .collect();
        assert_eq!(ours, theirs);
        assert_eq!((ours.len(), F::events().count()), (count, count));
    }

    /// Each event has the parameters of the table, documented and further ones, each of the
    /// type that the table gives, under the same name in snake case. `renamed` lists what has
    /// another name here than on the wire, `units` the numbers whose unit the table has in words.
    ///
    /// Of events with paths, see [`has_the_paths_of`](Self::has_the_paths_of).
    ///
    /// Where several events share a type, its fields are those of all, and it documents what all
    /// of them document; the samples have what their own event documents.
    #[allow(clippy::missing_panics_doc)]
    pub fn has_the_fields_of<F: Family>(&self, renamed: &[(&str, &str)], units: &[(&str, Kind)]) {
        let is_nested = |info: &EventInfo| info.fields.iter().any(|field| field.wire.contains('.'));
        for rows in F::TABLE.iter().filter(|rows| !is_nested(&rows[0])) {
            let infos: Vec<&EventInfo> = rows.iter().collect();
            let sets = |documented: bool| -> Vec<BTreeSet<&str>> {
                infos.iter().map(|info| self.parameters(info, documented)).collect()
            };
            let theirs: BTreeSet<_> = sets(false).into_iter().chain(sets(true)).flatten().collect();
            let documented = sets(true).into_iter().reduce(|all, own| &all & &own);
            let first = infos[0];
            let ours: BTreeSet<_> = names(first, |_| true);
            assert_eq!(ours, theirs, "{}", first.group);
            let ours = first.fields.iter().filter(|field| field.presence != FieldPresence::Also);
            let ours: BTreeSet<_> = ours.map(|field| field.wire).collect();
            assert_eq!(Some(ours), documented, "documented on {}", first.group);
            for info in infos {
                self.sample_has_what_is_documented(info);
            }
            for field in first.fields {
                let theirs = self.type_of(field.wire, first.group);
                let unit = units.contains(&(field.wire, field.kind));
                assert!(
                    unit || fits(field.kind, theirs),
                    "{}: {:?} for {theirs}",
                    field.wire,
                    field.kind
                );
                let wire = renamed.iter().find(|name| name.0 == field.name);
                let wire = wire.map_or(field.wire, |name| name.1);
                assert_eq!(wire, field.wire);
                if !renamed.iter().any(|name| name.0 == field.name) {
                    assert_eq!(field.name, snake_case(wire), "{}", first.group);
                }
                let aliases = strings(&self.table["params"][field.wire]["aliases"]);
                assert_eq!(field.aliases, aliases, "{}", field.wire);
            }
        }
    }

    /// The parameters that the table has on an event, but for a discriminator that is no field.
    fn parameters(&self, info: &EventInfo, documented: bool) -> BTreeSet<&str> {
        let event = &self.table["events"][info.name];
        let lists: &[&str] = match (documented, event.get("provider_always")) {
            (false, _) => &["optional"],
            (true, None) => &["required"],
            (true, Some(_)) => &["required", "provider_always"],
        };
        let all = lists.iter().flat_map(|list| strings(&event[*list]));
        // A discriminator may be a field too.
        let is_field = |name: &&str| info.fields.iter().any(|field| field.wire == *name);
        all.filter(|name| info.discriminator != Some(name) || is_field(name))
            .map(pattern_name)
            .collect()
    }

    fn sample_has_what_is_documented(&self, info: &EventInfo) {
        let sample = info.sample();
        for name in self.parameters(info, true) {
            let sent = sample.iter().any(|(sent, _)| {
                sent == name || info.patterns.iter().any(|p| pattern(*p) == name && p.covers(sent))
            });
            assert!(sent, "the sample of {} lacks {name}", info.name);
        }
    }

    /// Each parameter of the table is on some event.
    #[allow(clippy::missing_panics_doc)]
    pub fn has_the_parameters_of<F: Family>(&self, count: usize) {
        let ours: BTreeSet<_> = F::events()
            .flat_map(|info| names(info, |_| true).into_iter().chain(info.discriminator))
            .collect();
        let theirs: BTreeSet<_> =
            self.part("params").keys().map(String::as_str).map(pattern_name).collect();
        assert_eq!(ours, theirs);
        assert_eq!(theirs.len(), count);
    }

    /// The enums have the values of the table; `apart` are those that are no type here.
    #[allow(clippy::missing_panics_doc)]
    pub fn has_the_enums(&self, ours: &[(&str, Vec<&str>)], apart: &[&str]) {
        let ours: BTreeMap<_, _> = ours.iter().cloned().collect();
        let theirs: BTreeMap<_, _> = self
            .part("enums")
            .iter()
            .filter(|(name, _)| !apart.contains(&name.as_str()))
            .map(|(name, values)| (name.as_str(), strings(&values["values"])))
            .collect();
        assert_eq!(ours, theirs);
    }

    /// The samples of the table.
    #[allow(clippy::missing_panics_doc)]
    pub fn samples(&self) -> Vec<Sample> {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let samples = self.table["samples"].as_array().expect("a list");
        samples
            .iter()
            .map(|s| Sample { event: text(&s["event"]), body: text(&s["body"]) })
            .collect()
    }

    /// Every sample of the table is read as its event, each parameter typed or empty or one
    /// of those `extra`, without a problem, and written again as it was.
    #[allow(clippy::missing_panics_doc)]
    pub fn samples_decode<F: Family>(&self, count: usize, extra: &[&str]) {
        let samples = self.samples();
        assert_eq!(samples.len(), count);
        for Sample { event: name, body } in &samples {
            let payload = match Json::parse(body.as_bytes()) {
                Ok(json) => Payload::from(json),
                Err(_) => Payload::from(Params::parse(body.as_bytes()).expect("a form")),
            };
            let mut event = F::decode_as(name, &payload);
            if F::NAMED && !matches!(F::decode(&payload).decoded(), Decoded::Unknown { .. }) {
                event = F::decode(&payload);
            }
            let Decoded::Event(data) = event.decoded() else { panic!("{name} read as {event:?}") };
            assert_eq!(data.name(), name, "{body}");
            assert_eq!(data.problems(), [], "{body}");
            for name in data.extra_names() {
                assert!(extra.contains(&name.as_ref()), "{name} is not of the model: {body}");
            }
            let Some(params) = payload.params() else {
                assert_eq!(data.to_payload(), payload);
                continue;
            };
            let written = data.to_payload();
            let written: Vec<_> = written.params().expect("a form").iter().collect();
            // A name that the route stood for is written.
            let route = data.info().discriminator.filter(|named| !params.contains(named));
            assert_eq!(&written[usize::from(route.is_some())..], params.iter().collect::<Vec<_>>());
            let mut typed = 0;
            data.visit(&mut |_, value| typed += usize::from(value.is_some()));
            let names = |(name, value): &(&str, &str)| {
                data.info().field(name).is_some() && !value.is_empty()
            };
            assert_eq!(typed, params.iter().filter(names).count(), "{body}");
        }
    }
}

/// The names of the fields and the patterns of an event.
fn names(info: &EventInfo, keep: impl Fn(FieldPresence) -> bool) -> BTreeSet<&'static str> {
    let fields = info.fields.iter().filter(|field| keep(field.presence)).map(|field| field.wire);
    fields.chain(info.patterns.iter().map(|p| pattern(*p))).collect()
}

fn pattern(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Prefixed(name) | Pattern::Indexed(name) => name,
        other => panic!("{other:?}"),
    }
}

/// The table writes `MediaUrl{N}` or `SipHeader_{name}`.
fn pattern_name(name: &str) -> &str {
    name.strip_suffix("{N}").or(name.strip_suffix("{name}")).unwrap_or(name)
}

fn snake_case(wire: &str) -> String {
    let mut name = String::new();
    for letter in wire.replace('.', "").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn fits(ours: Kind, theirs: &str) -> bool {
    match ours {
        Kind::Text => matches!(theirs, "string" | "uuid" | "url" | "e164-or-address"),
        Kind::Sid(prefix) => theirs == format!("sid:{prefix}"),
        Kind::Enum(name) => theirs == format!("enum:{name}"),
        Kind::Integer => theirs == "integer",
        Kind::Seconds => theirs == "integer seconds",
        Kind::Decimal => theirs == "decimal",
        Kind::Boolean => theirs == "boolean",
        Kind::Timestamp => theirs.starts_with("timestamp:"),
        Kind::Json => theirs == "json",
        Kind::Value => theirs == "map",
        Kind::List => theirs == "list:comma",
        // The unit is in the words of the table alone.
        _ => false,
    }
}
