//! What callers hear: documents by caller, with an agent whose function opens tickets.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, ensure};
use serde::Deserialize;
use switchhook::{
    Delivery, Params, SessionTokens, Verified,
    dispatch::{DeliveryId, State},
    signalwire::{InboundCall, ScriptFetch, SwaigFunction, swaig::Output},
    swml::{
        Connect, Document, Prompt,
        ai::{self, Ai},
        swaig::{Defaults, Function, Parameters, Schema, Swaig},
    },
};

use crate::{Config, Desk, guards};

/// Where the function is called that opens tickets.
pub const CREATE_TICKET: &str = "/swaig/create-ticket";

const FUNCTION: &str = "create_ticket";
const VIP_QUEUE: &str = "+15551111111";
const SALES: &str = "+15552222222";
const SUPPORT: &str = "+15553333333";
/// How long a token is good: longer than any call to the agent.
const SESSION_SECONDS: u64 = 3600;

/// A call asks for its document by GET, as the founding document has it.
///
/// # Errors
///
/// When the clock stands before 1970.
pub fn by_get(fetch: ScriptFetch, State(desk): State<Desk>) -> anyhow::Result<Document> {
    document(&desk.config, fetch.from.as_deref(), &fetch.call_sid)
}

/// A call asks for its document by POST, as SignalWire does today.
///
/// # Errors
///
/// As [`by_get`].
pub fn by_post(call: InboundCall, State(desk): State<Desk>) -> anyhow::Result<Document> {
    document(&desk.config, call.from.as_deref(), &call.call_id)
}

fn document(config: &Config, from: Option<&str>, call_id: &str) -> anyhow::Result<Document> {
    if let Some(vip) = config.vip_numbers.iter().find(|number| Some(number.as_str()) == from) {
        let welcome = format!("Welcome back, valued customer {vip}");
        return Ok(Document::new().main(|s| s.answer().say(&welcome).connect(VIP_QUEUE)));
    }
    let agent = agent(config, call_id)?;
    Ok(Document::new()
        .main(|s| s.answer().say("Welcome to our service").transfer("main_menu"))
        .section("main_menu", |s| {
            s.prompt(Prompt::say("Press 1 for sales, 2 for support").max_digits(1))
                .switch("prompt_value", |c| {
                    c.case("1", |s| s.connect(SALES)).otherwise(|s| s.transfer("support"))
                })
        })
        .section("support", |s| match agent {
            Some(agent) => s.ai(agent),
            None => s.connect(Connect::to(SUPPORT)),
        }))
}

/// An agent that may open tickets in this call alone; `None` without the secret for its tokens.
fn agent(config: &Config, call_id: &str) -> anyhow::Result<Option<Ai>> {
    let Some(secret) = &config.swaig_secret else { return Ok(None) };
    let tokens = SessionTokens::new(secret.expose())?;
    let nonce = fastrand::u64(..).to_be_bytes();
    let token = tokens.create(FUNCTION, call_id, now()? + SESSION_SECONDS, nonce);
    let mut query = vec![("__token", token.as_str())];
    query.extend(config.url_secret.as_ref().map(|secret| ("secret", secret.expose())));
    let query = Params::from_pairs(query).to_form();
    let mut hook =
        Defaults::new().web_hook_url(format!("{}{CREATE_TICKET}?{query}", config.origin()));
    if let Some(login) = &config.login {
        let (user, password) = guards::login(login)?;
        hook = hook.web_hook_auth_user(user).web_hook_auth_password(password);
    }
    let ticket = Function::new(FUNCTION, "Opens a ticket for the support team").parameters(
        Parameters::new([
            ("title", Schema::string().description("The matter in a few words")),
            ("description", Schema::string().description("Everything the caller has said of it")),
        ]),
    );
    let prompt = "You are the support desk. Find out what the matter is, then open a ticket.";
    let swaig = Swaig::new().defaults(hook).functions([ticket]);
    Ok(Some(Ai::new(ai::Prompt::text(prompt)).swaig(swaig)))
}

#[derive(Deserialize)]
struct Ticket {
    title: String,
    #[serde(default)]
    description: String,
}

/// The agent opens a ticket. Whatever goes wrong is said in words, so that it hears it.
///
/// # Errors
///
/// When the database fails; the route has words for that, too.
pub fn create_ticket(
    call: SwaigFunction,
    request: Arc<Verified<Delivery>>,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> anyhow::Result<Output> {
    let answer = |text: String| Ok(Output::new().response(text));
    let call_id = call.call_id.as_deref().unwrap_or_default();
    if let Err(why) = admit(&desk.config, request.url(), &call.function, call_id) {
        tracing::warn!("{CREATE_TICKET}: {why}");
        return answer("This call may not open tickets.".into());
    }
    let Ok(Ticket { title, description }) = call.arguments() else {
        return answer("Ask the caller what the matter is, then open the ticket again.".into());
    };
    let number = desk.store.open_ticket(id, call_id, &title, &description)?;
    answer(format!("Ticket {number} is open."))
}

/// Whether the URL has a token for this function in this call.
fn admit(config: &Config, url: &str, function: &str, call_id: &str) -> anyhow::Result<()> {
    let secret = config.swaig_secret.as_ref().context("there are no functions")?;
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = Params::parse(query.as_bytes())?;
    let token = query.get("__token").context("no session token")?;
    ensure!(function == FUNCTION, "another function");
    Ok(SessionTokens::new(secret.expose())?.check(token, function, call_id, now()?)?)
}

fn now() -> anyhow::Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
