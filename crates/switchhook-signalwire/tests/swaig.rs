//! Functions of the AI: what they are called with, and what they answer.

use serde::Deserialize;
use switchhook_core::{Event, Json, JsonError, Payload};
use switchhook_signalwire::{
    PostPrompt, SwaigFunction,
    swaig::{Action, Output},
};

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    item: String,
    #[serde(default)]
    count: u32,
}

fn payload(body: &str) -> Payload {
    Json::parse(body.as_bytes()).unwrap().into()
}

fn arguments(argument: &str) -> Result<Order, JsonError> {
    let body = format!(r#"{{"function":"order","call_id":"c1"{argument}}}"#);
    SwaigFunction::from_payload(&payload(&body)).unwrap().arguments()
}

#[test]
fn arguments_are_read_from_whatever_the_model_made_of_them() {
    for argument in [
        r#","argument":{"parsed":[{"item":"tea","count":2}],"raw":"broken"}"#,
        r#","argument":{"parsed":{"item":"tea","count":2}}"#,
        r#","argument":{"parsed":[],"raw":"{\"item\":\"tea\",\"count\":2}"}"#,
        r#","argument":{"parsed":[{"count":2}],"raw":"{\"item\":\"tea\",\"count\":2}"}"#,
        r#","argument":{"parsed":null,"raw":" ```json\n{\"item\":\"tea\",\"count\":2}\n``` "}"#,
        r#","argument":"{\"item\":\"tea\",\"count\":2}""#,
        r#","argument":{"item":"tea","count":2}"#,
        r#","arguments":{"item":"tea","count":2}"#,
        r#","argument":{"item":"tea","count":2,"raw":"of the caller's own"}"#,
    ] {
        let order = Order { item: "tea".into(), count: 2 };
        assert_eq!(arguments(argument), Ok(order), "{argument}");
    }
    for argument in [
        "",
        r#","argument":{"parsed":[],"raw":""}"#,
        r#","argument":{"parsed":[],"raw":"{\"item\": \"te"}"#,
        r#","argument":{"parsed":[{"item":{}}],"raw":"7"}"#,
        r#","argument":[]"#,
    ] {
        assert!(arguments(argument).is_err(), "{argument}");
    }
    let nothing = r#"{"function":"hangup_hook","call_id":"c1","argument":{"parsed":[],"raw":""}}"#;
    let request = SwaigFunction::from_payload(&payload(nothing)).unwrap();
    assert!(request.arguments::<std::collections::HashMap<String, u8>>().unwrap().is_empty());
}

#[test]
fn summaries_have_three_shapes() {
    for data in [
        r#"{"parsed":[{"item":"tea"}],"raw":"x"}"#,
        r#"{"item":"tea"}"#,
        r#"{"raw":"```json\n{\"item\":\"tea\"}\n```"}"#,
    ] {
        let body = format!(r#"{{"call_id":"c1","post_prompt_data":{data}}}"#);
        let report = PostPrompt::from_payload(&payload(&body)).unwrap();
        assert_eq!(report.summary::<Order>().unwrap().item, "tea", "{data}");
    }
    let none = PostPrompt::from_payload(&payload(r#"{"call_id":"c1"}"#)).unwrap();
    assert!(none.summary::<Order>().is_err());
}

#[test]
fn answers_have_all_actions_and_open_ones() {
    use switchhook_swml::Document;
    let answer = Output::new()
        .response("Done.\n")
        .action([
            Action::say("Bye"),
            Action::swml(Document::new().main(switchhook_swml::Steps::hangup)),
            Action::change_voice("engine.voice:model"),
            Action::unset_global_data(["a", "b"]),
            Action::custom("invented_tomorrow", 2),
        ])
        .post_process(true);
    let expected = concat!(
        r#"{"response":"Done.\n","action":[{"say":"Bye"},"#,
        r#"{"SWML":{"version":"1.0.0","sections":{"main":[{"hangup":{}}]}}},"#,
        r#"{"change_voice":"engine.voice:model"},{"unset_global_data":["a","b"]},"#,
        r#"{"invented_tomorrow":2}],"post_process":true}"#,
    );
    assert_eq!(answer.to_json(), expected);
}
