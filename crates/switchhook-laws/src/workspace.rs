//! The workspace, as cargo tells it.

use std::{
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
        let output = cargo.arg("--manifest-path").arg(manifest).output().unwrap();
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
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

    /// The cargo that runs this program, or else the one of the path.
    pub fn cargo() -> Command {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }
}

/// The files below a folder whose names end so, and none where there is no such folder.
///
/// # Panics
///
/// Where a file system breaks off.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => files(&path, extension),
        Some(end) if end == extension => vec![path],
        _ => Vec::new(),
    };
    entries.flat_map(below).collect()
}
