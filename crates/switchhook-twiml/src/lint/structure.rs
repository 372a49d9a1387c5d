//! Rules between elements, which no row of the table can say.

use super::{Lint, Severity, Spot, attributes::url_fault};
use crate::{
    Element, ReferSip, Sip,
    grammar::{Dialect, ElementInfo},
    nest::Known,
    read::is_blank,
};

/// How many characters the texts of a message have, which are joined.
const MOST_OF_BODY: usize = 1600;

impl Lint<'_> {
    pub(super) fn structure(&mut self, spot: &Spot<'_>, info: &ElementInfo) {
        match info.name() {
            "VoiceResponse" => self.voice(spot),
            "MessagingResponse" => {
                self.at_most(spot, "Message", 10, 14109);
                self.unreachable(spot);
            }
            "Dial" => self.dial(spot),
            "Connect" => self.connect(spot),
            "Start" | "Stop" => self.beside(spot),
            "Annotate" => self.annotate(spot),
            "Say" => self.say(spot),
            "Play" => self.play(spot),
            "Message" => self.message(spot),
            "Media" | "Redirect" => self.url_text(spot),
            "Gather" => self.gather(spot),
            "Record" => self.record(spot),
            "Pay" => self.pay(spot),
            "Refer" | "Prompt" if spot.element.elements().next().is_none() => {
                self.warn(spot, 12200, "nothing inside");
            }
            "Enqueue" if is_empty(spot.element) => {
                self.warn(spot, 14204, "neither a queue nor a task");
            }
            "Conference" => self.conference(spot),
            "Client" | "Application" => self.either(spot, &["Identity", "ApplicationSid"]),
            "Denoise" if !matches!(spot.element.text().trim(), "on" | "off") => {
                self.warn(spot, 12200, "neither on nor off");
            }
            name if name == Sip::INFO.name() || name == ReferSip::INFO.name() => self.sip(spot),
            _ => {}
        }
    }

    fn voice(&mut self, spot: &Spot<'_>) {
        self.unreachable(spot);
        let mut verbs = spot.element.elements();
        verbs.next();
        if verbs.any(|verb| verb.tag() == "Reject") {
            self.add(spot, None, None, Severity::Note, "<Reject> works as the first verb only");
        }
    }

    /// A verb after one that never comes back.
    fn unreachable(&mut self, spot: &Spot<'_>) {
        let ends = |verb: &Element| match verb.tag() {
            "Redirect" | "Hangup" | "Reject" => true,
            "Dial" | "Connect" => verb.attribute("action").is_some(),
            _ => false,
        };
        let mut verbs = spot.element.nodes().iter().enumerate();
        let end = verbs.find_map(|(_, node)| node.as_element().filter(|verb| ends(verb)));
        let next = verbs.find_map(|(at, node)| node.as_element().map(|verb| (at, verb)));
        if let (Some(end), Some((at, element))) = (end, next) {
            let message = format!("not reached after <{}>", end.tag());
            let next = Spot { element, above: Some((spot, at)) };
            self.add(&next, None, None, Severity::Note, message);
        }
    }

    fn at_most(&mut self, spot: &Spot<'_>, tag: &str, most: usize, code: u32) {
        if count(spot.element, &[tag]) > most {
            self.warn(spot, code, format!("more than {most} <{tag}>"));
        }
    }

    fn dial(&mut self, spot: &Spot<'_>) {
        let dial = spot.element;
        let ringing = count(dial, &["Number", "Client", "Sip"]);
        if count(dial, &["Conference"]) > 0 && ringing > 0 {
            self.warn(spot, 13000, "a <Conference> beside other nouns");
        }
        if ringing > 10 {
            self.warn(spot, 13250, "more than 10 numbers, clients and SIP addresses");
        }
        let text = has_text(dial);
        if text && dial.elements().next().is_some() {
            self.warn(spot, 13215, "both a number as text and nouns");
        }
        if text && !super::form::is_phone(dial.text().trim()) && !dial.text().contains("{{") {
            self.warn(spot, 13223, "not a phone number");
        }
        if is_empty(dial) {
            self.warn(spot, 12200, "nobody to dial");
        }
    }

    fn connect(&mut self, spot: &Spot<'_>) {
        match spot.element.elements().count() {
            0 => self.warn(spot, 12200, "nothing to connect to"),
            1 => {}
            _ => self.warn(spot, 12200, "more than one noun"),
        }
        for (at, node) in spot.element.nodes().iter().enumerate() {
            let Some(element) = node.as_element().filter(|noun| noun.tag() == "Stream") else {
                continue;
            };
            let stream = Spot { element, above: Some((spot, at)) };
            let track = element.attribute("track");
            if track.is_some_and(|track| track != "inbound_track") {
                let message = "<Connect> streams the inbound track only";
                self.add(&stream, Some("track"), 12200, Severity::Warning, message);
            }
            self.stream(&stream);
        }
    }

    fn beside(&mut self, spot: &Spot<'_>) {
        if spot.element.elements().next().is_none() {
            self.warn(spot, 14300, "nothing inside");
        }
        for (at, node) in spot.element.nodes().iter().enumerate() {
            let Some(element) = node.as_element() else { continue };
            let noun = Spot { element, above: Some((spot, at)) };
            if spot.element.tag() == "Stop" {
                if element.attribute("name").is_none() {
                    self.warn(&noun, 12200, "nothing ends without its `name`");
                }
            } else if element.tag() == "Stream" {
                self.stream(&noun);
            }
        }
    }

    fn stream(&mut self, spot: &Spot<'_>) {
        match spot.element.attribute("url") {
            None if spot.element.attribute("connectorName").is_none() => {
                self.warn(spot, 12200, "a stream without `url`");
            }
            Some(url) if url.contains('?') => {
                let message = "the query of a stream's URL is dropped: use <Parameter>";
                self.add(spot, Some("url"), None, Severity::Warning, message);
            }
            _ => {}
        }
    }

    fn annotate(&mut self, spot: &Spot<'_>) {
        let (code, message) = match count(spot.element, &["BillingReferenceTag"]) {
            0 => (13110, "without a <BillingReferenceTag>"),
            1 => return,
            _ => (13111, "more than one <BillingReferenceTag>"),
        };
        self.add(spot, None, code, Severity::Error, message);
    }

    fn say(&mut self, spot: &Spot<'_>) {
        if is_empty(spot.element) {
            self.warn(spot, 13520, "nothing to say");
        }
        if *self.dialect == Dialect::SignalWire && spot.element.text().chars().nth(4096).is_some() {
            self.warn(spot, 13521, "longer than 4096 characters");
        }
    }

    fn play(&mut self, spot: &Spot<'_>) {
        if !has_text(spot.element) && spot.element.attribute("digits").is_none() {
            self.warn(spot, 12200, "neither a URL nor digits to play");
        }
        self.url_text(spot);
    }

    fn url_text(&mut self, spot: &Spot<'_>) {
        let text = spot.element.text();
        if let Some(fault) = url_fault(text.trim_matches(is_blank), &["http", "https"], false) {
            self.warn(spot, 11100, fault);
        }
    }

    fn message(&mut self, spot: &Spot<'_>) {
        if is_empty(spot.element) {
            self.warn(spot, 14103, "a message without text and media");
        }
        self.at_most(spot, "Media", 10, 12200);
        // One that is too long alone is told where it stands.
        let bodies = spot.element.elements().filter(|child| child.tag() == "Body");
        let lengths: Vec<_> =
            bodies.map(|body| body.text().trim_matches(is_blank).chars().count()).collect();
        if lengths.iter().all(|length| *length <= MOST_OF_BODY)
            && lengths.iter().sum::<usize>() > MOST_OF_BODY
        {
            let message = format!("texts that are longer than {MOST_OF_BODY} characters together");
            self.warn(spot, 14103, message);
        }
    }

    fn gather(&mut self, spot: &Spot<'_>) {
        let gather = spot.element;
        let automatic = gather.attribute("speechTimeout") == Some("auto");
        if automatic && gather.attribute("speechModel") == Some("default") {
            let message = "auto does not work with the default model";
            self.add(spot, Some("speechTimeout"), 13335, Severity::Note, message);
        }
        let speech = |input: &str| input.split_ascii_whitespace().any(|entry| entry == "speech");
        let speaks = gather.attribute("input").is_some_and(speech);
        let about_speech = ["hints", "speechTimeout", "speechModel", "language"];
        if !speaks && about_speech.iter().any(|name| gather.attribute(name).is_some()) {
            let message = "settings of speech, but `input` has no speech";
            self.add(spot, None, None, Severity::Note, message);
        }
    }

    fn record(&mut self, spot: &Spot<'_>) {
        let record = spot.element;
        let long = record.attribute("maxLength").and_then(|length| length.parse::<u32>().ok());
        let transcribed = record.attribute("transcribe") == Some("true");
        if transcribed && long.is_some_and(|seconds| seconds > 120) {
            let message = "too long for transcription: 120 seconds at most";
            self.add(spot, Some("maxLength"), 13615, Severity::Warning, message);
        }
    }

    fn pay(&mut self, spot: &Spot<'_>) {
        let action = spot.element.attribute("action").unwrap_or_default();
        if action.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://")) {
            self.add(spot, Some("action"), 13337, Severity::Warning, "not an https URL");
        }
    }

    fn conference(&mut self, spot: &Spot<'_>) {
        if spot.element.text().chars().nth(128).is_some() {
            self.warn(spot, 13237, "a name longer than 128 characters");
        }
        if spot.element.attribute("participantLabel").is_some_and(|label| label.contains('/')) {
            let message = "a slash in a label";
            self.add(spot, Some("participantLabel"), 16023, Severity::Warning, message);
        }
    }

    /// Text, or the child that stands for it, and not both.
    fn either(&mut self, spot: &Spot<'_>, tags: &[&str]) {
        let child = count(spot.element, tags) > 0;
        if child && has_text(spot.element) {
            self.warn(spot, 12200, "both text and an element in its place");
        } else if !child && !has_text(spot.element) {
            self.warn(spot, 12200, "nobody to call");
        }
    }

    fn sip(&mut self, spot: &Spot<'_>) {
        let text = spot.element.text();
        let uri = text.trim_matches(is_blank);
        let scheme =
            |scheme: &str| uri.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
        if uri.is_empty() {
            if count(spot.element, &["Uri"]) == 0 {
                self.warn(spot, 13243, "without a SIP address");
            }
        } else if !scheme("sip:") && !scheme("sips:") && !uri.contains('@') && !uri.contains("{{") {
            self.warn(spot, 13243, "not a SIP address");
        } else {
            let (address, headers) = uri.split_once('?').unwrap_or((uri, ""));
            if address.chars().nth(255).is_some() {
                self.warn(spot, 13243, "an address longer than 255 characters");
            }
            if headers.chars().nth(1024).is_some() {
                self.warn(spot, 13253, "headers longer than 1024 characters");
            }
        }
    }
}

fn count(parent: &Element, tags: &[&str]) -> usize {
    parent.elements().filter(|child| tags.contains(&child.tag())).count()
}

fn has_text(element: &Element) -> bool {
    !element.text().trim_matches(is_blank).is_empty()
}

fn is_empty(element: &Element) -> bool {
    !has_text(element) && element.elements().next().is_none()
}
