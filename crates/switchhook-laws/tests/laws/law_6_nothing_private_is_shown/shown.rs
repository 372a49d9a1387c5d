//! `Debug`, `Display` and errors of everything public that holds something private.

use std::time::Duration;

use bytes::Bytes;
use switchhook::{
    Delivery, Guard, Json, Key, Keys, Params, SessionTokens, Signer, Verified,
    dispatch::{Dispatcher, Incoming, Sessions, notify},
    inbox::{
        IntoValue as _, MemoryInbox, PostgresInbox, Reports, Review, SqliteInbox, Statement,
        Values as _,
    },
    settings::Settings,
    signalwire::{SignalWireEvent, SwaigFunction, swaig::Output},
    swml,
    twilio::{
        conversations::{ConversationsWebhook, MessageChanges, MessageDecision},
        messaging::MessagingWebhook,
        voice::{conversation_relay, media_streams},
    },
    twiml::{self, Dialect, Linter, Say, voice},
};

use super::{
    KEY, MESSAGE, PASSWORD,
    canaries::{self, assert_clean},
    guard,
    request::Sent,
    routes, signalwire, twilio,
};

fn assert_all_clean(shown: &[(&str, String)]) {
    for (what, shown) in shown {
        assert!(!shown.is_empty(), "{what}");
        assert_clean(what, shown);
    }
}

#[test]
fn nothing_public_shows_a_canary() {
    let params = Params::parse(MESSAGE.as_bytes()).unwrap();
    let json = Json::parse(br#"{"canarytext":"canarything","a":["+15550009911"]}"#).unwrap();
    let key = Key::new(KEY).unwrap();
    let (guarded, hooks) = (twilio(), Dispatcher::new(()).at("/", notify::<()>(twilio())));
    assert_all_clean(&[
        ("a key", format!("{key:?} {:?} {:?}", Keys::new(KEY), Keys::from(key.clone()))),
        ("a key of an account", format!("{:?}", key.clone().with_id("k1").for_account("AC1"))),
        ("a signer", format!("{:?}", Signer::twilio(key))),
        ("a verifier", format!("{guarded:?} {:?}", signalwire())),
        ("guards", format!("{:?} {:?}", guard(), Guard::query_secret("s", PASSWORD).unwrap())),
        ("a secret path", format!("{:?}", Guard::path_secret("/hooks/", PASSWORD).unwrap())),
        (
            "sessions",
            format!("{:?} {:?}", SessionTokens::new(KEY), Sessions::new(KEY, Duration::ZERO)),
        ),
        ("parameters", format!("{params:?}")),
        ("JSON", format!("{json:?}")),
        ("a dispatcher", format!("{hooks:?}")),
    ]);
}

#[test]
fn what_is_received_and_refused_shows_no_canary() {
    for (verifier, signed) in [
        (twilio(), routes::twilio_form("/sms")),
        (twilio(), routes::twilio_json("/sms")),
        (twilio(), routes::twilio_decision("/sms")),
        (signalwire(), routes::signalwire_form("/sms")),
        (signalwire(), routes::signalwire_json("/sms")),
    ] {
        let mut request = signed;
        let login = super::request::basic(PASSWORD);
        request.headers_mut().insert("authorization", login.parse().unwrap());
        canaries::hide_signatures(&Sent::of(request.clone()));
        let verified: Verified<Delivery> = verifier.verify_request(request.clone()).unwrap();
        let events = (
            verified.event::<MessagingWebhook>(),
            verified.event::<SignalWireEvent>(),
            verified.event::<ConversationsWebhook>(),
        );
        let id =
            switchhook::dispatch::DeliveryId::of(&switchhook::IdempotencyKey::of(["canarytext"]));
        let incoming = Incoming::new(id, "/sms", "twilio.messaging", request.clone());
        assert_all_clean(&[
            ("a delivery", format!("{verified:?} {:?}", verified.signature())),
            ("an event", format!("{events:?}")),
            ("what is to be kept", format!("{incoming:?} {id} {id:?}")),
        ]);
        let mut refusals = Vec::new();
        let mut refuse = |request| {
            let Err(rejection) = verifier.verify_request(request) else { return };
            refusals.push(format!("{rejection:?} {rejection} {}", rejection.code()));
        };
        let with_body = |body: &'static str| request.clone().map(|_| Bytes::from(body));
        for body in ["Body=canarytext", "{\"canarytext\":1}", "\u{0}canarytext", ""] {
            let forged = with_body(body);
            canaries::hide_signatures(&Sent::of(forged.clone()));
            refuse(forged);
        }
        let mut other = request.clone();
        other.headers_mut().insert("content-type", "text/canarytext".parse().unwrap());
        refuse(other);
        let mut other = request.clone();
        other.headers_mut().insert("authorization", "Basic canarytext".parse().unwrap());
        refuse(other);
        // What a hash in the URL covers may be of any type.
        assert!(refusals.len() >= 5, "{refusals:?}");
        assert_all_clean(&[("a refusal", refusals.join("\n"))]);
    }
}

#[test]
fn settings_show_names_and_no_values() {
    let set = |name, value: &str| Settings::of([(name, value)]);
    let wrong = |name| set(name, "canarytext+15550009911");
    assert_all_clean(&[
        ("settings", format!("{:?}", set("TWILIO_AUTH_TOKEN", KEY))),
        ("a secret", format!("{:?}", set("S", KEY).secret("S"))),
        ("a number", format!("{0:?} {0}", wrong("PORT").get::<u16>("PORT").unwrap_err())),
        ("an address", format!("{0:?} {0}", wrong("HOST").address(1).unwrap_err())),
        ("a list", format!("{0:?} {0}", set("L", "canarytext,,").list("L").unwrap_err())),
        ("a login", format!("{0:?} {0}", set("L", PASSWORD).login("L").unwrap_err())),
        ("a login that fits", format!("{:?}", set("L", &format!("user:{PASSWORD}")).login("L"))),
        ("networks", format!("{0:?} {0}", wrong("W_ADDRESSES").guards("W").unwrap_err())),
        ("guards", format!("{:?}", set("W_SECRET", PASSWORD).guards("W"))),
        ("an operator", format!("{:?}", set("P", PASSWORD).operator("user", "P"))),
        (
            "an origin",
            format!(
                "{0:?} {0}",
                Settings::of([("K", KEY), ("U", "canarytext")]).twilio("K", "U").unwrap_err()
            ),
        ),
        (
            "a verifier",
            format!(
                "{:?}",
                Settings::of([("K", KEY), ("U", "https://a.example")])
                    .signalwire("K", "U")
                    .unwrap()
            ),
        ),
    ]);
}

#[tokio::test]
async fn stores_and_their_errors_show_no_canary() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = SqliteInbox::open(folder.path().join("hooks.db")).unwrap();
    let reports = Reports::new(inbox.clone(), guard()).at("/", "select '{\"a\":1}'");
    let statement = Statement {
        sql: "insert into nowhere values ($1, $2)".into(),
        values: ("canarytext", "+15550009911").into_values(),
    };
    let refused = inbox.execute("insert into nowhere values ($1)", ("canarytext",)).await;
    let url = format!("postgres://user:{PASSWORD}@127.0.0.1:1/canarytext?connect_timeout=1");
    let nobody = PostgresInbox::connect(&url).await.unwrap_err();
    let garbled = format!("postgres://user:{PASSWORD}@127.0.0.1:x/canarytext");
    let garbled = PostgresInbox::connect(&garbled).await.unwrap_err();
    assert_all_clean(&[
        ("an inbox in a file", format!("{inbox:?}")),
        ("an inbox in memory", format!("{:?}", MemoryInbox::new())),
        ("those who look after it", format!("{reports:?} {:?}", Review::new(inbox, guard()))),
        ("a statement", format!("{statement:?} {:?}", "canarytext".into_value())),
        ("a statement that is refused", format!("{refused:?} {}", refused.as_ref().unwrap_err())),
        ("a server that is not there", format!("{nobody:?} {nobody}")),
        ("a URL that is none", format!("{garbled:?} {garbled}")),
    ]);
}

#[test]
fn replies_and_messages_of_sockets_show_no_canary() {
    let reply = voice::Response::new().with(Say::new("canarytext"));
    let read = twiml::read(
        "<Response><Say voice=\"canarytext\">canarything</Say><!--canarytext--></Response>",
    );
    let no_twiml = twiml::read("<Response><canarytext>canarything</Response>").unwrap_err();
    let document =
        swml::read(r#"{"sections":{"main":[{"play":{"url":"say:canarytext"}}]}}"#).unwrap();
    let no_swml = swml::read(r#"{"canarytext":canarything"#).unwrap_err();
    let no_yaml = swml::read_yaml("canarytext: [canarything").unwrap_err();
    let decision = MessageDecision::modify(MessageChanges::new().body("canarytext"));
    let payload = switchhook::Payload::from(
        Json::parse(
            br#"{"function":"weather","call_id":"c1","argument":{"parsed":[],"raw":"canarytext"}}"#,
        )
        .unwrap(),
    );
    let call: SwaigFunction = switchhook::Event::from_payload(&payload).unwrap();
    let arguments = call.arguments::<u32>().unwrap_err();
    let text = r#"{"event":"media","type":"prompt","voicePrompt":"canarytext","media":{"payload":"Y2FuYXJ5dGV4dA"}}"#;
    assert_all_clean(&[
        ("a reply", format!("{reply:?} {read:?} {no_twiml:?} {no_twiml}")),
        (
            "findings of a linter",
            format!("{:?}", Linter::new(Dialect::Twilio).lint(read.as_ref().unwrap())),
        ),
        ("a document", format!("{document:?} {no_swml:?} {no_swml} {no_yaml:?} {no_yaml}")),
        ("findings of the other", format!("{:?}", document.lint())),
        ("a decision", format!("{decision:?} {:?}", Output::new().response("canarytext"))),
        ("a call of a function", format!("{call:?} {arguments:?} {arguments}")),
        (
            "messages",
            format!(
                "{:?} {:?} {:?} {:?}",
                media_streams::Inbound::parse(text),
                media_streams::Outbound::parse(text),
                conversation_relay::Inbound::parse(text),
                conversation_relay::Outbound::parse(text),
            ),
        ),
    ]);
}
