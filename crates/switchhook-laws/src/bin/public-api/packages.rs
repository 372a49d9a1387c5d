//! The crates that are published, and their documentation as JSON.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use switchhook_laws::Workspace;

/// The names of the packages that are published and have a library.
pub(crate) fn libraries(workspace: &Workspace) -> Vec<&str> {
    let libraries = workspace.published().filter(|package| {
        let targets = package["targets"].as_array().unwrap().iter();
        targets.flat_map(|target| target["kind"].as_array().unwrap()).any(|kind| kind == "lib")
    });
    let mut names: Vec<_> = libraries.map(|package| package["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Has rustdoc write what is public in packages, and returns the folder of its files.
pub(crate) fn document(workspace: &Workspace, packages: &[&str]) -> PathBuf {
    let status = Workspace::cargo()
        .current_dir(&workspace.root)
        .args(["doc", "--quiet", "--locked", "--all-features", "--no-deps"])
        .args(packages.iter().flat_map(|package| ["-p", package]))
        .env("RUSTDOC", workspace.root.join(".ci/rustdoc"))
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .status()
        .unwrap();
    assert!(status.success(), "cargo doc: {status}");
    workspace.target.join("doc")
}

/// The file that rustdoc has written about a package.
pub(crate) fn read(folder: &Path, package: &str) -> Value {
    let file = folder.join(package.replace('-', "_")).with_extension("json");
    let text = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_slice(&text).unwrap()
}
