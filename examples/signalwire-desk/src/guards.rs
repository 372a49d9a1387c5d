//! Who may call: signatures, and the guards before them.

use anyhow::{Context, Result, ensure};
use switchhook::{Guard, Hosts, Keys, PublicUrl, Secret, Verifier};

use crate::Config;

/// The verifiers of three kinds of webhooks: documents, which SignalWire signs when it fetches
/// them; callbacks, which it may sign; functions of the AI, which it does not, and which bring a
/// token. Each has every guard that is switched on.
///
/// # Errors
///
/// When a setting cannot be used, or lets anybody in by mistake.
pub fn verifiers(config: &Config) -> Result<[Verifier; 3]> {
    let guards = guards(config)?;
    let unsigned = Verifier::trust_without_verification();
    let mut callbacks = unsigned.clone();
    if let Some(key) = &config.signing_key {
        let keys = Keys::new(key.expose()).context("SIGNALWIRE_SIGNING_KEY")?;
        callbacks = Verifier::signalwire(keys, public_url(config)?);
    } else {
        tracing::warn!("SIGNATURES ARE NOT CHECKED: set SIGNALWIRE_SIGNING_KEY");
    }
    let documents = callbacks.clone();
    if config.trust_unsigned {
        ensure!(!guards.is_empty(), "UNSIGNED_STATUS=trust lets anybody in without a guard");
        callbacks = callbacks.trust_unsigned();
    }
    let guarded = |verifier| guards.iter().cloned().fold(verifier, Verifier::guard);
    Ok([documents, callbacks, unsigned].map(guarded))
}

/// User and password in one text.
///
/// # Errors
///
/// When it has no colon.
pub fn login(login: &Secret) -> Result<(&str, &str)> {
    login.expose().split_once(':').context("WEBHOOK_LOGIN is not user:password")
}

/// The cheapest first: passwords are asked for of those alone who may be here at all.
fn guards(config: &Config) -> Result<Vec<Guard>> {
    let mut guards = Vec::new();
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

fn public_url(config: &Config) -> Result<PublicUrl> {
    if let Some(origin) = &config.public_url {
        return PublicUrl::origin(origin).and_then(PublicUrl::https_only).context("PUBLIC_URL");
    }
    tracing::warn!("PUBLIC_URL is not set: only requests to this machine's own name verify");
    Ok(PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"])))
}
