//! Settings from the environment.

use std::{collections::HashSet, net::SocketAddr, path::PathBuf};

use anyhow::Context;
use axum::http::Uri;
use switchhook::{Secret, Verifier, settings::Settings};

/// The settings of the application.
#[derive(Debug)]
pub struct Config {
    /// `HOST` and `PORT`: where to listen, 127.0.0.1 and 8000 unless told otherwise.
    pub address: SocketAddr,
    /// `DATABASE`: the SQLite file, `desk.db` unless told otherwise.
    pub database: PathBuf,
    /// `TWILIO_AUTH_TOKEN`: signatures are checked when it is set; and `PUBLIC_URL`: the origin
    /// that Twilio was given, such as `https://hooks.example.com`.
    pub verifier: Verifier,
    /// `STAFF`: the identities of those who work here, with commas between them.
    pub staff: HashSet<String>,
    /// `OUTBOUND_URL`: who is told about messages from staff. May hold a password.
    pub outbound_url: Option<Secret>,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    ///
    /// When a variable is set and cannot be used. An empty token is no token: it must not
    /// turn the checks off unseen.
    pub fn of(settings: &Settings) -> anyhow::Result<Self> {
        let outbound_url = settings.secret("OUTBOUND_URL")?;
        if let Some(url) = &outbound_url {
            let url: Uri = url.expose().parse().context("OUTBOUND_URL")?;
            url.authority().context("OUTBOUND_URL has no host")?;
        }
        Ok(Self {
            address: settings.address(8000)?,
            database: settings.or("DATABASE", "desk.db".into())?,
            verifier: settings
                .twilio_or_trust_without_verification("TWILIO_AUTH_TOKEN", "PUBLIC_URL")?,
            staff: settings.list("STAFF")?.into_iter().collect(),
            outbound_url,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::of(&Settings::of(vars.iter().copied()))
    }

    #[test]
    fn what_cannot_be_used_is_an_error() {
        assert_eq!(read(&[]).unwrap().address.to_string(), "127.0.0.1:8000");
        for (name, value) in [
            ("TWILIO_AUTH_TOKEN", ""),
            ("PORT", "many"),
            ("HOST", "localhost"),
            ("OUTBOUND_URL", ""),
            ("OUTBOUND_URL", "/path"),
            ("OUTBOUND_URL", "not a url"),
            ("STAFF", ""),
            ("STAFF", "agent7, agent8,"),
        ] {
            assert!(read(&[(name, value)]).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let url = "https://desk:canary@example.com/out";
        let config = read(&[("TWILIO_AUTH_TOKEN", "canary"), ("OUTBOUND_URL", url)]).unwrap();
        assert_eq!(config.outbound_url.as_ref().unwrap().expose(), url);
        assert!(!format!("{config:?}").contains("canary"), "{config:?}");
    }

    #[test]
    fn staff_is_a_list() {
        let config = read(&[("STAFF", "agent7, agent8")]).unwrap();
        assert_eq!(config.staff, HashSet::from(["agent7".into(), "agent8".into()]));
    }
}
