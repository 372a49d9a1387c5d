//! What the linter says, row by row: the steps of `main`, then where, how bad, what instead.

#![allow(clippy::redundant_closure_for_method_calls, reason = "as users write it")]

use switchhook_swml::{Document, Method, Severity, grammar::StepSet, read};

fn lint(main: &str) -> Vec<(String, Severity, Option<String>)> {
    let document = format!(r#"{{"sections":{{"main":[{main}],"menu":[{{"hangup":{{}}}}]}}}}"#);
    let found = read(document).unwrap().lint();
    found.into_iter().map(|found| (found.path, found.severity, found.instead)).collect()
}

const ROWS: &[(&str, &str, Severity, Option<&str>)] = &[
    // What people write, and the form that works.
    (r#"{"say":{"text":"Hi"}}"#, "/say", Severity::Error, Some(r#"{"play": {"url": "say:TEXT"}}"#)),
    (
        r#"{"prompt":{"play":"say:x","say":"Hi"}}"#,
        "/prompt/say",
        Severity::Error,
        Some(r#""play": "say:TEXT""#),
    ),
    (r#""hangup""#, "", Severity::Error, Some(r#"{"hangup": {}}"#)),
    (r#"{"hang_up":{}}"#, "/hang_up", Severity::Error, Some("\"hangup\"")),
    (r#"{"Connect":{"to":"x"}}"#, "/Connect", Severity::Error, Some("\"connect\"")),
    (
        r#"{"connect":{"to":"x"},"on_failure":[]}"#,
        "/on_failure",
        Severity::Error,
        Some("a step after it: \"cond\" or \"switch\" on \"connect_result\""),
    ),
    (
        r#"{"ai":{"prompt":"You sell"}}"#,
        "/ai/prompt",
        Severity::Error,
        Some(r#""prompt": {"text": ...}"#),
    ),
    (r#"{"play":"say:Hi"}"#, "/play", Severity::Error, Some(r#"{"play": {"url": ...}}"#)),
    // Types.
    (
        r#"{"connect":{"to":15550001111}}"#,
        "/connect/to",
        Severity::Error,
        Some("the same in quotes"),
    ),
    (
        r#"{"connect":{"to":"x","timeout":"20"}}"#,
        "/connect/timeout",
        Severity::Error,
        Some("the same without quotes"),
    ),
    (
        r#"{"record":{"stereo":"true"}}"#,
        "/record/stereo",
        Severity::Error,
        Some("true without quotes"),
    ),
    (r#"{"record":{"format":"WAV"}}"#, "/record/format", Severity::Error, Some("\"wav\"")),
    (
        r#"{"join_conference":{"name":"x","beep":true}}"#,
        "/join_conference/beep",
        Severity::Error,
        Some("\"true\" in quotes"),
    ),
    (
        r#"{"play":{"url":"a.mp3"}}"#,
        "/play/url",
        Severity::Error,
        Some(r#"a http or https URL, "say:TEXT", "silence:SECONDS" or "ring:SECONDS:us""#),
    ),
    (r#"{"play":{"url":"say:a\nb"}}"#, "/play/url", Severity::Error, Some("one line")),
    // Required, exclusive, unknown.
    (
        r#"{"enter_queue":{"queue_name":"q"}}"#,
        "/enter_queue",
        Severity::Error,
        Some("\"transfer_after_bridge\": \"...\""),
    ),
    (r#"{"connect":{"timeout":5}}"#, "/connect", Severity::Error, None),
    (r#"{"connect":{"to":"x","serial":[]}}"#, "/connect/serial", Severity::Error, None),
    (r#"{"play":{"url":"say:x","urls":[]}}"#, "/play/urls", Severity::Error, None),
    (
        r#"{"connect":{"serial":[{"to":"x"}],"codec":"PCMU"}}"#,
        "/connect/codec",
        Severity::Error,
        None,
    ),
    (
        r#"{"connect":{"serial":[{"to":"x"}],"username":"u"}}"#,
        "/connect/username",
        Severity::Warning,
        None,
    ),
    (
        r#"{"connect":{"to":"x","time_out":5}}"#,
        "/connect/time_out",
        Severity::Error,
        Some("\"timeout\""),
    ),
    // Ranges and units.
    (
        r#"{"goto":{"label":"${x}","max":101}}"#,
        "/goto/max",
        Severity::Error,
        Some("a number from 1 to 100"),
    ),
    (
        r#"{"play":{"url":"say:x","volume":50}}"#,
        "/play/volume",
        Severity::Error,
        Some("a number from -40 to 40 decibels"),
    ),
    (r#"{"sleep":-2}"#, "/sleep", Severity::Error, Some("a number from -1 milliseconds up")),
    (
        r#"{"sleep":{"duration":-2}}"#,
        "/sleep/duration",
        Severity::Error,
        Some("a number from -1 milliseconds up"),
    ),
    (
        r#"{"ai":{"prompt":{"text":"x"},"params":{"attention_timeout":5000}}}"#,
        "/ai/params/attention_timeout",
        Severity::Error,
        Some("a number from 10000 to 600000 milliseconds, or 0"),
    ),
    // What the provider's schema takes for a variable.
    (
        r#"{"connect":{"to":"x","timeout":"${vars.tens}${vars.ones}"}}"#,
        "/connect/timeout",
        Severity::Note,
        None,
    ),
    // References.
    (
        r#"{"goto":{"label":"agian"}},{"label":"again"}"#,
        "/goto/label",
        Severity::Error,
        Some("{\"label\": NAME} in the same section"),
    ),
    (
        r#"{"goto":{"label":"agai"}},{"label":"again"}"#,
        "/goto/label",
        Severity::Error,
        Some("\"again\""),
    ),
    (r#"{"transfer":{"dest":"Menu"}}"#, "/transfer/dest", Severity::Warning, Some("\"menu\"")),
    (
        r#"{"execute":{"dest":"nowhere"}}"#,
        "/execute/dest",
        Severity::Warning,
        Some("the name of a section of this document"),
    ),
    (
        r#"{"connect":{"to":"queue:q"}}"#,
        "/connect",
        Severity::Warning,
        Some("\"transfer_after_bridge\": URL"),
    ),
    (
        r#"{"connect":{"to":"x","transfer_after_bridge":"menu"}}"#,
        "/connect/transfer_after_bridge",
        Severity::Warning,
        Some("a URL, or a document as text"),
    ),
    // Embedded documents.
    (
        r#"{"transfer":{"dest":"{\"sections\":{\"main\":[{\"say\":1}]}}"}}"#,
        "/transfer/dest/sections/main/0/say",
        Severity::Error,
        Some(r#"{"play": {"url": "say:TEXT"}}"#),
    ),
    (r#"{"transfer":{"dest":"{\"sections\":"}}"#, "/transfer/dest", Severity::Error, None),
    (
        r#"{"transfer":{"dest":"version: 1.0.0\nsections:\n  main:\n    - hangup: {}\n"}}"#,
        "/transfer/dest",
        Severity::Warning,
        Some("the same document as JSON"),
    ),
    (
        r#"{"execute":{"dest":"\n# menu\n\"sections\" : { main: [{play: \"say:${vars.x}\"}] }"}}"#,
        "/execute/dest",
        Severity::Warning,
        Some("the same document as JSON"),
    ),
    (
        r#"{"connect":{"to":"x","transfer_after_bridge":"---\nsections: {}"}}"#,
        "/connect/transfer_after_bridge",
        Severity::Warning,
        Some("the same document as JSON"),
    ),
    (
        r#"{"transfer":{"dest":"version:2"}}"#,
        "/transfer/dest",
        Severity::Warning,
        Some("the name of a section of this document"),
    ),
    // Variables.
    (r#"{"sleep":"${a}:${b}"}"#, "/sleep", Severity::Note, None),
    (
        r#"{"ai_sidecar":{"lang":"en","direction":["remote-caller","local-caller","remote-caller"]}}"#,
        "/ai_sidecar/direction/2",
        Severity::Warning,
        None,
    ),
    // Calls and messages.
    (r#"{"reply":"Hi"}"#, "/reply", Severity::Error, None),
    (
        r#"{"connect":{"to":"x","confirm":[{"answer":{}}]}}"#,
        "/connect/confirm/0/answer",
        Severity::Error,
        None,
    ),
    // Branches.
    (
        r#"{"cond":[{"else":[{"hangup":{}}]},{"when":"x","then":[]}]}"#,
        "/cond/0",
        Severity::Warning,
        Some("this branch last"),
    ),
    (
        r#"{"switch":{"variable":"x","case":{"1":[]}}}"#,
        "/switch",
        Severity::Note,
        Some("\"default\": [...]"),
    ),
    (r#"{"answer":{},"answer":{}}"#, "/answer", Severity::Error, None),
    (r#"{"answer":{"codecs":"PCMU","codecs":"PCMA"}}"#, "/answer/codecs", Severity::Warning, None),
    (r"{}", "", Severity::Error, None),
];

#[test]
fn rows() {
    for (main, path, severity, instead) in ROWS {
        // A call, beyond doubt.
        let found = lint(&format!("{main},{{\"answer\":{{}}}},{{\"denoise\":{{}}}}"));
        let path = format!("/sections/main/0{path}");
        let hit = found.iter().find(|(at, s, _)| *at == path && s == severity);
        let (_, _, got) = hit.unwrap_or_else(|| panic!("{main}: {found:?}"));
        if instead.is_some() {
            assert_eq!(got.as_deref(), *instead, "{main}");
        }
    }
}

#[test]
fn expressions_have_a_length() {
    for (length, findings) in [(1024, 0), (1025, 1)] {
        let when = "é".repeat(length);
        let goto = format!(r#"{{"label":"a"}},{{"goto":{{"label":"a","when":"{when}"}}}}"#);
        assert_eq!(lint(&goto).len(), findings, "{length}");
        let cond = format!(r#"{{"cond":[{{"when":"{when}","then":[{{"answer":{{}}}}]}}]}}"#);
        assert_eq!(lint(&cond).len(), findings, "{length}");
    }
}

#[test]
fn nothing_to_say() {
    for main in [
        r#"{"goto":{"label":"a"}},{"switch":{"variable":"x","case":{"1":[{"label":"a"}]},"default":[]}}"#,
        r#"{"transfer":{"dest":"menu"}}"#,
        r#"{"transfer":{"dest":"https://example.com/swml"}}"#,
        r#"{"transfer":{"dest":"${vars.where}"}}"#,
        r#"{"sleep":"%{vars.pause}"}"#,
        r#"{"connect":{"to":"x","timeout":"${vars.t}","confirm":[{"play":{"url":"say:x"}}]}}"#,
        r#"{"play":{"urls":["${a}","${b}"]}}"#,
        r#"{"return":null}"#,
    ] {
        assert_eq!(lint(main), [], "{main}");
    }
}

#[test]
fn several_references_are_a_value() {
    let text =
        r#"{"sections":{"main":[{"connect":{"to":"x","timeout":"${vars.tens}${vars.ones}"}}]}}"#;
    let document = read(text).unwrap();
    assert_eq!(document.problems(), []);
    assert!(document.lint().into_result().is_ok());
    let connect = document.steps("main").unwrap().iter().next();
    let Some(Method::Connect(connect)) = connect.map(Method::from) else { panic!("{document:?}") };
    let timeout = connect.timeout().unwrap();
    assert_eq!(timeout.variable().unwrap().as_str(), "${vars.tens}${vars.ones}");
}

#[test]
fn each_step_that_nothing_reaches_is_told() {
    let steps = r#"{"hangup":{}},{"answer":{}},{"play":{"url":"say:x"}},{"label":"a"},{"answer":{}},
        {"goto":{"label":"a"}},{"transfer":{"dest":"menu"}},{"hangup":{}},{"answer":{}}"#;
    let found: Vec<_> = lint(steps).into_iter().map(|found| (found.0, found.1)).collect();
    let note = |at: usize| (format!("/sections/main/{at}"), Severity::Note);
    assert_eq!(found, [1, 2, 7, 8].map(note));
}

#[test]
fn documents_as_a_whole() {
    let error = |text: &str| {
        let found = read(text).unwrap().lint();
        let first = found.errors().next().map(|found| (found.path.clone(), found.code));
        first.unwrap_or_else(|| panic!("{text}"))
    };
    assert_eq!(error("[]"), (String::new(), Some("sections_missing")));
    assert_eq!(error("{}"), ("/sections".into(), Some("sections_missing")));
    assert_eq!(error(r#"{"sections":{}}"#), ("/sections".into(), Some("main_section_missing")));
    assert_eq!(error(r#"{"sections":[]}"#), ("/sections".into(), Some("element_wrong_type")));
    assert_eq!(
        error(r#"{"version":1,"sections":{}}"#),
        ("/version".into(), Some("version_invalid"))
    );
    assert_eq!(error(r#"{"main":[],"sections":{}}"#), ("/main".into(), Some("element_undefined")));
}

#[test]
fn messages_have_methods_of_their_own() {
    let document = read(
        r#"{"sections":{"main":[{"reply":{"body":"x"}},{"receive":{}},{"connect":{"to":"x"}}]}}"#,
    )
    .unwrap();
    let found = document.lint();
    assert_eq!(found[0].path, "/sections/main/2/connect");
    assert_eq!(found[0].message, "`connect` is a method of calls, not of messages");
    let as_call = document.lint_as(StepSet::Calling);
    assert_eq!(as_call[0].message, "`reply` is a method of messages, not of calls");
}

#[test]
fn messages_have_variables_of_their_own() {
    let texts = |main: &str| {
        let found =
            read(format!(r#"{{"sections":{{"main":[{{"receive":{{}}}},{main}]}}}}"#)).unwrap();
        let found = found.lint().into_iter().map(|found| (found.path, found.severity));
        found.collect::<Vec<_>>()
    };
    for (main, path, severity) in [
        (r#"{"reply":"You said ${message.body}"}"#, "reply", Severity::Warning),
        (r#"{"reply":{"body":"${message.body}"}}"#, "reply/body", Severity::Warning),
        (
            r#"{"request":{"url":"https://a","body":{"a":["${x}"]}}}"#,
            "request/body/a/0",
            Severity::Warning,
        ),
        (r#"{"execute":{"dest":"${vars.x}"}}"#, "execute/dest", Severity::Warning),
        (r#"{"goto":{"label":"${vars.x}"}}"#, "goto/label", Severity::Error),
    ] {
        let found = texts(main);
        assert!(
            found.contains(&(format!("/sections/main/1/{path}"), severity)),
            "{main}: {found:?}"
        );
        assert_eq!(texts(&main.replace('$', "%")), [], "{main}");
    }
    // What is a call's keeps its own.
    assert_eq!(lint(r#"{"play":{"url":"say:${vars.x}"}},{"goto":{"label":"${vars.x}"}}"#), []);
}

#[test]
fn messages_have_limits() {
    let warned = |steps: &str| {
        let document = read(format!(r#"{{"sections":{{"main":[{{"receive":{{}}}},{steps}]}}}}"#));
        let found = document.unwrap().lint();
        found.iter().map(|found| found.message.clone()).collect::<Vec<_>>()
    };
    let many = |step: &str, count: usize| vec![step; count].join(",");
    let (reply, request) = (r#"{"reply":"x"}"#, r#"{"request":{"url":"https://example.com"}}"#);
    assert_eq!(warned(&many(reply, 99)), [""; 0]);
    assert_eq!(warned(&many(reply, 100)), ["more than 100 steps for a message"]);
    assert_eq!(warned(&many(request, 10)), [""; 0]);
    assert_eq!(warned(&many(request, 11)), ["more than 10 requests for a message"]);
    // One branch is taken.
    let branch = many(request, 6);
    let switch = |after: &str| {
        format!(
            r#"{{"switch":{{"variable":"x","case":{{"1":[{branch}]}},"default":[{branch}]}}}},{after}"#
        )
    };
    assert_eq!(warned(&switch(reply)), [""; 0]);
    assert_eq!(warned(&switch(&branch)), ["more than 10 requests for a message"]);
}

#[test]
fn private_names_and_values_are_not_shown() {
    let document = read(
        r#"{"sections":{"main":[{"switch":{"variable":"x","case":{"+15550001111":[{"canary-4711":"secret"}]}}},
            {"connect":{"to":15550002222,"canary 1":"secret"}}, {"goto":{"label":"15550003333"}}]}}"#,
    )
    .unwrap();
    let shown = format!("{document:?} {} {:?}", document.lint(), document.problems());
    for private in ["1555000", "secret", "canary 1"] {
        assert!(!shown.contains(private), "{private}: {shown}");
    }
}

#[test]
fn findings_serialise_for_programs() {
    let document = read(r#"{"sections":{"main":[{"hang_up":{}}]}}"#).unwrap();
    let json = serde_json::to_value(document.lint()).unwrap();
    let hint = serde_json::json!({
        "code": "method_undefined", "severity": "error", "path": "/sections/main/0/hang_up",
        "message": document.lint()[0].message, "instead": "\"hangup\"",
    });
    assert_eq!(json, serde_json::json!([hint]));
}

#[test]
fn findings_are_bounded() {
    let steps = vec![r#"{"nothing":1}"#; 5000].join(",");
    let found = lint(&steps);
    assert_eq!(found.len(), 201);
    // Nobody may take what was not looked at for good.
    assert_eq!(found[200], (String::new(), Severity::Error, None));
    // Notes do not take the place of what is worse.
    let note = r#"{"switch":{"variable":"x","case":{"1":[{"hangup":{}}]}}}"#;
    let notes = format!("{},{{\"nothing\":1}}", vec![note; 300].join(","));
    assert!(lint(&notes).iter().any(|found| found.1 == Severity::Error));
}

#[test]
fn only_notes_are_a_good_result() {
    assert!(
        Document::new()
            .main(|s| s.switch("x", |c| c.case("1", |s| s.hangup())))
            .lint()
            .into_result()
            .is_ok()
    );
    assert!(Document::new().main(|s| s.transfer("nowhere")).lint().into_result().is_err());
}
