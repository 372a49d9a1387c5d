//! Documents of the grammar and of anything else: what is built is read back the same, and
//! objects that are made anew by their constructors and setters hold what they held.

use std::collections::BTreeSet;

use switchhook_swml::{
    Document, Json, Object,
    grammar::{self, Kind, ObjectInfo, StepSet},
    read,
};

/// A document, mostly of the grammar.
pub struct Tree(pub Json);

pub fn check(tree: Tree) {
    make_anew(&tree.0, Kind::Document);
    let document = Document::from(tree.0);
    let text = document.to_json();
    let again = read(&text).expect("what was built can be read");
    assert_eq!(again, document);
    assert_eq!(again.to_json(), text);
    assert_eq!(again.lint(), document.lint());
    assert_eq!(again.problems(), document.problems());
}

/// Makes each object anew that the grammar has a form for.
fn make_anew(json: &Json, kind: Kind) {
    match (kind, json) {
        (Kind::Object(info), Json::Object(object)) => {
            let info = info();
            hold(info, object);
            for field in info.fields() {
                object.get(field.name()).into_iter().for_each(|json| make_anew(json, field.kind()));
            }
        }
        (Kind::List(kind), Json::List(list)) => list.iter().for_each(|json| make_anew(json, *kind)),
        (Kind::Map(kind), Json::Object(map)) => {
            map.iter().for_each(|(_, json)| make_anew(json, *kind))
        }
        (Kind::Steps(set), Json::List(steps)) => {
            for (name, argument) in steps.iter().filter_map(Json::as_object).flat_map(Object::iter)
            {
                let method = grammar::methods(set).find(|method| method.name() == name);
                method.into_iter().for_each(|method| make_anew(argument, method.argument()));
            }
        }
        (Kind::Document, Json::Object(document)) => {
            let sections = document.get("sections").and_then(Json::as_object);
            for (_, steps) in sections.into_iter().flat_map(Object::iter) {
                make_anew(steps, Kind::Steps(StepSet::Calling));
                make_anew(steps, Kind::Steps(StepSet::Messaging));
            }
        }
        (Kind::Either(kinds), json) => kinds.iter().for_each(|kind| make_anew(json, *kind)),
        _ => {}
    }
}

fn hold(info: &ObjectInfo, object: &Object) {
    let Some(built) = info.build(object) else { return };
    // What is made anew has each name once.
    let names: BTreeSet<_> = object.iter().map(|(name, _)| name).collect();
    assert_eq!(built.len(), names.len());
    for field in info.fields() {
        let (before, after) = (object.get(field.name()), built.get(field.name()));
        assert_eq!(before.is_some(), after.is_some());
        assert!(after.is_none_or(|after| field.kind().fits(after)));
    }
}
