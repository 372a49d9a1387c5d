//! The webhooks: what is refused, what comes twice and in any order, and whose it is.

mod twilio;

use serde_json::{Value, json};
use switchhook::inbox::Inbox;
use switchhook_example_tests::FORM;
use twilio::{Agent, KEY, config, one_tenant, stream_of};
use voice_agent::{
    Config,
    tenants::Tenants,
    webhooks::{CALL_STATUS, INCOMING_CALL},
};

const CALL: &str = "CA1234567890abcdef";

#[tokio::test]
async fn short_bodies_by_hand_work() {
    let agent = Agent::start(one_tenant()).await;
    let incoming = "From=%2B15551234567&To=%2B15559876543&CallSid=CA1234567890abcdef";
    let (_, parameters) = stream_of(&agent.incoming_call(incoming).await.text);
    assert_eq!(parameters[2], ("CallSid".into(), CALL.into()));
    for body in [
        "CallSid=CA1234567890abcdef&CallStatus=ringing",
        "CallSid=CA1234567890abcdef&CallStatus=in-progress",
        "CallSid=CA1234567890abcdef&CallStatus=completed&CallDuration=45",
    ] {
        let answer = agent.call_status(body).await;
        assert_eq!((answer.status, &*answer.text), (200, r#"{"status":"received"}"#));
        assert_eq!(answer.headers["content-type"], "application/json");
    }
    // The start message that belongs to them names the call in its parameters.
    let mut phone = agent.phone().await;
    let start = r#"{"event": "start", "sequenceNumber": "1", "start": {"accountSid": "AC07ca36756e3594406917764baaa992d3", "streamSid": "MZ376b811adcb83aaabc8f2cc6551be0a9", "callSid": "CAcd2a89f718ec6132ad7c3fda84aa2d9d", "tracks": ["inbound"], "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}, "customParameters": {"From": "+15551234567", "To": "+15559876543", "CallSid": "CA1234567890abcdef"}}, "streamSid": "MZ376b811adcb83aaabc8f2cc6551be0a9"}"#;
    phone.send(r#"{"event": "connected", "protocol": "Call", "version": "1.0.0"}"#).await;
    phone.send(start).await;
    phone.send(r#"{"event": "stop", "sequenceNumber": "6", "stop": {"accountSid": "AC07ca36756e3594406917764baaa992d3", "callSid": "CAcd2a89f718ec6132ad7c3fda84aa2d9d"}, "streamSid": "MZ376b811adcb83aaabc8f2cc6551be0a9"}"#).await;
    phone.closed().await.unwrap();
    let call = agent.call("default", CALL).await;
    assert_eq!(call["statuses"], json!(["ringing", "in-progress", "completed"]));
    assert_eq!((&call["seconds"], &call["from"]), (&json!(45), &json!("+15551234567")));
    assert_eq!(call["streams"][0]["ended"], "stopped");
}

#[tokio::test]
async fn states_in_any_order_and_twice_end_the_same() {
    let states = [
        "ringing&SequenceNumber=1",
        "in-progress&SequenceNumber=2",
        "completed&SequenceNumber=3&CallDuration=45",
    ];
    let mut ends = Vec::new();
    for turn in 0..3 {
        for backwards in [false, true] {
            let agent = Agent::start(one_tenant()).await;
            let mut order = states;
            order.rotate_left(turn);
            if backwards {
                order.reverse();
            }
            for state in order.iter().chain(&order) {
                let body = format!("CallSid={CALL}&CallStatus={state}&From=%2B1&To=%2B2");
                assert_eq!(agent.call_status(&body).await.status, 200);
            }
            let incoming = format!("From=%2B1&To=%2B2&CallSid={CALL}");
            assert_eq!(agent.incoming_call(&incoming).await.status, 200);
            ends.push(agent.call("default", CALL).await);
        }
    }
    assert_eq!(ends[0]["status"], "completed");
    assert_eq!(ends[0]["statuses"].as_array().unwrap().len(), 3);
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
}

#[tokio::test]
async fn a_call_that_was_never_answered_has_no_seconds() {
    let agent = Agent::start(one_tenant()).await;
    for state in ["no-answer", "on-the-moon"] {
        agent.call_status(&format!("CallSid={CALL}&CallStatus={state}&From=&To=%2B2")).await;
    }
    let call = agent.call("default", CALL).await;
    assert_eq!(call["statuses"], json!(["on-the-moon", "no-answer"]));
    assert_eq!((&call["status"], &call["seconds"]), (&json!("no-answer"), &Value::Null));
}

/// Two tenants on one agent.
fn two_tenants() -> Config {
    config(
        Tenants::read(
            r#"[
                {"name": "acme", "account": "AC1", "auth_token": "the key of acme",
                 "numbers": ["+15550100001", "+15550100002"], "greeting": "Acme."},
                {"name": "bolt", "account": "AC2", "auth_token": "the key of bolt",
                 "numbers": ["+15550100003"]}
            ]"#,
        )
        .unwrap(),
    )
}

fn form(account: &str, to: &str) -> String {
    format!("CallSid={CALL}&AccountSid={account}&From=%2B15551234567&To=%2B{to}&CallStatus=ringing")
}

#[tokio::test]
async fn tenants_have_keys_and_numbers_of_their_own() {
    let agent = Agent::start(two_tenants()).await;
    let call =
        async |key, account, to| agent.post_with(key, INCOMING_CALL, &form(account, to)).await;
    let acme = call("the key of acme", "AC1", "15550100002").await;
    assert!(acme.text.contains("<Say>Acme.</Say>"));
    let bolt = call("the key of bolt", "AC2", "15550100003").await;
    assert!(bolt.status == 200 && !bolt.text.contains("Say"));
    for (key, account, to) in [
        // The right key of another number, of nobody's, and of another account.
        ("the key of bolt", "AC2", "15550100001"),
        ("the key of bolt", "AC2", "15550100009"),
        ("the key of bolt", "AC1", "15550100003"),
        ("the key of bolt", "AC1", "15550100001"),
        (KEY, "AC1", "15550100001"),
    ] {
        let refused = call(key, account, to).await;
        assert_eq!((refused.status, &*refused.text), (403, ""), "{key} {account} {to}");
    }
    // Both have a call of this SID, each its own.
    assert_eq!(agent.call("acme", CALL).await["to"], "+15550100002");
    assert_eq!(agent.call("bolt", CALL).await["to"], "+15550100003");
}

#[tokio::test]
async fn no_tenant_reaches_the_calls_of_another() {
    let agent = Agent::start(two_tenants()).await;
    let ended = |account, to| format!("{}&SequenceNumber=3", form(account, to));
    // Signed by bolt, about a number of acme: acknowledged, and never written.
    let answer =
        agent.post_with("the key of bolt", CALL_STATUS, &ended("AC2", "15550100001")).await;
    assert_eq!(answer.status, 200);
    let dead = agent.dead().await;
    assert_eq!(dead.len(), 1, "{dead:?}");
    assert!(dead[0].error.as_deref().unwrap().contains("not of one tenant"), "{dead:?}");
    assert_eq!(agent.get(&format!("/api/v1/calls/acme/{CALL}")).await.status, 404);
    // And it does not count as a first try of what acme's account tells then.
    agent.post_with("the key of acme", CALL_STATUS, &ended("AC1", "15550100001")).await;
    assert_eq!(agent.call("acme", CALL).await["statuses"], json!(["ringing"]));

    // The socket of bolt's account opens no stream to a number of acme.
    let (url, _) = stream_of(
        &agent.post_with("the key of bolt", INCOMING_CALL, &form("AC2", "15550100003")).await.text,
    );
    for (to, code) in [("+15550100001", 1008), ("+15550100003", 1000)] {
        let mut phone = agent.connect(&url, Some("the key of bolt")).await.unwrap();
        phone.begin("MZ1", CALL, &[("To".into(), to.into())]).await;
        phone.stop().await;
        assert_eq!(u16::from(phone.closed().await.unwrap().code), code, "{to}");
    }
}

#[tokio::test]
async fn what_is_not_proven_or_not_usable_is_refused() {
    let agent = Agent::start(one_tenant()).await;
    let body = "From=%2B1&To=%2B2&CallSid=CA1";
    for path in [INCOMING_CALL, CALL_STATUS] {
        assert_eq!(agent.post_with("another key", path, body).await.status, 403);
        let text = ("content-type", "text/plain");
        for (method, headers, body, status) in
            [("POST", &[FORM][..], body, 403), ("POST", &[text], "{}", 415), ("GET", &[], "", 405)]
        {
            assert_eq!(agent.caller.call(method, path, headers, body).await.status, status);
        }
    }
    assert_eq!(agent.inbox.stats().await.unwrap().total(), 0);
    // Proven, but about no call.
    assert_eq!(agent.incoming_call("From=%2B1").await.status, 422);
    assert_eq!(agent.get("/api/v1/voice/media-stream").await.status, 426);
}

#[tokio::test]
async fn a_second_try_gets_the_same_answer_and_is_one_call() {
    let agent = Agent::start(one_tenant()).await;
    let body = "From=%2B1&To=%2B2&CallSid=CA1&CallStatus=ringing";
    let first = agent.incoming_call(body).await;
    let second = agent.incoming_call(body).await;
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_eq!(agent.get("/api/v1/calls").await.value().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_call_is_answered_though_the_call_log_fails() {
    let agent = Agent::start(one_tenant()).await;
    let sql = agent.sql();
    sql.execute("alter table calls rename to away", []).unwrap();
    let answer = agent.incoming_call("From=%2B1&To=%2B2&CallSid=CA1").await;
    assert!(answer.status == 200 && answer.text.contains("<Connect>"));
    // A state waits in the inbox until the log is mended.
    agent.call_status("CallSid=CA1&CallStatus=completed&CallDuration=7").await;
    agent.failed_once().await;
    sql.execute("alter table away rename to calls", []).unwrap();
    assert_eq!(agent.call("default", "CA1").await["seconds"], 7);
}

#[tokio::test]
async fn the_call_log_is_the_operators_alone() {
    let agent = Agent::start(one_tenant()).await;
    for path in ["/api/v1/calls", "/api/v1/calls/default/CA1"] {
        let wrong = ("authorization", "Basic b3BlcmF0b3I6eA==");
        for headers in [&[][..], &[wrong]] {
            assert_eq!(agent.caller.call("GET", path, headers, "").await.status, 401);
        }
    }
    assert_eq!(agent.get("/api/v1/calls").await.status, 200);
    let open = Agent::start(Config { call_log: None, ..one_tenant() }).await;
    assert_eq!(open.get("/api/v1/calls").await.status, 404);
}
