//! The curl lines of the README.

mod twilio;

use switchhook::{Guard, Key, Signer};
use switchhook_readme_tests::{Readme, Site};
use twilio::{Agent, config};
use voice_agent::{Config, tenants::Tenants};

async fn agent(auth_token: Option<&str>) -> Agent {
    let tenants = Tenants::single(auth_token.map(Into::into), None).unwrap();
    let call_log = Some(Guard::basic("operator", "local-password").unwrap());
    let base_url = "agent.acme.com".parse().unwrap();
    Agent::start(Config { base_url, call_log, ..config(tenants) }).await
}

#[tokio::test]
async fn every_curl_line_is_answered_as_it_says() {
    let (signed, open) = (agent(Some("local-test-token")).await, agent(None).await);
    let (signed, open) = (signed.address, open.address);
    let run = move || {
        let origin = "http://127.0.0.1:8000";
        let signer = Signer::twilio(Key::new("local-test-token")?);
        let signed = Site::new(origin, signed).signer(signer);
        let open = Site::new(origin, open);
        let readme = Readme::parse(include_str!("../README.md"))?;
        assert_eq!(readme.curls().len(), 9);
        readme.run(|section| Ok(if section == "Without a token" { &open } else { &signed }))
    };
    tokio::task::spawn_blocking(run).await.unwrap().unwrap();
}
