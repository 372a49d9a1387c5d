//! What comes along with the crates: how many others, and whether any of them needs a C compiler.

use std::collections::BTreeSet;

use switchhook_laws::Workspace;

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
    let workspace = Workspace::read();
    for (roots, most) in MOST {
        let graph = workspace.graph(roots, "");
        assert!(graph.len() <= *most, "{} and not {most} crates: {graph:#?}", graph.len());
    }
}

#[test]
fn every_model_is_counted() {
    let workspace = Workspace::read();
    let of_ours = workspace.graph(&["switchhook"], &features(&workspace, &[]).join(","));
    let models = of_ours.iter().map(|package| name(package)).filter(|name| {
        name.starts_with("switchhook-twilio-") || name.starts_with("switchhook-signalwire")
    });
    let counted = MOST.iter().flat_map(|(roots, _)| *roots).copied().collect();
    assert!(models.collect::<BTreeSet<_>>().is_subset(&counted), "{counted:?}");
}

#[test]
fn a_c_compiler_is_for_sqlite_and_tls_alone() {
    let workspace = Workspace::read();
    let without = features(&workspace, OF_C).join(",");
    let of_c = |features: &str| of_c(&workspace, &workspace.graph(&["switchhook"], features));
    assert_eq!(of_c(&without), [] as [String; 0]);
    for feature in OF_C {
        assert_ne!(of_c(feature), [] as [String; 0], "{feature}");
    }
}

/// Neither do the crates of [`MOST`] bring a procedural macro, which each build has to run first.
#[test]
fn no_procedural_macro_comes_along() {
    let workspace = Workspace::read();
    let packages = workspace.every_package();
    let macros = |graph: BTreeSet<String>| -> Vec<String> {
        let is_macro = |package: &String| {
            let targets = packages[package.as_str()]["targets"].as_array().unwrap().iter();
            let mut kinds = targets.flat_map(|target| target["kind"].as_array().unwrap());
            kinds.any(|kind| kind == "proc-macro")
        };
        graph.into_iter().filter(is_macro).collect()
    };
    for (roots, _) in MOST {
        assert_eq!(macros(workspace.graph(roots, "")), [] as [String; 0], "{roots:?}");
    }
    // It is known when there is one.
    assert_ne!(macros(workspace.graph(&["switchhook-cli"], "")), [] as [String; 0]);
}

/// The features of the facade but for these.
fn features(workspace: &Workspace, left_out: &[&str]) -> Vec<String> {
    let facade = workspace.published().find(|package| package["name"] == "switchhook").unwrap();
    let features = facade["features"].as_object().unwrap().keys();
    features.filter(|name| !left_out.contains(&name.as_str())).cloned().collect()
}

/// Those that build something else than Rust: they name a native library, or have a crate that
/// calls a compiler.
fn of_c(workspace: &Workspace, graph: &BTreeSet<String>) -> Vec<String> {
    let packages = workspace.every_package();
    let calls = ["bindgen", "cc", "cmake", "nasm-rs", "pkg-config", "vcpkg"];
    let needs = |package: &&String| {
        calls.contains(&name(package)) || packages[package.as_str()]["links"].is_string()
    };
    graph.iter().filter(needs).cloned().collect()
}

fn name(package: &str) -> &str {
    package.split(' ').next().unwrap_or_default()
}
