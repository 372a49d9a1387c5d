//! Who may call: signatures, and the guards before them.

use anyhow::{Context, ensure};
use switchhook::{Guard, Hosts, Keys, PublicUrl, Secret, Verifier};

use crate::Config;

/// The verifiers of the three kinds of webhooks.
#[derive(Debug)]
pub struct Verifiers {
    /// Fetches of documents, which SignalWire signs.
    pub documents: Verifier,
    /// Callbacks, which it may sign.
    pub callbacks: Verifier,
    /// Functions of the AI, which it does not sign; they bring a token.
    pub functions: Verifier,
}

impl Verifiers {
    /// Makes them; each has every guard that is switched on.
    ///
    /// # Errors
    ///
    /// When a setting cannot be used, or lets anybody in by mistake.
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        let guards = guards(config)?;
        let guarded = |verifier| guards.iter().cloned().fold(verifier, Verifier::guard);
        let unsigned = Verifier::trust_without_verification;
        let signed = match &config.signing_key {
            Some(key) => {
                let keys = Keys::new(key.expose()).context("SIGNALWIRE_SIGNING_KEY")?;
                Verifier::signalwire(keys, public_url(config)?)
            }
            None => unsigned(),
        };
        let mut callbacks = signed.clone();
        if config.trust_unsigned {
            ensure!(!guards.is_empty(), "UNSIGNED_STATUS=trust lets anybody in without a guard");
            callbacks = callbacks.trust_unsigned();
        }
        if config.signing_key.is_none() {
            tracing::warn!("SIGNATURES ARE NOT CHECKED: set SIGNALWIRE_SIGNING_KEY");
        }
        Ok(Self {
            documents: guarded(signed),
            callbacks: guarded(callbacks),
            functions: guarded(unsigned()),
        })
    }
}

/// User and password in one text.
///
/// # Errors
///
/// When it has no colon.
pub fn login(login: &Secret) -> anyhow::Result<(&str, &str)> {
    login.expose().split_once(':').context("WEBHOOK_LOGIN is not user:password")
}

fn guards(config: &Config) -> anyhow::Result<Vec<Guard>> {
    let mut guards = Vec::new();
    // The cheapest first; passwords are asked for of those alone who may be here at all.
    if !config.addresses.is_empty() {
        let networks = config.addresses.iter().map(String::as_str);
        guards.push(Guard::addresses(networks).context("WEBHOOK_ADDRESSES")?);
    }
    if let Some(secret) = &config.url_secret {
        guards.push(Guard::query_secret("secret", secret.expose()).context("WEBHOOK_SECRET")?);
    }
    if let Some(both) = &config.login {
        let (user, password) = login(both)?;
        guards.push(Guard::basic(user, password).context("WEBHOOK_LOGIN")?);
    }
    Ok(guards)
}

fn public_url(config: &Config) -> anyhow::Result<PublicUrl> {
    if let Some(origin) = &config.public_url {
        return PublicUrl::origin(origin).and_then(PublicUrl::https_only).context("PUBLIC_URL");
    }
    tracing::warn!("PUBLIC_URL is not set: only requests to this machine's own name verify");
    Ok(PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"])))
}
