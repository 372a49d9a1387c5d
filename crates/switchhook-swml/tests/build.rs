//! What builders write.

#![allow(clippy::redundant_closure_for_method_calls, reason = "as users write it")]

use std::time::Duration;

use switchhook_swml::{
    Answer, CondBranch, Connect, Destination, DetectMachine, Document, Goto, Hangup, HangupReason,
    Json, LiveTranscribe, Method, Milliseconds, Pay, PayAction, PayPrompt, Play, Prompt, Record,
    Request, ResultSwitch, Seconds, SendSms, Sleep, Sound, Steps, Summarize, Value, ai, messaging,
    read, swaig, var,
};

fn steps(steps: Steps) -> String {
    let text = Document::new().main(|s| s.then(steps)).to_json();
    text.strip_prefix(r#"{"version":"1.0.0","sections":{"main":"#)
        .unwrap()
        .strip_suffix("}}")
        .unwrap()
        .to_owned()
}

#[test]
fn replies_of_the_older_examples() {
    let vip = Document::new()
        .main(|s| s.answer().say("Welcome back, valued customer").connect("+15551111111"));
    assert_eq!(
        vip.to_json(),
        r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"play":{"url":"say:Welcome back, valued customer"}},{"connect":{"to":"+15551111111"}}]}}"#,
    );
    let standard = Document::new()
        .main(|s| s.answer().say("Welcome to our service").transfer("main_menu"))
        .section("main_menu", |s| {
            s.prompt(Prompt::say("Press 1 for sales, 2 for support").max_digits(1))
        });
    assert_eq!(
        standard.to_json(),
        r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"play":{"url":"say:Welcome to our service"}},{"transfer":{"dest":"main_menu"}}],"main_menu":[{"prompt":{"play":"say:Press 1 for sales, 2 for support","max_digits":1}}]}}"#,
    );
    for document in [vip, standard] {
        assert!(document.lint().is_empty());
        assert_eq!(read(document.to_json()).unwrap(), document);
    }
}

#[test]
fn the_spelling_of_the_older_examples_parses() {
    let text = r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"say":{"text":"Welcome"}},{"connect":{"to":"+15551111111"}}],"main_menu":[{"prompt":{"say":"Press 1","max_digits":1}}]}}"#;
    let document = read(text).unwrap();
    assert_eq!(document.to_json(), text);
    let main: Vec<_> = document.steps("main").unwrap().iter().map(Method::from).collect();
    assert!(matches!(
        &main[..],
        [Method::Answer(_), Method::Unknown("say", _), Method::Connect(_)]
    ));
    let prompt = document.find::<Prompt>().next().unwrap();
    assert_eq!(prompt.max_digits(), Some(1.into()));
    assert_eq!(prompt.extra().next(), Some(("say", &Json::from("Press 1"))));
    assert!(document.problems().is_empty());
}

#[test]
fn main_stands_first_and_sections_grow() {
    let document = Document::new()
        .section("b", |s| s.hangup())
        .section("a", |s| s.hangup())
        .main(|s| s.answer())
        .section("b", |s| s.label("end"));
    let sections: Vec<_> = document.sections().map(|(name, steps)| (name, steps.len())).collect();
    assert_eq!(sections, [("main", 1), ("b", 2), ("a", 1)]);
}

#[test]
fn connect_has_four_shapes() {
    let two = || [Destination::new("+15550001111"), Destination::new("sip:a@example.com")];
    for (connect, field) in [
        (Connect::to("+15550001111"), "to"),
        (Connect::serial(two()), "serial"),
        (Connect::parallel(two()), "parallel"),
        (Connect::serial_parallel([two(), two()]), "serial_parallel"),
    ] {
        let document = Document::new().main(|s| s.connect(connect.timeout(Seconds(20))));
        assert!(document.lint().is_empty(), "{field}: {}", document.lint());
        let view = document.find::<Connect>().next().unwrap();
        assert!(view.get(field).is_some() && view.timeout() == Some(Seconds(20).into()));
    }
}

#[test]
fn what_other_builders_cannot_write() {
    assert_eq!(
        steps(
            Steps::new()
                .label("again")
                .cond(|c| c.when("call.from == 'x'", |s| s.hangup()).otherwise(|s| s.goto("again")))
                .goto(Goto::new("again").max(3).when("tries < 3"))
                .unset("tries")
                .unset(["a", "b"])
                .sleep(Duration::from_millis(250))
                .sleep(Milliseconds(500))
                .sleep(var("vars.pause"))
                .sleep(Sleep::forever())
                .set([("tries", 3)])
                .return_value(())
                .custom("new_method", [("x", 1)])
        ),
        r#"[{"label":"again"},{"cond":[{"when":"call.from == 'x'","then":[{"hangup":{}}]},{"else":[{"goto":{"label":"again"}}]}]},{"goto":{"label":"again","max":3,"when":"tries < 3"}},{"unset":"tries"},{"unset":["a","b"]},{"sleep":250},{"sleep":500},{"sleep":"${vars.pause}"},{"sleep":-1},{"set":{"tries":3}},{"return":null},{"new_method":{"x":1}}]"#,
    );
}

#[test]
fn options_and_escape_hatches() {
    assert_eq!(
        steps(
            Steps::new()
                .with(Answer::new().max_duration(Seconds(60)).field("new", true))
                .with(Hangup::new().reason(HangupReason::Busy))
                .play(Play::urls([Sound::say("a\nb"), Sound::silence(1.0), Sound::ring(2.5, "us")]))
                .with(
                    Record::new()
                        .end_silence_timeout(Seconds(2))
                        .max_length(Duration::from_millis(1500))
                )
                .with(DetectMachine::new().timeout(var("t")).wait(false))
                .request(
                    Request::post("https://example.com")
                        .body([("a", 1)].into_iter().collect::<switchhook_swml::Object>())
                )
                .send_sms(SendSms::text("+1", "+2", "Hi"))
        ),
        r#"[{"answer":{"max_duration":60,"new":true}},{"hangup":{"reason":"busy"}},{"play":{"urls":["say:a b","silence:1","ring:2.5:us"]}},{"record":{"end_silence_timeout":2,"max_length":1.5}},{"detect_machine":{"timeout":"${t}","wait":false}},{"request":{"url":"https://example.com","method":"POST","body":{"a":1}}},{"send_sms":{"to_number":"+1","from_number":"+2","body":"Hi"}}]"#,
    );
}

#[test]
fn results_and_payments() {
    let document = Document::new().main(|s| {
        s.connect(
            Connect::to("x").result(
                ResultSwitch::new().case("failed", |s| s.hangup()).otherwise(|s| s.hangup()),
            ),
        )
        .execute(switchhook_swml::Execute::new("main").result(switchhook_swml::ResultBranch::Cond(
            [CondBranch::when("return_value == 1", |s| s.hangup())].into(),
        )))
        .pay(
            Pay::new("https://example.com/pay")
                .prompts([PayPrompt::new("payment-card-number", [PayAction::say("Your card")])])
                .postal_code(true),
        )
        .with(LiveTranscribe::new(Summarize::new().prompt("Shortly")))
    });
    assert!(document.lint().is_empty(), "{}", document.lint());
}

#[test]
fn agents() {
    let agent = ai::Ai::new(
        ai::Prompt::pom([ai::Section::body("You sell shoes.").title("Role")]).contexts(
            ai::Contexts::new(ai::Context::new([ai::ContextStep::text("ask", "Ask the size.")])),
        ),
    )
    .params(ai::Params::new().attention_timeout(Milliseconds(0)).background_file_loops(None))
    .swaig(
        swaig::Swaig::new().functions([swaig::Function::new("size", "Looks a size up").data_map(
            swaig::DataMap::new().webhooks([swaig::Webhook::new(
                "https://example.com/${args.size}",
            )
            .output(
                swaig::Output::new()
                    .response("In stock")
                    .action([swaig::Action::set_global_data([("x", 1)])]),
            )]),
        )]),
    );
    let document = Document::new().main(|s| s.ai(agent));
    assert!(document.lint().is_empty(), "{}", document.lint());
    assert!(document.problems().is_empty());
    let read = document.find::<ai::Ai>().next().unwrap();
    assert_eq!(read.params().unwrap().background_file_loops(), Some(Value::Plain(None)));
}

#[test]
fn embedded_documents() {
    let inner = Document::new().main(|s| s.hangup());
    let document = Document::new().main(|s| s.transfer(inner.clone()));
    let dest = document.find::<switchhook_swml::Transfer>().next().unwrap().dest().unwrap();
    assert_eq!(read(dest).unwrap(), inner);
    assert!(document.lint().is_empty());
}

#[test]
fn replies_to_messages() {
    use messaging::{Document, Reply, ReplySwitch};
    let document = Document::new().main(|s| {
        s.reply(Reply::media(["https://example.com/a.png"]).body("Look"))
            .reply(Reply::switch(ReplySwitch::new("message.body", [("help", "Call us")])))
            .request(messaging::Request::new("https://example.com"))
            .label("end")
    });
    assert!(document.lint().is_empty(), "{}", document.lint());
    let read = read(document.to_json()).unwrap();
    let first = read.steps("main").unwrap().iter().map(messaging::Method::from).next();
    assert!(matches!(first, Some(messaging::Method::Reply(_))));
}
