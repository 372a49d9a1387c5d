//! Lists the public API of the crates that are published, and fails at items of other crates in
//! it which the table in `allowed.rs` does not name.
//!
//! ```text
//! $ cargo run -p switchhook-laws --bin public-api            # what of other crates is seen, and where
//! $ cargo run -p switchhook-laws --bin public-api -- list    # every public item, too
//! ```
//!
//! A type of another crate that users can see can never leave again, and its next major version
//! is one of ours. What users see is read from rustdoc's JSON, with all features, which takes the
//! place of the pages in `target/doc`.

mod allowed;
mod api;
mod packages;

use std::{collections::BTreeMap, env, process::ExitCode};

use switchhook_laws::Workspace;

use crate::{allowed::Allowed, api::Api};

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let list = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["list"] => true,
        _ => {
            eprintln!("usage: public-api [list]");
            return ExitCode::from(2);
        }
    };
    let workspace = Workspace::read();
    let libraries = packages::libraries(&workspace);
    let folder = packages::document(&workspace, &libraries);
    let mut allowed = Allowed::default();
    let mut refused = 0;
    for package in libraries {
        let api = Api::of(&packages::read(&folder, package));
        println!("{package}: {} public items", api.items.len());
        if list {
            for item in &api.items {
                println!("    {item}");
            }
        }
        let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for foreign in &api.foreign {
            places.entry(&foreign.path).or_default().push(&foreign.place);
        }
        for (path, places) in places {
            let Some(reason) = allowed.reason(package, path) else {
                refused += 1;
                println!("  {path}: nothing allows it");
                for place in places {
                    println!("    {place}");
                }
                continue;
            };
            println!("  {path} in {}, such as {} ({reason})", places.len(), places[0]);
        }
    }
    let unused = allowed.unused();
    for (package, name, _) in &unused {
        println!("allowed, and nowhere seen: {name} in {package}");
    }
    if refused == 0 && unused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
