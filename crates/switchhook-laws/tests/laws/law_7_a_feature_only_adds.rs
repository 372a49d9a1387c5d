//! Law 7: a feature only adds API; each builds alone.
//!
//! That each builds alone is for a compiler to say, once for each: `.ci/run` asks it, and here is
//! held that it leaves none out. That none changes what is there without it is read from the
//! sources: a feature switches items on, at the top of a file or in an `impl` of a type's own, and
//! nothing else. What does more is in [`EXCEPTIONS`], with its reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use switchhook_laws::{Workspace, files};

/// File, line, and why it is no change of what is there without the feature.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "switchhook/src/lib.rs",
        "#![cfg_attr(any(not(doctest), feature = \"twilio-video\"), doc = include_str!(\"../README.md\"))]",
        "the sample of the README is no test without the model that it is about",
    ),
    (
        "switchhook-inbox/src/postgres/server.rs",
        "Rustls(tokio_postgres_rustls::MakeRustlsConnect),",
        "how a connection is protected, which nobody outside sees",
    ),
    (
        "switchhook-inbox/src/postgres/server.rs",
        "Tls::Rustls(tls) => Manager::from_config(config, tls.clone(), recycle),",
        "the same",
    ),
    (
        "switchhook-inbox/src/postgres/server.rs",
        "Tls::Rustls(tls) => self.open_with(tls.clone()).await,",
        "the same",
    ),
    (
        "switchhook-inbox/src/postgres/server.rs",
        "fn required(_: Option<&str>) -> Result<Self, StoreError> {",
        "a URL that asks for TLS is refused, never served without: the feature adds that it works",
    ),
    (
        "switchhook-inbox/src/postgres/server.rs",
        "if mode == SslMode::Require && !cfg!(feature = \"postgres-tls\") {",
        "the test of that",
    ),
];

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
fn a_feature_switches_items_and_nothing_inside_of_types_functions_and_promises() {
    let crates = Workspace::read().root.join("crates");
    let (mut looked, mut excused) = (0, BTreeSet::new());
    for file in sources(&crates) {
        let (text, name) =
            (fs::read_to_string(&file).unwrap(), file.strip_prefix(&crates).unwrap());
        let found = switches(&text);
        looked += found.len();
        for (place, line) in found.into_iter().filter_map(Switch::objection) {
            let is_this = |row: &&(&str, &str, &str)| Path::new(row.0) == name && row.1 == line;
            let row = EXCEPTIONS.iter().find(is_this);
            let row = row.unwrap_or_else(|| panic!("{}:{place}: {line}", name.display()));
            excused.insert(row.1);
        }
    }
    assert!(looked > 40, "{looked}");
    let listed: BTreeSet<_> = EXCEPTIONS.iter().map(|row| row.1).collect();
    assert_eq!(excused, listed, "an exception that nothing needs any more");
}

/// Something that depends on a feature.
struct Switch<'a> {
    /// The number of the line.
    at: usize,
    /// The attribute, on one line; `None` of a `cfg!` or a `cfg_attr`.
    attribute: Option<String>,
    /// What it switches: the first line of an item, or the line itself.
    line: &'a str,
    /// The head of what is around it, if anything is.
    around: Option<String>,
}

/// What depends on a feature in a source: attributes over one line or several, inner ones,
/// `cfg_attr` and `cfg!`.
fn switches(text: &str) -> Vec<Switch<'_>> {
    let lines: Vec<_> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with("//") {
            continue;
        }
        let whole = || attribute(&lines[at..]);
        let starts = |start: &str| trimmed.starts_with(start);
        if starts("#[cfg_attr(") || starts("#![cfg_attr(") || starts("#![cfg(") {
            if whole().contains("feature = ") {
                found.push(Switch { at: at + 1, attribute: None, line: trimmed, around: None });
            }
        } else if starts("#[cfg(") {
            let attribute = whole();
            if attribute.contains("feature = ") {
                let length = attribute.lines().count();
                let is_noise = |line: &&&str| {
                    let line = line.trim();
                    line.starts_with("#[") || line.starts_with("//") || line.is_empty()
                };
                let next = lines[at + length..].iter().find(|line| !is_noise(line)).unwrap();
                let around = around(&lines[..at], indentation(line));
                let attribute = Some(attribute);
                found.push(Switch { at: at + 1, attribute, line: next.trim(), around });
            }
        } else if trimmed.contains("cfg!(") && whole_macro(&lines[at..]).contains("feature = ") {
            found.push(Switch { at: at + 1, attribute: None, line: trimmed, around: None });
        }
    }
    found
}

/// An attribute to its last bracket.
fn attribute(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim());
        if text.matches('[').count() <= text.matches(']').count() {
            break;
        }
        text.push('\n');
    }
    text
}

/// The condition of a `cfg!`, to its last parenthesis.
fn whole_macro(lines: &[&str]) -> String {
    let text = lines[..lines.len().min(8)].join("\n");
    let start = text.find("cfg!(").expect("it is there");
    let mut open = 0;
    let end = text[start..].find(|letter| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ')' && open == 0
    });
    text[start..][..end.unwrap_or(0)].to_owned()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The head of the block around what begins at this indentation: sources are formatted.
fn around(above: &[&str], indentation_of_it: usize) -> Option<String> {
    let outer = |line: &&str| !line.trim().is_empty() && indentation(line) < indentation_of_it;
    let end = above.iter().rposition(outer)?;
    let depth = indentation(above[end]);
    // A head of several lines has its first word above them.
    let is_start = |line: &&str| {
        let goes_on = ["{", ")", "}", "where"].iter().any(|start| line.trim().starts_with(start));
        indentation(line) == depth && !line.trim().is_empty() && !goes_on
    };
    let start = above[..=end].iter().rposition(is_start)?;
    let head = above[start..=end].iter().map(|line| line.trim());
    Some(head.collect::<Vec<_>>().join(" "))
}

impl<'a> Switch<'a> {
    /// What is objected to: where it is, and its line.
    fn objection(self) -> Option<(usize, &'a str)> {
        let adds =
            self.attribute.as_ref().is_some_and(|attribute| !attribute.contains("not(feature"));
        let is_inside = self.around.as_deref().is_some_and(|around| {
            let around = without_visibility(around);
            // A module, an `impl` of a type's own methods, and the place of a macro's items.
            let is_place = around.starts_with("mod ")
                || around.starts_with("impl") && !around.contains(" for ")
                || around.starts_with("const _: () =");
            !is_place
        });
        (!adds || is_inside || !is_item(self.line)).then_some((self.at, self.line))
    }
}

fn without_visibility(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("pub") else { return line };
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |r| r.1);
    rest.trim_start()
}

/// Whether a line begins an item: what is in a type, a function or an arm begins in other ways.
fn is_item(line: &str) -> bool {
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
    ];
    starts.iter().any(|start| without_visibility(line).starts_with(start))
}

/// The sources of the crates, without tests and without these laws.
fn sources(crates: &Path) -> Vec<PathBuf> {
    let is_test = |file: &PathBuf| {
        let mut parts = file.strip_prefix(crates).unwrap().iter();
        parts.any(|part| part == "tests" || part == "benches" || part == "switchhook-laws")
    };
    files(crates, "rs").into_iter().filter(|file| !is_test(file)).collect()
}

#[test]
fn what_changes_with_a_feature_is_seen() {
    let feature = "feature = \"x\"";
    let objected = |text: String| switches(&text).into_iter().filter_map(Switch::objection).count();
    for adds in [
        format!("#[cfg({feature})]\npub use a::b;\n"),
        format!("#[cfg(\n    any({feature}, test)\n)]\n#[doc = \"x\"]\npub(crate) mod a;\n"),
        format!(
            "impl<T> A<T>\nwhere\n    T: B,\n{{\n    #[cfg({feature})]\n    pub fn b() {{}}\n}}\n"
        ),
        format!("#[cfg(all(test, {feature}))]\nmod tests {{\n}}\n"),
        format!("// #[cfg({feature})]\nlet a = 1;\n#[cfg(test)]\nlet b = 1;\n"),
    ] {
        assert_eq!(objected(adds.clone()), 0, "{adds}");
    }
    for changes in [
        format!("fn a() {{\n    #[cfg({feature})]\n    return false;\n    true\n}}\n"),
        format!("fn a() {{\n    #[cfg({feature})]\n    if b() {{}}\n}}\n"),
        format!("fn a() {{\n    #[cfg({feature})]\n    let a = 1;\n}}\n"),
        format!("fn a() {{\n    #[cfg({feature})]\n    {{\n    }}\n}}\n"),
        format!("fn a() {{\n    #[cfg({feature})]\n    use b::c;\n}}\n"),
        format!("pub struct A {{\n    #[cfg({feature})]\n    pub b: u8,\n}}\n"),
        format!("enum A {{\n    #[cfg({feature})]\n    B,\n}}\n"),
        format!("pub trait A {{\n    #[cfg({feature})]\n    fn b();\n}}\n"),
        format!("impl A for B {{\n    #[cfg({feature})]\n    fn b() {{}}\n}}\n"),
        format!("impl<T> A\n    for B<T>\n{{\n    #[cfg({feature})]\n    fn b() {{}}\n}}\n"),
        format!("#[cfg(not({feature}))]\nfn a() {{}}\n"),
        "#[cfg(\n    not(feature = \"testing\")\n)]\nfn a() {}\n".to_owned(),
        format!("#[cfg_attr({feature}, derive(Default))]\nstruct A;\n"),
        format!("#![cfg({feature})]\n"),
        format!("fn a() -> bool {{\n    cfg!({feature})\n}}\n"),
        format!("fn a() -> bool {{\n    b() && cfg!(\n        {feature}\n    )\n}}\n"),
    ] {
        assert_eq!(objected(changes.clone()), 1, "{changes}");
    }
}
