use std::collections::HashMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

fn parse(form: &str) -> Params {
    Params::parse(form.as_bytes()).unwrap()
}

fn pairs(form: &str) -> Vec<(String, String)> {
    parse(form).iter().map(|(name, value)| (name.into(), value.into())).collect()
}

#[test]
fn decodes_as_the_table_says() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("", &[]),
        ("&&&", &[]),
        ("a", &[("a", "")]),
        ("a=", &[("a", "")]),
        ("=v", &[("", "v")]),
        ("=", &[("", "")]),
        ("a=b=c==&Z=%3D", &[("a", "b=c=="), ("Z", "=")]),
        ("a+b=c+d%20e", &[("a b", "c d e")]),
        ("b=2&a=1&b=2", &[("b", "2"), ("a", "1"), ("b", "2")]),
        ("x=100%&y=%zz&z=%4", &[("x", "100%"), ("y", "%zz"), ("z", "%4")]),
        ("x=%2541", &[("x", "%41")]),
        ("x=a;b", &[("x", "a;b")]),
        ("n=Zo%c3%ab%2B", &[("n", "Zoë+")]),
        ("Media%5B0%5D=x", &[("Media[0]", "x")]),
        ("x=%00%0D%0A%09+", &[("x", "\0\r\n\t ")]),
        ("x=Zoë", &[("x", "Zoë")]),
    ];
    for (form, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|&(n, v)| (n.into(), v.into())).collect();
        assert_eq!(pairs(form), expected, "{form}");
    }
}

#[test]
fn first_value_wins_and_all_are_kept() {
    let params = parse("a=&a=2&b=3");
    assert_eq!(params.get("a"), Some(""));
    assert_eq!(params.get_all("a").collect::<Vec<_>>(), ["", "2"]);
    assert_eq!(params.get("A"), None);
    assert!(params.contains("b") && !params.contains("c"));
}

#[test]
fn refuses_what_is_over_the_limits() {
    let limits = Limits::default();
    let many = "a&".repeat(limits.parameters);
    assert_eq!(parse(&many).len(), limits.parameters);
    let error = Params::parse(format!("{many}b").as_bytes()).unwrap_err();
    assert_eq!(error, ParamsError::TooMany { limit: 512 });
    assert_eq!(error.status(), 413);

    let long = "x".repeat(limits.body_bytes);
    assert_eq!(parse(&long).len(), 1);
    let error = Params::parse(format!("{long}x").as_bytes()).unwrap_err();
    assert_eq!(error, ParamsError::TooLong { limit: 256 * 1024 });
}

#[test]
fn withholds_what_is_not_text_and_keeps_its_bytes() {
    let params = parse("Body=%E9t%E9&A=1&%FF=x");
    assert!(params.has_invalid_text());
    assert_eq!(params.iter().collect::<Vec<_>>(), [("A", "1")]);
    assert_eq!(params.get("Body"), None);
    assert_eq!(params.len(), 3);
    let bytes: Vec<_> = params.iter_bytes().collect();
    assert_eq!(bytes[0], (&b"Body"[..], &b"\xE9t\xE9"[..]));
    assert_eq!(params.to_form(), "Body=%E9t%E9&A=1&%FF=x");

    let params = params.replace_invalid_text();
    assert!(!params.has_invalid_text());
    assert_eq!(params.get("Body"), Some("\u{FFFD}t\u{FFFD}"));
    assert_eq!(params.iter_bytes().next().unwrap().1, b"\xE9t\xE9");
}

#[test]
fn invalid_halves_that_join_into_a_character_are_not_text() {
    for form in ["%C3=%A9", "a=%C3&%A9=b", "a=%E2%82&%AC"] {
        let params = parse(form);
        assert!(params.has_invalid_text(), "{form}");
        assert!(params.iter().all(|(name, value)| name.is_ascii() && value.is_ascii()));
        assert_eq!(Params::parse(params.to_form().as_bytes()).unwrap(), params);
    }
}

#[test]
fn sorts_by_name_then_value_and_once_each() {
    let params = parse("ReasonConferenceEnded=t&Reason=P&b=4&_x=5&B=2&1=6&N=9&N=10&N=9&R=");
    let sorted: Vec<String> = params
        .sorted()
        .map(|(name, value)| format!("{}={}", name.escape_ascii(), value.escape_ascii()))
        .collect();
    let expected =
        ["1=6", "B=2", "N=10", "N=9", "R=", "Reason=P", "ReasonConferenceEnded=t", "_x=5", "b=4"];
    assert_eq!(sorted, expected);
}

#[test]
fn numbered_and_prefixed_names() {
    let params =
        parse("MediaUrl10=k&MediaUrl2=c&MediaUrl=x&MediaUrl01=y&MediaUrl2=d&SipHeader_X-A=1");
    assert_eq!(params.indexed("MediaUrl"), [(2, "c"), (10, "k")]);
    assert_eq!(params.prefixed("SipHeader_").collect::<Vec<_>>(), [("X-A", "1")]);
}

#[test]
fn debug_shows_no_value_and_no_name() {
    let shown = format!("{0:?} {1:?}", parse("From=%2B15550001111"), parse("a=b").sorted());
    assert_eq!(shown, "Params(1 pairs, 16 bytes) Sorted(1 pairs)");
}

#[derive(Debug, Deserialize, PartialEq)]
enum Kind {
    #[serde(rename = "audio")]
    Audio,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Mixed {
    count: u32,
    ratio: f64,
    flag: bool,
    kind: Kind,
    name: Option<String>,
    empty: Option<u32>,
    absent: Option<u32>,
    tags: Vec<u8>,
}

#[test]
fn deserializes_users_types() {
    let params =
        parse("Count=7&Ratio=1.5&Flag=true&Kind=audio&Name=x&Empty=&Tags=1&Tags=2&Other=z");
    let expected = Mixed {
        count: 7,
        ratio: 1.5,
        flag: true,
        kind: Kind::Audio,
        name: Some("x".into()),
        empty: None,
        absent: None,
        tags: vec![1, 2],
    };
    assert_eq!(params.deserialize::<Mixed>().unwrap(), expected);
    let map: HashMap<String, Vec<String>> = params.deserialize().unwrap();
    assert_eq!(map["Tags"], ["1", "2"]);
    let map: HashMap<&str, &str> = params.deserialize().unwrap();
    assert_eq!(map["Tags"], "1");
}

#[test]
fn deserialize_errors_name_the_parameter_and_never_the_value() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the error is looked at")]
    struct Numbers {
        #[serde(rename = "From")]
        from: u32,
    }
    let error = parse("From=%2B1555000x").deserialize::<Numbers>().unwrap_err();
    assert_eq!(error.to_string(), r#"parameter "From": expected an unsigned 32-bit integer"#);
    assert_eq!(error.param(), Some("From"));
    assert!(parse("From=%2B15550001111").deserialize::<Numbers>().is_err());
    let text = parse("%2B15550001111=x").deserialize::<HashMap<String, u32>>().unwrap_err();
    assert_eq!(text.to_string(), "expected an unsigned 32-bit integer");
    let many = "a=1&b=2&".repeat(200);
    let map: HashMap<String, Vec<u8>> = parse(&many).deserialize().unwrap();
    assert_eq!((map.len(), map["a"].len()), (2, 200));
    let error = parse("To=1").deserialize::<Numbers>().unwrap_err();
    assert_eq!(error.to_string(), r#"parameter "From": expected to be present"#);
    let error = parse("From=%FF").deserialize::<HashMap<String, String>>().unwrap_err();
    assert_eq!(error.to_string(), "expected parameters in UTF-8");
    let error = parse("From=secret")
        .deserialize::<std::collections::BTreeMap<String, Vec<Kind>>>()
        .unwrap_err();
    assert_eq!(error.to_string(), r#"parameter "From": expected one of ["audio"]"#);
}

#[test]
fn writes_each_byte_as_form_urlencoded_does() {
    let bytes: Vec<u8> = (0..=u8::MAX).collect();
    let oracle: String = form_urlencoded::byte_serialize(&bytes).collect();
    assert_eq!(Params::from_iter([(&bytes, "")]).to_form(), format!("{oracle}="));
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

proptest! {
    #[test]
    fn decodes_what_form_urlencoded_decodes(form in "[a-c%+=&;0-9A-Fé\u{0}]{0,60}") {
        let ours: Vec<_> = parse(&form).iter_bytes().map(|(n, v)| (lossy(n), lossy(v))).collect();
        let oracle: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        prop_assert_eq!(ours, oracle);
    }

    #[test]
    fn writes_what_it_read(pairs in prop::collection::vec((any::<Vec<u8>>(), any::<Vec<u8>>()), 0..80)) {
        let params: Params = pairs.iter().map(|(n, v)| (n, v)).collect();
        let again = Params::parse(params.to_form().as_bytes()).unwrap();
        prop_assert_eq!(&again, &params);
        let out: Vec<_> = again.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())).collect();
        prop_assert_eq!(out, pairs);
    }

    #[test]
    fn writes_what_serde_urlencoded_writes(pairs in prop::collection::vec((any::<String>(), any::<String>()), 0..20)) {
        let params: Params = pairs.iter().map(|(n, v)| (n, v)).collect();
        prop_assert_eq!(params.to_form(), serde_urlencoded::to_string(&pairs).unwrap());
    }

    #[test]
    fn sorted_is_a_sort_without_repeats(pairs in prop::collection::vec(("[a-bA]{0,10}", "[0-1]{0,2}"), 0..150)) {
        let params: Params = pairs.iter().map(|(n, v)| (n, v)).collect();
        let sorted: Vec<_> = params.sorted().map(|(n, v)| (lossy(n), lossy(v))).collect();
        let mut expected = pairs;
        expected.sort();
        expected.dedup();
        prop_assert_eq!(sorted, expected);
    }
}
