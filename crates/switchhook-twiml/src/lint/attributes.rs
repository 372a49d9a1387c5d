//! Attributes and text, by what the table says of them.

use super::{Lint, MAX_MEANT, Severity, Spot, form::is_phone, is_meant, plain};
use crate::{
    Decimal,
    grammar::{
        AttributeInfo, Availability, Dialect, ElementInfo, Kind, Presence, TextRule, ValueList,
    },
    path,
    read::is_blank,
};

/// Values that a list lacks, or that a dialect does: element, attribute, value, and who has
/// it.
const VALUES: [(&str, &str, &str, Availability); 15] = [
    // Older spellings of two values of the list.
    ("Dial", "record", "true", Availability::Everywhere),
    ("Dial", "record", "false", Availability::Everywhere),
    ("Conference", "recordingStatusCallbackEvent", "failed", Availability::SignalWire),
    ("Conference", "statusCallbackEvent", "modify", Availability::Twilio),
    ("Conference", "statusCallbackEvent", "announcement", Availability::Twilio),
    ("Phoneme", "alphabet", "x-amazon-jyutping", Availability::Twilio),
    ("Phoneme", "alphabet", "x-amazon-pinyin", Availability::Twilio),
    ("Phoneme", "alphabet", "x-amazon-pron-kana", Availability::Twilio),
    ("Phoneme", "alphabet", "x-amazon-yomigana", Availability::Twilio),
    ("SayAs", "interpret-as", "interjection", Availability::SignalWire),
    ("Prompt", "errorType", "invalid-bank-routing-number", Availability::Everywhere),
    ("Prompt", "errorType", "input-timeout", Availability::SignalWire),
    ("Prompt", "errorType", "invalid-postal-code", Availability::SignalWire),
    ("Prompt", "errorType", "invalid-bank-account-number", Availability::SignalWire),
    ("Prompt", "errorType", "session-in-progress", Availability::SignalWire),
];

/// How names of models and voices begin that need no list.
const ENGINES: [&str; 6] =
    ["Polly.", "Google.", "gcloud.", "ElevenLabs.", "elevenlabs.", "deepgram_"];

impl Lint<'_> {
    pub(super) fn attributes(&mut self, spot: &Spot<'_>, info: &'static ElementInfo) {
        for (name, value) in spot.element.attributes() {
            match info.attribute(name) {
                Some(attribute) => self.attribute(spot, info, attribute, value),
                None => self.unknown_attribute(spot, info, name),
            }
        }
        for attribute in info.attributes() {
            let missing = spot.element.attribute(attribute.name()).is_none_or(str::is_empty);
            let applies = attribute.availability().includes(self.dialect);
            if !missing || !applies {
                continue;
            }
            let message = match attribute.rules.presence {
                Presence::Required => "without the attribute that it needs",
                Presence::Expected => "pointless without the attribute",
                Presence::Free => continue,
            };
            // An empty value stands for itself in a parameter.
            if attribute.name() == "value" && spot.element.attribute("value").is_some() {
                continue;
            }
            self.warn(spot, 12200, format!("{message} `{}`", attribute.name()));
        }
    }

    fn unknown_attribute(&mut self, spot: &Spot<'_>, info: &ElementInfo, name: &str) {
        let (shown, tag) = (path::shown(name), info.tag());
        let code = if info.name() == "Say" && name == "rate" { 13513 } else { 12200 };
        let meant = info.attributes().iter().find(|known| is_meant(known.name(), name));
        let message = match meant {
            Some(meant) => format!("<{tag}> has no `{shown}`, but it has `{}`", meant.name()),
            None => format!("<{tag}> has no attribute `{shown}`"),
        };
        self.add(spot, Some(name), code, Severity::Warning, message);
    }

    fn attribute(
        &mut self,
        spot: &Spot<'_>,
        info: &ElementInfo,
        attribute: &AttributeInfo,
        value: &str,
    ) {
        let name = attribute.name();
        if info.availability().includes(self.dialect)
            && !attribute.availability().includes(self.dialect)
        {
            let (severity, code, message) = match self.dialect {
                Dialect::SignalWire => (Severity::Note, None, "not on SignalWire's pages"),
                _ => (Severity::Warning, Some(12200), "of SignalWire's dialect"),
            };
            self.add(spot, Some(name), code, severity, message);
        }
        // SignalWire fills such in before it reads the document.
        if *self.dialect == Dialect::SignalWire && value.contains("{{") {
            return;
        }
        let code = Self::code(spot, info, attribute);
        if let Some((severity, message)) = self.fault(info, attribute, value) {
            self.add(spot, Some(name), code, severity, message);
        }
    }

    /// Inside a `<Gather>`, `<Say>` has codes of its own.
    fn code(spot: &Spot<'_>, info: &ElementInfo, attribute: &AttributeInfo) -> u32 {
        let in_gather = spot.above.is_some_and(|(parent, _)| parent.element.tag() == "Gather");
        match (info.name(), attribute.name()) {
            ("Say", "voice") if in_gather => 13321,
            ("Say", "loop") if in_gather => 13322,
            _ => attribute.code().unwrap_or(match attribute.kind() {
                Kind::Url | Kind::AbsoluteUrl => 11100,
                _ => 12200,
            }),
        }
    }

    fn fault(
        &mut self,
        info: &ElementInfo,
        attribute: &AttributeInfo,
        value: &str,
    ) -> Option<(Severity, String)> {
        let rules = &attribute.rules;
        let warning = |message: &str| Some((Severity::Warning, message.to_owned()));
        if value.chars().nth(rules.max_chars.min(value.len())).is_some() {
            return warning(&format!("longer than {} characters", rules.max_chars));
        }
        if let Some(check) = rules.check.filter(|check| !(check.holds)(value)) {
            return warning(&format!("not {}", check.form));
        }
        let integer = |text: &str| text.parse::<u32>().ok().filter(|_| !text.starts_with('+'));
        match attribute.kind() {
            Kind::SpeechTimeout if value == "auto" => None,
            kind @ (Kind::Integer | Kind::SpeechTimeout) => match integer(value) {
                None if kind == Kind::Integer => warning("not a whole number"),
                None => warning("neither a whole number nor auto"),
                Some(number) if number < rules.range.0 || number > rules.range.1 => {
                    let severity = if rules.hearsay { Severity::Note } else { Severity::Warning };
                    Some((severity, out_of(rules.range)))
                }
                Some(_) => None,
            },
            Kind::Integers if !value.split_ascii_whitespace().all(|n| integer(n).is_some()) => {
                warning("not whole numbers with blanks between")
            }
            Kind::Decimal => match value.parse::<Decimal>() {
                Err(_) => warning("not a decimal number"),
                Ok(number) => {
                    let (least, most) = rules.between.unwrap_or((f64::MIN, f64::MAX));
                    let inside = (least..=most).contains(&number.to_f64());
                    (!inside).then(|| (Severity::Warning, format!("not from {least} to {most}")))
                }
            },
            Kind::Flag if !matches!(value, "true" | "false") => warning("neither true nor false"),
            Kind::Url => url_fault(value, &["http", "https"], false).and_then(warning),
            Kind::AbsoluteUrl => url_fault(value, &["http", "https"], true).and_then(warning),
            Kind::WebSocketUrl => url_fault(value, &["wss"], true).and_then(warning),
            Kind::Phone if !is_phone(value) => warning("not a phone number"),
            Kind::Sid if !value.starts_with(rules.prefix) => {
                warning(&format!("not a SID that starts with {}", rules.prefix))
            }
            Kind::One(list) => self.unlisted(info, attribute, list, value),
            Kind::Many(list) => value
                .split_ascii_whitespace()
                .find_map(|entry| self.unlisted(info, attribute, list, entry)),
            _ => None,
        }
    }

    fn unlisted(
        &mut self,
        info: &ElementInfo,
        attribute: &AttributeInfo,
        list: &ValueList,
        value: &str,
    ) -> Option<(Severity, String)> {
        let said = VALUES.iter().find(|(element, name, known, _)| {
            (*element, *name, *known) == (info.name(), attribute.name(), value)
        });
        let available = said.map(|&(.., availability)| availability);
        if list.knows(value) {
            // SignalWire calls that engine `gcloud.`.
            let google = list.name() == "SayVoice" && value.starts_with("Google.");
            let twilio = google.then_some(Availability::Twilio).or(available);
            let lacking = twilio.is_some_and(|twilio| !twilio.includes(self.dialect));
            return lacking
                .then(|| (Severity::Note, "a value that the dialect's pages lack".to_owned()));
        }
        let measure = list.name().starts_with("SsmlProsody")
            && value.ends_with(['%', 'B', 'z', 't'])
            && value.contains(|c: char| c.is_ascii_digit());
        if measure
            || available.is_some_and(|available| available.includes(self.dialect))
            || (list.is_open() && ENGINES.iter().any(|engine| value.starts_with(engine)))
        {
            return None;
        }
        Some(match (self.meant(list, value), list.is_open(), list.values().len() <= 9) {
            (Some(meant), _, _) => (Severity::Warning, format!("spelt `{meant}`")),
            (None, true, _) => (Severity::Note, "a value that is not on the list".to_owned()),
            (None, false, _) => {
                (Severity::Warning, format!("none of {}", list.values().join(", ")))
            }
        })
    }

    /// The value that another one was to be. There are thousands of voices, and a document may
    /// have as many mistakes.
    fn meant(&mut self, list: &ValueList, value: &str) -> Option<&'static str> {
        let values = self.values.entry(list.name()).or_insert_with(|| {
            // The first of several comes last, and stays.
            list.values().iter().rev().map(|known| (plain(known), *known)).collect()
        });
        if value.len() <= MAX_MEANT { values.get(&plain(value)).copied() } else { None }
    }

    pub(super) fn text(&mut self, spot: &Spot<'_>, info: &ElementInfo) {
        let text = spot.element.text();
        let text = text.trim_matches(is_blank);
        let has_text = !text.is_empty();
        let has_elements = spot.element.elements().next().is_some();
        let tag = info.tag();
        let code = info.rules.code.unwrap_or(12200);
        let severity = match code {
            13120 | 14212 | 14221 => Severity::Error,
            _ => Severity::Warning,
        };
        match info.text() {
            TextRule::None if has_text => {
                self.warn(spot, 12200, format!("text inside <{tag}>"));
            }
            TextRule::Required if !has_text && !has_elements => {
                self.add(spot, None, code, severity, format!("<{tag}> without text"));
            }
            TextRule::None => {}
            _ if !has_text => {}
            _ if *self.dialect == Dialect::SignalWire && text.contains("{{") => {}
            _ => {
                let most = info.rules.max_chars;
                if text.chars().nth(most.min(text.len())).is_some() {
                    let message = format!("longer than {most} characters");
                    self.add(spot, None, code, severity, message);
                }
                if let Some(check) = info.rules.check.filter(|check| !(check.holds)(text)) {
                    self.add(spot, None, code, severity, format!("not {}", check.form));
                }
            }
        }
    }
}

fn out_of((least, most): (u32, u32)) -> String {
    match most {
        u32::MAX => format!("less than {least}"),
        _ => format!("not from {least} to {most}"),
    }
}

/// What is wrong with a URL, if anything is to be seen from here.
pub(super) fn url_fault(url: &str, schemes: &[&str], absolute: bool) -> Option<&'static str> {
    if url.contains(|c: char| is_blank(c) || c.is_control()) {
        return Some("a blank in a URL");
    }
    // `javascript:` and the like; a port has digits after its colon, a path comes first.
    let start = url.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, rest)) = start.split_once(':').filter(|_| !url.contains("://")) {
        let letters = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphabetic());
        if letters && !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Some("not an http or https URL");
        }
    }
    let scheme = url.split_once("://").filter(|(scheme, _)| {
        scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    match scheme {
        None if absolute && schemes == ["wss"] => Some("not a wss:// URL"),
        None if absolute => Some("not an absolute URL"),
        None => None,
        Some((scheme, rest)) => {
            if !schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
                let sockets = schemes == ["wss"];
                return Some(if sockets { "not a wss:// URL" } else { "not an http or https URL" });
            }
            rest.split(['/', '?', '#']).next().unwrap_or_default().is_empty().then_some("no host")
        }
    }
}
