//! `inbox`, which looks at what was kept.

use std::{cell::Cell, sync::mpsc::channel};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use switchhook::{
    Hosts, Keys, PublicUrl, Verifier,
    axum::service,
    dispatch::{Dispatcher, notify},
    inbox::SqliteInbox,
    twilio::video::VideoEvent,
};

use crate::{
    application::{Application, FAILURE, NO_CONTENT, free_port},
    forward::signed,
    store::{Store, line_with, video},
    support::{KEY, answers, program, run},
    wire,
};

/// An inbox with four deliveries that are done: two ends of rooms, a participant, an unknown event
/// with a name that steers terminals.
fn four() -> Store {
    let store = Store::new();
    let mut listener = store.listen(&[]);
    let mut video = |event: &str, more: &[&str]| {
        video(&listener, event, more);
        line_with(&mut listener, "handled");
    };
    video("room-ended", &["-d", "RoomSid=RM1", "-d", "RoomName=\u{1b}[2Jname"]);
    video("room-ended", &["-d", "RoomSid=RM2"]);
    video("participant-connected", &["-d", "ParticipantSid=PA1"]);
    video("room-ended", &["-d", "StatusCallbackEvent=\u{1b}[31mred"]);
    store.wait("done", 4);
    store
}

#[test]
fn ls_filters_and_pages() {
    let store = four();
    let events = |args: &[&str]| -> Vec<String> {
        let objects = store.objects(&[&["ls", "--jsonl"], args].concat());
        objects.iter().map(|found| found["event"].as_str().unwrap().to_owned()).collect()
    };
    let [red, joined, ended] = ["\u{1b}[31mred", "participant-connected", "room-ended"];
    assert_eq!(events(&[]), [red, joined, ended, ended]);
    assert_eq!(events(&["--event", joined]), [joined]);
    assert_eq!(events(&["--sid", "RM2"]), [ended]);
    assert_eq!(events(&["--family", "twilio.video", "--limit", "1"]), [red]);
    assert_eq!(events(&["--route", "/twilio/video", "--since", "1h"]).len(), 4);
    let none: [&[&str]; 5] = [
        &["--family", "twilio.voice"],
        &["--route", "/twilio"],
        &["--until", "1h"],
        &["--since", "2100-01-01T00:00:00Z"],
        &["--state", "dead,pending"],
    ];
    for args in none {
        assert_eq!(events(args), [""; 0], "{args:?}");
    }
    assert_eq!(events(&["--state", "done,dead"]).len(), 4);

    let (_, stdout, stderr) = store.inbox(&["ls", "--limit", "3"]);
    assert!(
        stdout.starts_with("ID           RECEIVED              STATE  TRIES  EVENT"),
        "{stdout}"
    );
    assert_eq!(stdout.lines().count(), 4);
    assert!(
        stdout.contains("twilio.video \\u{1b}[31mred") && !stdout.contains('\u{1b}'),
        "{stdout}"
    );
    let before = stderr.trim().strip_prefix("there are more: --before ").unwrap();
    assert_eq!(events(&["--before", before]), [ended]);

    for wrong in [["--family", "twilio.vido"], ["--state", "lost"], ["--since", "yesterday"]] {
        let (code, _, stderr) = store.inbox(&[&["ls"], &wrong[..]].concat());
        assert!(code == 2 && !stderr.is_empty(), "{wrong:?}: {stderr}");
    }
}

#[test]
fn show_keeps_secrets_and_control_characters_back() {
    let store = four();
    let id =
        store.objects(&["ls", "--jsonl", "--sid", "RM1"])[0]["id"].as_str().unwrap().to_owned();
    for id in [&id[..], &id[..19], &id[3..]] {
        let (code, text, _) = store.inbox(&["show", id]);
        assert_eq!(code, 0);
        for part in [
            "state     done, attempts: 1\n",
            "event     twilio.video room-ended\n",
            "subject   RM1\n",
            "POST /twilio/video\n",
            "x-twilio-signature: (hidden, 28 bytes)\n",
            "RoomName = \\u{1b}[2Jname\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains('\u{1b}'));
    }
    let revealed = store.lines(&["show", &id, "--reveal"]).join("\n");
    assert!(revealed.contains("x-twilio-signature: ") && !revealed.contains("(hidden"));
    let object = &store.objects(&["show", &id, "--jsonl"])[0];
    assert_eq!(
        (&object["read"]["event"], &object["read"]["known"]),
        (&json!("room-ended"), &json!(true))
    );
    assert!(object.to_string().contains("(hidden, 28 bytes)"));
    let (_, body, _) = store.inbox(&["show", &id, "--body"]);
    assert!(body.starts_with("StatusCallbackEvent=room-ended&"), "{body}");

    assert_eq!(store.inbox(&["show", "ev_"]).0, 2);
    assert_eq!(store.inbox(&["show", "nonsense"]).0, 2);
    assert_eq!(store.inbox(&["show", &format!("ev_{}", "0".repeat(32))]).0, 1);
}

#[test]
fn secrets_in_bodies_are_kept_back() {
    let store = Store::new();
    let mut form = store.listen(&[]);
    let call = "CallSid=CA1&CallStatus=ringing&From=%2B15550001111&To=%2B15550002222";
    let call = format!("{call}&Payment%54oken=canary&StirPassportToken=canary&Kept=plain");
    let sent = [("/twilio/voice", call.as_str()), ("/twilio/voice?access_token=canary", &call)];
    for (target, body) in sent {
        let head = signed(&form.origin, target, body, "\r\nauthorization: canary");
        assert_eq!(wire::send(&form.origin, &head, body).status, 204);
        line_with(&mut form, "stored");
    }
    let mut json = store.listen(&["--provider", "signalwire"]);
    let extra = ["--extra", "params.deep.api_key=canary", "--extra", "params.plain=plain"];
    let args = [&["signalwire", "calling.call.state", "--key-env", "KEY"], &extra[..]].concat();
    assert_eq!(json.trigger_at("/signalwire", &args), 0);
    line_with(&mut json, "stored");

    let ids = store.objects(&["ls", "--jsonl"]);
    assert_eq!(ids.len(), 3);
    for id in ids.iter().map(|found| found["id"].as_str().unwrap()) {
        let text = store.lines(&["show", id]).join("\n");
        assert!(text.contains("(hidden, 6 bytes)") && text.contains("plain"), "{text}");
        assert!(!text.contains("canary"), "{text}");
        let revealed = store.lines(&["show", id, "--reveal"]).join("\n");
        assert!(revealed.contains("canary") && !revealed.contains("hidden"), "{revealed}");
        assert!(store.lines(&["show", id, "--body"])[0].contains("canary"));
        for args in [&["show", id, "--jsonl"][..], &["export", id, "--redact"]] {
            let shown = &store.objects(args)[0];
            let body = STANDARD.decode(shown["body_base64"].as_str().unwrap()).unwrap();
            let body = String::from_utf8(body).unwrap();
            let text = format!("{shown} {body}");
            assert!(body.contains("plain") && !text.contains("canary"), "{text}");
        }
        let [whole, redacted] = [&["export", id][..], &["export", id, "--redact"]]
            .map(|args| answers(&["decode"], &store.objects(args))[0].clone());
        assert!(whole.to_string().contains("canary"));
        assert_eq!(
            (&whole["event"], &whole["known"], &whole["extra"]),
            (&redacted["event"], &redacted["known"], &redacted["extra"])
        );
    }
}

#[test]
fn an_export_has_everything_that_decode_and_verify_ask_for() {
    let store = four();
    let exported = store.objects(&["export"]);
    let decoded = answers(&["decode"], &exported);
    let events: Vec<_> = decoded.iter().map(|found| found["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["room-ended", "room-ended", "participant-connected", "\u{1b}[31mred"]);
    for (exported, decoded) in exported.iter().zip(&decoded) {
        assert_eq!(exported["id"], decoded["id"]);
    }
    let host = exported[0]["headers"].as_array().unwrap().iter().find(|pair| pair[0] == "host");
    let mut signed = exported[0].clone();
    signed["url"] = format!("http://{}/twilio/video", host.unwrap()[1].as_str().unwrap()).into();
    signed["keys"] = json!([KEY]);
    assert_eq!(answers(&["verify"], &[signed])[0]["valid"], true);

    let redacted = store.lines(&["export", "--redact", "--sid", "RM2"]);
    assert!(redacted.len() == 1 && redacted[0].contains("(hidden, 28 bytes)"));
}

#[test]
fn replay_can_send_by_itself() {
    let (store, application) = (four(), Application::start(NO_CONTENT));
    let to = ["replay", "--state", "done", "--since", "1h", "--to", &application.url];
    let (code, _, stderr) = store.inbox(&to);
    assert_eq!(code, 1);
    assert_eq!(stderr, "would send 4 deliveries (4 done); --confirm does it\n");
    let lines = store.lines(&[&to[..], &["--confirm"]].concat());
    assert_eq!(lines.len(), 4);
    assert!(lines[0].ends_with("  204  twilio.video room-ended"), "{lines:?}");
    let (_, body, _) = store.inbox(&["show", &lines[0][..35], "--body"]);
    let first = application.received();
    assert_eq!(
        (first.line.as_str(), first.body),
        ("POST /twilio/video HTTP/1.1", body.into_bytes())
    );
    assert!(first.headers.contains_key("x-twilio-signature"));

    application.answer(FAILURE);
    let one = ["replay", &lines[0][..11], "--to", &application.url];
    let (code, stdout, _) = store.inbox(&one);
    assert!(code == 1 && stdout.contains("  500  "), "{stdout}");
    let nobody = format!("http://127.0.0.1:{}", free_port());
    assert_eq!(store.inbox(&["replay", &lines[0][..11], "--to", &nobody]).0, 4);
    assert_eq!(store.count("done"), 4, "what is sent so stays as it is");
}

/// As `| head -1` leaves it: what was asked for is done, and the exit code tells how it went.
#[test]
fn what_sends_goes_on_when_nobody_reads_its_lines() {
    let store = four();
    for (args, requests) in [
        (&["inbox", "replay", "--state", "done", "--confirm", "--inbox", &store.name][..], Some(4)),
        (&["trigger", "--scenario", "video-room", "--key-env", "KEY"], None),
        (&["trigger", "twilio.video", "room-ended", "--key-env", "KEY"], Some(1)),
    ] {
        let ((close, closed), first) = (channel(), Cell::new(true));
        let application = Application::answering(move |_| {
            let answer = if first.replace(false) {
                closed.recv().unwrap();
                FAILURE
            } else {
                NO_CONTENT
            };
            answer.unwrap().to_owned()
        });
        let mut child = program(&[args, &["--to", &application.url]].concat()).spawn().unwrap();
        drop(child.stdout.take());
        close.send(()).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1), "{args:?}");
        let requests = requests.unwrap_or(2);
        (0..requests).for_each(|_| drop(application.received()));
    }
}

/// The application's router cut the path before the inbox saw it.
#[test]
fn replay_sends_to_the_path_that_the_provider_called() {
    let (store, application) = (Store::new(), Application::start(NO_CONTENT));
    let inbox = SqliteInbox::options().open(store.path()).unwrap();
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::any()));
    let hooks = Dispatcher::new(()).inbox(inbox).at("/x", notify(verifier).on(|_: VideoEvent| ()));
    let router = axum::Router::new().nest_service("/api/webhooks", service(hooks));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(axum::serve(listener, router).into_future());
    let (target, body) = ("/api/webhooks/x?a=1", "StatusCallbackEvent=room-ended&RoomSid=RM1");
    let answer = wire::send(&origin, &signed(&origin, target, body, ""), body);
    assert_eq!(answer.status, 204);
    drop(runtime);

    let kept = &store.objects(&["export"])[0];
    assert_eq!((&kept["target"], &kept["public_target"]), (&json!("/x?a=1"), &json!(target)));
    let id = kept["id"].as_str().unwrap();
    assert!(store.lines(&["show", id]).contains(&format!("POST {target}")));
    store.lines(&["replay", id, "--to", &application.url]);
    assert_eq!(application.received().line, format!("POST {target} HTTP/1.1"));
}

#[test]
fn changes_to_many_ask_first() {
    let store = four();
    for verb in ["replay", "drop"] {
        assert_eq!(store.inbox(&[verb]).0, 2, "nothing is named");
        // Dead letters are meant unless told otherwise.
        assert!(store.lines(&[verb, "--event", "room-ended"])[0].starts_with("0 "));
    }
    let (code, _, stderr) = store.inbox(&["drop", "--state", "any"]);
    assert_eq!(
        (code, stderr.as_str()),
        (1, "would delete 4 deliveries (4 done); --confirm does it\n")
    );
    let id =
        store.objects(&["ls", "--jsonl", "--sid", "RM1"])[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(store.lines(&["drop", &id]), ["1 deleted"]);
    assert_eq!(store.inbox(&["drop", &id]).0, 1, "it is gone");
    assert_eq!(store.lines(&["replay", "--state", "any", "--sid", "RM2"]), ["1 replayed"]);
    assert_eq!((store.count("pending"), store.count("done")), (1, 2));

    assert_eq!(store.lines(&["vacuum"]), ["0 deleted"]);
    let (code, _, stderr) = store.inbox(&["vacuum", "--done-after", "0s"]);
    assert!(code == 1 && stderr.starts_with("would delete 2 deliveries"), "{stderr}");
    assert_eq!(store.lines(&["vacuum", "--done-after", "0s", "--confirm"]), ["2 deleted"]);
    assert_eq!(store.lines(&["drop", "--state", "any", "--confirm"]), ["1 deleted"]);
    assert_eq!(store.count("total"), 0);
}

#[test]
fn an_inbox_is_told_by_argument_or_variable_and_has_to_be_there() {
    let (code, _, stderr) = run(&["inbox", "ls"], "");
    assert!(code == 2 && stderr.contains("--inbox or SWITCHHOOK_INBOX"), "{stderr}");
    let (code, _, stderr) = run(&["inbox", "ls", "--inbox", "hooks.db"], "");
    assert!(code == 2 && stderr.contains("sqlite:FILE or postgres://"), "{stderr}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.db");
    let (code, _, stderr) =
        run(&["inbox", "ls", "--inbox", &format!("sqlite:{}", file.display())], "");
    assert!(code == 4 && stderr.contains("there is no inbox at sqlite:"), "{stderr}");
    assert!(!file.exists(), "looking makes none");
    std::fs::write(&file, "this is no database, and long enough to be taken for one").unwrap();
    let (code, ..) = run(&["inbox", "ls", "--inbox", &format!("sqlite:{}", file.display())], "");
    assert_eq!(code, 1);

    let store = Store::new();
    drop(store.listen(&[]));
    let listed =
        program(&["inbox", "stats"]).env("SWITCHHOOK_INBOX", &store.name).output().unwrap();
    assert!(listed.status.success() && listed.stdout.starts_with(b"pending  0\n"));
}

/// Neither another program's file nor an inbox of an older version is touched by who only looks.
#[test]
fn looking_leaves_every_file_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.execute_batch("create table t (a); insert into t values (1)").unwrap();
    drop(connection);
    let before = std::fs::read(&file).unwrap();
    let name = format!("sqlite:{}", file.display());
    for args in [
        &["inbox", "ls"][..],
        &["inbox", "dead"],
        &["inbox", "show", "ev_0"],
        &["inbox", "stats"],
        &["inbox", "export"],
        &["inbox", "replay", "--state", "dead"],
        &["inbox", "drop", "--state", "dead"],
        &["inbox", "vacuum"],
        &["doctor", "--key-env", "KEY"],
    ] {
        let (code, stdout, stderr) = run(&[args, &["--inbox", &name]].concat(), "");
        assert_eq!(code, 1, "{args:?}: {stderr}");
        assert!((stdout + &stderr).contains("there is no inbox in it"), "{args:?}");
        assert_eq!(std::fs::read(&file).unwrap(), before, "{args:?}");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn an_inbox_in_a_database_has_the_schema_that_is_named() {
    let Some(plain) = Store::in_a_database() else { return };
    let hooks = plain.in_schema("hooks");
    let none = |store: &Store| {
        let (code, _, stderr) = store.inbox(&["ls"]);
        assert!(code == 1 && stderr.contains("there is no inbox in it"), "{stderr}");
    };
    none(&hooks);
    let listener = hooks.listen(&[]);
    assert!(listener.ready.contains("?schema=hooks"), "{}", listener.ready);
    video(&listener, "room-ended", &[]);
    hooks.wait("done", 1);
    none(&plain);
    none(&plain.in_schema("other"));
}

#[test]
fn a_password_is_taken_from_the_environment_alone_and_never_shown() {
    let port = free_port();
    let url = format!("postgres://me:s3cret@127.0.0.1:{port}/hooks");
    let (code, stdout, stderr) = run(&["inbox", "ls", "--inbox", &url], "");
    assert!(code == 2 && !(stdout + &stderr).contains("s3cret"), "{stderr}");
    for (inbox, password) in [(url.clone(), "other"), (url.replace(":s3cret", ""), "s3cret")] {
        for args in [&["inbox", "ls"][..], &["listen", "--key-env", "KEY", "--port", "0"]] {
            let mut program = program(args);
            let output = program
                .env("SWITCHHOOK_INBOX", &inbox)
                .env("PGPASSWORD", password)
                .output()
                .unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(4), "{stderr}");
            assert!(stderr.contains(&format!("postgres://127.0.0.1:{port}/hooks")), "{stderr}");
            assert!(!stderr.contains("s3cret"), "{stderr}");
        }
    }
}
