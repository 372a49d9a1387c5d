//! `doctor`: the checks before webhooks come.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use serde_json::{Value, json};

use crate::{
    application::free_port,
    listen::Listener,
    store::Store,
    support::{KEY, program, run},
};

/// Exit code and checks.
fn doctor(args: &[&str]) -> (i32, Vec<Value>) {
    let (code, stdout, stderr) =
        run(&[&["doctor", "--json", "--key-env", "KEY"], args].concat(), "");
    assert_eq!(stderr, "");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["ok"], json!(code == 0), "{report}");
    assert!(!stdout.contains(KEY));
    (code, report["checks"].as_array().unwrap().clone())
}

/// The statuses of the check of this name.
fn statuses(checks: &[Value], name: &str) -> Vec<String> {
    let named = checks.iter().filter(|check| check["name"] == name);
    named.map(|check| check["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_sound_machine_passes_without_the_network() {
    let store = Store::new();
    let (code, checks) =
        doctor(&["--public-url", "https://hooks.example.com", "--inbox", &store.name]);
    assert_eq!(code, 0, "{checks:?}");
    for name in ["key", "public-url", "inbox", "way", "body-limit"] {
        assert_eq!(statuses(&checks, name), ["ok"], "{checks:?}");
    }
    assert_eq!(statuses(&checks, "online"), ["skip"]);

    let (code, checks) = doctor(&["--provider", "signalwire"]);
    assert_eq!((code, statuses(&checks, "way")), (0, vec!["ok".to_owned()]), "{checks:?}");
    assert_eq!(statuses(&checks, "key"), ["warn"]);
    assert_eq!(statuses(&checks, "public-url"), ["warn"]);
}

#[test]
fn a_key_that_is_none_fails() {
    for (key, told) in [
        ("", "no key"),
        ("your_auth_token_here", "placeholder"),
        ("AC0123456789abcdef0123456789abcdef", "id of an account"),
        ("0123456789abcdef0123456789abcdef\n", "line ends"),
    ] {
        let mut child = program(&["doctor"]);
        let output = child.env("TWILIO_AUTH_TOKEN", key).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{stdout}");
        assert!(stdout.starts_with("fail  key ") && stdout.contains(told), "{stdout}");
        assert!(key.is_empty() || !stdout.contains(key.trim()), "{stdout}");
    }
}

#[test]
fn an_inbox_is_written_and_nothing_stays_in_it() {
    for store in [Some(Store::new()), Store::in_a_database()].into_iter().flatten() {
        // Makes the inbox.
        drop(store.listen(&[]));
        let (code, checks) = doctor(&["--inbox", &store.name]);
        assert_eq!((code, statuses(&checks, "inbox")), (0, vec!["ok".to_owned()]), "{checks:?}");
        // The heads of the columns alone.
        assert_eq!(store.lines(&["ls"]).len(), 1);
    }
    let (code, checks) = doctor(&["--inbox", "sqlite:/nonexistent/hooks.db"]);
    assert_eq!((code, statuses(&checks, "inbox")), (1, vec!["fail".to_owned()]), "{checks:?}");
}

/// A proxy that hands requests on to a port after `change` was applied to their heads.
fn proxy(to: u16, change: fn(&str) -> String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || hand_on(client, to, change));
        }
    });
    port
}

fn hand_on(mut client: TcpStream, to: u16, change: fn(&str) -> String) -> Option<()> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let head = loop {
        let count = client.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        if let Some(at) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    while bytes.len() < head + length.unwrap_or(0) {
        let count = client.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
    }
    let head_text = change(&text).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let mut server = TcpStream::connect(("127.0.0.1", to)).ok()?;
    server.write_all(head_text.as_bytes()).ok()?;
    server.write_all(&bytes[head..]).ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    client.write_all(&answer).ok()
}

fn through(change: fn(&str) -> String) -> (i32, Vec<Value>) {
    let port = free_port();
    let origin = format!("http://127.0.0.1:{}", proxy(port, change));
    doctor(&["--public-url", &origin, "--online", "--through", &port.to_string()])
}

#[test]
fn what_a_proxy_changes_is_seen() {
    // One that changes nothing but the host.
    let (code, checks) = through(|head| {
        let head = head.replacen("ost: 127.0.0.1", "ost: app.internal", 1);
        head.replacen("\r\n", "\r\nX-Forwarded-Proto: https\r\n", 1)
    });
    assert_eq!(code, 0, "{checks:?}");
    assert_eq!(statuses(&checks, "proxy"), ["ok", "ok"]);
    assert_eq!(statuses(&checks, "proxy-limit"), ["ok"]);
    assert_eq!(statuses(&checks, "clock"), ["ok"]);
    let told = checks.iter().find(|check| check["name"] == "proxy").unwrap();
    let told = told["what"].as_str().unwrap();
    assert!(told.contains("x-forwarded-proto: https") && told.contains("app.internal"), "{told}");

    // One that decodes the path.
    let (code, checks) = through(|head| head.replacen("%2F", "/", 1));
    assert_eq!(code, 3, "{checks:?}");
    assert_eq!(statuses(&checks, "proxy"), ["ok", "fail"]);

    // One that merges slashes.
    let (code, checks) = through(|head| head.replacen("doctor//", "doctor/", 1));
    assert_eq!(code, 3, "{checks:?}");
    let fails = checks.iter().find(|check| check["status"] == "fail").unwrap();
    assert!(fails["what"].as_str().unwrap().contains("path-"), "{fails}");
}

/// Providers send them in a header, and sign the URL without them.
#[test]
fn credentials_in_the_public_url_are_not_signed_and_not_shown() {
    for provider in ["twilio", "signalwire"] {
        let port = free_port();
        let proxy = proxy(port, str::to_owned);
        let origin = format!("http://u:hunter2@127.0.0.1:{proxy}");
        let port = port.to_string();
        let (code, checks) = doctor(&[
            "--provider",
            provider,
            "--public-url",
            &origin,
            "--online",
            "--through",
            &port,
        ]);
        assert_eq!(code, 0, "{checks:?}");
        for name in ["way", "body-limit", "proxy-limit"] {
            assert_eq!(statuses(&checks, name), ["ok"], "{checks:?}");
        }
        assert!(!format!("{checks:?}").contains("hunter2"), "{checks:?}");
        assert!(format!("{checks:?}").contains(&format!("http://…@127.0.0.1:{proxy} answers")));
    }
    let origin = format!("http://u:hunter2@127.0.0.1:{}", free_port());
    let (code, checks) = doctor(&["--public-url", &origin, "--online"]);
    assert!(code == 4 && !format!("{checks:?}").contains("hunter2"), "{checks:?}");
}

#[test]
fn a_public_url_that_leads_nowhere_is_unreachable() {
    let origin = format!("http://127.0.0.1:{}", free_port());
    let (code, checks) = doctor(&["--public-url", &origin, "--online"]);
    assert_eq!(code, 4, "{checks:?}");
    assert_eq!(statuses(&checks, "public-url"), ["warn", "fail"]);
}

#[test]
fn a_running_receiver_takes_a_signed_event() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let origin = listener.origin.clone();
    let (code, checks) = doctor(&["--public-url", &origin, "--online", "--send-event"]);
    assert_eq!((code, statuses(&checks, "event")), (0, vec!["ok".to_owned()]), "{checks:?}");
    // The first line is the question whether anything answers at all.
    let lines = [listener.line(), listener.line()];
    assert!(lines[1].contains("signed ok"), "{lines:?}");

    let other = Listener::start(&["--key-env", "KEY", "--public-url", "https://hooks.example.com"]);
    let (code, checks) = doctor(&["--public-url", &other.origin, "--online", "--send-event"]);
    assert_eq!((code, statuses(&checks, "event")), (3, vec!["fail".to_owned()]), "{checks:?}");
}

#[test]
fn wrong_arguments_are_refused() {
    for args in [
        &["doctor", "--online"][..],
        &["doctor", "--through", "80"],
        &["doctor", "--inbox", "nonsense"],
    ] {
        assert_eq!(run(args, "").0, 2, "{args:?}");
    }
    let (code, checks) = doctor(&["--public-url", "hooks.example.com"]);
    assert_eq!((code, statuses(&checks, "public-url")), (1, vec!["fail".to_owned()]));
}
