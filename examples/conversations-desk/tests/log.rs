//! The program as it runs: what its log says, and what survives a kill.

use switchhook::{Family, Params, twilio::conversations::ConversationsWebhook};
use switchhook_example_tests::{Caller, FORM, Program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_conversations-desk");

fn form(pairs: &[(String, String)]) -> String {
    Params::from_pairs(pairs.iter().map(|(name, value)| (name, value))).to_form()
}

const EVENT: &str = "/api/webhooks/twilio-event";
const MODERATION: &str = "/api/webhooks/moderation";

#[test]
fn the_log_has_a_line_for_each_delivery_and_nothing_of_what_was_written() {
    // Nobody listens there: what fails is logged, too.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://desk:canary@{nobody}/canary");
    let mut program = Program::start(
        PROGRAM,
        &[("STAFF", "canary-agent"), ("OUTBOUND_URL", &url), ("RUST_LOG", "trace")],
    );
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let caller = Caller::new(program.address());
    let post = |path: &str, form: &str| caller.post(path, FORM, form);
    let private = [
        ("Author", "canary-agent"),
        ("Body", "canary"),
        ("MessageBody", "canary"),
        ("Identity", "canary-agent"),
        ("ClientIdentity", "canary-agent"),
        ("FriendlyName", "canary"),
        ("UniqueName", "canary"),
        ("Attributes", r#"{"from":"canary","more":"canary"}"#),
        ("Media", r#"[{"Filename":"canary"}]"#),
        ("MessagingBinding.Address", "+15550100001"),
        ("MessagingBinding.ProxyAddress", "+15550100001"),
        ("ChannelMetadata", r#"{"x":"canary"}"#),
    ];
    let mut names = Vec::new();
    for info in ConversationsWebhook::events() {
        let mut pairs: Vec<_> =
            info.sample().iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        for pair in &mut pairs {
            if let Some(change) = private.iter().find(|change| change.0 == pair.0) {
                change.1.clone_into(&mut pair.1);
            }
        }
        pairs.push(("Extra".into(), "canary".into()));
        let whole = form(&pairs);
        assert_eq!(post(EVENT, &whole), 200);
        assert_eq!(post(MODERATION, &whole), 200);
        // Without any SID it cannot be used.
        pairs.retain(|pair| !pair.0.ends_with("Sid"));
        assert_eq!(post(EVENT, &form(&pairs)), 200);
        names.push(info.name);
    }
    let sql = program.sql();
    program.wait_for("select count(*) > 0 from messages", 1);
    sql.execute("drop table contacts", []).unwrap();
    let asked = "EventType=onMessageAdd&ConversationSid=CH1&Author=canary-agent&Body=canary";
    assert_eq!(post(MODERATION, asked), 200);
    // Statements that are refused, requests that are.
    sql.execute("drop table messages", []).unwrap();
    let told = "EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM9&Body=canary";
    assert_eq!(post(EVENT, told), 200);
    assert_eq!(post(&format!("{EVENT}?canary=canary"), "Body=%zz%FFcanary"), 200);
    assert_eq!(post("/api/canary", "Body=canary"), 404);
    program.line_with("the hook does not answer");

    let log = program.log();
    for name in &names {
        assert!(log.contains(&format!(" /twilio-event {name} ")), "no line of {name} in\n{log}");
    }
    assert!(!log.contains("canary") && !log.contains("15550100001"), "{log}");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(PROGRAM, &[]);
    let caller = Caller::new(program.address());
    let post = |path: &str, form: &str| caller.post(path, FORM, form);
    let messages = 30;
    for index in 0..messages {
        let form = format!(
            "EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM{index}&Index={index}&Body=x"
        );
        assert_eq!(post(EVENT, &form), 200);
    }
    let program = Program::start_in(program.kill(), PROGRAM, &[]);
    // What was leased when the program was killed waits for the end of its lease.
    program.wait_for("select count(*) from messages", messages);
}

#[test]
fn an_empty_token_does_not_turn_the_checks_off() {
    let log = Program::start(PROGRAM, &[("TWILIO_AUTH_TOKEN", "")]).failure();
    assert!(log.contains("TWILIO_AUTH_TOKEN: it is set and empty"), "{log}");
}
