//! Reading: hostile documents, and laws.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::Value;
use switchhook_swml::{Document, Json, Limits, ReadErrorKind, read, read_within};

/// What is bounded by the limits is also checked in bounded time: work that grows with the square would take hours.
fn survives(text: &str) {
    let start = Instant::now();
    let document = read(text).unwrap();
    let _ = (document.lint(), document.problems(), document.to_json(), format!("{document:?}"));
    assert_eq!(document.all_steps().count(), document.all_steps().count());
    assert!(start.elapsed() < Duration::from_secs(120), "{} bytes take too long", text.len());
}

#[test]
fn hostile_documents() {
    let long = "x".repeat(1_000_000);
    survives(&format!(
        r#"{{"sections":{{"main":[{{"play":{{"url":"say:{long}"}}}},{{"{long}":1}}]}}}}"#
    ));
    let keys: Vec<_> = (0..99_000).map(|n| format!(r#""k{n}":1"#)).collect();
    survives(&format!("{{{}}}", keys.join(",")));
    survives(&format!(r#"{{"sections":{{"main":[{{"connect":{{{}}}}}]}}}}"#, keys.join(",")));
    let same: Vec<_> = (0..99_000).map(|_| r#""to":1"#).collect();
    survives(&format!(r#"{{"sections":{{"main":[{{"connect":{{{}}}}}]}}}}"#, same.join(",")));
    let labels: Vec<_> = (0..12_000)
        .map(|n| format!(r#"{{"label":"l{n}"}},{{"goto":{{"label":"l{n}"}}}}"#))
        .collect();
    survives(&format!(r#"{{"sections":{{"main":[{}]}}}}"#, labels.join(",")));
    let twins = vec![r#""remote-caller""#; 50_000].join(",");
    survives(&format!(r#"{{"sections":{{"main":[{{"ai_sidecar":{{"direction":[{twins}]}}}}]}}}}"#));
    // Documents in documents, as text.
    let mut text = r#"{"sections":{"main":[{"hangup":{}}]}}"#.to_owned();
    for _ in 0..10 {
        let dest = Json::from(&*text).to_string();
        text = format!(r#"{{"sections":{{"main":[{{"transfer":{{"dest":{dest}}}}}]}}}}"#);
    }
    survives(&text);
    let mut nested = "{}".to_owned();
    for _ in 0..24 {
        nested = format!(r#"[{{"cond":[{{"else":{nested}}}]}}]"#);
    }
    survives(&format!(r#"{{"sections":{{"main":{nested}}}}}"#));
}

#[test]
fn limits() {
    let kind = |text: &str, limits| read_within(text, &limits).unwrap_err().kind();
    let limits = Limits { bytes: 10, nodes: 3, depth: 2 };
    assert_eq!(kind("[1,2,3,4,5]", limits), ReadErrorKind::TooLarge);
    assert_eq!(kind("[1,2,3]", limits), ReadErrorKind::TooManyNodes);
    assert_eq!(kind("[[[]]]", limits), ReadErrorKind::TooDeep);
    assert!(read_within("[[1]]", &limits).is_ok());
    let error = read(b"[\"\xff\"]").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ReadErrorKind::NotUtf8, 2));
    assert_eq!(error.to_string(), "the document is not UTF-8 at byte 2");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".*", inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_comes_out_as_it_went_in(value in any_json()) {
        let text = value.to_string();
        let document = read(&text).unwrap();
        // The same text but for the spelling of control characters.
        prop_assert_eq!(serde_json::from_str::<Value>(&document.to_json()).unwrap(), value.clone());
        prop_assert_eq!(read(document.to_json()).unwrap(), document.clone());
        // And on the way through serde.
        let through: Document = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(serde_json::to_value(&through).unwrap(), value);
        let _ = (document.lint(), document.problems());
    }

    #[test]
    fn any_text_is_read_or_refused(text in r#"[\[\]{}:,"0-9.eE+\-a-z \\]{0,40}"#) {
        let ours = read(&text);
        let oracle = serde_json::from_str::<Value>(&text);
        if let (Ok(document), Ok(value)) = (&ours, &oracle) {
            prop_assert_eq!(&serde_json::from_str::<Value>(&document.to_json()).unwrap(), value);
        }
        // Numbers that no float holds are the only difference.
        prop_assert!(ours.is_ok() || oracle.is_err());
    }
}
