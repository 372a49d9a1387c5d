//! The model against the table of the provider's grammar, in both directions.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde_json::{Map, Value, json};
use switchhook_swml::{
    Json,
    grammar::{self, Kind, ObjectInfo, StepSet, Unit},
    read,
};

fn table() -> &'static Value {
    static TABLE: OnceLock<Value> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(include_str!("fixtures/grammar.json")).unwrap())
}

fn entries(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().map(|entry| entry.as_str().unwrap()).collect()
}

/// Types that are a union in Rust, or a plain value with a rule: they have no fields and no
/// values of their own.
const PLAIN: [&str; 9] = [
    "TranscribeAction",
    "TranslateAction",
    "TranscribeSummarizeActionUnion",
    "SummarizeActionUnion",
    "AISidecarPrompt",
    "ValidConfirmMethods",
    "AttentionTimeout",
    "FunctionFillers",
    "TurnFillers",
];

/// Fields that stand in another table of the fixture: `swaig_actions`.
const ACTION: &str = "Action";

#[test]
fn counts_are_those_of_the_table() {
    let table = table();
    assert_eq!(entries(&table["methods"]).len(), 43);
    assert_eq!(entries(&table["messaging"]["methods"]).len(), 9);
    assert_eq!(entries(&table["types"]).len(), 183);
    assert_eq!(entries(&table["swaig_actions"]).len(), 28);
}

#[test]
fn methods_are_those_of_the_table_and_no_more() {
    let table = table();
    let methods = [
        (StepSet::Calling, &table["methods"]),
        (StepSet::Messaging, &table["messaging"]["methods"]),
    ];
    for (set, wanted) in methods {
        let ours: BTreeSet<_> = grammar::methods(set).map(grammar::MethodInfo::name).collect();
        let wanted_names: BTreeSet<_> = entries(wanted).keys().map(|name| &**name).collect();
        assert_eq!(ours, wanted_names);
        for method in grammar::methods(set) {
            let wanted = &wanted[method.name()];
            assert_eq!(method.ends_section(), ends(method.name(), wanted), "{method:?}");
            for argument in strings(&wanted["argument"]) {
                for sample in samples(argument) {
                    assert!(method.argument().fits(&sample), "{method:?} takes {argument}");
                }
            }
        }
    }
    let confirm: BTreeSet<_> =
        grammar::methods(StepSet::Confirming).map(grammar::MethodInfo::name).collect();
    let wanted = strings(&table["types"]["ValidConfirmMethods"]["methods"]);
    assert_eq!(confirm, wanted.into_iter().collect());
}

fn ends(name: &str, wanted: &Value) -> bool {
    wanted["ends_section"] == true || (name == "hangup" && wanted["fields"]["reason"].is_object())
}

#[test]
fn types_are_those_of_the_table_and_no_more() {
    let table = table();
    let mut wanted: BTreeSet<_> = entries(&table["types"]).keys().map(|name| &**name).collect();
    wanted.extend(entries(&table["messaging"]["types"]).keys().map(|name| &**name));
    let mut ours: Vec<_> = PLAIN.to_vec();
    ours.extend(grammar::objects().iter().flat_map(|object| object.schema_types()));
    ours.extend(grammar::lists().iter().flat_map(|list| list.schema_types()));
    let once: BTreeSet<_> = ours.iter().copied().collect();
    assert_eq!(once.len(), ours.len(), "no type stands for two of ours");
    assert_eq!(once, wanted);
}

/// The fields that the table has for an object: of all its types, and of the methods that
/// take it.
fn wanted_fields(table: &Value, object: &'static ObjectInfo) -> BTreeMap<String, Vec<Value>> {
    let mut fields = BTreeMap::<String, Vec<Value>>::new();
    let mut add = |from: &Value| {
        for (name, field) in from["fields"].as_object().into_iter().flatten() {
            fields.entry(name.clone()).or_default().push(field.clone());
        }
    };
    for name in object.schema_types() {
        for types in [&table["types"], &table["messaging"]["types"]] {
            add(&types[*name]);
        }
    }
    for (set, methods) in [
        (StepSet::Calling, &table["methods"]),
        (StepSet::Messaging, &table["messaging"]["methods"]),
    ] {
        for method in grammar::methods(set) {
            if method.object().is_some_and(|taken| std::ptr::eq(taken, object)) {
                add(&methods[method.name()]);
            }
        }
    }
    if object.name() == ACTION {
        for name in entries(&table["swaig_actions"]).keys() {
            fields.entry(name.clone()).or_default();
        }
    }
    fields
}

#[test]
fn fields_are_those_of_the_table_and_no_more() {
    let table = table();
    for object in grammar::objects() {
        let wanted = wanted_fields(table, object);
        let ours: BTreeSet<_> = object.fields().iter().map(grammar::FieldInfo::name).collect();
        assert_eq!(ours.len(), object.fields().len(), "{object:?} has a field twice");
        assert_eq!(ours, wanted.keys().map(|name| &**name).collect(), "{object:?}");
    }
}

#[test]
fn fields_take_what_the_table_says() {
    let table = table();
    for object in grammar::objects() {
        for (name, wanted) in wanted_fields(table, object) {
            let field = object.field(&name).unwrap();
            for wanted in wanted {
                for form in forms(&wanted) {
                    for sample in samples(form) {
                        assert!(field.kind().fits(&sample), "{object:?}.{name} takes {form}");
                    }
                }
            }
        }
    }
}

/// Where ours takes more, since the table's variants are one type here or a page says so.
const LAXER: [&str; 9] = [
    "Action.context_switch",
    "Action.hold",
    "Action.playback_bg",
    "Action.transfer",
    "Action.unset_global_data",
    "Action.unset_meta_data",
    "Params.acknowledge_interruptions",
    "Params.interrupt_on_noise",
    "Schema.default",
];

#[test]
fn fields_take_nothing_else() {
    let table = table();
    let shapes = [
        Json::Null,
        Json::from(true),
        Json::from(5),
        Json::from(2.5),
        Json::from("no such"),
        Json::from("${vars.x}"),
        Json::List(vec![]),
        Json::from([("no_such", 1)]),
    ];
    let mut laxer = BTreeSet::new();
    for object in grammar::objects() {
        for (name, wanted) in wanted_fields(table, object) {
            let known = format!("{}.{name}", object.name());
            if wanted.is_empty() {
                continue;
            }
            let field = object.field(&name).unwrap();
            for shape in &shapes {
                let takes = wanted.iter().flat_map(forms).any(|form| admits(form, shape));
                assert!(field.kind().fits(shape) || !takes, "{known} and {shape}");
                if field.kind().fits(shape) && !takes {
                    laxer.insert(known.clone());
                }
            }
        }
    }
    assert_eq!(laxer, LAXER.iter().map(|known| (*known).to_owned()).collect());
}

#[test]
fn required_fields_ranges_and_units_are_those_of_the_table() {
    let table = table();
    for object in grammar::objects() {
        let variants = object.schema_types().len().max(1);
        for (name, wanted) in wanted_fields(table, object) {
            let field = object.field(&name).unwrap();
            let known = format!("{}.{name}", object.name());
            if object.name() != ACTION && variants == 1 {
                // The table's two schemas disagree about `prompt`: a warning.
                let all = wanted.iter().all(|wanted| wanted["required"] == true);
                assert_eq!(field.is_required(), all && !wanted.is_empty(), "{known}");
            }
            for wanted in &wanted {
                match wanted["unit"].as_str() {
                    Some("s") => assert_eq!(field.unit(), Some(Unit::Seconds), "{known}"),
                    Some("ms") => assert_eq!(field.unit(), Some(Unit::Milliseconds), "{known}"),
                    Some("dB") => assert_eq!(field.unit(), Some(Unit::Decibels), "{known}"),
                    _ => {}
                }
                let range = wanted["range"].as_str().or(wanted["docs_range"].as_str());
                let range = range.and_then(|range| range.split(';').next());
                if let Some((low, high)) = range.and_then(|range| range.split_once("..")) {
                    let bounds = (low.parse().ok(), high.parse().ok());
                    if low.parse::<f64>().is_ok() || high.parse::<f64>().is_ok() {
                        assert_eq!(field.range(), bounds, "{known}");
                    }
                }
            }
        }
    }
}

#[test]
fn values_are_those_of_the_table() {
    let table = table();
    let types = table["types"].as_object().unwrap().iter();
    let messaging = table["messaging"]["types"].as_object().unwrap().iter();
    for (name, entry) in types.chain(messaging).filter(|(_, entry)| entry["kind"] == "enum") {
        let list = grammar::lists().into_iter().find(|list| list.schema_types().contains(&&**name));
        assert_eq!(list.unwrap().values(), strings(&entry["values"]), "{name}");
    }
    // Each list of the table is one of ours. Lists of names in free text are not.
    let ours: Vec<_> = grammar::lists().iter().map(|list| list.values()).collect();
    for (name, values) in entries(&table["enums"]) {
        let free = ["filler_", "ring_", "pay.prompts", "answer.", "connect.confirm", "voice "];
        if free.iter().any(|free| name.starts_with(free)) || !values.is_array() {
            continue;
        }
        let values: Vec<_> =
            strings(values).into_iter().filter(|value| *value != "(any string)").collect();
        assert!(ours.iter().any(|list| **list == *values), "{name}");
    }
}

/// The alternatives of a field, of both schemas. Where the older one takes anything, the
/// newer one says what.
fn forms(field: &Value) -> Vec<&str> {
    ["type", "sdk_type"]
        .into_iter()
        .filter_map(|key| field[key].as_str())
        .filter(|form| !(field["sdk_type"] == **form && form.contains("any")))
        .flat_map(|form| split(form))
        .collect()
}

/// `a | [b | c]` is `a` and `[b | c]`.
fn split(form: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, byte) in form.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'|' if depth == 0 => {
                parts.push(form[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(form[start..].trim());
    parts
}

/// A few values of a form of the table.
fn samples(form: &str) -> Vec<Json> {
    let sample = match form {
        "str" => json!("some text"),
        "int" => json!(20000),
        "num" => json!(0.5),
        "0" => json!(0),
        "bool" => json!(true),
        "null" => json!(null),
        "var" => json!("${vars.x}"),
        "sound" => json!("say:Hello"),
        "any" => return vec![Json::Null, Json::from("x"), Json::List(vec![])],
        "{}" | "object" | "document" => json!({}),
        quoted if quoted.starts_with('"') => serde_json::from_str(quoted).unwrap(),
        list if list.starts_with('[') => json!([]),
        map if map.starts_with('{') => json!({}),
        named => return named_samples(named),
    };
    vec![json_of(&sample)]
}

fn named_samples(name: &str) -> Vec<Json> {
    let table = table();
    let own = table["types"].get(name).or(table["messaging"]["types"].get(name));
    let entry = own.unwrap_or_else(|| panic!("no type {name}"));
    match entry["kind"].as_str().unwrap() {
        "object" | "map" => vec![Json::Object(switchhook_swml::Object::new())],
        "enum" => strings(&entry["values"]).into_iter().map(Json::from).collect(),
        "union" => strings(&entry["variants"]).into_iter().flat_map(samples).collect(),
        "scalar" if entry["type"] == "int" => vec![Json::from(20000)],
        "scalar" => vec![Json::from("prompt:be kind")],
        other => panic!("{other}"),
    }
}

/// Whether a form of the table admits a value, by its outside.
fn admits(form: &str, json: &Json) -> bool {
    match form {
        "str" => json.as_str().is_some(),
        "int" => json.as_i64().is_some(),
        "num" => json.as_number().is_some(),
        "0" => json.as_i64() == Some(0),
        "bool" => json.as_bool().is_some(),
        "null" => json.is_null(),
        "var" | "sound" => json.as_str() == Some("${vars.x}"),
        "any" => true,
        "{}" | "object" | "document" => json.as_object().is_some(),
        quoted if quoted.starts_with('"') => json.to_string() == quoted,
        list if list.starts_with('[') => json.as_list().is_some(),
        map if map.starts_with('{') => json.as_object().is_some(),
        named => {
            let like = named_samples(named);
            like.iter().any(|sample| match (sample, json) {
                (Json::Number(_), json) => json.as_i64().is_some(),
                (Json::Object(_), Json::Object(_)) => true,
                (Json::Text(_), Json::Text(text)) => {
                    named == "AISidecarPrompt" || like.contains(&Json::from(&**text))
                }
                _ => false,
            })
        }
    }
}

fn json_of(value: &Value) -> Json {
    read(value.to_string()).unwrap().json().clone()
}

#[test]
fn sounds_are_those_of_the_pattern() {
    let pattern = table()["sound_pattern"].as_str().unwrap().to_owned();
    let schema = jsonschema::validator_for(&json!({ "pattern": pattern })).unwrap();
    let texts = [
        "http://a",
        "https://a",
        "ftp://a",
        "say:",
        "say: Hi",
        "say",
        "silence:1",
        "silence: 1.5",
        "silence:x",
        "ring:us",
        "ring: 4.5: us",
        "ring:us-old",
        "ring:4:usa",
        "a.mp3",
        "",
        "${x}",
        "ring:1.2.3:de",
        "ring::de",
        "silence:",
        "ring:",
        " say:x",
    ];
    for text in texts {
        assert_eq!(Kind::Sound.fits(&Json::from(text)), schema.is_valid(&json!(text)), "{text}");
    }
}
