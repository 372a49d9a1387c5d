use serde_json::{Value, json};
use switchhook::swml::{self, Document, ai::Ai};
use switchhook_example_tests::JSON;

use crate::{App, OPERATOR};

const VIP: &str = "+15559876543";

async fn desk() -> App {
    App::start_with(&[
        ("VIP_NUMBERS", &format!("+15550001111, {VIP}")),
        ("SWAIG_SECRET", "local-test-secret"),
        ("PUBLIC_URL", "https://hooks.example.com/"),
    ])
    .await
}

fn document((status, body): (u16, Value)) -> Document {
    assert_eq!(status, 200, "{body}");
    let document = swml::read(body.to_string()).unwrap();
    let found = document.lint();
    assert!(found.is_empty(), "{found:?}");
    document
}

/// As SignalWire's older examples fetch it, and as SignalWire does today.
async fn fetched(app: &App, from: &str, call: &str) -> [Document; 2] {
    let encoded = from.replace('+', "%2B");
    let path = format!("/swml?From={encoded}&To=%2B15551234567&CallSid={call}&Direction=inbound");
    let posted = json!({ "call": { "call_id": call, "call_state": "created", "type": "phone",
        "direction": "inbound", "from": from, "to": "+15551234567" }, "vars": {} });
    [document(app.call("GET", &path, &[], "").await), document(app.post("/swml", posted).await)]
}

#[tokio::test]
async fn a_vip_is_welcomed_and_connected() {
    let app = desk().await;
    for document in fetched(&app, VIP, "c1").await {
        assert_eq!(
            serde_json::from_str::<Value>(&document.to_json()).unwrap()["sections"],
            json!({ "main": [
                { "answer": {} },
                { "play": { "url": format!("say:Welcome back, valued customer {VIP}") } },
                { "connect": { "to": "+15551111111" } },
            ] })
        );
    }
}

#[tokio::test]
async fn anybody_else_gets_the_menu() {
    let app = desk().await;
    for document in fetched(&app, "+15550000000", "c1").await {
        let sections: Vec<_> = document.sections().map(|section| section.0).collect();
        assert_eq!(sections, ["main", "main_menu", "support"]);
        let json = document.to_json();
        assert!(json.contains("say:Welcome to our service"), "{json}");
        assert!(json.contains("say:Press 1 for sales, 2 for support"), "{json}");
        assert!(json.contains(r#""max_digits":1"#), "{json}");
    }
    // Without a caller's number as well.
    let anonymous = document(app.call("GET", "/swml?CallSid=c1", &[], "").await);
    assert!(anonymous.steps("main_menu").is_some());
}

#[tokio::test]
async fn without_the_secret_there_is_no_agent() {
    let app = App::start().await;
    let [document, _] = fetched(&app, "+15550000000", "c1").await;
    assert_eq!(document.find::<Ai>().count(), 0);
    let call = json!({ "function": "create_ticket", "call_id": "c1", "argument": {} });
    let (status, answer) = app.post("/swaig/create-ticket?__token=x", call).await;
    assert_eq!((status, answer), (200, json!({ "response": "This call may not open tickets." })));
}

/// The path and query of the function in a document.
fn function_of(document: &Document) -> String {
    let agent = document.find::<Ai>().next().unwrap();
    let swaig = agent.swaig().unwrap();
    let url = swaig.defaults().unwrap().web_hook_url().unwrap().to_owned();
    url.strip_prefix("https://hooks.example.com").unwrap().to_owned()
}

fn asks(call: &str, title: &str) -> Value {
    let argument = json!({ "parsed": [{ "title": title, "description": "It hums." }] });
    json!({ "function": "create_ticket", "call_id": call, "argument": argument,
        "caller_id_num": "+15550000000" })
}

#[tokio::test]
async fn the_agent_opens_tickets_in_its_own_call() {
    let app = desk().await;
    let [by_get, by_post] = fetched(&app, "+15550000000", "c1").await;
    let opened = |number: u32| (200, json!({ "response": format!("Ticket {number} is open.") }));
    let path = function_of(&by_get);
    assert!(path.starts_with("/swaig/create-ticket?__token="), "{path}");
    assert_eq!(app.post(&path, asks("c1", "The line hums")).await, opened(1));
    // Asked twice it is one ticket.
    assert_eq!(app.post(&path, asks("c1", "The line hums")).await, opened(1));
    assert_eq!(app.post(&function_of(&by_post), asks("c1", "No tone")).await, opened(2));
    let tickets = app.get("/api/tickets/").await;
    assert_eq!(tickets.as_array().unwrap().len(), 2);
    assert_eq!(
        tickets[1],
        json!({ "number": 1, "call": "c1", "title": "The line hums", "description": "It hums." })
    );

    let refused = (200, json!({ "response": "This call may not open tickets." }));
    assert_eq!(app.post(&path, asks("c2", "Another call's")).await, refused);
    assert_eq!(app.post("/swaig/create-ticket", asks("c1", "No token")).await, refused);
    let mut forged = path.clone();
    let last = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.insert(forged.len() - 8, last);
    assert_eq!(app.post(&forged, asks("c1", "Forged")).await, refused);
    let mut other = asks("c1", "Another function's");
    other["function"] = "transfer_money".into();
    assert_eq!(app.post(&path, other).await, refused);
    let again = "Ask the caller what the matter is, then open the ticket again.";
    let mut broken = asks("c1", "x");
    broken["argument"] = json!({ "parsed": [], "raw": "{\"title\": \"The li" });
    assert_eq!(app.post(&path, broken).await, (200, json!({ "response": again })));
    assert_eq!(app.get("/api/tickets/").await, tickets);
}

#[tokio::test]
async fn a_function_that_fails_says_so_and_is_kept_for_review() {
    let app = desk().await;
    let [document, _] = fetched(&app, "+15550000000", "c1").await;
    let path = function_of(&document);
    app.sql().execute("alter table tickets rename to away", []).unwrap();
    let sorry = json!({ "response": "That did not work. Say so, and offer a call back." });
    assert_eq!(app.post(&path, asks("c1", "The line hums")).await, (200, sorry));
    let dead = app.get("/api/failures/").await;
    assert_eq!(dead[0]["event"], "swaig.function");
    // Mended and replayed, the ticket is there after all.
    app.sql().execute("alter table away rename to tickets", []).unwrap();
    let replay = format!("/api/failures/{}/replay/", dead[0]["id"].as_str().unwrap());
    assert_eq!(app.call("POST", &replay, &[OPERATOR], "").await.0, 202);
    assert_eq!(app.get("/api/tickets/").await[0]["title"], "The line hums");
    assert_eq!(app.get("/api/failures/").await, json!([]));
}

#[tokio::test]
async fn the_functions_url_brings_what_the_guards_ask_for() {
    let app = App::start_with(&[
        ("SWAIG_SECRET", "local-test-secret"),
        ("PUBLIC_URL", "https://hooks.example.com"),
        ("WEBHOOK_SECRET", "a b&c"),
        ("WEBHOOK_LOGIN", "signalwire:open"),
    ])
    .await;
    let login = ("authorization", "Basic c2lnbmFsd2lyZTpvcGVu");
    let path = "/swml?From=%2B15550000000&CallSid=c1&secret=a%20b%26c";
    let (status, body) = app.call("GET", path, &[login], "").await;
    assert_eq!(status, 200);
    let document = swml::read(body.to_string()).unwrap();
    let defaults = document.find::<Ai>().next().unwrap().swaig().unwrap().defaults().unwrap();
    assert_eq!(defaults.web_hook_auth_user(), Some("signalwire"));
    assert_eq!(defaults.web_hook_auth_password(), Some("open"));
    let headers = [JSON, login];
    let body = asks("c1", "The line hums").to_string();
    let (status, answer) = app.call("POST", &function_of(&document), &headers, &body).await;
    assert_eq!((status, answer), (200, json!({ "response": "Ticket 1 is open." })));
    assert_eq!(app.post(&function_of(&document), body).await.0, 401);
}
