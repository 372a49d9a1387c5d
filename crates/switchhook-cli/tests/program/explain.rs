//! `verify --explain`: why a signature does not match.

use serde_json::{Value, json};

use crate::support::{KEY, program, run};

const FORM: &str = "Body=hi+there&From=%2B15550100001&ToCity=";

/// What the provider would send to `url`: its signature.
fn signature(url: &str, body: &str) -> String {
    let (code, stdout, stderr) = run(&["sign", url, "--key-env", "KEY"], body);
    assert_eq!(code, 0, "{stderr}");
    let line = stdout.lines().find(|line| line.starts_with("x-twilio-signature: ")).unwrap();
    line.split_once(": ").unwrap().1.to_owned()
}

/// The request as it was captured behind a proxy.
fn captured(target: &str, headers: &str, signature: &str, body: &str) -> String {
    format!(
        "POST {target} HTTP/1.1\r\nHost: 10.0.0.5:3000\r\n{headers}\
         Content-Type: application/x-www-form-urlencoded\r\n\
         X-Twilio-Signature: {signature}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn explain(more: &[&str], request: &str) -> (i32, Value) {
    let args = ["verify", "--explain", "--request", "-", "--json", "--key-env", "KEY"];
    let (code, stdout, stderr) = run(&[&args[..], more].concat(), request);
    assert_eq!(stderr, "");
    (code, serde_json::from_str(&stdout).unwrap())
}

#[test]
fn a_captured_request_is_explained() {
    let signature = signature("https://hooks.example.com/sms?t=42", FORM);
    let forwarded = "X-Forwarded-Host: hooks.example.com\r\nX-Forwarded-Proto: https\r\n";
    let request = captured("/sms?t=42", forwarded, &signature, FORM);
    let (code, found) = explain(&[], &request);
    assert_eq!((code, &found["finding"]), (3, &json!("host")), "{found}");
    assert_eq!(found["causes"], json!(["host", "scheme"]));
    assert_eq!(found["setting"], "PublicUrl::origin(\"https://hooks.example.com\")");
    assert_eq!(found["matched"]["url"], "https://hooks.example.com/sms?t=…");
    assert_eq!(found["matched"]["source"], "X-Forwarded-Host");
    assert_eq!(found["matched"]["key_label"], "KEY");
    assert_eq!(found["tried"][0]["stage"], "received");
    assert!(found["macs"].as_u64().unwrap() <= 2_000);

    // With that setting nothing is wrong any more.
    let (code, found) = explain(&["--public-url", "https://hooks.example.com"], &request);
    assert_eq!((code, &found["finding"]), (0, &json!("valid")));
}

#[test]
fn a_person_reads_it_as_text_and_no_secret_with_it() {
    let signature = signature("https://hooks.example.com/sms?t=42", FORM);
    let request = captured("/sms?t=42", "", &signature, FORM);
    let known = ["--known-url", "https://u:pw@hooks.example.com/sms?t=42"];
    let args = ["verify", "--explain", "--request", "-", "--key-env", "KEY"];
    let (code, stdout, _) = run(&[&args[..], &known].concat(), &request);
    assert_eq!(code, 3);
    assert!(stdout.starts_with("host: "), "{stdout}");
    for part in [
        "\nsigned       https://hooks.example.com/sms?t=…\n",
        "\nreceived     http://10.0.0.5:3000/sms?t=…\n",
        "\nkey          KEY  HMAC_SHA1\n",
        "\nsetting      PublicUrl::origin(\"https://hooks.example.com\")\n",
        "\ntried        origin: ",
    ] {
        assert!(stdout.contains(part), "{part:?} {stdout}");
    }
    for secret in [KEY, &signature, "15550100001", "hi there", "t=42", "pw"] {
        assert!(!stdout.contains(secret), "{secret} {stdout}");
    }

    let (_, stdout, _) = run(&[&args[..], &known, &["--show-text"]].concat(), &request);
    for line in [
        "  url    \"https://hooks.example.com/sms?t=42\"",
        "  name   \"From\"",
        "  value  \"+15550100001\"",
    ] {
        assert!(stdout.contains(line), "{line:?} {stdout}");
    }
    assert!(!stdout.contains(KEY) && !stdout.contains(&signature), "{stdout}");
}

#[test]
fn what_the_operator_knows_helps() {
    let elsewhere = signature("https://hooks.example.com/prod/sms", FORM);
    let request = captured("/sms", "", &elsewhere, FORM);
    let origin = ["--public-url", "https://hooks.example.com"];
    let found = |more: &[&str]| explain(&[&origin[..], more].concat(), &request).1;
    assert_eq!(found(&[])["finding"], "no-match");
    assert_eq!(found(&["--known-prefix", "/prod"])["finding"], "path-prefix");

    let request = captured("/sms", "", &elsewhere, FORM);
    let other = ["--known-prefix", "/prod", "--other-key", "sub-account=KEY"];
    let mut child = program(&["verify", "--explain", "--request", "-", "--json"]);
    let child = child.args(origin).args(other).env("TWILIO_AUTH_TOKEN", "fedcba98");
    let mut child = child.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), request.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["causes"], json!(["wrong-token", "path-prefix"]));
    assert_eq!(found["matched"]["key_label"], "sub-account");
}

#[test]
fn the_object_of_the_contract_is_taken_as_well() {
    let signature = signature("https://hooks.example.com/sms/", FORM);
    let object = json!({
        "id": 1, "method": "POST", "url": "https://hooks.example.com/sms", "keys": [KEY],
        "content_type": "application/x-www-form-urlencoded", "body": FORM, "signature": signature,
    });
    let (code, found) = explain(&[], &object.to_string());
    assert_eq!((code, &found["finding"]), (3, &json!("trailing-slash")), "{found}");
    let mut forged = object;
    forged["body"] = "Body=ho".into();
    let (code, found) = explain(&["--show-text"], &forged.to_string());
    assert_eq!((code, &found["finding"]), (3, &json!("no-match")));
    assert_eq!(found["matched"], Value::Null);
    let text = &found["received_text"];
    assert_eq!(text[0], json!({"part": "url", "text": "https://hooks.example.com/sms"}));
    assert_eq!(text[1], json!({"part": "name", "text": "Body"}));
}

#[test]
fn arguments_alone_are_explained_too_and_wrong_ones_refused() {
    let signature = signature("https://hooks.example.com/sms", FORM);
    let args = ["verify", "http://hooks.example.com/sms", "--signature", &signature];
    let (code, stdout, _) = run(&[&args[..], &["--explain", "--key-env", "KEY"]].concat(), FORM);
    assert!(code == 3 && stdout.starts_with("scheme: "), "{stdout}");
    for (args, input) in [
        (&["verify", "--request", "-"][..], ""),
        (&["verify", "--explain", "--request", "/nonexistent/file", "--key-env", "KEY"], ""),
        (&["verify", "--explain", "--request", "-", "--key-env", "KEY"], "nonsense"),
        (&["verify", "--explain", "--request", "-", "--key-env", "KEY"], "{\"url\": 1}"),
        (&["verify", "--explain", "--jsonl"], ""),
    ] {
        assert_eq!(run(args, input).0, 2, "{args:?}");
    }
}
