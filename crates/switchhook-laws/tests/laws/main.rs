//! The laws of the house, a file for each, over all of its crates.
//!
//! What a law asks of a model of events is in the library beside these files; here it is asked
//! of each model, and the law of everything that is no model. A new family is a line in
//! [`of_forms!`] or [`of_json!`].

mod keys;
mod law_1_lossless;
mod law_2_novelty_never_fails_a_delivery;
mod law_3_required_is_small;
mod law_4_fail_closed;
mod law_5_nothing_panics;
mod law_6_nothing_private_is_shown;
mod law_7_a_feature_only_adds;
mod law_8_the_tables_are_the_truth;

use bytes::Bytes;
use http::Request;
use switchhook::{Key, Keys, Params, PublicUrl, Signer, Verifier};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const ORIGIN: &str = "https://hooks.example.com";

/// Laws as tests, over every family that comes as forms.
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
            of!(twilio_video: switchhook::twilio::video::VideoEvent);
            of!(twilio_conversations: switchhook::twilio::conversations::ConversationsWebhook);
            of!(twilio_voice: switchhook::twilio::voice::VoiceWebhook);
            of!(twilio_messaging: switchhook::twilio::messaging::MessagingWebhook);
            of!(signalwire: switchhook::signalwire::SignalWireEvent);
            of!(signalwire_compat: switchhook::signalwire::compat::CompatWebhook);
        }
    )+ };
}

/// Laws as tests, over every family that comes as JSON.
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
            of!(twilio_voice: switchhook::twilio::voice::VoiceWebhook);
            of!(signalwire: switchhook::signalwire::SignalWireEvent);
            of!(signalwire_compat: switchhook::signalwire::compat::CompatWebhook);
        }
    )+ };
}

pub(crate) use {of_forms, of_json};

fn verifier() -> Verifier {
    Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap())
}

/// A request that is signed as Twilio signs.
fn signed(path: &str, form: &str) -> Request<Bytes> {
    let params = Params::parse(form.as_bytes()).unwrap();
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    signer.form(&format!("{ORIGIN}{path}"), &params).unwrap()
}
