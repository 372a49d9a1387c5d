//! The laws of the house, a file for each, over all of its crates.
//!
//! What a law asks of a model of events is in the library beside these files; here it is asked
//! of each model, and the law of everything that is no model. A new family is a line in
//! [`families!`].

mod every_family;
mod frames;
mod keys;
mod law_1_lossless;
mod law_2_novelty_never_fails_a_delivery;
mod law_3_required_is_small;
mod law_4_fail_closed;
mod law_5_nothing_panics;
mod law_6_nothing_private_is_shown;
mod law_7_a_feature_only_adds;
mod law_8_the_tables_are_the_truth;
mod stores;

use bytes::Bytes;
use http::Request;
use switchhook::{
    EventInfo, Family, Format, Key, Keys, Params, Payload, PublicUrl, Signer, Verifier,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const ORIGIN: &str = "https://hooks.example.com";

/// Each family of the facade, by the format of its events. [`of_forms!`], [`of_json!`] and
/// [`of_all!`] read the lists; that none is missing is asked in `every_family.rs`.
macro_rules! families {
    (forms $each:ident) => {
        $each!(twilio_video: switchhook::twilio::video::VideoEvent);
        $each!(twilio_conversations: switchhook::twilio::conversations::ConversationsWebhook);
        $each!(twilio_voice: switchhook::twilio::voice::VoiceWebhook);
        $each!(twilio_messaging: switchhook::twilio::messaging::MessagingWebhook);
        $each!(signalwire: switchhook::signalwire::SignalWireEvent);
        $each!(signalwire_compat: switchhook::signalwire::compat::CompatWebhook);
    };
    (json $each:ident) => {
        $each!(twilio_voice: switchhook::twilio::voice::VoiceWebhook);
        $each!(signalwire: switchhook::signalwire::SignalWireEvent);
        $each!(signalwire_compat: switchhook::signalwire::compat::CompatWebhook);
    };
    // Every family has a form.
    (all $each:ident) => {
        $crate::families!(forms $each);
    };
}

/// Laws of the library as tests, over every family that comes as forms.
macro_rules! of_forms {
    ($($law:ident)+) => { $(
        mod $law {
            macro_rules! of {
                ($family:ident: $event:ty) => {
                    #[test]
                    fn $family() {
                        switchhook_laws::$law::<$event>();
                    }
                };
            }
            $crate::families!(forms of);
        }
    )+ };
}

/// Laws of the library as tests, over every family that comes as JSON.
macro_rules! of_json {
    ($($law:ident)+) => { $(
        mod $law {
            macro_rules! of {
                ($family:ident: $event:ty) => {
                    #[test]
                    fn $family() {
                        switchhook_laws::$law::<$event>();
                    }
                };
            }
            $crate::families!(json of);
        }
    )+ };
}

/// Functions of this file as tests, over every family.
macro_rules! of_all {
    ($($law:ident)+) => { $(
        mod $law {
            macro_rules! of {
                ($family:ident: $event:ty) => {
                    #[tokio::test]
                    async fn $family() {
                        super::$law::<$event>().await;
                    }
                };
            }
            $crate::families!(all of);
        }
    )+ };
}

pub(crate) use {families, of_all, of_forms, of_json};

fn verifier() -> Verifier {
    Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap())
}

/// A request that is signed as Twilio signs.
fn signed(path: &str, form: &str) -> Request<Bytes> {
    let params = Params::parse(form.as_bytes()).unwrap();
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    signer.form(&format!("{ORIGIN}{path}"), &params).unwrap()
}

/// The verifier of a family's provider.
fn verifier_of<F: Family>() -> Verifier {
    let (keys, origin) = (Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap());
    if is_twilios::<F>() {
        Verifier::twilio(keys, origin)
    } else {
        Verifier::signalwire(keys, origin)
    }
}

/// A request with this payload, signed as the family's provider signs.
fn signed_as<F: Family>(path: &str, payload: &Payload) -> Request<Bytes> {
    let key = Key::new(KEY).unwrap();
    let signer = if is_twilios::<F>() { Signer::twilio(key) } else { Signer::signalwire(key) };
    let url = format!("{ORIGIN}{path}");
    match payload.params() {
        Some(params) => signer.form(&url, params).unwrap(),
        None => signer.json(&url, Bytes::copy_from_slice(payload.as_bytes())).unwrap(),
    }
}

fn is_twilios<F: Family>() -> bool {
    F::NAME.starts_with("twilio.")
}

/// The sample of an event with these values set, or added.
fn payload_of(info: &EventInfo, set: &[(&str, &str)]) -> Payload {
    let sample = info.sample();
    let value = |name| set.iter().find(|set| set.0 == name).map(|set| set.1);
    let kept = sample.iter().map(|(name, sent)| (name, value(name).unwrap_or(sent)));
    let added = set.iter().filter(|set| !sample.contains(set.0)).copied();
    match info.format {
        Format::Form => kept.chain(added).collect::<Params>().into(),
        _ => info.json_of(kept.chain(added)).into(),
    }
}
