//! What has to hold before anything is published: manifests, packages, dependencies.
//!
//! That packages build from their own files is for cargo to say, and that nothing of other crates
//! is in our API for the program `public-api`: `.ci/run` asks both.

mod dependencies;
mod docs;
mod errors;
mod licenses;
mod manifests;
mod packages;
mod words;

use serde_json::Value;

fn text<'a>(package: &'a Value, name: &str) -> &'a str {
    package[name].as_str().unwrap_or_default()
}

fn texts(package: &Value, name: &str) -> Vec<String> {
    let list = package[name].as_array().into_iter().flatten();
    list.map(|text| text.as_str().unwrap().to_owned()).collect()
}
