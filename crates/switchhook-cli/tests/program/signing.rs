//! `sign` and `verify`, and where their keys come from.

use std::io::Write;

use serde_json::{Value, json};

use crate::support::{KEY, answers, program, run};

#[test]
fn sign_and_verify_are_each_others_inverse() {
    let request = |id: u32, content_type: &str, body: &str, algorithm: Option<&str>| {
        json!({"id": id, "provider": "twilio", "key": KEY, "algorithm": algorithm, "method": "POST",
            "url": "https://h.example/v?x=1", "content_type": content_type, "body": body})
    };
    let form = "application/x-www-form-urlencoded";
    let requests = [
        request(1, form, "b=2&a=1", None),
        request(2, "application/json", "{}", None),
        request(3, form, "a=1", Some("HMAC_SHA256")),
    ];
    let signed = answers(&["sign"], &requests);
    assert_eq!(signed[0]["url"], "https://h.example/v?x=1");
    assert!(signed[1]["url"].as_str().unwrap().contains("&bodySHA256="));
    let verify: Vec<Value> = requests
        .iter()
        .zip(&signed)
        .map(|(request, signed)| {
            let mut line = request.clone();
            line["keys"] =
                json!(["another key", {"key": KEY, "algorithm": request["algorithm"], "id": "k1"}]);
            line["url"] = signed["url"].clone();
            line["headers"] = signed["headers"].clone();
            line
        })
        .collect();
    for verdict in answers(&["verify"], &verify) {
        assert_eq!((&verdict["valid"], &verdict["reason"]), (&json!(true), &Value::Null));
        assert_eq!(
            (&verdict["key"], &verdict["url_variant"]),
            (&json!(1), &json!("as-configured"))
        );
        assert_eq!(verdict["findings"], json!([]));
    }
    let mut forged = verify[0].clone();
    forged["body"] = json!("b=2&a=2");
    let mut userinfo = verify[0].clone();
    userinfo["url"] = json!("https://u:p@h.example/v?x=1");
    userinfo["compatible"] = json!(true);
    let mut broken = verify[0].clone();
    broken["signature"] = json!("a\nb");
    broken["headers"] = Value::Null;
    let mut keyless = verify[0].clone();
    keyless["keys"] = json!([]);
    let verdicts = answers(
        &["verify"],
        &[forged, userinfo, broken, keyless, json!({"id": 9, "provider": "acme"})],
    );
    assert_eq!(
        (&verdicts[0]["valid"], &verdicts[0]["reason"]),
        (&json!(false), &json!("signature-mismatch"))
    );
    assert_eq!(verdicts[1]["findings"][0]["code"], "userinfo-removed");
    assert_eq!(
        (&verdicts[2]["valid"], &verdicts[2]["reason"]),
        (&json!(false), &json!("signature-malformed"))
    );
    assert_eq!(verdicts[3]["error"], "keys is empty");
    assert_eq!(verdicts[4]["error"], "no provider is named \"acme\"; there are twilio, signalwire");
}

#[test]
fn signalwire_is_signed_and_verified_alike() {
    let request = |id: u32, content_type: &str, body: &str, algorithm: Option<&str>| {
        json!({"id": id, "provider": "signalwire", "key": KEY, "algorithm": algorithm, "method": "POST",
            "url": "https://h.example/v?x=1", "content_type": content_type, "body": body})
    };
    let form = "application/x-www-form-urlencoded";
    let requests = [
        request(1, "application/json", "{}", None),
        request(2, form, "b=2&a=2&a=1", None),
        request(3, "application/json", "{}", Some("HMAC_SHA256")),
        request(4, form, "a=1", Some("HMAC_SHA256")),
    ];
    let signed = answers(&["sign"], &requests);
    let names =
        |line: &Value| line["headers"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&signed[0]), ["X-SignalWire-Signature", "X-SignalWire-Sha256-Signature"]);
    assert_eq!(names(&signed[1]), ["X-SignalWire-Signature"]);
    assert_eq!(names(&signed[2]), ["X-SignalWire-Sha256-Signature"]);
    assert_eq!(signed[3]["error"], "a key that is pinned to HMAC-SHA256 signs no forms");
    let lines = |change: &dyn Fn(&mut Value)| -> Vec<Value> {
        let pairs = requests.iter().zip(&signed).take(3);
        let lines = pairs.map(|(request, signed)| {
            let mut line = request.clone();
            line["keys"] = json!(["another key", {"key": KEY, "algorithm": request["algorithm"]}]);
            line["headers"] = signed["headers"].clone();
            change(&mut line);
            line
        });
        answers(&["verify"], &lines.collect::<Vec<_>>())
    };
    let seen = |verdict: &Value| {
        json!([
            verdict["valid"],
            verdict["reason"],
            verdict["key"],
            verdict["algorithm"],
            verdict["coverage"]
        ])
    };
    let verdicts = lines(&|_| ());
    assert_eq!(seen(&verdicts[0]), json!([true, null, 1, "HMAC_SHA256", "body"]));
    assert_eq!(seen(&verdicts[1]), json!([true, null, 1, "HMAC_SHA1", "pairs"]));
    assert_eq!(seen(&verdicts[2]), json!([true, null, 1, "HMAC_SHA256", "body"]));
    for verdict in lines(&|line| line["body"] = json!("{\"a\":1}")) {
        assert_eq!(seen(&verdict), json!([false, "signature-mismatch", null, null, null]));
    }
    // `signature` alone is the SHA-1 header.
    let alone = lines(&|line| {
        line["signature"] = line["headers"]["X-SignalWire-Signature"].clone();
        line["headers"] = Value::Null;
    });
    assert_eq!(seen(&alone[0]), json!([true, null, 1, "HMAC_SHA1", "body"]));
    assert_eq!(seen(&alone[2]), json!([false, "signature-missing", null, null, null]));

    // As arguments.
    let json = "application/json";
    let provider = ["--provider", "signalwire", "--key-env", "KEY", "--content-type", json];
    let (code, out, _) = run(&[&["sign", "https://h/v"], &provider[..]].concat(), "{}");
    let values: Vec<_> =
        out.lines().skip(1).filter_map(|line| Some(line.split_once(": ")?.1)).collect();
    assert_eq!((code, values.len()), (0, 2));
    for (flag, value, expected) in [
        ("--signature", values[0], 0),
        ("--sha256-signature", values[1], 0),
        ("--sha256-signature", values[0], 3),
        ("--signature", values[1], 3),
    ] {
        let args = [&["verify", "https://h/v", flag, value], &provider[..]].concat();
        assert_eq!(run(&args, "{}").0, expected, "{flag}");
    }
    let (code, _, stderr) = run(&["sign", "https://h/v", "--provider", "signalwire"], "a=1");
    assert_eq!(code, 2);
    assert!(stderr.contains("no key: set SIGNALWIRE_SIGNING_KEY"), "{stderr}");
    assert_eq!(run(&["verify", "https://h/v", "--key-env", "KEY"], "a=1").0, 2);
}

#[test]
fn keys_never_come_from_arguments_and_never_show() {
    let (code, _, stderr) = run(&["sign", "https://h/v"], "a=1");
    assert_eq!(code, 2);
    assert!(stderr.contains("no key: set TWILIO_AUTH_TOKEN"), "{stderr}");

    let dir = std::env::temp_dir().join(format!("switchhook-keys-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("key");
    std::fs::write(&file, format!("{KEY}\n")).unwrap();
    let from_file = run(&["sign", "https://h/v", "--key-file", file.to_str().unwrap()], "a=1");
    assert_eq!(from_file, run(&["sign", "https://h/v", "--key-env", "KEY"], "a=1"));
    let piped = format!("{KEY}\n");
    let mut from_stdin = program(&[
        "trigger",
        "twilio.video",
        "room-ended",
        "--key-file",
        "-",
        "--to",
        "http://127.0.0.1:1/",
    ]);
    let mut child = from_stdin.spawn().unwrap();
    child.stdin.take().unwrap().write_all(piped.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(4));
    std::fs::write(&file, "").unwrap();
    assert_eq!(run(&["sign", "https://h/v", "--key-file", file.to_str().unwrap()], "").0, 2);
    std::fs::remove_dir_all(&dir).unwrap();
    assert!(!from_file.1.contains(KEY) && !from_file.2.contains(KEY));
}

/// All of it would be the key, and nothing would be signed.
#[test]
fn a_key_on_stdin_leaves_no_room_for_a_body() {
    let stdin = format!("{KEY}\nA=1");
    let verify = ["verify", "https://h/v?a=1", "--key-file", "-"];
    let signature = ["--signature", "AQM25alwhHN04RUM59r69fs9JFk="];
    let verify = [&verify[..], &signature].concat();
    for (args, missing) in [
        (&["sign", "https://h/v", "--key-file", "-"][..], "body"),
        (&verify, "body"),
        (&[&verify[..], &["--explain"]].concat(), "body"),
        (&["verify", "--key-file", "-", "--explain", "--request", "-"], "request"),
    ] {
        let (code, _, stderr) = run(args, &stdin);
        let told = format!("stdin has the key, the {missing} is missing");
        assert!(code == 2 && stderr.contains(&told), "{args:?}: {stderr}");
    }
    // Where there is no body, nothing is missing.
    let get = ["--method", "GET"];
    let sign = ["sign", "https://h/v?a=1", "--method", "GET"];
    let (code, signed, _) = run(&[&sign[..], &["--key-file", "-"]].concat(), KEY);
    assert_eq!((code, &signed), (0, &run(&[&sign[..], &["--key-env", "KEY"]].concat(), "").1));
    let signature = signed.lines().nth(1).unwrap().split(": ").nth(1).unwrap();
    let right = [&verify[..4], &get, &["--signature", signature]].concat();
    assert_eq!(run(&right, KEY).0, 0);
    assert_eq!(run(&[&right[..], &["--explain"]].concat(), KEY).0, 0);
    assert_eq!(run(&[&verify[..], &get].concat(), KEY).0, 3);
}
