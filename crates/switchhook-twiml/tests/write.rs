//! What is written: to the letter, or not at all.

use switchhook_twiml::{
    Connect, Custom, Dial, Document, Element, Enqueue, Gather, GatherInput, Markup, Message,
    Number, Pay, Prompt, PromptFor, Redirect, Say, SayVoice, SpeechTimeout, Stream, Task,
    Transcription, WriteErrorKind, messaging, ssml, voice,
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

fn body(reply: &voice::Response) -> String {
    let xml = reply.to_xml().unwrap();
    let body = xml.strip_prefix(DECLARATION).unwrap();
    body.strip_prefix("<Response>").unwrap().strip_suffix("</Response>").unwrap().to_owned()
}

#[test]
fn the_reply_of_a_voice_agent_to_the_letter() {
    let reply = voice::Response::new().with(
        Connect::new().with(
            Stream::to_host("https://agency.example.com/", "/api/v1/voice/media-stream")
                .unwrap()
                .parameter("From", "+15550100134")
                .parameter("To", "+15550100187")
                .parameter("CallSid", "CA1"),
        ),
    );
    assert_eq!(
        reply.to_xml().unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Response><Connect><Stream url=\"wss://agency.example.com/api/v1/voice/media-stream\">\
         <Parameter name=\"From\" value=\"+15550100134\"/>\
         <Parameter name=\"To\" value=\"+15550100187\"/>\
         <Parameter name=\"CallSid\" value=\"CA1\"/>\
         </Stream></Connect></Response>"
    );
}

#[test]
fn an_empty_reply_is_one_tag() {
    let empty = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";
    assert_eq!(voice::Response::new().to_xml().unwrap(), empty);
    assert_eq!(messaging::Response::new().to_xml().unwrap(), empty);
}

#[test]
fn each_kind_of_value_is_written_as_the_wire_has_it() {
    let gather = Gather::new()
        .input([GatherInput::Dtmf, GatherInput::Speech])
        .barge_in(true)
        .finish_on_key("")
        .hints(["sales", "support"])
        .num_digits(1)
        .speech_timeout(SpeechTimeout::Auto)
        .language("en-XX");
    assert_eq!(
        body(&voice::Response::new().with(gather)),
        "<Gather bargeIn=\"true\" finishOnKey=\"\" hints=\"sales,support\" input=\"dtmf speech\" \
         language=\"en-XX\" numDigits=\"1\" speechTimeout=\"auto\"/>"
    );
    let pay = Pay::new()
        .charge_amount(20.5)
        .postal_code("94109")
        .valid_card_types(["visa", "amex"])
        .with(Prompt::new().for_step(PromptFor::PaymentCardNumber).attempt([1, 2]));
    assert_eq!(
        body(&voice::Response::new().with(pay)),
        "<Pay chargeAmount=\"20.5\" postalCode=\"94109\" validCardTypes=\"visa amex\">\
         <Prompt attempt=\"1 2\" for=\"payment-card-number\"/></Pay>"
    );
    let transcription = Transcription::new().status_callback_url("https://a.example.com/t");
    assert!(
        transcription.element().attribute("statusCallbackUrl").is_some(),
        "not statusCallback, as on the others"
    );
}

#[test]
fn text_and_speech_markup_mix_in_order() {
    let say = Say::new("One ")
        .voice(SayVoice::PollyAmy)
        .with(ssml::Break::new().time("1s"))
        .text(" two")
        .text(" & three ")
        .with(ssml::Lang::new("fr-FR", "quatre"));
    assert_eq!(
        body(&voice::Response::new().with(say)),
        "<Say voice=\"Polly.Amy\">One <break time=\"1s\"/> two &amp; three \
         <lang xml:lang=\"fr-FR\">quatre</lang></Say>"
    );
}

#[test]
fn input_is_never_markup() {
    let say = Say::new("5 > 4 < 6 & \"x\" 'y' &amp; <break/> ]]> tab\t lf\n cr\r")
        .attr("new", "5 > 4 < 6 & \"x\" 'y' &amp;\t\n\r");
    assert_eq!(
        body(&voice::Response::new().with(say)),
        "<Say new=\"5 &gt; 4 &lt; 6 &amp; &quot;x&quot; 'y' &amp;amp;&#9;&#10;&#13;\">\
         5 &gt; 4 &lt; 6 &amp; \"x\" 'y' &amp;amp; &lt;break/&gt; ]]&gt; tab\t lf\n cr&#13;</Say>"
    );
}

#[test]
fn a_typed_attribute_wins_over_an_extra_one() {
    let before = Dial::new().attr("timeout", "1").timeout(20).attr("new", "a").attr("new", "b");
    let after =
        Dial::new().timeout(20).attr("timeout", "1").attr("new", "b").answer_on_bridge(true);
    assert_eq!(body(&voice::Response::new().with(before)), "<Dial timeout=\"20\" new=\"b\"/>");
    assert_eq!(
        body(&voice::Response::new().with(after)),
        "<Dial answerOnBridge=\"true\" timeout=\"20\" new=\"b\"/>"
    );
}

#[test]
fn what_the_grammar_lacks_goes_in_as_custom() {
    let reply = voice::Response::new()
        .comment(" now ")
        .with(Custom::new("New").attr("a", "1").text("x").with(Number::new("+15550100100")))
        .with(Custom::from(Message::new("odd, but asked for")));
    assert_eq!(
        body(&reply),
        "<!-- now --><New a=\"1\">x<Number>+15550100100</Number></New>\
         <Message>odd, but asked for</Message>"
    );
}

#[test]
fn json_is_escaped_like_any_text() {
    let task = Task::new("{\"account\":\"a & b\"}").priority(5);
    let enqueue = Enqueue::default().workflow_sid("WW1").with(task);
    assert_eq!(
        body(&voice::Response::new().with(enqueue)),
        "<Enqueue workflowSid=\"WW1\"><Task priority=\"5\">{\"account\":\"a &amp; b\"}</Task></Enqueue>"
    );
}

#[test]
fn empty_text_is_no_text() {
    assert_eq!(body(&voice::Response::new().with(Redirect::new(""))), "<Redirect/>");
}

#[test]
fn characters_that_xml_lacks_are_refused_or_replaced() {
    for (text, code) in [
        ("a\0b", 0),
        ("a\u{8}b", 8),
        ("a\u{b}b", 0xB),
        ("a\u{1f}b", 0x1F),
        ("a\u{FFFE}b", 0xFFFE),
        ("a\u{FFFF}b", 0xFFFF),
    ] {
        let in_text = voice::Response::new().with(Say::new("x")).with(Say::new(text));
        let in_attribute =
            voice::Response::new().with(Say::new("x")).with(Say::new("y").attr("b", text));
        for reply in [in_text, in_attribute] {
            let error = reply.to_xml().unwrap_err();
            assert_eq!(error.kind, WriteErrorKind::Character(code));
            assert_eq!(error.path, "/Response/Say[2]");
            assert!(reply.to_xml_lossy().unwrap().contains("a\u{FFFD}b"));
        }
    }
    let odd = "\u{7f}\u{85}\u{2028}\u{FEFF}\u{E000}\u{FFFD}\u{FFFC}\u{EFFF}\u{1F44D}";
    assert!(voice::Response::new().with(Say::new(odd)).to_xml().unwrap().contains(odd));
}

#[test]
fn names_comments_and_entries_that_cannot_be_are_refused() {
    let say = || Say::new("x");
    for (reply, kind) in [
        (voice::Response::new().with(say().attr("a b", "")), WriteErrorKind::Name),
        (voice::Response::new().with(say().attr("a=\"\" b", "")), WriteErrorKind::Name),
        (voice::Response::new().with(Custom::new("a><b")), WriteErrorKind::Name),
        (voice::Response::new().with(Custom::new("")), WriteErrorKind::Name),
        (voice::Response::new().comment("a--b"), WriteErrorKind::Comment),
        (voice::Response::new().comment("--><Hangup/>"), WriteErrorKind::Comment),
        (voice::Response::new().comment("a-"), WriteErrorKind::Comment),
        (voice::Response::new().comment("a\0"), WriteErrorKind::Character(0)),
        (
            voice::Response::new().with(Gather::new().input(["dtmf speech"])),
            WriteErrorKind::ListEntry,
        ),
    ] {
        let error = reply.to_xml().unwrap_err();
        assert_eq!(error.kind, kind);
        if kind != WriteErrorKind::Character(0) {
            assert_eq!(reply.to_xml_lossy().unwrap_err().kind, kind);
        }
    }
}

#[test]
fn depth_is_bounded() {
    let mut deep = Element::new("a");
    for _ in 0..1000 {
        let mut outer = Element::new("a");
        outer.push(deep);
        deep = outer;
    }
    assert_eq!(Document::from(deep).to_xml().unwrap_err().kind, WriteErrorKind::Depth);
}

#[test]
fn the_length_is_known_before_writing() {
    let reply =
        voice::Response::new().with(Say::new("a & b \u{1F44D}").attr("n", "\"")).comment("x");
    let document = Document::from(reply);
    assert_eq!(document.xml_len().unwrap(), document.to_xml().unwrap().len());
}

#[test]
fn nothing_personal_is_shown_by_debug_or_errors() {
    let reply = voice::Response::new()
        .with(Dial::new().caller_id("+15550100123").text("+15550100124"))
        .with(Say::new("\0 +15550100125").comment("+15550100126"));
    let error = reply.to_xml().unwrap_err();
    for shown in [format!("{reply:?}"), format!("{error:?}"), error.to_string()] {
        assert!(!shown.contains("+1555"), "{shown}");
    }
}

#[test]
fn values_cross_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<voice::Response>();
    shared::<Document>();
    shared::<switchhook_twiml::WriteError>();
    shared::<switchhook_twiml::ReadError>();
    shared::<switchhook_twiml::Diagnostic>();
}
