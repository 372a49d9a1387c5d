//! What callers hear: documents by caller.

use switchhook::{
    dispatch::State,
    signalwire::{InboundCall, ScriptFetch},
    swml::{Document, Prompt},
};

use crate::Desk;

const VIP_QUEUE: &str = "+15551111111";
const SALES: &str = "+15552222222";
const SUPPORT: &str = "+15553333333";

/// A call asks for its document by GET, as SignalWire's older examples have it.
pub fn by_get(fetch: ScriptFetch, desk: State<Desk>) -> Document {
    document(&desk.0, fetch.from.as_deref(), &fetch.call_sid)
}

/// A call asks for its document by POST, as SignalWire does today.
pub fn by_post(call: InboundCall, desk: State<Desk>) -> Document {
    document(&desk.0, call.from.as_deref(), &call.call_id)
}

fn document(desk: &Desk, from: Option<&str>, call_id: &str) -> Document {
    if let Some(vip) = desk.vips.iter().find(|number| Some(number.as_str()) == from) {
        let welcome = format!("Welcome back, valued customer {vip}");
        return Document::new().main(|s| s.answer().say(&welcome).connect(VIP_QUEUE));
    }
    let agent = desk.agent.as_ref().map(|agent| agent.in_call(call_id));
    let menu = Prompt::say("Press 1 for sales, 2 for support").max_digits(1);
    Document::new()
        .main(|s| s.answer().say("Welcome to our service").transfer("main_menu"))
        .section("main_menu", |s| {
            s.prompt(menu).switch("prompt_value", |c| {
                c.case("1", |s| s.connect(SALES)).otherwise(|s| s.transfer("support"))
            })
        })
        .section("support", |s| match agent {
            Some(agent) => s.ai(agent),
            None => s.connect(SUPPORT),
        })
}
