//! What the papers of the project name is there: tests behind threats, features in tables.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use switchhook_laws::{Workspace, files};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The cells of the rows of all tables of a section, which ends at the next one of its level.
fn rows(paper: &str, section: &str) -> Vec<Vec<String>> {
    let from = paper.find(&format!("\n## {section}\n")).unwrap_or_else(|| panic!("no {section}"));
    let text = &paper[from + 4..];
    let text = &text[..text.find("\n## ").unwrap_or(text.len())];
    let lines = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = lines.map(|line| line.split(" | ").map(|cell| cell.trim().to_owned()).collect());
    cells.skip(1).collect()
}

/// What stands between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a file has a test of this name: a function under an attribute of a test, a property
/// or a test of a suite.
fn has_test(file: &str, name: &str) -> bool {
    let lines: Vec<_> = file.lines().map(str::trim).collect();
    let start = format!("fn {name}(");
    let generic = format!("fn {name}<");
    lines.iter().enumerate().any(|(at, line)| {
        let line = line.trim_start_matches("pub(crate) ").trim_start_matches("async ");
        let above = &lines[at.saturating_sub(4)..at];
        line.starts_with(&generic) && line.contains("Inbox")
            || line.starts_with(&start)
                && (above.iter().any(|line| line.starts_with("#[") && line.contains("test"))
                    || file.contains("proptest! {") && line.contains(" in "))
    })
}

#[test]
fn each_threat_has_the_tests_that_are_named() {
    let mut named = 0;
    for row in rows(&read("SECURITY.md"), "Threats") {
        let [threat, _, shown] = row.as_slice() else { panic!("not three cells: {row:?}") };
        if shown.starts_with("no test: ") {
            continue;
        }
        let before = named;
        for test in code(shown) {
            if let Some((path, name)) = test.split_once("::") {
                let file = read(Path::new("crates").join(path));
                assert!(has_test(&file, name), "{threat}: no test {name} in {path}");
            } else if let Some((path, case)) = test.split_once(": ") {
                let file = read(Path::new("crates").join(path));
                assert!(
                    file.contains(&format!("name: \"{case}\"")),
                    "{threat}: no {case} in {path}"
                );
            } else {
                panic!("{threat}: {test} names no test");
            }
            named += 1;
        }
        assert!(named > before, "{threat}: {shown}");
    }
    assert!(named > 60, "{named}");
}

#[test]
fn a_crates_readme_has_its_name_and_each_feature() {
    let workspace = Workspace::read();
    let published: Vec<_> = workspace.published().collect();
    assert!(published.len() > 15, "{}", published.len());
    for package in published {
        let name = package["name"].as_str().unwrap();
        let readme = read(format!("crates/{name}/README.md"));
        assert!(readme.starts_with(&format!("# {name}\n\n")), "{name}");
        let length = readme.lines().count();
        assert!((30..=80).contains(&length), "{name}: {length} lines");
        for section in ["What it does not do", "Where to go next"] {
            assert!(readme.contains(&format!("\n## {section}\n")), "{name}: {section}");
        }

        let features = package["features"].as_object().unwrap();
        let there: BTreeSet<_> =
            features.keys().map(String::as_str).filter(|name| *name != "default").collect();
        let listed = rows(&readme, "Features");
        let listed: BTreeSet<_> = listed.iter().flat_map(|row| code(&row[0])).collect();
        assert_eq!(listed, there, "{name}");
        for row in rows(&readme, "Features") {
            let on = features.get("default").and_then(Value::as_array);
            let on = on.is_some_and(|on| code(&row[0]).all(|name| on.iter().any(|f| f == name)));
            assert_eq!(row[0].ends_with("(default)"), on, "{name}: {}", row[0]);
        }

        // The pages of a library begin with its README: its sample is a test.
        let library = root().join("crates").join(name).join("src/lib.rs");
        assert!(!library.exists() || read(library).contains("include_str!(\"../README.md\")"));
    }
}

/// The manifests of a folder and of those below it.
fn manifests(folder: &str) -> Vec<PathBuf> {
    let is_ours = |path: &PathBuf| {
        path.ends_with("Cargo.toml") && !path.components().any(|part| part.as_os_str() == "target")
    };
    files(&root().join(folder), "toml").into_iter().filter(is_ours).collect()
}

/// What no line of ours has; not in one piece, since this is one of the lines.
const WORD: &str = concat!("un", "safe");

/// With `cargo fuzz` the macro of libFuzzer declares a symbol, which is not ours to declare in
/// another way: what is written here has none.
#[test]
fn no_crate_opts_out_of_the_lints_that_forbid_unsafe_code() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    let folders = ["crates", "examples", "benches", "fuzz"];
    let manifests: Vec<_> = folders.into_iter().flat_map(manifests).collect();
    assert!(manifests.len() > 25, "{manifests:?}");
    for manifest in manifests {
        let text = read(&manifest);
        assert!(
            text.contains("[lints]\nworkspace = true")
                || text.contains("[lints.rust]\nunsafe_code = \"forbid\""),
            "{}",
            manifest.display()
        );
    }
    // In sources of other workspaces a lint may be looked at by nobody.
    let mut looked = 0;
    for file in folders.into_iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        let text = read(&file);
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let is_unsafe = ["{", "fn ", "impl ", "extern ", "("].iter().any(|next| {
                line.contains(&[WORD, " ", next].concat()) || line.contains(&[WORD, next].concat())
            });
            assert!(!is_unsafe, "{}: {line}", file.display());
        }
        looked += 1;
    }
    assert!(looked > 300, "{looked}");
}

/// How many webhooks the provider's tables have.
fn webhooks(fixture: &str) -> (usize, usize) {
    let table: Value = serde_json::from_str(&read(format!("crates/{fixture}.json"))).unwrap();
    let events = table["events"].as_object().unwrap();
    let on_a_socket = events
        .values()
        .filter(|event| event.get("channel").is_some_and(|channel| channel != "webhook"));
    let on_a_socket = on_a_socket.count();
    (events.len() - on_a_socket, on_a_socket)
}

#[test]
fn the_numbers_of_webhooks_are_those_of_the_tables() {
    let twilio: usize = ["video", "conversations", "voice", "messaging"]
        .map(|product| {
            webhooks(&format!("switchhook-twilio-{product}/tests/fixtures/twilio-{product}")).0
        })
        .iter()
        .sum();
    let (signalwire, socket) = webhooks("switchhook-signalwire/tests/fixtures/signalwire");
    let (compat, _) = webhooks("switchhook-signalwire/tests/fixtures/signalwire-compat");
    for (paper, said) in [
        ("README.md", format!("Twilio's {twilio} webhooks")),
        ("README.md", format!("SignalWire's {signalwire} webhooks")),
        ("README.md", format!("the {compat} of its compatibility API")),
        (
            "crates/switchhook/COMPARE.md",
            format!("{twilio} Twilio and {} SignalWire webhooks", signalwire + compat),
        ),
        (
            "CHANGELOG.md",
            format!("{signalwire} native webhooks and the {socket} events of the socket"),
        ),
    ] {
        assert!(read(paper).contains(&said), "{paper} does not say {said:?}");
    }
}
