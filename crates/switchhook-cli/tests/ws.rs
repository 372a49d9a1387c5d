//! `switchhook ws`, as its users meet it.

mod support;

use serde_json::{Value, json};
use support::{answers, run};

#[test]
fn ws_decode_answers_as_the_contract_says() {
    let streams = "twilio.media-streams";
    let relay = "twilio.conversation-relay";
    let received = r#"{"event":"media","sequenceNumber":"3","media":{"track":"both","chunk":"1","payload":"/3//fw==","gain":2},"streamSid":"MZ1"}"#;
    let sent = r#"{"event":"media","streamSid":"MZ1","media":{"payload":"/38="}}"#;
    let answers = answers(
        &["ws", "decode"],
        &[
            json!({"id": 1, "family": streams, "message": received}),
            json!({"id": 2, "family": streams, "message": sent}),
            json!({"id": 3, "family": streams, "message": sent, "direction": "in"}),
            json!({"id": 4, "family": relay, "message": {"type": "prompt", "voicePrompt": "Hi", "last": "perhaps"}}),
            json!({"id": 5, "family": relay, "message": "{\"type\":\"prompt\"}"}),
            json!({"id": 6, "family": relay, "message": "{\"type\":\"applause\"}"}),
            json!({"id": 7, "family": relay, "message": "nonsense"}),
            json!({"id": 8, "family": "twilio.media", "message": sent}),
            json!({"id": 9, "family": relay}),
            json!({"id": 10, "family": relay, "message": "{}", "direction": "up"}),
        ],
    );
    assert_eq!(
        answers[0],
        json!({
            "id": 1, "event": "media-streams/in/media", "known": true, "malformed": null,
            "typed": {
                "event": "media", "media.payload": "/3//fw==", "sequenceNumber": 3, "streamSid": "MZ1",
                "media.track": "both", "media.chunk": 1,
            },
            "extra": ["media.gain"], "unrecognized": {"media.track": "both"}, "problems": [],
        })
    );
    assert_eq!(answers[1]["event"], "media-streams/out/media");
    assert_eq!(answers[2]["event"], "media-streams/in/media");
    assert_eq!(answers[3]["event"], "conversation-relay/in/prompt");
    assert_eq!(answers[3]["problems"], json!([{"param": "last", "why": "is not true or false"}]));
    assert_eq!(answers[4]["event"], "conversation-relay/in/prompt");
    assert_eq!(answers[4]["malformed"], "voicePrompt is missing");
    assert_eq!(
        (&answers[5]["event"], &answers[5]["known"], &answers[5]["malformed"]),
        (&json!("applause"), &json!(false), &Value::Null)
    );
    assert_eq!(
        (&answers[6]["event"], &answers[6]["malformed"]),
        (&Value::Null, &json!("not a JSON object"))
    );
    let suggestion = "no family is named \"twilio.media\"; did you mean twilio.media-streams?";
    assert_eq!(answers[7]["error"], suggestion);
    assert_eq!(answers[8]["error"], "message is missing");
    assert_eq!(answers[9]["error"], "direction is neither in nor out");
}

#[test]
fn ws_decode_shows_a_line_per_message() {
    let messages = r#"{"event":"connected","protocol":"Call"}

{"event":"media","media":{"payload":"/38="},"new":[1]}
{"event":"stop","stop":5}
"#;
    let (code, stdout, stderr) = run(&["ws", "decode", "twilio.media-streams"], messages);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout.lines().collect::<Vec<_>>(),
        [
            "media-streams/in/connected  protocol=\"Call\"",
            "media-streams/in/media  media.payload=<4 bytes of base64>  extra \"new\"=[1]",
            "media-streams/in/stop  problem: stop is not an object",
        ]
    );
    let (code, stdout, _) = run(
        &["ws", "decode", "twilio.media-streams"],
        "{\"event\":\"x\"}\n[]\n{\"event\":\"mark\"}",
    );
    assert_eq!(code, 1);
    assert_eq!(
        stdout,
        "unknown: \"x\"\nno message: malformed: not a JSON object\nmedia-streams/in/mark: malformed: mark.name is missing\n"
    );
    assert_eq!(run(&["ws", "decode", "twilio.sms"], "").0, 2);
}
