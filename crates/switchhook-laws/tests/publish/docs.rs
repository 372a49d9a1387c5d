//! The pages mark what is there by a feature alone.
//!
//! Asked where `SWITCHHOOK_DOCS_TESTS` is set, of the pages that `.ci/run` has built.

use std::{env, fs};

use switchhook_laws::{Workspace, files};

use crate::text;

/// Features that bring nothing public to their own crate: what they switch on is marked in another.
const ELSEWHERE: [(&str, &[&str]); 2] = [
    (
        "switchhook",
        &[
            "axum-serve",
            "chrono",
            "http-body",
            "jiff",
            "media-streams",
            "postgres",
            "postgres-tls",
            "sqlite",
            "swml-yaml",
            "testing",
            "time",
            "tower",
        ],
    ),
    ("switchhook-inbox", &["postgres-tls"]),
];

#[test]
fn what_a_feature_brings_is_marked_on_its_page() {
    if env::var_os("SWITCHHOOK_DOCS_TESTS").is_none() {
        return;
    }
    let workspace = Workspace::read();
    let mut looked = 0;
    for package in workspace.published() {
        let name = text(package, "name");
        let elsewhere = ELSEWHERE.iter().find(|row| row.0 == name).map_or(&[][..], |row| row.1);
        let features = package["features"].as_object().unwrap().keys();
        let features: Vec<_> = features.filter(|feature| *feature != "default").collect();
        if features.is_empty() {
            continue;
        }
        let folder = workspace.target.join("doc").join(name.replace('-', "_"));
        let pages = files(&folder, "html");
        assert!(!pages.is_empty(), "{name} has no pages");
        for feature in features {
            looked += 1;
            let marked =
                pages.iter().any(|page| marks(&fs::read_to_string(page).unwrap(), feature));
            assert_eq!(marked, !elsewhere.contains(&feature.as_str()), "{name}: {feature}");
        }
    }
    assert!(looked > 30, "{looked}");
}

/// Whether a page says of something that it is only there with a feature.
fn marks(page: &str, feature: &str) -> bool {
    let (badge, tip) = (format!("<code>{feature}</code>"), format!("`{feature}`"));
    let mut marks = page.split("stab portability\"").skip(1);
    marks.any(|mark| {
        let mark = &mark[..mark.find("only").unwrap_or(0)];
        mark.contains(&badge) || mark.contains(&tip)
    })
}
