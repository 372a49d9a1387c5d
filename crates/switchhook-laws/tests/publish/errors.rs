//! An error's cause is an error of ours: who downcasts it depends on no other crate.
//!
//! What errors show by themselves, conversions too, is for the program `public-api` to say.

use std::{fs, path::Path};

use switchhook_laws::{Workspace, files};

use crate::text;

/// Where a cause is written by hand: it is the error that a user's handler has returned.
const BY_HAND: [&str; 1] = ["switchhook-dispatch/src/redeliver.rs"];

#[test]
fn a_cause_is_an_error_of_ours() {
    let workspace = Workspace::read();
    let sources = workspace.published().flat_map(|package| {
        files(&Path::new(text(package, "manifest_path")).with_file_name("src"), "rs")
    });
    let sources: Vec<_> = sources.collect();
    let texts: Vec<_> = sources.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let is_ours = |name: &str| {
        let starts = ["struct", "enum"].map(|kind| format!("pub {kind} {name} "));
        texts.iter().any(|text| starts.iter().any(|start| text.contains(start)))
    };
    let mut looked = 0;
    for (file, text) in sources.iter().zip(&texts) {
        for line in text.lines() {
            let place = format!("{}: {line}", file.display());
            if line.contains("fn source(&self) -> Option") {
                looked += 1;
                assert!(BY_HAND.iter().any(|by_hand| file.ends_with(by_hand)), "{place}");
            }
            let cause = ["#[from] ", "#[source] "].iter().find_map(|mark| line.split_once(mark));
            if let Some((_, cause)) = cause {
                looked += 1;
                let name = cause.trim_end_matches([')', ',']).rsplit([':', ' ']).next().unwrap();
                assert!(is_ours(name), "{place}");
            }
        }
    }
    assert!(looked >= 2, "{looked}");
}
