//! What our crates depend on: where it comes from, and which Rust it asks for.

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::{Value, json};
use switchhook_laws::Workspace;

use crate::text;

/// What asks for a newer Rust with all of its features than without: the package, and its minimum
/// then. Its README says so.
const WITH_ALL_FEATURES: [(&str, &str); 1] = [
    // The inbox.
    ("switchhook", "1.89"),
];

/// The packages that a package of ours is built from, ours too, as name and version.
pub(crate) fn built_from(
    workspace: &Workspace,
    package: &str,
    all_features: bool,
) -> Vec<(String, String)> {
    let mut cargo = Workspace::cargo();
    cargo.args(["tree", "--locked", "--prefix", "none", "--format", "{p}"]);
    cargo.args(["--edges", "normal,build", "--package", package]);
    if all_features {
        cargo.arg("--all-features");
    }
    let output = cargo.current_dir(&workspace.root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    });
    let mut packages: Vec<_> = lines.collect();
    packages.sort();
    packages.dedup();
    packages
}

/// What cargo knows of every package that this machine builds, by name and version.
pub(crate) fn known(workspace: &Workspace) -> BTreeMap<(String, String), Value> {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Workspace::cargo();
    cargo.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    cargo.args(["--filter-platform", host]).current_dir(&workspace.root);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let key =
        |package: &Value| (text(package, "name").to_owned(), text(package, "version").to_owned());
    packages.map(|package| (key(package), package.clone())).collect()
}

#[test]
fn nothing_asks_for_a_newer_rust_than_the_crate_that_needs_it() {
    let workspace = Workspace::read();
    let known = known(&workspace);
    for package in &workspace.packages {
        let (name, stated) = (text(package, "name"), release(text(package, "rust_version")));
        let newest = |all_features| {
            let needed = built_from(&workspace, name, all_features);
            let asked = needed.iter().filter_map(|needed| known[needed]["rust_version"].as_str());
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
