//! The model against the table of the providers' grammar, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use switchhook_twiml::{
    ReplyKind,
    dynamic::Tree,
    grammar::{self, AttributeInfo, Availability, ElementInfo, Kind, TextRule, ValueList},
};

fn table() -> Value {
    serde_json::from_str(include_str!("fixtures/grammar.json")).unwrap()
}

/// The name of an element's type, from its key in the table.
fn type_name(key: &str) -> String {
    if let Some(tag) = key.strip_prefix("ssml:") {
        let word = |word: &str| word[..1].to_uppercase() + &word[1..];
        return tag.split('-').map(word).collect();
    }
    match key {
        "Reject (fax)" => "FaxReject",
        "Stream in Conference" => "ConferenceStream",
        "AI" => "Ai",
        "Prompt (AI)" => "AiPrompt",
        "Language (AI)" => "AiLanguage",
        "SWAIG" => "Swaig",
        _ => key,
    }
    .to_owned()
}

fn object(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(key, value)| (&**key, value))
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().map(|entry| entry.as_str().unwrap()).collect()
}

fn roots(replies: &Value) -> impl Iterator<Item = String> {
    strings(replies).into_iter().map(|reply| match reply {
        "voice" => "VoiceResponse".to_owned(),
        "messaging" => "MessagingResponse".to_owned(),
        "fax" => "FaxResponse".to_owned(),
        other => panic!("a reply of a new kind: {other}"),
    })
}

/// Name, tag and attributes of every element that the table names.
fn expected() -> BTreeMap<String, (String, BTreeMap<String, Value>)> {
    let table = table();
    let dialect = &table["signalwire_cxml"];
    let mut all = BTreeMap::new();
    let mut add = |name: String, tag: &str, attributes: &Value| {
        let attributes: BTreeMap<_, _> =
            object(attributes).map(|(name, a)| (name.to_owned(), a.clone())).collect();
        assert!(all.insert(name, (tag.to_owned(), attributes)).is_none());
    };
    for (kind, root) in object(&table["roots"]) {
        let name = kind[..1].to_uppercase() + &kind[1..] + "Response";
        add(name, "Response", &root["attributes"]);
    }
    for elements in [&table["elements"], &dialect["extra_elements"]] {
        for (key, element) in object(elements) {
            add(type_name(key), element["tag"].as_str().unwrap(), &element["attributes"]);
        }
    }
    for (element, attributes) in object(&dialect["extra_attributes"]) {
        let (_, known) = all.get_mut(element).unwrap();
        known.extend(object(attributes).map(|(name, a)| (name.to_owned(), a.clone())));
    }
    all
}

fn info(name: &str) -> &'static ElementInfo {
    grammar::elements().find(|element| element.name() == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn counts_are_those_of_the_table() {
    let table = table();
    assert_eq!(object(&table["elements"]).count(), 65);
    let attributes = object(&table["elements"]).map(|(_, e)| object(&e["attributes"]).count());
    assert_eq!(attributes.sum::<usize>(), 337);
    assert_eq!(object(&table["enums"]).count(), 69);
}

#[test]
fn elements_and_attributes_are_those_of_the_table_and_no_more() {
    let expected = expected();
    let model: BTreeMap<_, _> = grammar::elements()
        .map(|element| {
            let attributes: BTreeSet<_> =
                element.attributes().iter().map(AttributeInfo::name).collect();
            assert_eq!(attributes.len(), element.attributes().len(), "{element:?}");
            (element.name(), (element.tag(), attributes))
        })
        .collect();
    let wanted: BTreeMap<_, _> = expected
        .iter()
        .map(|(name, (tag, attributes))| {
            (&**name, (&**tag, attributes.keys().map(|name| &**name).collect()))
        })
        .collect();
    assert_eq!(model, wanted);
}

#[test]
fn every_attribute_has_the_kind_that_the_table_says() {
    for (name, (_, attributes)) in expected() {
        for (attribute, entry) in attributes {
            let kind = info(&name).attribute(&attribute).unwrap().kind();
            let wanted = entry["type"].as_str().unwrap();
            let list = |list: &ValueList| match list.name() {
                "GatherSpeechModel" => "GatherSpeechModelGeneric",
                other => other,
            };
            let fits = match kind {
                Kind::Text => wanted == "string",
                // A span or `auto`: the table has it as a string with a format.
                Kind::SpeechTimeout => wanted == "string" && attribute == "speechTimeout",
                Kind::Url => wanted == "url",
                Kind::AbsoluteUrl => wanted == "url:absolute",
                Kind::WebSocketUrl => wanted == "url:wss",
                Kind::Phone => wanted == "phone_number",
                Kind::Address => wanted == "phone_number_or_alphanumeric",
                Kind::Sid => wanted.starts_with("sid:"),
                Kind::Integer => wanted == "integer",
                Kind::Integers => wanted == "list:space:integer",
                Kind::Decimal => wanted == "decimal",
                Kind::Flag => wanted == "boolean",
                Kind::FlagOrText => wanted == "boolean_or_string",
                Kind::Commas => wanted.starts_with("list:comma"),
                Kind::One(values) if values.name() == "HttpMethod" => wanted == "http_method",
                Kind::One(values) if wanted == "enum" => {
                    values.values() == strings(&entry["values"])
                }
                Kind::One(values) => wanted.strip_prefix("enum:") == Some(list(values)),
                Kind::Many(values) => wanted.strip_prefix("list:space:enum:") == Some(list(values)),
                other => panic!("a kind without a counterpart: {other:?}"),
            };
            assert!(fits, "{name}.{attribute}: {kind:?} is not {wanted}");
            let required = entry["required"].as_bool() == Some(true);
            assert_eq!(info(&name).attribute(&attribute).unwrap().is_required(), required);
        }
    }
}

#[test]
fn value_lists_are_those_of_the_table_and_no_more() {
    let mut lists = BTreeMap::new();
    for attribute in grammar::elements().flat_map(ElementInfo::attributes) {
        if let Kind::One(list) | Kind::Many(list) = attribute.kind() {
            lists.insert(list.name(), list);
        }
    }
    // Declared by the dialect beside its attribute, checked with that.
    lists.remove("StorageMethod");
    let table = table();
    for (name, entry) in object(&table["enums"]) {
        let name = if name == "GatherSpeechModelGeneric" { "GatherSpeechModel" } else { name };
        let list = lists.remove(name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(list.values(), strings(&entry["values"]), "{name}");
        assert_eq!(Value::from(list.is_open()), entry["open"], "{name}");
        for (alias, _) in object(&entry["aliases"]) {
            assert!(list.knows(alias), "{name} {alias}");
        }
        assert!(!list.knows("a new value"), "{name}");
    }
    assert!(lists.is_empty(), "{lists:?}");
}

#[test]
fn nesting_is_that_of_the_table_and_no_more() {
    let table = table();
    let mut wanted = BTreeSet::new();
    for (kind, root) in object(&table["roots"]) {
        let parent = kind[..1].to_uppercase() + &kind[1..] + "Response";
        wanted.extend(strings(&root["children"]).iter().map(|c| (parent.clone(), type_name(c))));
    }
    for (key, element) in object(&table["elements"]) {
        for child in strings(&element["children"]) {
            wanted.insert((type_name(key), type_name(child)));
        }
        // The table says it twice.
        for parent in strings(&element["parents"]) {
            if parent == "Response" {
                let pairs = roots(&element["response"]).map(|root| (root, type_name(key)));
                assert!(pairs.into_iter().all(|pair| wanted.contains(&pair)), "{key}");
            } else {
                wanted.insert((type_name(parent), type_name(key)));
            }
        }
    }
    for (key, element) in object(&table["signalwire_cxml"]["extra_elements"]) {
        for child in strings(&element["children"]) {
            wanted.insert((type_name(key), type_name(child)));
        }
        for parent in strings(&element["parents"]) {
            match parent {
                "Response" => {
                    wanted.extend(roots(&element["response"]).map(|root| (root, type_name(key))));
                }
                _ => _ = wanted.insert((type_name(parent), type_name(key))),
            }
        }
    }
    let model: BTreeSet<_> = grammar::elements()
        .flat_map(|child| {
            child.parents().iter().map(|p| ((*p).to_owned(), child.name().to_owned()))
        })
        .collect();
    let missing: Vec<_> = wanted.difference(&model).collect();
    let surplus: Vec<_> = model.difference(&wanted).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
}

fn text_rule(info: &ElementInfo) -> &'static str {
    match info.text() {
        TextRule::None => "none",
        TextRule::Optional => "optional",
        TextRule::Required => "required",
        other => panic!("a rule without a counterpart: {other:?}"),
    }
}

#[test]
fn text_and_dialects_are_those_of_the_table() {
    let table = table();
    let dialect = &table["signalwire_cxml"];
    let twilio_alone = strings(&dialect["twiml_elements_without_a_cxml_page"]);
    for (key, element) in object(&table["elements"]) {
        let info = info(&type_name(key));
        assert_eq!(element["text"], text_rule(info), "{key}");
        let alone =
            twilio_alone.contains(&key) || (key == "SipUri" && twilio_alone.contains(&"Uri"));
        assert_eq!(info.availability() == Availability::Twilio, alone, "{key}");
        let own = &dialect["extra_attributes"][key];
        let lacking = strings(&dialect["twiml_attributes_not_documented"][key]);
        for attribute in info.attributes() {
            let wanted = match attribute.name() {
                name if own.get(name).is_some() => Availability::SignalWire,
                name if lacking.contains(&name) => Availability::Twilio,
                _ => Availability::Everywhere,
            };
            assert_eq!(attribute.availability(), wanted, "{key}.{}", attribute.name());
        }
    }
    for (key, element) in object(&dialect["extra_elements"]) {
        let info = info(&type_name(key));
        assert_eq!(info.availability(), Availability::SignalWire, "{key}");
        if let Some(text) = element["text"].as_str() {
            assert_eq!(text, text_rule(info), "{key}");
        }
    }
}

/// The docs of attributes are in the sources alone: lines of an element, of a doc, of an attribute.
#[test]
fn docs_name_attributes_that_the_element_has() {
    let names: BTreeSet<_> =
        grammar::elements().flat_map(ElementInfo::attributes).map(AttributeInfo::name).collect();
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/src/elements");
    let mut looked = BTreeSet::new();
    for source in std::fs::read_dir(sources).unwrap() {
        let source = std::fs::read_to_string(source.unwrap().path()).unwrap();
        let mut element = None;
        for line in source.lines() {
            if let Some((name, _)) = line.split_once(" = \"").filter(|_| line.find(' ') == Some(0))
            {
                let named = grammar::elements().find(|info| info.name() == name.trim());
                element = named.or(element);
            } else if let (Some(info), Some(doc)) = (element, line.strip_prefix("        /// ")) {
                looked.insert(info.name());
                for word in doc.split('`').skip(1).step_by(2).filter(|word| names.contains(word)) {
                    let other = doc.contains(&format!("not called `{word}`"));
                    assert!(other || info.attribute(word).is_some(), "{info:?}: {doc}");
                }
            }
        }
    }
    let with_attributes = grammar::elements().filter(|info| !info.attributes().is_empty());
    let wanted: BTreeSet<_> = with_attributes.map(ElementInfo::name).collect();
    assert_eq!(looked, wanted);
}

#[test]
fn codes_are_those_of_the_table() {
    let table = table();
    let codes = &table["error_codes"];
    for attribute in grammar::elements().flat_map(ElementInfo::attributes) {
        if let Some(code) = attribute.code() {
            assert!(codes.get(code.to_string()).is_some(), "{} {code}", attribute.name());
        }
    }
}

/// The element with one attribute, inside of all that it has to stand in.
fn tree(info: &'static ElementInfo, attributes: &Value) -> Value {
    let mut tree = serde_json::json!([info.tag(), attributes, []]);
    let mut child = info;
    while let Some(parent) = child.parents().first() {
        child = self::info(parent);
        tree = serde_json::json!([child.tag(), {}, [tree]]);
    }
    tree
}

fn reply_kind(info: &'static ElementInfo) -> ReplyKind {
    let mut root = info;
    while let Some(parent) = root.parents().first() {
        root = self::info(parent);
    }
    ReplyKind::KNOWN.iter().find(|kind| kind.root() == Some(root)).unwrap().clone()
}

#[test]
fn every_setter_writes_its_attribute_and_every_value_as_it_is() {
    let mut values = 0;
    for info in grammar::elements() {
        for attribute in info.attributes() {
            let samples: Vec<&str> = match attribute.kind() {
                Kind::One(list) | Kind::Many(list) => list.values().to_vec(),
                Kind::Integer => vec!["0", "5000"],
                Kind::Integers => vec!["1 2 3"],
                Kind::Decimal => vec!["0.5", "20"],
                Kind::Flag => vec!["true", "false"],
                Kind::SpeechTimeout => vec!["auto", "3"],
                _ => vec!["a & b", ""],
            };
            for sample in samples {
                let attributes = serde_json::json!({ attribute.name(): sample });
                let tree: Tree = serde_json::from_value(tree(info, &attributes)).unwrap();
                let built = tree.build(&reply_kind(info));
                assert_eq!(built.custom, [] as [String; 0], "{info:?} {sample}");
                let value = sample.replace('&', "&amp;");
                let written = format!(" {}=\"{value}\"", attribute.name());
                assert!(built.document.to_xml().unwrap().contains(&written), "{info:?} {written}");
                values += 1;
            }
        }
    }
    assert!(values > 2000, "{values}");
}
