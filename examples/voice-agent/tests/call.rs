//! Whole calls, as Twilio would make them: the webhook, the TwiML, the socket, the states.

mod twilio;

use serde_json::{Value, json};
use switchhook::{dispatch::Sessions, twilio::voice::media_streams::mulaw};
use switchhook_example_tests::eventually;
use tokio_tungstenite::tungstenite::{Error, Message};
use twilio::{Agent, HOST, KEY, LOUD, Phone, QUIET, config, one_tenant, stream_of};
use voice_agent::{Config, media, tenants::Tenants};

const SID: &str = "CAacc4a5feb8651f016bed89ad9539acb4";
const INCOMING: &str = "CallSid=CAacc4a5feb8651f016bed89ad9539acb4&From=%2B15551234567&To=%2B15559876543\
    &CallStatus=ringing&Direction=inbound&AccountSid=AC07ca36756e3594406917764baaa992d3\
    &ApiVersion=2010-04-01";

/// A state of the call as Twilio tells it.
fn status(status: &str, number: u32, more: &str) -> String {
    format!("{INCOMING}&CallbackSource=call-progress-events&SequenceNumber={number}{more}")
        .replace("CallStatus=ringing", &format!("CallStatus={status}"))
}

/// A frame that is `level` loud, so that utterances differ.
fn frame(level: u8) -> [u8; mulaw::FRAME] {
    [level; mulaw::FRAME]
}

/// A phone on a call whose stream has begun.
async fn on_the_line(agent: &Agent) -> Phone {
    let answer = agent.incoming_call(INCOMING).await;
    let (url, parameters) = stream_of(&answer.text);
    let mut phone = agent.connect(&url, Some(KEY)).await.unwrap();
    phone.begin("MZ376b811adcb83aaabc8f2cc6551be0a9", SID, &parameters).await;
    phone
}

async fn talk(agent: &Agent) -> Value {
    eventually(async || !agent.call("default", SID).await["streams"][0]["ended"].is_null()).await;
    agent.call("default", SID).await["streams"][0].take()
}

#[tokio::test]
async fn a_whole_call() {
    let agent = Agent::start(one_tenant()).await;

    // It rings: the TwiML connects it.
    let answer = agent.incoming_call(INCOMING).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/xml; charset=utf-8");
    let (url, parameters) = stream_of(&answer.text);
    assert_eq!(url, format!("wss://{HOST}/api/v1/voice/media-stream"));
    let expected = [("From", "+15551234567"), ("To", "+15559876543"), ("CallSid", SID)];
    assert_eq!(parameters, expected.map(|(name, value)| (name.into(), value.into())));

    // The phone opens the socket that it was told, and the caller speaks.
    let mut phone = agent.connect(&url, Some(KEY)).await.unwrap();
    phone.begin("MZ376b811adcb83aaabc8f2cc6551be0a9", SID, &parameters).await;
    let received = agent.call_status(&status("in-progress", 2, "")).await;
    assert_eq!((received.status, &*received.text), (200, r#"{"status":"received"}"#));
    phone.say(&LOUD, 60).await;
    phone.say(&QUIET, 30).await;

    // The agent says the same, and is heard to the end.
    assert_eq!(phone.listen().await, "answer");
    phone.play().await;
    assert_eq!(phone.played, LOUD.repeat(60));

    // The second answer is interrupted: the rest of it is never heard.
    phone.say(&frame(0x20), 10).await;
    phone.say(&QUIET, 30).await;
    assert_eq!(phone.listen().await, "answer");
    phone.say(&LOUD, 1).await;
    assert_eq!(phone.listen().await, "clear");
    assert_eq!(phone.played, LOUD.repeat(60));
    phone.press("4").await;
    phone.press("2").await;
    phone.stop().await;
    let close = phone.closed().await.unwrap();
    assert_eq!((u16::from(close.code), &*close.reason), (1000, "stopped"));

    // The call has ended, and Twilio tells it in any order.
    let ended = "&CallDuration=45&Duration=1&Timestamp=Wed%2C+04+Mar+2026+10%3A11%3A57+%2B0000";
    agent.call_status(&status("completed", 3, ended)).await;
    agent.call_status(&status("ringing", 1, "")).await;
    assert_eq!(
        agent.call("default", SID).await,
        json!({
            "tenant": "default", "call_sid": SID, "from": "+15551234567", "to": "+15559876543",
            "status": "completed", "seconds": 45,
            "statuses": ["ringing", "in-progress", "completed"],
            "streams": [{
                "stream_sid": "MZ376b811adcb83aaabc8f2cc6551be0a9", "heard_ms": 131 * 20,
                "answers": 1, "barge_ins": 1, "digits": "42", "misfits": 0, "ended": "stopped",
            }],
        })
    );
    let newest = agent.get("/api/v1/calls").await.value();
    assert_eq!((&newest[0]["call_sid"], &newest[1]), (&json!(SID), &Value::Null));
}

#[tokio::test]
async fn a_key_takes_the_word_and_the_hash_key_ends_the_call() {
    let agent = Agent::start(one_tenant()).await;
    let mut phone = on_the_line(&agent).await;
    phone.say(&LOUD, 2).await;
    phone.say(&QUIET, 30).await;
    assert_eq!(phone.listen().await, "answer");
    phone.press("5").await;
    assert_eq!(phone.listen().await, "clear");
    phone.press("#").await;
    let close = phone.closed().await.unwrap();
    assert_eq!((u16::from(close.code), &*close.reason), (1000, "hung-up"));
    let talk = talk(&agent).await;
    assert_eq!((&talk["digits"], &talk["barge_ins"]), (&json!("5#"), &json!(1)));
    assert_eq!(talk["answers"], 0);
}

#[tokio::test]
async fn an_upgrade_that_is_not_signed_is_refused() {
    let agent = Agent::start(one_tenant()).await;
    let url = format!("wss://{HOST}{}", media::PATH);
    for key in [None, Some("another key")] {
        let Err(Error::Http(response)) = agent.connect(&url, key).await else { panic!("let in") };
        assert_eq!(response.status(), 403);
        assert!(response.body().as_ref().is_none_or(Vec::is_empty));
    }
    assert!(agent.connect(&url, Some(KEY)).await.is_ok());
}

#[tokio::test]
async fn where_upgrades_come_unsigned_the_token_of_the_twiml_opens_the_stream_once() {
    // A tenant's name may be any text.
    let bolt = json!([{
        "name": "Dr. Bolt: East", "account": "AC07ca36756e3594406917764baaa992d3",
        "auth_token": KEY, "numbers": ["+15559876543"],
    }]);
    for config in [one_tenant(), config(Tenants::read(&bolt.to_string()).unwrap())] {
        let tokens = Sessions::new("a secret", media::TOKEN_LIFETIME).unwrap();
        a_token_opens_a_stream_once(Config { stream_tokens: Some(tokens), ..config }).await;
    }
}

async fn a_token_opens_a_stream_once(config: Config) {
    let agent = Agent::start(config).await;
    let answer = agent.incoming_call(INCOMING).await;
    let (url, parameters) = stream_of(&answer.text);
    assert_eq!(parameters[3].0, "Token");

    // Without it, with another call's, and with a wrong signature.
    for (call, parameters) in [(SID, &parameters[..3]), ("CA2", &parameters[3..])] {
        let mut phone = agent.connect(&url, None).await.unwrap();
        phone.begin("MZ1", call, parameters).await;
        assert_eq!(u16::from(phone.closed().await.unwrap().code), 1008);
    }
    assert!(agent.connect(&url, Some("another key")).await.is_err());

    let mut phone = agent.connect(&url, None).await.unwrap();
    phone.begin("MZ1", SID, &parameters).await;
    phone.say(&LOUD, 1).await;
    phone.say(&QUIET, 30).await;
    assert_eq!(phone.listen().await, "answer");
    let mut again = agent.connect(&url, None).await.unwrap();
    again.begin("MZ1", SID, &parameters).await;
    assert_eq!(u16::from(again.closed().await.unwrap().code), 1008);
}

#[tokio::test]
async fn hostile_frames_cost_themselves_alone() {
    let agent = Agent::start(one_tenant()).await;
    let answer = agent.incoming_call(INCOMING).await;
    let (url, parameters) = stream_of(&answer.text);
    let mut phone = agent.connect(&url, Some(KEY)).await.unwrap();
    let media = |sequence: &str, stream: &str, payload: &str| {
        format!(
            r#"{{"event":"media","sequenceNumber":"{sequence}","streamSid":"{stream}","media":{{"payload":"{payload}"}}}}"#
        )
    };
    // Before the start.
    phone.send(media("1", "MZ1", "/38=")).await;
    phone.send("not JSON").await;
    phone.begin("MZ1", SID, &parameters).await;
    let deep = format!(r#"{{"event":"media","media":{}1{}}}"#, "[".repeat(500), "]".repeat(500));
    for misfit in [
        "",
        "[]",
        "{\"event\":\"media\"}",
        "{\"event\":\"start\"}",
        "{\"event\":\"connected\"}",
        &deep,
        &media("1", "MZ1", "/38="),
        &media("2", "MZ2", "/38="),
        &media("2", "MZ1", "<not base64>"),
        r#"{"event":"mark","sequenceNumber":"3","mark":{"name":"never sent"}}"#,
    ] {
        phone.send(misfit).await;
    }
    phone.send_raw(Message::binary(vec![0; 100])).await.unwrap();
    // These fit: what the provider invents, and values that it gets wrong.
    phone.send(r#"{"event":"haptic","sequenceNumber":"x"}"#).await;
    phone.send(r#"{"event":"dtmf","sequenceNumber":{},"dtmf":{"digit":"7"}}"#).await;
    phone.say(&LOUD, 3).await;
    phone.say(&QUIET, 30).await;
    assert_eq!(phone.listen().await, "answer");
    phone.play().await;
    // The number of the audio that is not base64 was used; the first frame has it again.
    assert_eq!(phone.played, LOUD.repeat(2));
    phone.stop().await;
    assert_eq!(u16::from(phone.closed().await.unwrap().code), 1000);
    let talk = talk(&agent).await;
    assert_eq!((&talk["misfits"], &talk["digits"]), (&json!(13), &json!("7")));
}

#[tokio::test]
async fn who_does_not_speak_the_protocol_is_cut_off_and_nobody_else() {
    let agent = Agent::start(one_tenant()).await;
    let mut good = on_the_line(&agent).await;

    let mut garbled = agent.phone().await;
    for _ in 0..=50 {
        garbled.send("{}[]").await;
    }
    assert_eq!(u16::from(garbled.closed().await.unwrap().code), 1002);

    // A message over the limit ends its connection before it is in memory.
    let mut large = agent.phone().await;
    let _ = large.send_raw(Message::text(" ".repeat(1 << 20))).await;
    large.closed().await;

    good.say(&LOUD, 1).await;
    good.say(&QUIET, 30).await;
    assert_eq!(good.listen().await, "answer");
    // It breaks off without a stop: what is known so far is kept.
    drop(good);
    let talk = talk(&agent).await;
    assert_eq!((&talk["ended"], &talk["heard_ms"]), (&json!("closed"), &json!(620)));
}

#[tokio::test]
async fn a_greeting_comes_before_the_stream() {
    let tenants = Tenants::single(Some(KEY.into()), Some("One moment & welcome.".into())).unwrap();
    let agent = Agent::start(config(tenants)).await;
    let greeted = agent.incoming_call(INCOMING).await.text;
    assert!(
        greeted.contains("<Response><Say>One moment &amp; welcome.</Say><Connect>"),
        "{greeted}"
    );
    let plain = Agent::start(one_tenant()).await.incoming_call(INCOMING).await.text;
    assert!(plain.contains("<Response><Connect><Stream"), "{plain}");
}
