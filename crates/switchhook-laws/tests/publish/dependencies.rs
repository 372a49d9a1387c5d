//! What our crates depend on: where it comes from, and which Rust it asks for.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};
use switchhook_laws::Workspace;

use crate::text;

/// What asks for a newer Rust with all of its features than without: the package, and its minimum
/// then. Its README says so.
const WITH_ALL_FEATURES: [(&str, &str); 1] = [
    // The inbox.
    ("switchhook", "1.89"),
];

/// What a package of ours is built from, itself too, as [`Workspace::graph`] has it.
pub(crate) fn built_from(workspace: &Workspace, package: &Value, all: bool) -> BTreeSet<String> {
    let features: Vec<_> = package["features"].as_object().unwrap().keys().cloned().collect();
    workspace.graph(&[text(package, "name")], &if all { features.join(",") } else { String::new() })
}

#[test]
fn nothing_asks_for_a_newer_rust_than_the_crate_that_needs_it() {
    let workspace = Workspace::read();
    let every = workspace.every_package();
    for package in &workspace.packages {
        let (name, stated) = (text(package, "name"), release(text(package, "rust_version")));
        let newest = |all_features| {
            let needed = built_from(&workspace, package, all_features);
            let asked = needed.iter().filter_map(|needed| every[needed]["rust_version"].as_str());
            asked.map(release).max().unwrap()
        };
        assert_eq!(newest(false), stated, "{name}");
        if package["features"] == json!({}) {
            continue;
        }
        let exception = WITH_ALL_FEATURES.iter().find(|row| row.0 == name);
        assert_eq!(newest(true), exception.map_or(stated, |row| release(row.1)), "{name}");
    }
}

/// `1.88.0` and `1.88` are one release.
fn release(version: &str) -> Vec<u32> {
    let mut parts: Vec<_> = version.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

#[test]
fn everything_comes_from_the_registry_and_nothing_from_openssl() {
    let root = Workspace::read().root;
    for file in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = fs::read_to_string(root.join(file)).unwrap();
        let sources: Vec<_> =
            lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
        assert!(sources.len() > 30, "{file}");
        assert!(sources.iter().all(|source| source.starts_with("\"registry+")), "{file}");
        assert!(sources.iter().all(|source| *source == sources[0]), "{file}");
        assert_eq!(
            lock.matches("source = ").count(),
            lock.matches("checksum = ").count(),
            "{file}"
        );
        for banned in ["native-tls", "openssl", "openssl-sys"] {
            assert!(!lock.contains(&format!("name = \"{banned}\"")), "{file}: {banned}");
        }
    }
}
