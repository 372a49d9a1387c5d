//! What comes along with the crates: how many others, and whether any of them needs a C compiler.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::Value;

/// The most crates, our own among them, that come to a program which depends on these of ours
/// with their default features. It shall never be more than 30; a row that grows needs a reason.
const MOST: &[(&[&str], usize)] = &[
    (&["switchhook-core", "switchhook-signature", "switchhook-twilio-conversations"], 25),
    (&["switchhook-core", "switchhook-signature", "switchhook-twilio-messaging"], 25),
    (&["switchhook-core", "switchhook-signature", "switchhook-twilio-video"], 25),
    (&["switchhook-core", "switchhook-signature", "switchhook-twilio-voice"], 25),
    // Its answers are SWML's, its compatible events Twilio's.
    (&["switchhook-core", "switchhook-signature", "switchhook-signalwire"], 28),
    (&["switchhook"], 28),
];

/// The features of the facade that need a C compiler: SQLite is built in, and so is the
/// cryptography of TLS.
const OF_C: &[&str] = &["postgres-tls", "sqlite"];

#[test]
fn few_crates_come_along() {
    for (roots, most) in MOST {
        let graph = graph(roots, "");
        assert!(graph.len() <= *most, "{} and not {most} crates: {graph:#?}", graph.len());
    }
}

#[test]
fn every_model_is_counted() {
    let of_ours = graph(&["switchhook"], &features(&[]).join(","));
    let models = of_ours.iter().map(|package| name(package)).filter(|name| {
        name.starts_with("switchhook-twilio-") || name.starts_with("switchhook-signalwire")
    });
    let counted = MOST.iter().flat_map(|(roots, _)| *roots).copied().collect();
    assert!(models.collect::<BTreeSet<_>>().is_subset(&counted), "{counted:?}");
}

#[test]
fn a_c_compiler_is_for_sqlite_and_tls_alone() {
    let without = features(OF_C).join(",");
    assert_eq!(of_c(&graph(&["switchhook"], &without)), [] as [String; 0]);
    for feature in OF_C {
        assert_ne!(of_c(&graph(&["switchhook"], feature)), [] as [String; 0], "{feature}");
    }
}

/// The features of the facade but for these.
fn features(left_out: &[&str]) -> Vec<String> {
    let packages = packages();
    let features = packages["switchhook"]["features"].as_object().unwrap().keys();
    features.filter(|name| !left_out.contains(&name.as_str())).cloned().collect()
}

/// Those that build something else than Rust: they name a native library, or have a crate that
/// calls a compiler.
fn of_c(graph: &BTreeSet<String>) -> Vec<String> {
    let packages = packages();
    let calls = ["bindgen", "cc", "cmake", "nasm-rs", "pkg-config", "vcpkg"];
    let needs = |package: &&String| {
        calls.contains(&name(package)) || packages[package.as_str()]["links"].is_string()
    };
    graph.iter().filter(needs).cloned().collect()
}

/// What is built for a program on [`TARGET`] that depends on these crates of ours: names and
/// versions.
fn graph(roots: &[&str], features: &str) -> BTreeSet<String> {
    let mut tree = cargo("tree");
    tree.args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    tree.args(["--target", TARGET, "--features", features]);
    for root in roots {
        tree.args(["--package", root]);
    }
    let tree = output(&mut tree);
    let lines = tree.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// What cargo tells about every package, by name and version as [`graph`] has them; about those of
/// the workspace also by name.
fn packages() -> BTreeMap<String, Value> {
    let mut metadata = cargo("metadata");
    metadata.args(["--format-version=1", "--all-features", "--filter-platform", TARGET]);
    let metadata = output(&mut metadata);
    let mut metadata: Value = serde_json::from_str(&metadata).unwrap();
    let members = metadata["workspace_members"].take();
    let mut packages = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let [name, version] = ["name", "version"].map(|key| package[key].as_str().unwrap());
        packages.insert(format!("{name} v{version}"), package.clone());
        if members.as_array().unwrap().contains(&package["id"]) {
            packages.insert(name.to_owned(), package.clone());
        }
    }
    packages
}

/// Others may add a crate: on ARM, what looks for its instructions needs `libc`.
const TARGET: &str = "x86_64-unknown-linux-gnu";

fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    cargo.args([command, "--locked", "--manifest-path"]).arg(root);
    cargo
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn name(package: &str) -> &str {
    package.split(' ').next().unwrap_or_default()
}
