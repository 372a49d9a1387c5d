//! What the provider would object to, and what it would not.

use switchhook_twiml::{
    Body, Dialect, Linter, Message, ReplyKind, Say, Severity, messaging, pretty, read, voice,
};

use Severity::{Error, Note, Warning};

/// Code, severity and path of each finding.
fn found(dialect: Dialect, verbs: &str) -> Vec<(Option<u32>, Severity, String)> {
    let document = read(format!("<Response>{verbs}</Response>")).unwrap();
    let found = Linter::new(dialect).lint(&document);
    found.into_iter().map(|finding| (finding.code, finding.severity, finding.path)).collect()
}

#[test]
fn good_replies_have_no_findings() {
    for verbs in [
        "",
        "<Say voice='Polly.Joanna-Neural' language='en-US' loop='2'>Hi <break time='500ms'/></Say>",
        "<Gather input='dtmf speech' timeout='5' numDigits='1' action='/x?a=1&amp;b=2'><Say>Yes?</Say></Gather>",
        "<Dial callerId='+15550100123' timeout='20' record='true'><Number sendDigits='ww12'>+15550100124</Number></Dial>",
        "<Dial>+1 (555) 010-0124</Dial>",
        "<Connect><Stream url='wss://a.example.com/m'><Parameter name='a' value=''/></Stream></Connect>",
        "<Start><Stream name='a' url='wss://a.example.com/m' track='both_tracks'/></Start>",
        "<Stop><Stream name='a'/></Stop>",
        "<Play digits='12'/><Play>https://a.example.com/a.mp3</Play>",
        "<Enqueue workflowSid='WW1'><Task>{\"a\":1}</Task></Enqueue>",
        "<Message>Hi</Message><Message><Body>a</Body><Media>https://a.example.com/a.png</Media></Message>",
        "<Receive action='/fax' pageSize='a4'/>",
        // An empty recording is no reason to ask anybody: the call goes on with what follows.
        "<Record/><Say>not recorded</Say>",
        "<Gather input='speech' speechTimeout='auto'/><Gather input='speech' speechTimeout='1'/>",
        "<Connect><ConversationRelay url='wss://a.example.com/' speechTimeout='600'/></Connect>",
        "<Redirect/>",
    ] {
        assert_eq!(found(Dialect::Twilio, verbs), [], "{verbs}");
    }
}

#[test]
fn faults_have_the_providers_codes() {
    for (verbs, code, severity, path) in [
        ("<Gather><Dial>+15550100123</Dial></Gather>", 13320, Warning, "/Gather/Dial"),
        ("<Dial><Say>x</Say></Dial>", 13215, Warning, "/Dial/Say"),
        ("<Start><Say>x</Say></Start>", 14300, Error, "/Start/Say"),
        ("<Number>1</Number>", 12200, Warning, "/Number"),
        ("<say>x</say>", 12200, Warning, "/say"),
        ("<Frobnicate/>", 12200, Warning, "/Frobnicate"),
        ("<Say Voice='alice'>x</Say>", 12200, Warning, "/Say/@Voice"),
        ("<Say rate='slow'>x</Say>", 13513, Warning, "/Say/@rate"),
        ("<Say loop='-1'>x</Say>", 13510, Warning, "/Say/@loop"),
        ("<Gather><Say loop='x'>x</Say></Gather>", 13322, Warning, "/Gather/Say/@loop"),
        ("<Say/>", 13520, Warning, "/Say"),
        ("<Dial timeout='4'>+15550100123</Dial>", 13212, Warning, "/Dial/@timeout"),
        ("<Dial method='PUT'>+15550100123</Dial>", 13210, Warning, "/Dial/@method"),
        ("<Dial>call me</Dial>", 13223, Warning, "/Dial"),
        ("<Dial><Conference>a</Conference><Number>1</Number></Dial>", 13000, Warning, "/Dial"),
        ("<Gather timeout='auto'/>", 13313, Warning, "/Gather/@timeout"),
        ("<Gather speechTimeout='0'/>", 13327, Warning, "/Gather/@speechTimeout"),
        ("<Gather speechTimeout='+5'/>", 13327, Warning, "/Gather/@speechTimeout"),
        ("<Gather speechTimeout='soon'/>", 13327, Warning, "/Gather/@speechTimeout"),
        ("<Gather finishOnKey='12'/>", 13310, Warning, "/Gather/@finishOnKey"),
        ("<Gather actionOnEmptyResult='yes'/>", 13338, Warning, "/Gather/@actionOnEmptyResult"),
        ("<Record maxLength='1'/>", 13612, Warning, "/Record/@maxLength"),
        ("<Pause length='long'/>", 13910, Warning, "/Pause/@length"),
        ("<Redirect method='get'>/x</Redirect>", 13710, Warning, "/Redirect/@method"),
        ("<Play>file:///a.mp3</Play>", 11100, Warning, "/Play"),
        (
            "<Connect><Stream url='ws://a.example.com'/></Connect>",
            12200,
            Warning,
            "/Connect/Stream/@url",
        ),
        ("<Connect><ConversationRelay/></Connect>", 12200, Warning, "/Connect/ConversationRelay"),
        ("<Enqueue><Task>{a:1}</Task></Enqueue>", 14221, Error, "/Enqueue/Task"),
        ("<Annotate/>", 13110, Error, "/Annotate"),
        ("<Say><break time='11s'/>x</Say>", 12200, Warning, "/Say/break/@time"),
        ("<Hangup>now</Hangup>", 12200, Warning, "/Hangup"),
        ("<Denoise>on</Denoise>", 12200, Warning, "/Denoise"),
        ("<Record storageUrl='https://a.example.com'/>", 12200, Warning, "/Record/@storageUrl"),
        ("<Pay action='http://a.example.com'/>", 13337, Warning, "/Pay/@action"),
        ("<Refer><Sip>alice</Sip></Refer>", 13243, Warning, "/Refer/Sip"),
    ] {
        let expected = (Some(code), severity, format!("/Response{path}"));
        let found = found(Dialect::Twilio, verbs);
        assert!(found.contains(&expected), "{verbs}: {found:?}");
    }
}

#[test]
fn advice_is_a_note_without_a_code() {
    for (verbs, path) in [
        ("<Hangup/><Say>x</Say>", "/Response/Say"),
        ("<Say>x</Say><Reject/>", "/Response"),
        ("<Say voice='Someone'>x</Say>", "/Response/Say/@voice"),
        (
            "<Connect><ConversationRelay url='wss://a.example.com/' speechTimeout='5'/></Connect>",
            "/Response/Connect/ConversationRelay/@speechTimeout",
        ),
    ] {
        let findings = found(Dialect::Twilio, verbs);
        let note = (findings[0].1, &*findings[0].2);
        assert_eq!(note, (Note, path), "{findings:?}");
    }
}

#[test]
fn the_dialects_differ() {
    let record = "<Record storageUrl='https://a.example.com/' storageUrlMethod='PUT'/>";
    assert_eq!(found(Dialect::SignalWire, record), []);
    let stream = "<Dial><Conference statusCallbackEvent='modify'>a</Conference></Dial>";
    assert_eq!(found(Dialect::Twilio, stream), []);
    assert_eq!(found(Dialect::SignalWire, stream)[0].1, Note);
    assert_eq!(found(Dialect::SignalWire, "<Pause length='{{Seconds}}'/>"), []);
    let stream =
        "<Stream name='a' url='wss://a.example.com/'><Parameter name='b' value='c'/></Stream>";
    let conference = format!("<Dial><Conference>{stream}a</Conference></Dial>");
    assert_eq!(found(Dialect::SignalWire, &conference), []);
    let relay = "<Connect><ConversationRelay url='wss://a.example.com/'/></Connect>";
    assert_eq!(found(Dialect::Twilio, relay), []);
    assert_eq!(found(Dialect::SignalWire, relay)[0].1, Note);
    assert_eq!(found(Dialect::SignalWire, "<Pay/>")[0].0, Some(12200), "paymentConnectorUrl");
}

#[test]
fn messages_have_limits() {
    let eleven = messaging::Response::new().with_all((0..11).map(|_| Message::new("x")));
    assert_eq!(eleven.lint(Dialect::Twilio)[0].code, Some(14109));
    let long = messaging::Response::new().with(Message::new("x".repeat(1601)));
    assert_eq!(long.lint(Dialect::Twilio)[0].code, Some(14103));
    let body = |length: usize| Body::new("é".repeat(length));
    let joined = |length| {
        let message = Message::default().with(body(1600)).with(body(length));
        messaging::Response::new().with(message).lint(Dialect::Twilio)
    };
    assert_eq!((joined(1)[0].code, &*joined(1)[0].path), (Some(14103), "/Response/Message"));
    assert_eq!(
        joined(1601).iter().map(|found| &*found.path).collect::<Vec<_>>(),
        ["/Response/Message/Body[2]"]
    );
    assert_eq!(joined(0).iter().filter(|found| found.path == "/Response/Message").count(), 0);
    let fits = messaging::Response::new().with(Message::new("é".repeat(1600)));
    assert_eq!(fits.lint(Dialect::Twilio), []);
    let verb = read("<Response><Say>x</Say></Response>").unwrap();
    let found = Linter::new(Dialect::Twilio).reply(ReplyKind::Messaging).lint(&verb);
    assert_eq!(found[0].code, Some(14110));
}

#[test]
fn documents_have_limits() {
    let large = voice::Response::new().with(Say::new("x".repeat(65_536)));
    let found = large.lint(Dialect::Twilio);
    assert_eq!((found[0].code, found[0].severity), (Some(11750), Error));
    let other = read("<Reply/>").unwrap();
    let found = Linter::new(Dialect::Twilio).lint(&other);
    assert_eq!((found[0].code, found[0].severity, &*found[0].path), (Some(12102), Error, "/Reply"));
    let unwritable = voice::Response::new().with(Say::new("\0"));
    assert_eq!(unwritable.lint(Dialect::Twilio)[0].code, Some(12100));
    let marked = read("\u{FEFF}<Response/>").unwrap();
    assert_eq!(Linter::new(Dialect::Twilio).lint(&marked)[0].code, Some(12100));
}

#[test]
fn notes_hide_nothing_and_what_is_not_looked_at_is_no_good_reply() {
    // A voice that is not on the list is a note.
    let voices = |from: usize| {
        let verbs = (from..from + 300).map(|i| format!("<Say voice='v{i}'>x</Say>"));
        verbs.collect::<Vec<_>>().concat()
    };
    let severities = |verbs: &str| -> Vec<_> {
        found(Dialect::Twilio, verbs).into_iter().map(|found| found.1).collect()
    };
    assert_eq!(severities(&voices(0)), [Note; 200]);
    let after = severities(&format!("{}<Connect/>{}", voices(0), voices(300)));
    assert_eq!((after.len(), after[200]), (201, Warning));

    let faults = format!("{}{}", "<Frobnicate/>".repeat(199), voices(0));
    assert_eq!(severities(&faults).len(), 399);
    let all = found(Dialect::Twilio, &"<Frobnicate a='1'/>".repeat(30_000));
    assert_eq!((all.len(), &all[200]), (201, &(None, Error, "/Response".to_owned())));
}

#[test]
fn findings_serialise_for_programs_and_show_no_values() {
    let document = read("<Response><Dial timeout='+15550100123'>me</Dial></Response>").unwrap();
    let found = Linter::new(Dialect::Twilio).lint(&document);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json[0],
        serde_json::json!({
            "code": 13212, "severity": "warning", "path": "/Response/Dial/@timeout",
            "message": "not a whole number",
        })
    );
    assert!(!json.to_string().contains("+1555"));
}

#[test]
fn people_see_marks_under_the_faults() {
    let document = read(
        "<Response><!-- c --><Gather timeout='0'><Dial/></Gather><Say>a &amp; <p>b</p></Say></Response>",
    )
    .unwrap();
    let found = Linter::new(Dialect::Twilio).lint(&document);
    let lines = [
        "<Response>",
        "  <!-- c -->",
        "  <Gather timeout=\"0\">",
        "          ^^^^^^^^^^^ warning 13313: less than 1",
        "    <Dial/>",
        "    ^^^^^ warning 13320: <Dial> cannot be nested inside <Gather>",
        "    ^^^^^ warning 12200: nobody to dial",
        "  </Gather>",
        "  <Say>",
        "    a &amp;",
        "    <p>b</p>",
        "  </Say>",
        "</Response>",
    ];
    assert_eq!(pretty(&document, &found).lines().collect::<Vec<_>>(), lines);
}
