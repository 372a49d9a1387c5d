//! That the laws are asked of every family there is: a new one without them fails here.

use std::{collections::BTreeSet, fs};

use switchhook::{Family, Format};
use switchhook_laws::{Workspace, files};

/// The families that the sources declare, of every crate that is published.
fn declared() -> BTreeSet<String> {
    let workspace = Workspace::read();
    let mut declared = BTreeSet::new();
    for package in workspace.published().filter(|package| package["name"] != "switchhook-core") {
        let name = package["name"].as_str().unwrap();
        for file in files(&workspace.root.join("crates").join(name).join("src"), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            for family in text.split("form_family! {").skip(1) {
                let line = family.lines().find(|line| line.contains("pub enum "));
                let name = line.and_then(|line| line.split('"').nth(1));
                let name = name.unwrap_or_else(|| panic!("{}: no name", file.display()));
                declared.insert(name.to_owned());
            }
        }
    }
    declared
}

/// The names of the families of a list that have events in a format.
macro_rules! names {
    ($list:ident $format:expr) => {{
        let mut names = BTreeSet::new();
        macro_rules! each {
            ($_family:ident: $event:ty) => {
                let of_format = |info: &switchhook::EventInfo| info.format == $format;
                if <$event>::events().any(|info| of_format(info)) {
                    names.insert(<$event>::NAME.to_owned());
                }
            };
        }
        crate::families!($list each);
        names
    }};
}

#[test]
fn every_family_that_is_declared_holds_the_laws() {
    let declared = declared();
    assert!(declared.len() > 5, "{declared:?}");
    // Every family has events in forms, or `all` is a list of its own.
    assert_eq!(names!(forms Format::Form), declared);
    assert_eq!(names!(json Format::Json), names!(all Format::Json));
}

#[test]
fn every_crate_of_a_model_is_in_the_facade() {
    let workspace = Workspace::read();
    let facade = workspace.published().find(|package| package["name"] == "switchhook").unwrap();
    let used = facade["dependencies"].as_array().unwrap().iter();
    let used: BTreeSet<_> = used.map(|crate_| crate_["name"].as_str().unwrap()).collect();
    let models = workspace.published().map(|package| package["name"].as_str().unwrap());
    let models = models.filter(|name| {
        name.starts_with("switchhook-twilio-") || name.starts_with("switchhook-signalwire")
    });
    for model in models {
        assert!(used.contains(model), "{model} is not in the facade");
    }
}
