use serde_json::{Value, json};
use switchhook::{Guard, dispatch::Sessions};
use voice_agent::{Config, app, media, tenants::Tenants};

use crate::{Example, KEY, PASSWORD, readme_holds};

const ACME: &str = "AC07ca36756e3594406917764baaa992d3";
const BOLT: &str = "AC6f1c2b7a9d3e45088e5f6a7b8c9d0e1f";
/// The key of `BOLT`; the other one's is `KEY`.
const BOLT_KEY: &str = "fedcba9876543210fedcba9876543210";

#[test]
fn calls_of_two_tenants_are_completed() {
    let call = |account: &str, number: &str| {
        format!(
            "--scenario ivr --public-url https://agent.acme.example.com
             -d AccountSid={account} -d To={number}
             --route /api/v1/webhooks/incoming-call=twilio.voice:incoming-call
             --route /api/v1/webhooks/call-status=twilio.voice:call-status"
        )
    };
    let completed = |tenant: &str, number: &str| {
        json!({
            "tenant": tenant, "call_sid": "CA*", "from": "+15551234567", "to": number,
            "status": "completed", "seconds": 88, "statuses": ["completed"], "streams": [],
        })
    };
    let acme = completed("acme", "+15559876543");
    Example {
        app: |database, _| {
            let config = Config {
                address: ([127, 0, 0, 1], 0).into(),
                database: database.to_owned(),
                base_url: "agent.acme.example.com".parse().unwrap(),
                tenants: Tenants::read(&tenants().to_string()).unwrap(),
                // A duplicate gets the same token, which is a new one for each call.
                stream_tokens: Sessions::new("local-test-secret", media::TOKEN_LIFETIME).ok(),
                call_log: Some(Guard::basic("operator", PASSWORD).unwrap()),
            };
            app(config).unwrap()
        },
        user: Some("operator"),
        before: &[],
        plays: vec![
            (KEY, call(ACME, "+15559876543") + " --repeat 2"),
            (BOLT_KEY, call(BOLT, "+15550100003")),
        ],
        state: &["/api/v1/calls"],
        ends: json!([[acme, acme, completed("bolt", "+15550100003")], []]),
    }
    .ends_as_stated();
}

#[test]
fn the_readme_says_what_happens() {
    let readme = include_str!("../../../../examples/voice-agent/README.md");
    let place = ("http://127.0.0.1:8000", "calls.db");
    readme_holds("voice-agent", readme, place, |settings| {
        app(Config::of(settings).unwrap()).unwrap()
    });
}

fn tenants() -> Value {
    json!([
        {
            "name": "acme", "account": ACME, "auth_token": KEY,
            "numbers": ["+15559876543"], "greeting": "Acme, good day.",
        },
        { "name": "bolt", "account": BOLT, "auth_token": BOLT_KEY, "numbers": ["+15550100003"] },
    ])
}
