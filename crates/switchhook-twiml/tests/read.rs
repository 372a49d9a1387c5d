//! What is read: everything that is there, and nothing that could hurt.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use switchhook_twiml::{
    Connect, Dial, Gather, GatherInput, HttpMethod, Limits, Parameter, Pay, Prompt, ReadErrorKind,
    Refer, ReferSip, Say, Sip, SpeechTimeout, Stream, read, read_within,
};

fn kind(xml: &str) -> ReadErrorKind {
    match read(xml) {
        Ok(document) => panic!("read {xml:?} as {document:?}"),
        Err(error) => error.kind,
    }
}

#[test]
fn a_users_test_reads_what_a_handler_answered() {
    let reply = read(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\
         <Gather input=\"speech\" timeout=\"5\" speechTimeout=\"auto\" hints=\"sales, support\"/>\
         <Say>Goodbye</Say>\
         <Connect><Stream url=\"wss://agent.example.com/media\">\
         <Parameter name=\"From\" value=\"+15550100134\"/></Stream></Connect></Response>",
    )
    .unwrap();

    let gather = reply.find::<Gather>().unwrap();
    assert_eq!(gather.input(), [GatherInput::Speech]);
    assert_eq!(gather.timeout(), Ok(Some(5)));
    assert_eq!(gather.speech_timeout(), Ok(Some(SpeechTimeout::Auto)));
    assert_eq!(gather.hints(), ["sales", "support"]);
    assert_eq!((gather.method(), gather.num_digits()), (None::<HttpMethod>, Ok(None)));
    let verbs: Vec<_> = reply.verbs().collect();
    assert_eq!(verbs[1].view::<Say>().unwrap().text(), "Goodbye");
    assert_eq!(reply.find::<Stream>().unwrap().url(), Some("wss://agent.example.com/media"));
    let connect = reply.find::<Connect>().unwrap();
    assert_eq!(connect.find::<Parameter>().unwrap().value(), Some("+15550100134"));
    assert_eq!(reply.find::<Dial>().unwrap_err().to_string(), "there is no <Dial>");
}

#[test]
fn getters_tell_wrong_values_apart_from_missing_ones() {
    let reply = read(
        "<Response><Gather timeout='soon' bargeIn='yes' input='dtmf smell'/>\
         <Pay chargeAmount='20.50' postalCode='false'><Prompt attempt='1 x'/></Pay></Response>",
    )
    .unwrap();
    let gather = reply.find::<Gather>().unwrap();
    let error = gather.timeout().unwrap_err();
    assert_eq!(error.to_string(), "the attribute `timeout` is not a whole number");
    assert_eq!(gather.barge_in().unwrap_err().attribute, "bargeIn");
    assert_eq!(gather.input()[1].as_str(), "smell");
    let pay = reply.find::<Pay>().unwrap();
    assert_eq!(pay.charge_amount().unwrap().unwrap().as_str(), "20.50");
    assert_eq!(pay.postal_code(), Some(false.into()));
    assert!(reply.find::<Prompt>().unwrap().attempt().is_err());
}

#[test]
fn elements_that_share_a_tag_are_told_apart_by_their_parent() {
    let reply = read(
        "<Response><Refer><Sip>sip:a@example.com</Sip></Refer>\
         <Dial><Sip>sip:b@example.com</Sip></Dial></Response>",
    )
    .unwrap();
    assert_eq!(reply.find::<Sip>().unwrap().text(), "sip:b@example.com");
    assert_eq!(reply.find::<ReferSip>().unwrap().text(), "sip:a@example.com");
    assert_eq!(reply.find_all::<Sip>().count(), 1);
    assert!(reply.find::<Refer>().is_ok());
}

#[test]
fn everything_is_kept() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- a --><Response z=\"1\" a=\"2\"> \
               <New x:y=\"&quot;\">t<!-- b -->u</New>\n<Say> s </Say></Response><!-- c -->";
    assert_eq!(read(xml).unwrap().to_xml().unwrap(), xml);
}

#[test]
fn spellings_of_xml_mean_the_same() {
    let plain = read("<Response><Say voice=\"a b\">x&amp;y\nz</Say></Response>").unwrap();
    for xml in [
        "<?xml version='1.0'?>\r\n<Response><Say voice='a b'>x&#38;y\r\nz</Say></Response>\n",
        "<Response ><Say\n\tvoice = 'a\tb'\n><![CDATA[x&y\rz]]></Say ></Response >",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><?go on?>\
         <Response><Say voice=\"a&#x20;b\">x<![CDATA[&]]>y&#xA;z</Say></Response>",
    ] {
        assert_eq!(read(xml).unwrap(), plain, "{xml}");
    }
    let marked = read("\u{FEFF}<Response/>").unwrap();
    assert_eq!(marked.root(), read("<Response></Response>").unwrap().root());
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for xml in [
        "plain text",
        "<Response>",
        "<Response></Say>",
        "</Response>",
        "<Response/><Response/>",
        "<Response/>text",
        "text<Response/>",
        "<Response/>&amp;",
        "<![CDATA[x]]><Response/>",
        " <?xml version=\"1.0\"?><Response/>",
        "<Response><?xml version=\"1.0\"?></Response>",
        "<?xml version=\"2.0\"?><Response/>",
        "<?xml encoding=\"UTF-8\"?><Response/>",
        "<Response a=\"1\" a=\"2\"/>",
        "<Response a=\"1\"b=\"2\"/>",
        "<Response a/>",
        "<Response a=1/>",
        "<Response a=\"<\"/>",
        "<Response a=\"&\"/>",
        "<Response a=\"&nbsp;\"/>",
        "<Response>&nbsp;</Response>",
        "<Response>5 & 6</Response>",
        "<Response>&#0;</Response>",
        "<Response>&#xFFFF;</Response>",
        "<Response>&#+65;</Response>",
        "<Response>&#X41;</Response>",
        "<Response>&#;</Response>",
        "<Response>]]></Response>",
        "<Response>\u{1}</Response>",
        "<Response a=\"\u{FFFE}\"/>",
        "<Response><!-- a -- b --></Response>",
        "<Response><!-- a ---></Response>",
        "<Response><Say/ ></Response>",
        "<Response><1/></Response>",
        "<Response>< Say/></Response>",
        "<Response><Say a=\"1></Response>",
    ] {
        let kind = kind(xml);
        assert!(matches!(kind, ReadErrorKind::NotWellFormed(_)), "{xml:?} {kind:?}");
    }
    assert_eq!(read(" \n").unwrap_err().code(), 11770);
    assert_eq!(read("<Response>").unwrap_err().code(), 12100);
}

#[test]
fn other_encodings_are_refused() {
    assert_eq!(
        kind("<?xml version=\"1.0\" encoding=\"UTF-16\"?><Response/>"),
        ReadErrorKind::Encoding
    );
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Response>";
    assert_eq!(kind(&format!("{latin}é</Response>")), ReadErrorKind::Encoding);
    assert!(read(format!("{latin}e</Response>")).is_ok(), "the same in either");
    assert_eq!(read(b"<Response>\xFF</Response>").unwrap_err().kind, ReadErrorKind::Encoding);
    assert_eq!(read(b"\xFF\xFE<\0R\0").unwrap_err().kind, ReadErrorKind::Encoding);
}

/// Refused, and in no time: an attack must not cost more than a reply.
fn quickly(what: &str, refuse: impl FnOnce()) {
    let start = Instant::now();
    refuse();
    assert!(start.elapsed() < Duration::from_secs(2), "{what}: {:?}", start.elapsed());
}

#[test]
fn document_types_and_entity_bombs_are_refused() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE Response [<!ENTITY a0 \"ha\">");
    for level in 1..100 {
        let inner = format!("&a{};", level - 1).repeat(10);
        let _ = write!(bomb, "<!ENTITY a{level} \"{inner}\">");
    }
    bomb.push_str("]><Response>&a99;</Response>");
    quickly("entities", || assert_eq!(kind(&bomb), ReadErrorKind::DocType));
    for xml in [
        "<!DOCTYPE Response><Response/>",
        "<!DOCTYPE Response SYSTEM \"file:///etc/passwd\"><Response/>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"http://a.example.com/\">]><r>&x;</r>",
    ] {
        assert_eq!(kind(xml), ReadErrorKind::DocType);
    }
}

#[test]
fn depth_nodes_and_bytes_are_bounded() {
    quickly("4,000 levels", || {
        let deep =
            "<Response>".to_owned() + &"<a>".repeat(4000) + &"</a>".repeat(4000) + "</Response>";
        assert_eq!(kind(&deep), ReadErrorKind::TooDeep);
    });
    quickly("10 MB", || {
        let long = format!("<Response><Say>{}</Say></Response>", "x".repeat(10_000_000));
        assert_eq!(kind(&long), ReadErrorKind::TooLarge);
        assert_eq!(read(&long).unwrap_err().code(), 11750);
    });
    quickly("nodes", || {
        let wide = format!("<Response>{}</Response>", "<a/>".repeat(200_000));
        assert_eq!(kind(&wide), ReadErrorKind::TooManyNodes);
    });
    quickly("attributes", || {
        let mut many = String::new();
        for n in 0..60_000 {
            let _ = write!(many, " a{n}=''");
        }
        assert_eq!(kind(&format!("<Response{many}/>")), ReadErrorKind::TooManyNodes);
        let declaration = format!("<?xml{many}?><Response/>");
        assert!(matches!(kind(&declaration), ReadErrorKind::NotWellFormed(_)));
    });
    let limits = Limits { nodes: 3, ..Limits::default() };
    assert!(read_within("<Response><a/>t</Response>", &limits).is_ok());
    assert!(read_within("<Response><a b='1'/>t</Response>", &limits).is_err());
}

#[test]
fn errors_say_where() {
    let error = read("<Response>\n<Say>&nbsp;</Say></Response>").unwrap_err();
    assert_eq!(error.offset, 16);
    assert_eq!(error.to_string(), "not well-formed: an entity that XML does not have at byte 16");
}
