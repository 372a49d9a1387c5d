//! Events in JSON, on a family that is declared here.
#![allow(
    dead_code,
    unreachable_pub,
    unexpected_cfgs,
    reason = "the macros declare what a model crate exports"
)]

use crate::{
    Family, Json, JsonOf, Limits, Payload, Problem, ProblemKind, form_family, json_events,
    json_object, params,
};

params! { param {
    /// The call.
    call_id: String = "params.call_id", sample "c1";
    /// How long it was, in seconds.
    length: u64 = "params.length", sample "7";
    /// How loud it was.
    volume: f64 = "params.volume", sample "0.5";
    /// What was said.
    notes: Json = "notes", sample "[]";
    /// Who spoke.
    names: JsonOf<Vec<String>> = "names", sample "[]";
    /// How they were connected.
    legs: JsonOf<Vec<Leg>> = "legs", sample "[]";
} }

json_object! {
    /// A leg.
    pub struct Leg {
        /// Its number.
        number: u64 = "number";
        /// The numbers that were tried before.
        tried: Vec<u64> = "tried";
        /// Its end.
        end: End = "end";
    }

    /// An end.
    pub struct End {
        /// In seconds.
        at: u64 = "at";
    }
}

json_events! {
    params param;
    family PhoneWebhook by "event_type";
    account "project_id";

    /// A call ended.
    CallEnded = "call.ended", group "call" {
        subject call_id;
        documented length, volume, notes, names, legs;
        key (, except length);
        order ();
    }
}

form_family! {
    params param;
    /// Whatever the telephone does.
    pub enum PhoneWebhook = "example.phone" in Json classified by |_: &Payload| {
        Some("call.ended")
    }, common call_id { CallEnded }
}

fn ended(body: &str) -> CallEnded {
    let payload = Payload::from(Json::parse(body.as_bytes()).unwrap());
    let PhoneWebhook::CallEnded(ended) = PhoneWebhook::decode(&payload) else { panic!("an end") };
    ended
}

fn extra(event: &CallEnded) -> Vec<(String, String)> {
    event.extra().map(|(path, value)| (path, value.raw().to_owned())).collect()
}

#[test]
fn a_name_with_a_dot_is_no_path() {
    let body = r#"{"event_type":"call.ended","params.call_id":"x","params":{"call_id":"c1","length":1},"params.length":2}"#;
    let mut event = ended(body);
    assert_eq!((event.call_id.as_str(), event.length), ("c1", Some(1)));
    let unknown = [("params.call_id", "\"x\""), ("params.length", "2")];
    assert_eq!(extra(&event), unknown.map(|(path, value)| (path.into(), value.into())));
    assert_eq!(event.problems(), []);

    event.length = Some(9);
    assert_eq!(event.to_json().as_str(), body.replace("\"length\":1", "\"length\":9"));
    event.length = None;
    assert_eq!(event.to_json().as_str(), body.replace(",\"length\":1", ""));

    // A field set since goes to its own object.
    let mut event = ended(r#"{"params.length":2,"params":{"call_id":"c1"}}"#);
    event.length = Some(9);
    let text =
        r#"{"params.length":2,"params":{"call_id":"c1","length":9},"event_type":"call.ended"}"#;
    assert_eq!(event.to_json().as_str(), text);
}

#[test]
fn a_name_with_a_dot_that_comes_twice_is_no_fields_problem() {
    let event = ended(r#"{"params":{"call_id":"c1"},"params.length":1,"params.length":2}"#);
    let problem = Problem { param: "the body", kind: ProblemKind::RepeatedMember };
    assert_eq!(event.problems(), [problem]);
}

#[test]
fn a_name_with_a_dot_stays_in_the_digest() {
    let key = |body: &str| ended(body).idempotency_key();
    let with = |literal: &str, nested: &str| {
        let params = format!(r#"{{"call_id":"c1","length":{nested}}}"#);
        key(&format!(r#"{{"params.length":{literal},"params":{params}}}"#))
    };
    assert_eq!(with("1", "2"), with("1", "3"));
    assert_ne!(with("1", "2"), with("4", "2"));
}

#[test]
fn a_number_that_json_cannot_say_costs_no_other_change() {
    let mut event = ended(r#"{"event_type":"call.ended","params":{"call_id":"c1","volume":0.5}}"#);
    (event.volume, event.length) = (Some(f64::NAN), Some(7));
    let text = r#"{"event_type":"call.ended","params":{"call_id":"c1","volume":"NaN","length":7}}"#;
    assert_eq!(event.to_json().as_str(), text);
    event.volume = Some(f64::NEG_INFINITY);
    assert_eq!(event.to_json().as_str(), text.replace("NaN", "-inf"));
    // Read again it is a problem: nothing is lost in silence.
    let again = ended(event.to_json().as_str());
    assert_eq!((again.volume, again.length), (None, Some(7)));
    assert_eq!(again.problems().len(), 1);
}

#[test]
fn a_value_too_deep_for_its_place_costs_no_other_change() {
    let mut event = ended(r#"{"event_type":"call.ended","params":{"call_id":"c1"}}"#);
    let deep = [vec!["["; 128], vec!["]"; 128]].concat().concat();
    let limits = Limits::default().with_json_depth(128);
    let deep = Json::parse_within(deep.as_bytes(), &limits).unwrap();
    (event.notes, event.length) = (Some(deep.clone()), Some(7));
    let again = event.to_json();
    assert_eq!(again.as_ref().at("params.length").unwrap().raw(), "7");
    assert_eq!(again.as_ref().at("notes").unwrap().as_str().as_deref(), Some(deep.as_str()));
}

#[test]
fn items_that_do_not_fit_are_problems_and_stay_readable() {
    let body = |names: &str, legs: &str| {
        ended(&format!(r#"{{"params":{{"call_id":"c1"}},"names":{names},"legs":{legs}}}"#))
    };
    let event = body(r#"["jane",{},["x"],null]"#, r#"[{"number":1},7,{"number":"x"}]"#);
    let problems: Vec<_> = event.problems().iter().map(ToString::to_string).collect();
    let expected = [
        "names has an item that is not text",
        "legs has an item that is not an object",
        "legs has a number that is not a whole number",
    ];
    assert_eq!(problems, expected);
    let names = event.names.as_ref().unwrap();
    assert_eq!(names.read(), Some(vec!["jane".to_owned()]));
    assert_eq!(names.json().as_str(), r#"["jane",{},["x"],null]"#);
    assert_eq!(event.legs.as_ref().unwrap().read().unwrap().len(), 2);

    // Also inside of the objects of a list.
    let event = body("[]", r#"[{"tried":[1,"x"],"end":{"at":"late"}}]"#);
    let problems: Vec<_> = event.problems().iter().map(|problem| problem.kind).collect();
    let item = ProblemKind::Item { expected: "a whole number" };
    let member = ProblemKind::Member { name: "at", expected: "a whole number" };
    assert_eq!(problems, [item, member]);
    assert_eq!(body("[\"\"]", r#"[{"number":null,"tried":[],"end":{}},{}]"#).problems(), []);
}
