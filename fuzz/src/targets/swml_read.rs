//! Any bytes as SWML, in JSON and in YAML: read or refused, never a panic; `serde_json` takes
//! the same; what was read is written and read again.

use serde_json::Value;
use switchhook_swml::{Document, Method, ReadErrorKind, Severity, messaging, read, read_yaml};

pub fn check(bytes: &[u8]) {
    let oracle = serde_json::from_slice::<Value>(bytes);
    match (read(bytes), oracle) {
        (Ok(document), Ok(value)) => {
            let again: Value = serde_json::from_str(&document.to_json()).unwrap();
            assert_eq!(again, value);
            keeps(&document);
        }
        // Numbers that no float holds, and the mark that editors write.
        (Ok(document), Err(_)) => keeps(&document),
        (Err(error), Ok(_)) => {
            let bounds =
                [ReadErrorKind::TooDeep, ReadErrorKind::TooManyNodes, ReadErrorKind::TooLarge];
            assert!(bounds.contains(&error.kind()), "{error}");
        }
        (Err(_), Err(_)) => {}
    }
    if let Ok(document) = read_yaml(bytes) {
        keeps(&document);
    }
}

fn keeps(document: &Document) {
    let text = document.to_json();
    let again = read(&text).expect("what was written can be read");
    assert_eq!(&again, document);
    assert_eq!(again.to_json(), text);
    let found = document.lint();
    // The last of those that are worse than notes may say that there are more.
    let (notes, worse): (Vec<_>, Vec<_>) =
        found.iter().partition(|found| found.severity == Severity::Note);
    assert!(notes.len() <= 200 && worse.len() <= 201);
    let _ = (found.to_string(), document.problems(), format!("{document:?}"));
    for step in document.all_steps() {
        let _ = (Method::from(step), messaging::Method::from(step));
    }
}
