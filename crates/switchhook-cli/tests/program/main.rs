//! The program as its users meet it: arguments, streams, exit codes.

mod application;
mod browser;
mod canaries;
mod copied;
mod doctor;
mod explain;
mod forward;
mod inbox;
mod inspector;
mod listen;
#[path = "../../../switchhook-inbox/tests/support/postgres.rs"]
mod postgres;
mod scenario;
mod signing;
mod store;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/webdriver.rs"]
mod webdriver;
mod wire;

use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};
use support::{answers, program, run};

#[test]
fn decode_answers_as_the_contract_says() {
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42&Colour=red&Colour=blue\
        &RoomType=holodeck&SequenceNumber=x&RoomName=%FF";
    let ok = body.replace("&RoomName=%FF", "&RoomName=");
    let answers = answers(
        &["decode"],
        &[
            json!({"id": 1, "family": "twilio.video", "body": ok}),
            json!({"id": "get", "family": "twilio.video", "method": "GET", "query": "StatusCallbackEvent=room-created&RoomSid=RM2"}),
            json!({"id": 3, "family": "twilio.video", "body": "StatusCallbackEvent=room-exploded&A=1"}),
            json!({"id": 4, "family": "twilio.video", "body": body}),
            json!({"id": 5, "family": "twilio.video", "event": "room-ended", "body_base64": "Um9vbVNpZD1STTE="}),
            json!({"id": 6, "family": "twilio.video", "body": "{\"a\":1}"}),
            json!({"id": 7, "family": "twilio.vido", "body": ""}),
            json!({"id": 8, "body": ""}),
            json!({"id": 9, "family": "twilio.video", "body": "", "body_base64": ""}),
            json!([1]),
            json!({"id": 11, "family": "twilio.video", "body": "a=1&".repeat(600)}),
        ],
    );
    assert_eq!(
        answers[0],
        json!({
            "id": 1, "family": "twilio.video", "group": "room", "event": "room-ended", "known": true,
            "malformed": null,
            "params": {
                "StatusCallbackEvent": ["room-ended"], "RoomSid": ["RM1"], "RoomDuration": ["42"],
                "Colour": ["red", "blue"], "RoomType": ["holodeck"], "SequenceNumber": ["x"], "RoomName": [""],
            },
            "typed": {"StatusCallbackEvent": "room-ended", "RoomSid": "RM1", "RoomType": "holodeck", "RoomDuration": 42},
            "extra": ["Colour"],
            "unrecognized": {"RoomType": "holodeck"},
            "problems": [{"param": "SequenceNumber", "why": "is not a whole number"}],
        })
    );
    assert_eq!(answers[1]["event"], "room-created");
    assert_eq!(answers[2]["event"], "room-exploded");
    assert_eq!(
        (&answers[2]["known"], &answers[2]["extra"]),
        (&json!(false), &json!(["StatusCallbackEvent", "A"]))
    );
    assert_eq!((&answers[3]["known"], &answers[3]["malformed"]), (&json!(true), &Value::Null));
    assert_eq!(answers[3]["problems"][0], json!({"param": "RoomName", "why": "is not UTF-8"}));
    assert_eq!(answers[3]["params"]["RoomName"], json!(["\u{FFFD}"]));
    assert_eq!(
        (&answers[4]["event"], &answers[4]["malformed"]),
        (&json!("room-ended"), &Value::Null)
    );
    assert_eq!((&answers[5]["json"], &answers[5]["known"]), (&json!({"a": 1}), &json!(false)));
    assert_eq!(
        answers[6],
        json!({"id": 7, "error": "no family is named \"twilio.vido\"; did you mean twilio.video?"})
    );
    assert_eq!(answers[7], json!({"id": 8, "error": "family is missing"}));
    assert_eq!(answers[8], json!({"id": 9, "error": "body and body_base64 are both there"}));
    assert_eq!(answers[9], json!({"id": null, "error": "the line is not a JSON object"}));
    assert_eq!(answers[10], json!({"id": 11, "error": "cannot be read: more than 512 parameters"}));
}

#[test]
fn decode_answers_what_it_cannot_read_with_an_error() {
    let family = "twilio.video";
    let answers = answers(
        &["decode"],
        &[
            json!({"id": 1, "family": family, "body": "{bad"}),
            json!({"id": 2, "family": family, "body": "text", "content_type": "text/plain"}),
            json!({"id": 3, "family": family, "method": null, "query": "StatusCallbackEvent=room-ended&RoomSid=R"}),
            json!({"id": 4, "family": family, "method": "get", "query": "StatusCallbackEvent=room-ended&RoomSid=R"}),
            json!({"id": 5, "family": family, "event": "room-ended", "body": "StatusCallbackEvent=&RoomSid=R"}),
            json!({"id": "u", "family": family, "body": "RoomName=a%E2%80%A8b"}),
        ],
    );
    assert_eq!(answers[0]["error"], "cannot be read: no JSON from byte 1 on");
    assert!(
        answers[1]["error"].as_str().unwrap().starts_with("the body is neither a form nor JSON")
    );
    for answer in &answers[2..5] {
        assert_eq!((&answer["event"], &answer["malformed"]), (&json!("room-ended"), &Value::Null));
    }
    assert_eq!(answers[5]["params"]["RoomName"], json!(["a\u{2028}b"]));
}

#[test]
fn a_line_is_answered_before_the_next_one_is_sent() {
    let mut child = program(&["decode", "--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        writeln!(stdin, "{}", json!({"id": id, "family": "twilio.video", "body": "a=1"})).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], id);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn twiml_is_built_and_checked() {
    let tree = json!(["Response", {}, [["Gather", {"timeout": 5}, [["Say", {}, ["a < b"]]]], ["Dance", {}, []]]]);
    let built = answers(
        &["twiml", "build"],
        &[
            json!({"id": 1, "response": "voice", "builder": tree}),
            json!({"id": 2, "response": "video", "builder": tree}),
            json!({"id": 3, "builder": 7}),
        ],
    );
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather timeout=\"5\"><Say>a &lt; b</Say></Gather><Dance/></Response>";
    assert_eq!(built[0], json!({"id": 1, "xml": xml, "custom": ["Dance"]}));
    assert_eq!(built[1]["error"], "expected voice, messaging or fax");
    assert!(built[2]["error"].as_str().unwrap().starts_with("builder is no tree"));

    let checked = answers(
        &["twiml", "check"],
        &[
            json!({"id": 1, "xml": "<Response><Say>Hi</Say></Response>"}),
            json!({"id": 2, "xml": "<Response><Gather><Dial>+15550001111</Dial></Gather></Response>"}),
            json!({"id": 3, "xml": "<Response>"}),
            json!({"id": 4, "xml_b64": "PFJlc3BvbnNlLz4="}),
            json!({"id": 5, "xml": "<Response/>", "dialect": "klingon"}),
            json!({"id": 6}),
        ],
    );
    assert_eq!((&checked[0]["ok"], &checked[0]["diagnostics"]), (&json!(true), &json!([])));
    assert_eq!(
        checked[0]["xml"],
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Hi</Say></Response>"
    );
    assert_eq!(checked[1]["diagnostics"][0]["path"], "/Response/Gather/Dial");
    assert_eq!((&checked[2]["ok"], &checked[2]["xml"]), (&json!(false), &Value::Null));
    assert_eq!(
        (&checked[2]["diagnostics"][0]["code"], &checked[2]["diagnostics"][0]["severity"]),
        (&json!(12100), &json!("error"))
    );
    assert_eq!(checked[3]["xml"], "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
    assert_eq!(checked[4]["error"], "expected twilio or signalwire");
    assert_eq!(checked[5]["error"], "xml is missing");

    let (code, stdout, _) = run(&["twiml", "check"], "<Response><Say>Hi</Say></Response>");
    assert_eq!((code, stdout.as_str()), (0, "<Response>\n  <Say>Hi</Say>\n</Response>\n"));
    let (code, stdout, _) = run(&["twiml", "check"], "<Response><Say>Hi</Response>");
    assert_eq!(code, 1);
    assert!(stdout.contains("^ error 12100"), "{stdout}");
    let (code, stdout, stderr) = run(&["twiml", "build", "voice"], tree.to_string());
    assert_eq!((code, stdout.trim_end(), stderr.as_str()), (0, xml, "not in the grammar: Dance\n"));
}

#[test]
fn swml_is_checked() {
    let good = json!({"version": "1.0.0", "sections": {"main": [{"hangup": {}}]}});
    let seed = json!({"sections": {"main": [{"say": {"text": "Hi"}}, {"play": {"url": "say:x", "volume": 1.50}}]}});
    let checked = answers(
        &["swml", "check"],
        &[
            json!({"id": 1, "doc": good}),
            json!({"id": 2, "doc": seed}),
            json!({"id": 3, "yaml": "sections: {main: [hangup: {}]}"}),
            json!({"id": 4, "yaml": "a: ["}),
            json!({"id": 5}),
        ],
    );
    assert_eq!(
        checked[0],
        json!({"id": 1, "ok": true, "doc": good, "methods": ["hangup"], "untyped": [], "diagnostics": []})
    );
    assert_eq!((&checked[1]["ok"], &checked[1]["doc"]), (&json!(false), &seed));
    assert_eq!(
        (&checked[1]["methods"], &checked[1]["untyped"]),
        (&json!(["play"]), &json!(["say"]))
    );
    let found = &checked[1]["diagnostics"][0];
    assert_eq!(
        (&found["path"], &found["severity"]),
        (&json!("/sections/main/0/say"), &json!("error"))
    );
    assert_eq!(found["instead"], r#"{"play": {"url": "say:TEXT"}}"#);
    assert_eq!(checked[2]["doc"], json!({"sections": {"main": [{"hangup": {}}]}}));
    assert_eq!((&checked[3]["ok"], &checked[3]["doc"]), (&json!(false), &Value::Null));
    assert_eq!(checked[4]["error"], "doc is missing");

    let (code, stdout, stderr) = run(&["swml", "check"], good.to_string());
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", "findings: 0, errors: 0\n"));
    let (code, stdout, _) = run(&["swml", "check"], "sections:\n  main:\n    - say: {text: Hi}\n");
    assert_eq!(code, 1);
    assert!(stdout.contains("error    /sections/main/0/say\n"), "{stdout}");
    assert!(stdout.contains("write {\"play\": {\"url\": \"say:TEXT\"}}\n"), "{stdout}");
}

#[test]
fn encode_gives_what_decode_reads() {
    let typed = json!({"RoomSid": "RM1", "RoomDuration": 42, "RoomName": "a b", "Tag": ["x", "y"], "Note": null, "Live": true});
    let encoded = answers(
        &["encode"],
        &[
            json!({"id": 1, "family": "twilio.video", "event": "room-ended", "typed": typed}),
            json!({"id": 2, "family": "twilio.video", "event": "room-ended", "typed": {}}),
            json!({"id": 3, "family": "twilio.video", "event": "room-endet", "typed": {}}),
            json!({"id": 4, "family": "twilio.video", "event": "room-ended", "typed": {"StatusCallbackEvent": "room-created"}}),
            json!({"id": 5, "family": "twilio.video", "event": "room-ended", "typed": {"RoomSid": {"a": 1}}}),
        ],
    );
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42&RoomName=a+b&Tag=x&Tag=y&Live=true";
    assert_eq!(
        encoded[0],
        json!({"id": 1, "content_type": "application/x-www-form-urlencoded", "body": body})
    );
    assert_eq!(encoded[1]["error"], "RoomSid is missing");
    assert_eq!(
        encoded[2]["error"],
        "no twilio.video event is named \"room-endet\"; did you mean room-ended?"
    );
    assert_eq!(encoded[3]["error"], "StatusCallbackEvent says another event than room-ended");
    assert!(encoded[4]["error"].as_str().unwrap().contains("a parameter's value is no map"));

    let decoded = answers(&["decode"], &[json!({"id": 1, "family": "twilio.video", "body": body})]);
    assert_eq!(decoded[0]["typed"]["RoomDuration"], 42);
}

#[test]
fn exit_codes_and_streams_follow_the_contract() {
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1\n";
    let (code, stdout, stderr) = run(&["decode", "twilio.video"], body);
    let decoded: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, stderr.as_str(), &decoded["params"]["RoomSid"]), (0, "", &json!(["RM1"])));
    assert_eq!(run(&["decode", "twilio.video"], "StatusCallbackEvent=x").0, 1);
    assert_eq!(run(&["decode"], "").0, 2);
    assert_eq!(run(&["decode", "twilio.vid"], "").0, 2);
    assert_eq!(run(&["encode", "twilio.video", "room-ended", "-d", "nonsense"], "").0, 2);
    let (code, stdout, _) = run(&["encode", "twilio.video", "room-ended", "-d", "RoomSid=RM1"], "");
    assert_eq!((code, stdout.as_str()), (0, body));
    let repeats =
        ["encode", "twilio.video", "room-ended", "-d", "RoomSid=RM1", "-d", "Tag=x", "-d", "Tag=y"];
    assert_eq!(run(&repeats, "").1, "StatusCallbackEvent=room-ended&RoomSid=RM1&Tag=x&Tag=y\n");
    let many = run(&["decode", "twilio.video"], "a=1&".repeat(600));
    assert_eq!((many.0, many.2.as_str()), (1, "error: cannot be read: more than 512 parameters\n"));
    assert_eq!(run(&["sign", "nonsense", "--key-env", "KEY"], "").0, 2);
    assert_eq!(
        run(
            &[
                "verify",
                "nonsense",
                "--key-env",
                "KEY",
                "--signature",
                "AQM25alwhHN04RUM59r69fs9JFk="
            ],
            ""
        )
        .0,
        2
    );

    let (code, signed, _) = run(&["sign", "https://h/v", "--key-env", "KEY"], "a=1");
    assert_eq!((code, signed.lines().next()), (0, Some("https://h/v")));
    let signature = signed.lines().nth(1).unwrap().strip_prefix("x-twilio-signature: ").unwrap();
    let verify = |body: &str, url: &str, more: &[&str]| {
        let args = ["verify", url, "--key-env", "KEY", "--signature", signature];
        run(&[&args, more].concat(), body)
    };
    assert_eq!(verify("a=1", "https://h/v", &[]), (0, "ok  as-configured\n".into(), String::new()));
    assert_eq!(verify("a=1", "https://h:443/v", &[]).1, "ok  port-removed\n");
    let (code, stdout, _) = verify("a=2", "https://h/v", &[]);
    assert_eq!((code, stdout.as_str()), (3, "signature-mismatch  signature mismatch\n"));
    let (code, _, stderr) = verify("a=1", "https://u@h/v", &["--compatible"]);
    assert_eq!(code, 0);
    assert!(stderr.starts_with("finding: userinfo-removed: leave user name"), "{stderr}");
}

#[test]
fn what_others_wrote_steers_no_terminal() {
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=%C2%9B2J%E2%80%AE&%C2%9B=1";
    let media = r#"{"event":"mark","sequenceNumber":"1","streamSid":"MZ1","mark":{"name":"RAW"}}"#;
    let media = media.replace("RAW", "\u{9b}2J\u{202e}");
    let xml = "<Response><Say>\u{9b}2J\u{202e}</Say></Response>";
    for (args, input) in [
        (&["decode", "twilio.video"][..], body),
        (&["ws", "decode", "twilio.media-streams"], &media),
        (&["twiml", "check"], xml),
        (&["twiml", "check"], &xml[..xml.len() - 4]),
    ] {
        let (_, stdout, stderr) = run(args, input);
        assert!(stdout.contains("202e"), "{args:?}: {stdout}");
        assert!(!(stdout + &stderr).contains(['\u{9b}', '\u{202e}']), "{args:?}");
    }
}

#[test]
fn a_check_that_nobody_reads_keeps_its_exit_code() {
    let forged = ["verify", "https://h/v", "--key-env", "KEY", "--signature"];
    let forged = [&forged[..], &["AQM25alwhHN04RUM59r69fs9JFk="]].concat();
    for (args, input, expected) in [
        (&forged[..], "a=1", 3),
        (&[&forged[..], &["--explain"]].concat(), "a=1", 3),
        (&[&forged[..], &["--explain", "--json"]].concat(), "a=1", 3),
        (&["decode", "twilio.video"], "StatusCallbackEvent=x", 1),
        (&["twiml", "check"], "<Response><Say>", 1),
        (&["swml", "check"], "{}", 1),
        (&["doctor", "--key-file", "-"], "", 1),
        (&["doctor", "--key-file", "-", "--json"], "", 1),
        // What only prints has printed enough.
        (&["decode", "--jsonl"], "{}\n{}\n", 0),
        (&["sign", "https://h/v", "--key-env", "KEY"], "a=1", 0),
    ] {
        let mut child = program(args).spawn().unwrap();
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(expected), "{args:?}");
    }
}

#[test]
fn events_in_json_are_decoded_and_encoded_by_their_paths() {
    let body = r#"{"event_type":"calling.call.state","params":{"call_id":"c1","call_state":"sung","new":1}}"#;
    let decoded = answers(
        &["decode"],
        &[
            json!({"id": 1, "family": "signalwire", "body": body}),
            json!({"id": 2, "family": "signalwire", "event": "room.ended", "body": r#"{"room_id":"r1"}"#}),
            json!({"id": 3, "family": "signalwire", "method": "GET", "query": "CallSid=c1&From=me"}),
            json!({"id": 4, "family": "signalwire", "content_type": "application/json", "body": "{"}),
        ],
    );
    assert_eq!(decoded[0]["event"], "calling.call.state");
    assert_eq!(decoded[0]["json"]["params"]["new"], 1);
    assert_eq!(decoded[0]["typed"]["params.call_id"], "c1");
    assert_eq!(decoded[0]["unrecognized"]["params.call_state"], "sung");
    assert_eq!(decoded[0]["extra"], json!(["params.new"]));
    assert_eq!((&decoded[1]["event"], &decoded[1]["known"]), (&json!("room.ended"), &json!(true)));
    assert_eq!(decoded[2]["event"], "swml.fetch.get");
    assert!(decoded[3]["error"].is_string());

    let typed = json!({"params.call_id": "c1", "timestamp": 1.5, "params.call_state": "ended"});
    let encoded = answers(
        &["encode"],
        &[json!({"id": 1, "family": "signalwire", "event": "calling.call.state", "typed": typed})],
    );
    assert_eq!(encoded[0]["content_type"], "application/json");
    let body: Value = serde_json::from_str(encoded[0]["body"].as_str().unwrap()).unwrap();
    let expected = json!({"event_type": "calling.call.state", "timestamp": 1.5,
        "params": {"call_id": "c1", "call_state": "ended"}});
    assert_eq!(body, expected);

    let args = ["encode", "signalwire", "calling.call.play", "-d", "params.call_id=7"];
    let (code, stdout, _) = run(&args, "");
    let expected = r#"{"event_type":"calling.call.play","params":{"call_id":"7"}}"#;
    assert_eq!((code, stdout.trim_end()), (0, expected));
}

/// A value so deep would end the program when it is written, and again when it is dropped.
#[test]
fn a_path_without_end_is_an_error_of_its_line() {
    let encode = |path: &str| {
        let mut typed = json!({"params.call_id": "c1", "params.call_state": "ended"});
        typed[path] = json!(1);
        json!({"id": 1, "family": "signalwire", "event": "calling.call.state", "typed": typed})
    };
    let (deep, deepest) = (vec!["a"; 200_000].join("."), vec!["a"; 128].join("."));
    let encoded = answers(&["encode"], &[encode(&deep), encode(&deepest), encode("params.new")]);
    assert_eq!(encoded[0], json!({"id": 1, "error": "a path has more than 128 names"}));
    for (answer, deepest) in encoded[1..].iter().zip([r#"{"a":1}"#, r#""new":1"#]) {
        assert!(answer["body"].as_str().unwrap().contains(deepest), "{answer}");
    }

    let path = format!("{}=1", vec!["a"; 60_000].join("."));
    let (event, to) = (["signalwire", "calling.call.state"], ["--to", "http://127.0.0.1:1/"]);
    let encode = [&["encode"], &event[..], &["-d", &path]].concat();
    let trigger = [&["trigger"], &event[..], &to, &["--extra", &path, "--key-env", "KEY"]].concat();
    for args in [encode, trigger] {
        let (code, _, stderr) = run(&args, "");
        assert_eq!((code, stderr.as_str()), (2, "error: a path has more than 128 names\n"));
    }
}
