//! Law 7: a feature only adds API; each builds alone.
//!
//! That each builds alone is for a compiler to say, once for each: `.ci/run` asks it, and here is
//! held that it leaves none out. That none changes what is there without it is read from the
//! sources: a feature may switch items and statements on, never a field, a variant or a default.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use switchhook_laws::{Workspace, files};

/// The features of each crate that is published, without `default`.
fn features(workspace: &Workspace) -> BTreeMap<String, BTreeSet<String>> {
    let features = workspace.published().map(|package| {
        let names = package["features"].as_object().unwrap().keys();
        let names = names.filter(|name| *name != "default").cloned().collect();
        (package["name"].as_str().unwrap().to_owned(), names)
    });
    features.filter(|(_, names): &(String, BTreeSet<String>)| !names.is_empty()).collect()
}

#[test]
fn each_feature_is_built_alone_where_landings_are_decided() {
    let workspace = Workspace::read();
    let script = fs::read_to_string(workspace.root.join(".ci/run")).unwrap();
    let words = script.split(|letter: char| letter.is_whitespace() || letter == ';');
    let built: BTreeMap<_, BTreeSet<_>> = words
        .filter(|word| word.starts_with("switchhook"))
        .filter_map(|word| word.split_once(':'))
        .map(|(name, features)| (name.to_owned(), features.split(',').map(Into::into).collect()))
        .collect();
    assert_eq!(built, features(&workspace));
}

#[test]
fn a_feature_switches_items_and_statements_and_nothing_inside_of_types() {
    let mut looked = 0;
    for file in sources(&Workspace::read().root.join("crates")) {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            if !line.starts_with("#[cfg(") || !line.contains("feature") || line.contains("test") {
                continue;
            }
            looked += 1;
            let is_noise = |line: &&&str| !line.starts_with("#[") && !line.starts_with("//");
            let item = lines[at + 1..].iter().find(is_noise).unwrap();
            let (line, place) = (*item, format!("{}:{}", file.display(), at + 1));
            assert!(is_item_or_statement(line) || is_hidden(line), "{place}: {line}");
        }
        assert!(!text.contains("derive(Default") || !text.contains("cfg_attr(feature"));
    }
    assert!(looked > 30, "{looked}");
}

/// Whether a line begins an item or a statement: what is in a type or an arm begins in other ways.
fn is_item_or_statement(line: &str) -> bool {
    let line = line.strip_prefix("pub ").or(line.strip_prefix("pub(crate) ")).unwrap_or(line);
    let starts = [
        "use ",
        "mod ",
        "fn ",
        "async fn ",
        "const ",
        "static ",
        "type ",
        "struct ",
        "enum ",
        "trait ",
        "impl ",
        "impl<",
        "macro_rules!",
        "extern ",
        "let ",
        "{",
        "return ",
        "if ",
        "$crate::",
        "crate::",
    ];
    starts.iter().any(|start| line.starts_with(start))
}

/// What is inside of types that nobody outside sees.
fn is_hidden(line: &str) -> bool {
    // How a connection to PostgreSQL is protected.
    line.starts_with("Rustls(") || line.starts_with("Tls::Rustls(")
}

/// The sources of the crates, without tests.
fn sources(crates: &Path) -> Vec<PathBuf> {
    let is_test = |file: &PathBuf| {
        let mut parts = file.strip_prefix(crates).unwrap().iter();
        parts.any(|part| part == "tests" || part == "benches")
    };
    files(crates, "rs").into_iter().filter(|file| !is_test(file)).collect()
}
