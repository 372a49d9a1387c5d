//! What callers hear: documents by caller, with an agent whose function opens tickets.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use switchhook::{
    Delivery, Params, SessionTokens, Verified,
    dispatch::{DeliveryId, State},
    signalwire::{InboundCall, ScriptFetch, SwaigFunction, swaig::Output},
    swml::{
        Document, Prompt,
        ai::{self, Ai},
        swaig::{Defaults, Function, Parameters, Schema, Swaig},
    },
};

use crate::{Config, Desk, guards};

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
pub fn by_get(fetch: ScriptFetch, desk: State<Desk>) -> Result<Document> {
    document(&desk.0.config, fetch.from.as_deref(), &fetch.call_sid)
}

/// A call asks for its document by POST, as SignalWire does today.
///
/// # Errors
///
/// As [`by_get`].
pub fn by_post(call: InboundCall, desk: State<Desk>) -> Result<Document> {
    document(&desk.0.config, call.from.as_deref(), &call.call_id)
}

fn document(config: &Config, from: Option<&str>, call_id: &str) -> Result<Document> {
    if let Some(vip) = config.vip_numbers.iter().find(|number| Some(number.as_str()) == from) {
        let welcome = format!("Welcome back, valued customer {vip}");
        return Ok(Document::new().main(|s| s.answer().say(&welcome).connect(VIP_QUEUE)));
    }
    let agent = agent(config, call_id)?;
    let menu = Prompt::say("Press 1 for sales, 2 for support").max_digits(1);
    Ok(Document::new()
        .main(|s| s.answer().say("Welcome to our service").transfer("main_menu"))
        .section("main_menu", |s| {
            s.prompt(menu).switch("prompt_value", |c| {
                c.case("1", |s| s.connect(SALES)).otherwise(|s| s.transfer("support"))
            })
        })
        .section("support", |s| match agent {
            Some(agent) => s.ai(agent),
            None => s.connect(SUPPORT),
        }))
}

/// An agent that may open tickets in this call alone; `None` without the secret for its tokens.
fn agent(config: &Config, call_id: &str) -> Result<Option<Ai>> {
    let Some(secret) = &config.swaig_secret else { return Ok(None) };
    let mut url = format!("{}/swaig/create-ticket", config.origin());
    if let Some(secret) = &config.url_secret {
        url = format!("{url}?{}", Params::from_pairs([("secret", secret.expose())]).to_form());
    }
    let (expires, nonce) = (now()? + SESSION_SECONDS, fastrand::u64(..).to_be_bytes());
    let tokens = SessionTokens::new(secret.expose())?;
    let url = tokens.create_url(&url, FUNCTION, call_id, expires, nonce);
    let mut hook = Defaults::new().web_hook_url(url);
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

/// What the function is called with.
#[derive(Debug, Deserialize)]
pub struct Ticket {
    /// The matter in a few words.
    pub title: String,
    /// Everything else.
    #[serde(default)]
    pub description: String,
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
    desk: State<Desk>,
) -> Result<Output> {
    let answer = |text: String| Ok(Output::new().response(text));
    let call_id = call.call_id.as_deref().unwrap_or_default();
    if let Err(why) = admit(&desk.0.config, request.url(), &call.function, call_id) {
        tracing::warn!("{FUNCTION}: {why}");
        return answer("This call may not open tickets.".into());
    }
    let Ok(ticket) = call.arguments::<Ticket>() else {
        return answer("Ask the caller what the matter is, then open the ticket again.".into());
    };
    let number = desk.0.store.open_ticket(id, call_id, &ticket)?;
    answer(format!("Ticket {number} is open."))
}

/// Whether the URL has a token for this function in this call.
fn admit(config: &Config, url: &str, function: &str, call_id: &str) -> Result<()> {
    let secret = config.swaig_secret.as_ref().context("there are no functions")?;
    ensure!(function == FUNCTION, "another function");
    Ok(SessionTokens::new(secret.expose())?.check_url(url, function, call_id, now()?)?)
}

fn now() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
