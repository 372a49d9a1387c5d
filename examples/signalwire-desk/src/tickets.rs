//! Tickets, which an AI opens by a function that is good for its call alone.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use serde::Deserialize;
use switchhook::{
    Delivery, Params, Verified,
    dispatch::{DeliveryId, Sessions, State},
    settings::Settings,
    signalwire::{SwaigFunction, swaig::Output},
    swml::{
        ai::{Ai, Prompt},
        swaig::{Defaults, Function, Parameters, Schema, Swaig},
    },
};

use crate::{Desk, store::OPEN_TICKET};

/// Where the function is called.
pub const PATH: &str = "/swaig/create-ticket";

const FUNCTION: &str = "create_ticket";

/// The agent behind the menu.
#[derive(Debug)]
pub struct Agent {
    sessions: Sessions,
    /// The function's URL before its token.
    url: String,
    /// What the URL may not hold.
    hook: Defaults,
}

impl Agent {
    /// The agent of these settings; `None` without the secret for its tokens.
    ///
    /// # Errors
    ///
    /// When a setting cannot be used.
    pub fn of(settings: &Settings) -> Result<Option<Self>> {
        let Some(secret) = settings.secret("SWAIG_SECRET")? else { return Ok(None) };
        let here = format!("http://{}", settings.address(5000)?);
        let origin = settings.text("PUBLIC_URL")?.unwrap_or(&here);
        let mut url = format!("{}{PATH}", origin.trim_end_matches('/'));
        if let Some(secret) = settings.secret("WEBHOOK_SECRET")? {
            url = format!("{url}?{}", Params::from_pairs([("secret", secret.expose())]).to_form());
        }
        let mut hook = Defaults::new();
        if let Some((user, password)) = settings.login("WEBHOOK_LOGIN")? {
            hook = hook.web_hook_auth_user(user).web_hook_auth_password(password.expose());
        }
        // Longer than any call to the agent.
        let sessions = Sessions::new(secret.expose(), Duration::from_secs(3600))?;
        Ok(Some(Self { sessions, url, hook }))
    }

    /// The agent as it may open tickets in this call alone.
    pub fn in_call(&self, call_id: &str) -> Ai {
        let words = |text| Schema::string().description(text);
        let ticket = Parameters::new([
            ("title", words("The matter in a few words")),
            ("description", words("Everything the caller has said of it")),
        ]);
        let open = Function::new(FUNCTION, "Opens a ticket for the support team");
        let url = self.sessions.url(&self.url, FUNCTION, call_id);
        let hook = self.hook.clone().web_hook_url(url);
        let swaig = Swaig::new().defaults(hook).functions([open.parameters(ticket)]);
        let task = "You are the support desk. Find out what the matter is, then open a ticket.";
        Ai::new(Prompt::text(task)).swaig(swaig)
    }
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
pub async fn create(
    call: SwaigFunction,
    request: Arc<Verified<Delivery>>,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> Result<Output> {
    let answer = |text: String| Ok(Output::new().response(text));
    let call_id = call.call_id.as_deref().unwrap_or_default();
    let known = desk.agent.as_ref().filter(|_| call.function == FUNCTION);
    let agent = known.context("there is no such function");
    let check = |agent: &Arc<Agent>| agent.sessions.check(request.url(), FUNCTION, call_id);
    if let Err(why) = agent.and_then(|agent| Ok(check(agent)?)) {
        tracing::warn!("{FUNCTION}: {why}");
        return answer("This call may not open tickets.".into());
    }
    let Ok(ticket) = call.arguments::<Ticket>() else {
        return answer("Ask the caller what the matter is, then open the ticket again.".into());
    };
    let values = (id.to_string(), call_id, ticket.title, ticket.description);
    let opened: Vec<u64> = desk.inbox.execute_returning(OPEN_TICKET, values).await?;
    let number = opened.first().context("the ticket has no number")?;
    answer(format!("Ticket {number} is open."))
}
