//! Packages hold what dependents compile and read, and nothing else.

use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

use serde_json::Value;
use switchhook_laws::Workspace;

use crate::text;

/// Folders and files at the top of a package; `tests` holds what the tests in `src` read.
const TOP: [&str; 9] = [
    ".cargo_vcs_info.json",
    "COMPARE.md",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE",
    "README.md",
    "src",
    "tests",
];

fn folder(package: &Value) -> PathBuf {
    Path::new(text(package, "manifest_path")).parent().unwrap().to_owned()
}

fn files(package: &Value) -> BTreeSet<PathBuf> {
    let mut cargo = Workspace::cargo();
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(folder(package));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(PathBuf::from).collect()
}

#[test]
fn a_package_holds_its_sources_its_license_and_what_its_sources_read() {
    let workspace = Workspace::read();
    let license = fs::read(workspace.root.join("LICENSE")).unwrap();
    let mut read = 0;
    for package in workspace.published() {
        let (name, files, folder) = (text(package, "name"), files(package), folder(package));
        assert!(files.contains(Path::new("LICENSE")), "{name}");
        assert_eq!(fs::read(folder.join("LICENSE")).unwrap(), license, "{name}");
        for file in &files {
            let top = file.components().next().unwrap().as_os_str().to_str().unwrap();
            assert!(TOP.contains(&top), "{name}: {}", file.display());
            if file.extension().is_some_and(|extension| extension == "rs") {
                for named in named_in(&fs::read_to_string(folder.join(file)).unwrap()) {
                    read += 1;
                    let named = normal(&file.parent().unwrap().join(&named));
                    let place = format!("{name}: {} in {}", named.display(), file.display());
                    assert!(files.contains(&named), "{place}");
                }
            }
        }
    }
    assert!(read > 5, "{read}");
}

/// The files that a source names.
fn named_in(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let starts = ["include_str!(\"", "include_bytes!(\"", "#[path = \""];
    let named = code.filter_map(|line| starts.iter().find_map(|start| line.split_once(start)));
    named.map(|(_, rest)| rest.split('"').next().unwrap().to_owned()).collect()
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            normal.pop();
        } else {
            normal.push(part);
        }
    }
    normal
}
