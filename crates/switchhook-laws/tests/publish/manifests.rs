//! Manifests tell registries and docs pages what they ask for.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};
use switchhook_laws::Workspace;

use crate::{text, texts};

#[test]
fn a_manifest_says_what_a_crate_is_and_how_its_docs_are_built() {
    for package in Workspace::read().published() {
        let name = text(package, "name");
        assert!(text(package, "description").ends_with('.'), "{name}");
        assert_eq!(text(package, "license"), "MIT", "{name}");
        assert_eq!(text(package, "readme"), "README.md", "{name}");
        assert!(package["rust_version"].is_string(), "{name}");
        assert!((2..=5).contains(&texts(package, "categories").len()), "{name}");
        let keywords = texts(package, "keywords");
        assert!((3..=5).contains(&keywords.len()), "{name}");
        assert!(keywords.iter().all(|keyword| is_keyword(keyword)), "{name}: {keywords:?}");
        let docs = &package["metadata"]["docs"]["rs"];
        let flags = json!({ "all-features": true, "rustdoc-args": ["--cfg", "docsrs"] });
        // A program has no pages.
        let kinds = package["targets"].as_array().unwrap().iter().map(|target| &target["kind"]);
        let has_pages = kinds.into_iter().any(|kind| kind == &json!(["lib"]));
        assert_eq!(docs, if has_pages { &flags } else { &Value::Null }, "{name}");
    }
}

/// As registries take them.
fn is_keyword(text: &str) -> bool {
    let legal =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    text.len() <= 20
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(legal)
}

#[test]
fn a_package_needs_no_crate_that_is_not_published() {
    let workspace = Workspace::read();
    let published: BTreeSet<_> =
        workspace.published().map(|package| text(package, "name")).collect();
    let mut ours = 0;
    for package in workspace.published() {
        let name = text(package, "name");
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        for dependency in dependencies.filter(|dependency| dependency["path"].is_string()) {
            let other = text(dependency, "name");
            if published.contains(other) {
                ours += 1;
                assert_eq!(
                    text(dependency, "req"),
                    format!("^{}", text(package, "version")),
                    "{name}: {other}"
                );
            } else {
                // Without a version it is left out when the crate is published.
                assert_eq!(
                    (text(dependency, "kind"), text(dependency, "req")),
                    ("dev", "*"),
                    "{name}: {other}"
                );
            }
        }
    }
    assert!(ours > 30, "{ours}");
}

#[test]
fn what_is_under_crates_and_no_tool_of_ours_is_published() {
    let workspace = Workspace::read();
    let of = |package: &Value| text(package, "name").to_owned();
    let published: BTreeSet<_> = workspace.published().map(of).collect();
    let tools = ["switchhook-adapter-suite", "switchhook-example-tests", "switchhook-laws"];
    let folders = fs::read_dir(workspace.root.join("crates")).unwrap();
    let folders = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    let crates: BTreeSet<_> = folders.filter(|name| !tools.contains(&name.as_str())).collect();
    assert_eq!(published, crates);
}
