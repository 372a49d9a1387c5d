//! Who signs: the providers whose signatures are known.

use anyhow::Context;
use clap::ValueEnum;
use switchhook::{
    Key, Keys, PublicUrl, SETTINGS_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER, Signer, Verifier, doctor::Doctor,
};

use crate::input::{self, Object};

/// A provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Provider {
    #[default]
    Twilio,
    #[value(name = "signalwire")]
    SignalWire,
}

impl Provider {
    /// The provider of a JSON line, Twilio where it names none.
    pub(crate) fn of(request: &Object) -> anyhow::Result<Self> {
        let Some(name) = input::text(request, "provider")? else { return Ok(Self::default()) };
        let found = Self::from_str(name, false).ok();
        found
            .with_context(|| format!("no provider is named {name:?}; there are twilio, signalwire"))
    }

    /// The environment variable that usually has the key.
    pub(crate) fn key_env(self) -> &'static str {
        match self {
            Self::Twilio => "TWILIO_AUTH_TOKEN",
            Self::SignalWire => "SIGNALWIRE_SIGNING_KEY",
        }
    }

    pub(crate) fn verifier(self, keys: Keys, public_url: PublicUrl) -> Verifier {
        match self {
            Self::Twilio => Verifier::twilio(keys, public_url),
            Self::SignalWire => Verifier::signalwire(keys, public_url),
        }
    }

    pub(crate) fn doctor(self, keys: Keys, public_url: PublicUrl) -> Doctor {
        match self {
            Self::Twilio => Doctor::twilio(keys, public_url),
            Self::SignalWire => Doctor::signalwire(keys, public_url),
        }
    }

    pub(crate) fn signer(self, key: Key) -> Signer {
        match self {
            Self::Twilio => Signer::twilio(key),
            Self::SignalWire => Signer::signalwire(key),
        }
    }

    /// The header that `--signature` is the value of.
    pub(crate) fn signature_header(self) -> &'static str {
        match self {
            Self::Twilio => SIGNATURE_HEADER,
            Self::SignalWire => SIGNALWIRE_SIGNATURE_HEADER,
        }
    }
}

/// A header's name as its provider writes it.
pub(crate) fn written(header: &str) -> &str {
    match header {
        SIGNATURE_HEADER => "X-Twilio-Signature",
        SETTINGS_HEADER => "X-Twilio-Webhooks-Signature-Settings",
        SIGNALWIRE_SIGNATURE_HEADER => "X-SignalWire-Signature",
        SIGNALWIRE_SHA256_SIGNATURE_HEADER => "X-SignalWire-Sha256-Signature",
        other => other,
    }
}
