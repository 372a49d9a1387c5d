//! Who may call: signatures, and the guards before them.

use anyhow::{Result, ensure};
use switchhook::{Verifier, settings::Settings};

/// The verifiers of three kinds of webhooks: documents, which SignalWire signs when it fetches
/// them; callbacks, which it may sign; functions of the AI, which it does not, and which bring a
/// token. Each has every guard that is switched on.
///
/// # Errors
///
/// When a setting cannot be used, or lets anybody in by mistake.
pub fn verifiers(settings: &Settings) -> Result<[Verifier; 3]> {
    let guards = settings.guards("WEBHOOK")?;
    let documents = settings
        .signalwire_or_trust_without_verification("SIGNALWIRE_SIGNING_KEY", "PUBLIC_URL")?;
    let mut callbacks = documents.clone();
    let unsigned = settings.or("UNSIGNED_STATUS", "refuse".to_owned())?;
    ensure!(["refuse", "trust"].contains(&&*unsigned), "UNSIGNED_STATUS is refuse or trust");
    if unsigned == "trust" {
        ensure!(!guards.is_empty(), "UNSIGNED_STATUS=trust lets anybody in without a guard");
        callbacks = callbacks.trust_unsigned();
    }
    let functions = Verifier::trust_without_verification();
    let guarded = |verifier| guards.iter().cloned().fold(verifier, Verifier::guard);
    Ok([documents, callbacks, functions].map(guarded))
}
