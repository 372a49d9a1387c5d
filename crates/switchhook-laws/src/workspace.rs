//! The workspace, as cargo tells it.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The workspace's packages, and where it lies.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the workspace's manifest.
    pub root: PathBuf,
    /// The folder that cargo builds in.
    pub target: PathBuf,
    /// The packages as `cargo metadata` writes them.
    pub packages: Vec<Value>,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Panics
    ///
    /// Where there is no workspace around the sources of this crate.
    pub fn read() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
        let mut cargo = Self::cargo();
        cargo.args(["metadata", "--no-deps", "--format-version", "1", "--offline"]);
        let metadata = output(cargo.arg("--manifest-path").arg(manifest));
        let metadata: Value = serde_json::from_str(&metadata).unwrap();
        Self {
            root: metadata["workspace_root"].as_str().unwrap().into(),
            target: metadata["target_directory"].as_str().unwrap().into(),
            packages: metadata["packages"].as_array().unwrap().clone(),
        }
    }

    /// The packages that are published, in the order of their names.
    pub fn published(&self) -> impl Iterator<Item = &Value> {
        self.packages.iter().filter(|package| package["publish"].is_null())
    }

    /// What is built for a program on [`TARGET`] that depends on these crates of ours with these
    /// features: names and versions, such as `bytes v1.10.0`.
    ///
    /// # Panics
    ///
    /// Where there are no such crates or features.
    pub fn graph(&self, roots: &[&str], features: &str) -> BTreeSet<String> {
        let mut tree = Self::cargo();
        tree.current_dir(&self.root).args(["tree", "--locked", "--edges", "normal,build"]);
        tree.args(["--prefix", "none", "--format", "{p}", "--target", TARGET]);
        tree.args(["--features", features]);
        tree.args(roots.iter().flat_map(|root| ["--package", root]));
        let tree = output(&mut tree);
        let lines = tree.lines().filter(|line| !line.is_empty());
        lines.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }

    /// What cargo tells about every package that is built for [`TARGET`], by name and version as
    /// [`Self::graph`] has them.
    ///
    /// # Panics
    ///
    /// Where the lock file is not the manifests'.
    pub fn every_package(&self) -> BTreeMap<String, Value> {
        let mut cargo = Self::cargo();
        cargo.current_dir(&self.root).args(["metadata", "--locked", "--format-version", "1"]);
        cargo.args(["--all-features", "--filter-platform", TARGET]);
        let metadata: Value = serde_json::from_str(&output(&mut cargo)).unwrap();
        let packages = metadata["packages"].as_array().unwrap().iter();
        let text = |package: &Value, key: &str| package[key].as_str().unwrap().to_owned();
        let key = |package| format!("{} v{}", text(package, "name"), text(package, "version"));
        packages.map(|package| (key(package), package.clone())).collect()
    }

    /// The cargo that runs this program, or else the one of the path.
    pub fn cargo() -> Command {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }
}

/// The platform that graphs are told for. Others may add a crate: on ARM, what looks for its instructions needs `libc`.
pub const TARGET: &str = "x86_64-unknown-linux-gnu";

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The files below a folder whose names end so, and none where there is no such folder.
///
/// # Panics
///
/// Where a file system breaks off.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| match path.extension() {
        _ if path.ends_with("target") => Vec::new(),
        _ if path.is_dir() => files(&path, extension),
        Some(end) if end == extension => vec![path],
        _ => Vec::new(),
    };
    entries.flat_map(below).collect()
}
