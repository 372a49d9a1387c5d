//! Documents that are made from the tables pass the provider's own schema.

#![allow(clippy::redundant_closure_for_method_calls, reason = "as users write it")]

use std::collections::BTreeSet;

use serde_json::Value;
use switchhook_swml::{
    Document, Json, Object,
    grammar::{self, Group, Kind, ObjectInfo, StepSet},
};

fn table() -> Value {
    serde_json::from_str(include_str!("fixtures/grammar.json")).unwrap()
}

/// Makes documents, and counts what they hold.
struct Maker {
    table: Value,
    schema: jsonschema::Validator,
    seen: BTreeSet<String>,
    documents: usize,
    failures: Vec<String>,
}

type Wrap<'w> = &'w dyn Fn(Json) -> Json;

impl Maker {
    fn judge(&mut self, what: &str, step: Json) {
        self.documents += 1;
        // What a `goto` goes to.
        let label = Json::from([("label", "text")]);
        let section = [("main", Json::List(vec![label, step]))];
        let document = Document::from(Json::from([
            ("version", Json::from("1.0.0")),
            ("sections", Json::from(section)),
        ]));
        let value: Value = serde_json::from_str(&document.to_json()).unwrap();
        if !self.schema.is_valid(&value) {
            self.failures.push(format!("{what}: the schema refuses {value}"));
        }
        // What is made of the tables has no error for the linter either.
        if let Some(error) = document.lint().errors().next() {
            self.failures.push(format!("{what}: {error}: {value}"));
        }
    }

    /// Every value of a form, each in its place in a document.
    fn kind(&mut self, what: &str, kind: Kind, wrap: Wrap<'_>) {
        self.kind_within(what, kind, |_| true, wrap);
    }

    fn kind_within(
        &mut self,
        what: &str,
        kind: Kind,
        takes: impl Fn(&Json) -> bool,
        wrap: Wrap<'_>,
    ) {
        for sample in samples(kind).into_iter().filter(&takes) {
            self.judge(what, wrap(sample));
        }
        match kind {
            Kind::Either(kinds) => {
                for kind in kinds.iter().filter(|kind| samples(**kind).iter().any(&takes)) {
                    self.deeper(what, *kind, wrap);
                }
            }
            kind => self.deeper(what, kind, wrap),
        }
    }

    /// What is inside of a form.
    fn deeper(&mut self, what: &str, kind: Kind, wrap: Wrap<'_>) {
        match kind {
            Kind::List(kind) => {
                self.kind(what, *kind, &|json| wrap(Json::List(vec![json])));
            }
            Kind::Map(kind) => {
                self.kind(what, *kind, &|json| wrap(Json::from([("en", json)])));
            }
            Kind::Object(info) => self.object(info(), wrap),
            Kind::Either(kinds) => kinds.iter().for_each(|kind| self.deeper(what, *kind, wrap)),
            _ => {}
        }
    }

    fn object(&mut self, info: &'static ObjectInfo, wrap: Wrap<'_>) {
        if !self.seen.insert(info.name().to_owned()) {
            return;
        }
        for field in info.fields() {
            let Some(taken) = self.taken(info, field.name()) else { continue };
            let what = format!("{}.{}", info.name(), field.name());
            let base = base_with(info, field.name());
            let with = |value: Json| {
                let mut object = base.clone();
                match (info.name(), value.as_str()) {
                    ("Schema", Some("array")) => object.set("items", least(info)),
                    ("Schema", Some("null")) => object.set("description", "nothing"),
                    _ => {}
                }
                object.set(field.name().to_owned(), in_range(value, field.range()));
                // Through constructors and setters: what they write is what is judged.
                let built = info.build(&object).unwrap_or_else(|| panic!("{what} is not built"));
                let wanted: BTreeSet<_> = object.iter().map(|(n, v)| format!("{n}{v}")).collect();
                let got: BTreeSet<_> = built.iter().map(|(n, v)| format!("{n}{v}")).collect();
                assert_eq!(got, wanted, "{what} is built otherwise");
                wrap(Json::Object(built))
            };
            let takes = |sample: &Json| taken.is_empty() || taken.iter().any(|f| admits(f, sample));
            let ours = [("Params", "acknowledge_interruptions"), ("Params", "interrupt_on_noise")];
            let is_ours = ours.contains(&(info.name(), field.name()));
            match sample_of(info, field.name()) {
                Some(sample) => self.judge(&what, with(sample)),
                None => self.kind_within(
                    &what,
                    field.kind(),
                    // The docs alone know the number there.
                    |sample| takes(sample) && !(is_ours && sample.as_number().is_some()),
                    &with,
                ),
            }
        }
    }

    /// The forms that the schema has for a field, where the table says that it has others than
    /// the docs. `None` where it lacks the field.
    fn taken(&self, info: &ObjectInfo, name: &str) -> Option<Vec<String>> {
        let in_schema = |entry: &Value| {
            entry["in"].as_array().is_none_or(|places| places.iter().any(|place| place == "sdk"))
        };
        if info.name() == "Action" {
            let places = self.table["swaig_actions"][name]["in"].as_array().unwrap();
            if !places.iter().any(|place| place == "schema") {
                return None;
            }
        }
        // A type with another form in the schema stands for that one there.
        let types = info.schema_types().iter().map(|of| &self.table["types"][*of]);
        let types = types.filter(|of| in_schema(of) && of.get("sdk").is_none());
        let mut fields: Vec<_> = types.filter_map(|of| of["fields"].get(name)).collect();
        let methods = grammar::methods(StepSet::Calling)
            .filter(|method| method.object().is_some_and(|taken| std::ptr::eq(taken, info)));
        fields.extend(methods.filter_map(|m| self.table["methods"][m.name()]["fields"].get(name)));
        let field = fields.into_iter().find(|field| in_schema(field))?;
        let form = field["sdk_type"].as_str().or(field["type"].as_str())?;
        Some(form.split(" | ").map(str::to_owned).collect())
    }
}

/// Whether a form of the table admits a value, by its outside.
fn admits(form: &str, json: &Json) -> bool {
    match json {
        Json::Text(text) if text.starts_with(['$', '%']) => matches!(form, "var" | "str" | "any"),
        Json::Text(text) => match form {
            "str" | "any" | "sound" => true,
            "int" | "num" | "bool" | "var" | "null" | "0" => false,
            quoted if quoted.starts_with('"') => quoted.trim_matches('"') == text,
            other => other.starts_with(|c: char| c.is_ascii_uppercase()),
        },
        Json::List(_) => form.starts_with('[') || form == "any",
        Json::Object(_) => {
            form.starts_with('{')
                || form == "any"
                || form == "document"
                || form.starts_with(|c: char| c.is_ascii_uppercase())
        }
        Json::Bool(_) => matches!(form, "bool" | "any"),
        Json::Number(_) => matches!(form, "int" | "num" | "any" | "AttentionTimeout"),
        Json::Null => matches!(form, "null" | "any"),
    }
}

/// A number that the field takes.
fn in_range(value: Json, (min, max): (Option<f64>, Option<f64>)) -> Json {
    let Some(number) = value.as_number().map(switchhook_swml::Number::as_f64) else { return value };
    let out = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    match min.or(max) {
        Some(bound) if out => Json::from(bound),
        _ => value,
    }
}

/// Values for fields that have a form of their own.
fn sample_of(info: &ObjectInfo, field: &str) -> Option<Json> {
    match (info.name(), field) {
        (_, "hard_stop_time") => Some(Json::from("1h30m")),
        ("AiSidecar", "direction") => {
            Some(Json::List(vec!["remote-caller".into(), "local-caller".into()]))
        }
        ("Function" | "BedrockFunction", "data_map") => {
            Some(Json::from([("output", Json::from([("response", "text")]))]))
        }
        _ => None,
    }
}

/// The least object in which a field may stand.
fn base_with(info: &'static ObjectInfo, field: &str) -> Object {
    let mut base = Object::new();
    let mut need = Vec::new();
    for known in info.fields() {
        if known.is_required() {
            need.push(known.name());
        }
    }
    need.extend(info.field(field).and_then(|field| field.only_with()));
    for group in info.groups() {
        if let Group::One(fields) | Group::Some(fields) = group {
            let there = fields.contains(&field) || fields.iter().any(|name| need.contains(name));
            if !there {
                need.push(fields[0]);
            }
        }
    }
    if info.name() == "Schema" {
        return schema_base(field);
    }
    match info.name() {
        // The schema requires what the docs do not.
        "AiSidecar" => need.push("prompt"),
        "Output" => need.extend(["response", "action"]),
        _ => {}
    }
    // A condition has steps, the rest has not.
    if info.name() == "CondBranch" && matches!(field, "else" | "") {
        need = vec!["else"];
    }
    if info.name() == "CondBranch" && field == "then" {
        need.push("when");
    }
    for name in need {
        if name != field && !base.contains(name) {
            let kind = info.field(name).unwrap().kind();
            let sample = sample_of(info, name).unwrap_or_else(|| samples(kind).remove(0));
            base.set(name.to_owned(), sample);
        }
    }
    base
}

fn schema_base(field: &str) -> Object {
    match field {
        "type" | "oneOf" | "allOf" | "anyOf" | "const" => Object::new(),
        "items" => Object::from([("type", "array")]),
        "properties" | "required" => Object::from([("type", "object")]),
        _ => Object::from([("type", "string")]),
    }
}

/// Values of a form, with every flag and every value of a list.
fn samples(kind: Kind) -> Vec<Json> {
    match kind {
        Kind::Any | Kind::Text => vec![Json::from("text")],
        Kind::Variable => vec![Json::from("${vars.x}"), Json::from("%{vars.x}")],
        Kind::Sound => vec![Json::from("say:Hello"), Json::from("https://example.com/a.mp3")],
        Kind::Flag => vec![Json::from(true), Json::from(false)],
        Kind::Integer | Kind::Number => vec![Json::from(5)],
        Kind::Null => vec![Json::Null],
        Kind::One(list) => list.values().iter().map(|value| Json::from(*value)).collect(),
        Kind::List(kind) => vec![Json::List(vec![samples(*kind).remove(0)])],
        Kind::Map(kind) => vec![Json::from([("en", samples(*kind).remove(0))])],
        Kind::Object(info) => vec![Json::Object(least(info()))],
        Kind::Steps(_) => vec![Json::List(vec![Json::from([("hangup", Object::new())])])],
        Kind::Document => vec![Document::new().main(|s| s.hangup()).into()],
        Kind::Either(kinds) => kinds.iter().flat_map(|kind| samples(*kind)).collect(),
        other => panic!("a kind of a new form: {other:?}"),
    }
}

fn least(info: &'static ObjectInfo) -> Object {
    if info.name() == "Schema" {
        return Object::from([("type", "string")]);
    }
    base_with(info, "")
}

#[test]
fn documents_of_the_tables_pass_the_schema() {
    let schema = serde_json::from_str(include_str!("fixtures/schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut maker =
        Maker { table: table(), schema, seen: BTreeSet::new(), documents: 0, failures: Vec::new() };
    for method in grammar::methods(StepSet::Calling) {
        if maker.table["methods"][method.name()]["in"]["sdk_python"] == true {
            maker.kind(method.name(), method.argument(), &|argument| {
                Json::from([(method.name(), argument)])
            });
        }
    }
    assert!(maker.failures.is_empty(), "{}\n{}", maker.failures.join("\n"), maker.failures.len());
    assert!(maker.documents > 1000, "{}", maker.documents);
}
