//! Functions of the AI: what they are called with, and what they answer.

use serde::Deserialize;
use switchhook_core::{Event, Json, JsonError, Milliseconds, Payload, Seconds};
use switchhook_signalwire::{
    PostPrompt, SwaigFunction,
    swaig::{Action, FunctionResponse},
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
fn answers_are_json_with_status_200() {
    let answer = FunctionResponse::new("Done.\n")
        .with(Action::say("Bye"))
        .with(
            Action::swml(&serde_json::json!({"sections": {"main": ["hangup"]}}))
                .unwrap()
                .then_transfer(),
        )
        .with(Action::hold(Seconds(60)))
        .with(Action::end_of_speech_timeout(Milliseconds(700)))
        .with(Action::toggle_functions([("book", false)]))
        .with(Action::unset_global_data(["a", "b"]))
        .with(Action::stop().then_transfer())
        .with(Action::custom("invented_tomorrow", &[1, 2]).unwrap())
        .post_process(true);
    let response = answer.to_response();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
    let expected = concat!(
        r#"{"response":"Done.\n","action":[{"say":"Bye"},"#,
        r#"{"SWML":{"sections":{"main":["hangup"]}},"transfer":true},{"hold":60},"#,
        r#"{"end_of_speech_timeout":700},{"toggle_functions":[{"function":"book","active":false}]},"#,
        r#"{"unset_global_data":["a","b"]},{"stop":true},{"invented_tomorrow":[1,2]}],"post_process":true}"#,
    );
    assert_eq!(response.body(), expected);
    assert_eq!(FunctionResponse::silent().to_json().as_str(), "{}");
    let shown = format!("{:?}", Action::say("+15550001111"));
    assert_eq!(shown, r#"Action("say", Json(14 bytes))"#);
}
