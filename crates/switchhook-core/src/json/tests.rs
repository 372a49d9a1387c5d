use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::JsonError;

fn parse(text: &str) -> Result<Json, ParseJsonError> {
    Json::parse(text.as_bytes())
}

#[test]
fn reads_what_serde_json_reads() {
    let mut texts = vec![
        r#" { "a" : [ 1 , -0.5e+3 , true,false , null , "x\n\u00e9\ud83d\ude00" ] , "b":{} , "c":[] } "#,
        "1",
        "\"\"",
        "null",
        "[]",
        "{}",
        "[[[]]]",
        "[{}]",
        "{\"a\":{}}",
        "-0",
        "0.0",
        "1E9",
        "[1,2,[3],{\"k\":[4]}]",
        "\"\u{7f}\"",
    ];
    texts.extend([
        "",
        " ",
        "{",
        "[",
        "]",
        "{]",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{1:2}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nulll",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\t\"",
        "1 2",
        "[1 2]",
        "{\"a\" 1}",
        "'a'",
        "\u{feff}1",
        "[1]]",
        "NaN",
        "\"\\",
        "[\"a",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1}",
        "[{]}",
        "\u{a0}1",
    ]);
    for text in texts {
        let ours = parse(text);
        let theirs: Result<Value, _> = serde_json::from_str(text);
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}: {ours:?}");
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            assert_eq!(ours.as_str(), text.trim());
            assert_eq!(serde_json::to_value(&ours).unwrap(), theirs);
            assert_eq!(ours.to::<Value>().unwrap(), theirs);
            assert_eq!(serde_json::from_str::<Json>(text).unwrap().to::<Value>().unwrap(), theirs);
        }
    }
}

#[test]
fn bombs_are_refused_at_their_limit() {
    let limits = Limits::default().with_body_bytes(10_000_000);
    let parse = |text: &str| Json::parse_within(text.as_bytes(), &limits).map(|_| ());
    let nested = |depth: usize| [vec!["["; depth], vec!["]"; depth]].concat().concat();
    assert_eq!(parse(&nested(64)), Ok(()));
    assert_eq!(parse(&nested(65)), Err(ParseJsonError::TooDeep { limit: 64 }));
    assert_eq!(parse(&"[".repeat(1_000_000)), Err(ParseJsonError::TooDeep { limit: 64 }));
    assert_eq!(parse(&"{\"a\":".repeat(1_000_000)), Err(ParseJsonError::TooDeep { limit: 64 }));
    // Also where the limit was put past what a reader's stack can bear.
    let mut deeper = limits;
    for (depth, limit) in [(127, 127), (128, 128), (129, 128), (200_000, 128), (usize::MAX, 128)] {
        deeper.json_depth = depth;
        let parsed = Json::parse_within("[".repeat(130_000).as_bytes(), &deeper);
        assert_eq!(parsed, Err(ParseJsonError::TooDeep { limit }), "{depth}");
    }
    let keys: Vec<_> = (0..100_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let too_many = ParseJsonError::TooManyValues { limit: 32_768 };
    assert_eq!(parse(&format!("{{\"new\":{{{}}}}}", keys.join(","))), Err(too_many));
    let text = format!("{{\"new\":\"{}\"}}", "x".repeat(1_000_000));
    assert_eq!(parse(&text), Ok(()));
    let too_long = ParseJsonError::TooLong { limit: 262_144 };
    assert_eq!(Json::parse(text.as_bytes()), Err(too_long));
    assert!(too_long.is_too_large() && too_many.is_too_large());
    assert_eq!(Json::parse(b"\"\xff\""), Err(ParseJsonError::NotText));
}

#[test]
fn names_that_come_twice_are_found_and_the_first_counts() {
    let json = parse(r#"{"a":1,"b":{"x":1,"\u0078":2},"a":2}"#).unwrap();
    assert!(json.has_repeats());
    let value = json.as_ref();
    assert_eq!(value.at("a").unwrap().raw(), "1");
    assert_eq!(value.at("b.x").unwrap().raw(), "1");
    assert_eq!(value.members().count(), 3);
    let first: BTreeMap<String, Value> = json.to().unwrap();
    assert_eq!(first["a"], 1);
    let many: Vec<_> = (0..40).map(|n| format!("\"k{n}\":{n}")).collect();
    assert!(!parse(&format!("{{{}}}", many.join(","))).unwrap().has_repeats());
    assert!(parse(&format!("{{{},\"k\\u0033\":0}}", many.join(","))).unwrap().has_repeats());
    assert!(!parse(r#"[{"a":1},{"a":1}]"#).unwrap().has_repeats());
}

#[test]
fn numbers_and_texts_survive_that_serde_cannot_say() {
    for text in ["1e400", "\"\\ud800\"", "{\"\\udc00\":1}", "123456789012345678901234567890"] {
        let json = parse(&format!("{{\"v\":{text}}}"));
        assert_eq!(json.unwrap().as_str(), format!("{{\"v\":{text}}}"));
    }
    let half = parse("\"\\ud800\"").unwrap();
    assert_eq!((half.as_ref().as_str(), half.as_ref().kind()), (None, JsonKind::Text));
    assert!(serde_json::to_string(&half).is_err());
    assert!(serde_json::to_string(&parse("1e400").unwrap()).is_err());
}

#[test]
fn serde_rounds_no_whole_number() {
    let rounded =
        ["123456789012345678901234567890", "-9223372036854775809", "18446744073709551617"];
    for text in rounded {
        let json = parse(text).unwrap();
        assert!(serde_json::to_string(&json).is_err(), "{text}");
        assert!(serde_json::to_string(&parse(&format!("{{\"a\":[{text}]}}")).unwrap()).is_err());
        assert_eq!(json.to::<Value>(), Err(JsonError::shape()), "{text}");
        assert!(json.to::<Json>().is_err(), "{text}");
        // Who asks for a float has asked for rounding.
        assert_eq!(json.to::<f64>(), Ok(text.parse().unwrap()));
    }
    assert_eq!(parse(rounded[0]).unwrap().to(), Ok(123_456_789_012_345_678_901_234_567_890_u128));
    assert_eq!(parse(rounded[1]).unwrap().to(), Ok(-9_223_372_036_854_775_809_i128));
    assert_eq!(parse("7").unwrap().to(), Ok(7_u128));
    assert!(parse("\"7\"").unwrap().to::<i128>().is_err());
    // What a float holds to the last digit.
    for text in ["18446744073709551616", "100000000000000000000", "-18446744073709551616"] {
        let again = serde_json::to_string(&parse(text).unwrap()).unwrap();
        assert_eq!(again.parse(), text.parse::<f64>(), "{text}");
    }
}

#[test]
fn what_a_type_has_no_place_for_is_another_shape() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Way {
        By(String),
        From(u8, u8),
        Nowhere,
    }

    let way = |text: &str| parse(text).unwrap().to::<Way>();
    assert_eq!(parse("[1,2]").unwrap().to(), Ok([1_u32, 2]));
    assert_eq!(parse("[1,2,3]").unwrap().to::<[u32; 2]>(), Err(JsonError::shape()));
    assert_eq!(parse("[[1,2,3]]").unwrap().to::<Vec<(u8, u8)>>(), Err(JsonError::shape()));
    assert_eq!(way(r#"{"By":"air"}"#), Ok(Way::By("air".into())));
    assert_eq!(way(r#"{"From":[1,2]}"#), Ok(Way::From(1, 2)));
    assert_eq!(way(r#"{"Nowhere":null}"#), Ok(Way::Nowhere));
    assert_eq!(way("\"Nowhere\""), Ok(Way::Nowhere));
    for other in [
        r#"{"By":"air","From":[1,2]}"#,
        r#"{"Nowhere":null,"more":1}"#,
        r#"{"Nowhere":1}"#,
        r#"{"From":[1,2,3]}"#,
        r#"{"From":7}"#,
        "{}",
        "\"By\"",
    ] {
        assert_eq!(way(other), Err(JsonError::shape()), "{other}");
    }
}

#[test]
fn edits_change_what_they_name_and_nothing_else() {
    let json = parse(r#"{ "a": 1.50, "p": {"x":"1", "y" : [ 2 ]}, "z":null}"#).unwrap();
    let edit = |path: &'static str, text: Option<&str>| Edit {
        path: path.into(),
        text: text.map(str::to_owned),
    };
    let edits = [
        edit("p.x", Some("\"new\"")),
        edit("p.n.m", Some("7")),
        edit("z", Some("{}")),
        edit("a", None),
        edit("q.r", Some("[]")),
        edit("s.t", None),
    ];
    let text = r#"{"p":{"x":"new","y":[ 2 ],"n":{"m":7}},"z":{},"q":{"r":[]}}"#;
    assert_eq!(json.with(&edits).as_str(), text);
    assert_eq!(json.with(&[]).as_str(), json.as_str());
    // What is no object gives way.
    assert_eq!(parse("{\"p\":3}").unwrap().with(&edits[..1]).as_str(), r#"{"p":{"x":"new"}}"#);
}

#[test]
fn debug_shows_sizes() {
    let json = parse("{\"from\":\"+15550001111\"}").unwrap();
    assert_eq!(format!("{json:?} {:?}", json.as_ref()), "Json(23 bytes) Object(23 bytes)");
}

/// Each name on the way is a level of the stack.
#[test]
fn a_path_deeper_than_any_reader_goes_is_one_name() {
    let with = |path: &str| {
        let edit = Edit { path: path.into(), text: Some("{\"x\":1}".to_owned()) };
        Json::empty_object().with(&[edit])
    };
    let deep = vec!["a"; 200_000].join(".");
    assert_eq!(with(&deep).as_str(), format!("{{\"{deep}\":{{\"x\":1}}}}"));
    let most = vec!["a"; Limits::DEEPEST - 1].join(".");
    assert_eq!(with(&most).as_str().matches("\"a\":{").count(), Limits::DEEPEST - 1);
}
