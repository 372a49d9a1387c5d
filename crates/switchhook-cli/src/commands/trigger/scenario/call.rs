//! A call that goes on as the TwiML of its answers says.

use std::collections::HashMap;

use http::header::CONTENT_TYPE;
use switchhook::twiml::{self, Document, Element};

use super::table::{Attribute, Follow, Visit};
use crate::commands::trigger::request::Answer;

/// After so many requests a call is taken for one that never ends.
pub(super) const LONGEST_CALL: usize = 25;

/// Reads what the provider would play. None where there is nothing to follow: no text, or one
/// that is spoken or played as it is.
///
/// # Errors
///
/// What the provider would not take for TwiML.
pub(super) fn read(answer: &Answer) -> Result<Option<Document>, String> {
    if answer.body.is_empty() {
        return Ok(None);
    }
    let content_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("text/xml").to_ascii_lowercase();
    if content_type.starts_with("audio/") || content_type.starts_with("text/plain") {
        return Ok(None);
    }
    if !content_type.contains("xml") && !content_type.contains("html") {
        return Err(format!("the answer is no TwiML: its content type is {content_type}"));
    }
    let document = twiml::read(&answer.body)
        .map_err(|error| format!("the answer is no TwiML: {error} ({})", error.code()))?;
    match document.root().tag() {
        "Response" => Ok(Some(document)),
        _ => Err("the answer is no TwiML: its root is no <Response>".to_owned()),
    }
}

/// A request that a verb leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Next {
    /// The reference, to be resolved in the document's URL.
    pub(super) reference: String,
    pub(super) get: bool,
    /// Whether the call goes on with the answer.
    pub(super) goes_on: bool,
}

/// What a call has been through.
#[derive(Debug, Default)]
pub(super) struct Visited {
    /// How often it has come to each verb.
    verbs: HashMap<String, usize>,
    requests: usize,
}

impl Visited {
    /// The number of the next request that follows, from 1.
    pub(super) fn number(&mut self) -> usize {
        self.requests += 1;
        self.requests
    }

    /// What happens at a verb, and where it is sent.
    pub(super) fn visit<'a>(
        &mut self,
        follow: &'a Follow,
        verb: &Element,
    ) -> Vec<(&'a Visit, Next)> {
        let visits = follow.get(verb.tag()).map(Vec::as_slice).unwrap_or_default();
        let Some(last) = visits.len().checked_sub(1) else { return Vec::new() };
        let count = self.verbs.entry(verb.tag().to_owned()).or_default();
        let events = &visits[last.min(*count)];
        *count += 1;
        events.iter().filter_map(|event| Some((event, next(event, verb)?))).collect()
    }
}

/// Where the verb has this event sent, where it does.
fn next(visit: &Visit, verb: &Element) -> Option<Next> {
    if visit.asked.as_deref().is_some_and(|name| verb.attribute(name) != Some("true")) {
        return None;
    }
    let (reference, method, goes_on) = match visit.to {
        Attribute::Action if verb.tag() == "Redirect" => {
            (verb.text().into_owned(), verb.attribute("method"), true)
        }
        Attribute::Action => {
            // Without an `action` these ask for their own document again, and the others do not.
            let own = matches!(verb.tag(), "Gather" | "Record").then_some("");
            let action = verb.attribute("action").or(own)?;
            (action.to_owned(), verb.attribute("method"), true)
        }
        Attribute::StatusCallback => {
            let inside = |verb: &&Element| verb.attribute("statusCallback").is_some();
            let verb = std::iter::once(verb).chain(verb.elements()).find(inside)?;
            let events = verb.attribute("statusCallbackEvent").unwrap_or("completed");
            let listed = |name: &str| events.split_whitespace().any(|event| event == name);
            if !visit.listed.as_deref().is_none_or(listed) {
                return None;
            }
            let method = verb.attribute("statusCallbackMethod");
            (verb.attribute("statusCallback")?.to_owned(), method, false)
        }
    };
    let get = method.is_some_and(|method| method.eq_ignore_ascii_case("GET"));
    Some(Next { reference, get, goes_on })
}

/// Whether nothing comes after this verb.
pub(super) fn ends(verb: &Element) -> bool {
    matches!(verb.tag(), "Hangup" | "Reject")
}

#[cfg(test)]
mod tests {
    use super::{super::table::scenario, *};
    use bytes::Bytes;
    use http::HeaderMap;

    fn answer(content_type: Option<&str>, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        }
        let body = Bytes::copy_from_slice(body.as_bytes());
        Answer { status: 200, headers, body, elapsed: std::time::Duration::ZERO }
    }

    #[test]
    fn what_a_provider_would_play_is_read() {
        let read = |content_type, body| read(&answer(content_type, body)).map(|d| d.is_some());
        let twiml = "<Response><Say>Hi</Say></Response>";
        for content_type in [None, Some("text/xml"), Some("application/xml; charset=utf-8")] {
            assert_eq!(read(content_type, twiml), Ok(true));
            assert_eq!(read(content_type, ""), Ok(false));
        }
        assert_eq!(read(Some("text/plain"), "Hello"), Ok(false));
        assert_eq!(read(Some("audio/mpeg"), "x"), Ok(false));
        assert!(read(Some("application/json"), "{}").is_err());
        let error = read(Some("text/xml"), "<Response>").unwrap_err();
        assert!(error.contains("12100"), "{error}");
        assert!(read(Some("text/xml"), "<html/>").is_err());
    }

    /// The visits of the scenario `ivr` to the verbs of a document, each as event and place.
    fn visits(visited: &mut Visited, twiml: &str) -> Vec<String> {
        let document = twiml::read(twiml).unwrap();
        let follow = &scenario("ivr").unwrap().steps[0].follow;
        let visits = document.verbs().flat_map(|verb| visited.visit(follow, verb));
        let told = visits.map(|(visit, next)| {
            let mut told = format!("{} {}", visit.event, next.reference);
            if next.get {
                told.push_str(" GET");
            }
            if next.goes_on {
                told.push_str(" and on");
            }
            told
        });
        told.collect()
    }

    #[test]
    fn verbs_say_where_to_go() {
        let mut visited = Visited::default();
        let gather = "<Response><Gather action='/menu?a=1&amp;b=2' method='get'/></Response>";
        assert_eq!(visits(&mut visited, gather), ["gather-action.dtmf /menu?a=1&b=2 GET and on"]);
        let own = "<Response><Say>Hi</Say><Gather/></Response>";
        assert_eq!(visits(&mut visited, own), ["gather-action.dtmf  and on"]);
        // The caller presses no third key.
        assert_eq!(visits(&mut visited, own), [""; 0]);
        let silence = "<Response><Gather actionOnEmptyResult='true' action='a'/></Response>";
        assert_eq!(visits(&mut visited, silence), ["gather-action.empty a and on"]);
        assert_eq!(visits(&mut visited, silence), ["gather-action.empty a and on"]);

        let redirect = "<Response><Redirect method='POST'> ../x </Redirect></Response>";
        assert_eq!(visits(&mut visited, redirect), ["redirect  ../x  and on"]);
        let dial = "<Response><Dial>+15550001111</Dial></Response>";
        assert_eq!(visits(&mut visited, dial), [""; 0]);
    }

    #[test]
    fn the_legs_of_a_dial_are_told_where_they_are_asked_for() {
        let dial = |inside: &str| {
            let twiml = format!("<Response><Dial action='/done'>{inside}</Dial></Response>");
            visits(&mut Visited::default(), &twiml)
        };
        let done = "dial-action.completed /done and on".to_owned();
        assert_eq!(dial("+15550001111"), std::slice::from_ref(&done));
        assert_eq!(
            dial("<Number statusCallback='/leg'>+15550001111</Number>"),
            ["dial-leg-status.completed /leg", &done]
        );
        assert_eq!(
            dial(
                "<Number statusCallback='/leg' statusCallbackEvent='initiated answered' \
                 statusCallbackMethod='GET'>+15550001111</Number>"
            ),
            ["dial-leg-status.initiated /leg GET", "dial-leg-status.answered /leg GET", &done]
        );
    }
}
