//! Documents as people write them: read without loss, judged as the provider's schema does.

use std::path::Path;

use serde_json::Value;
use switchhook_swml::{Severity, read};

struct Case {
    id: String,
    doc: Value,
    valid: bool,
    rejections: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let case = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let rejections = line["rejection"].as_array().into_iter().flatten();
        let rejection = |of: &Value| {
            (of["path"].as_str().unwrap().to_owned(), of["kind"].as_str().unwrap().to_owned())
        };
        Case {
            id: line["id"].as_str().unwrap().to_owned(),
            doc: line["doc"].clone(),
            valid: line["valid_by_schema"] == true && line["valid_by_docs_spec"] == true,
            // What the newer schema takes is no fault.
            rejections: if line["valid_by_docs_spec"] == true {
                Vec::new()
            } else {
                rejections.map(rejection).collect()
            },
        }
    };
    text.lines().filter(|line| !line.is_empty()).map(case).collect()
}

fn corpus() -> Vec<Case> {
    let mut all = cases(include_str!("fixtures/corpus.jsonl"));
    // Documents that may be run and not be copied lie beside a checkout, or they do not.
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spec/swml-corpus.jsonl");
    if let Ok(text) = std::fs::read_to_string(beside) {
        all.extend(cases(&text));
    }
    all
}

#[test]
fn the_corpus_is_whole() {
    let copied = cases(include_str!("fixtures/corpus.jsonl"));
    assert_eq!(copied.len(), 63);
    assert_eq!(copied.iter().filter(|case| case.valid).count(), 20);
}

#[test]
fn every_document_comes_out_as_it_went_in() {
    for case in corpus() {
        // Compact, in order: the same text means the same values and the same order of keys.
        let text = case.doc.to_string();
        assert_eq!(read(&text).unwrap().to_json(), text, "{}", case.id);
        let spread = serde_json::to_string_pretty(&case.doc).unwrap();
        assert_eq!(read(spread).unwrap().to_json(), text, "{}", case.id);
    }
}

#[cfg(feature = "yaml")]
#[test]
fn json_is_yaml() {
    for case in corpus() {
        let text = case.doc.to_string();
        let read = switchhook_swml::read_yaml(&text).map(|document| document.to_json());
        assert_eq!(read.as_deref(), Ok(&*text), "{}", case.id);
    }
}

#[test]
fn what_the_schema_accepts_has_no_errors() {
    for case in corpus().into_iter().filter(|case| case.valid) {
        let found = read(case.doc.to_string()).unwrap().lint();
        assert_eq!(found.errors().next(), None, "{}:\n{found}", case.id);
    }
}

/// Where the platform's own pages have what the schema has not: `transfer` beside `SWML`.
const LAXER: &str = "/data_map/expressions/0/output/action/1";

#[test]
fn what_the_schema_rejects_is_found_at_the_same_place() {
    for case in corpus().into_iter().filter(|case| !case.valid) {
        let found = read(case.doc.to_string()).unwrap().lint();
        for (path, kind) in &case.rejections {
            let path = format!("/{path}");
            if kind == "extra-key" && path.ends_with(LAXER) {
                continue;
            }
            let there = found.iter().any(|found| {
                let below = found.path.strip_prefix(&path);
                found.severity >= Severity::Warning
                    && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            assert!(there, "{}: {kind} at {path}:\n{found}", case.id);
        }
    }
}

#[test]
fn what_cannot_be_typed_is_a_problem() {
    for case in corpus() {
        let document = read(case.doc.to_string()).unwrap();
        let wrong = document.lint();
        let wrong = wrong.iter().filter(|found| found.code == Some("element_wrong_type")).count();
        assert_eq!(document.problems().len(), wrong, "{}", case.id);
    }
}
