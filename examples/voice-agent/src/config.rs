//! Settings from the environment.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use switchhook::{Guard, PublicHost, Secret, dispatch::Sessions, settings::Settings};

use crate::{media::TOKEN_LIFETIME, tenants::Tenants};

/// The settings of the agent.
#[derive(Debug)]
pub struct Config {
    /// `HOST` and `PORT`: where to listen, 127.0.0.1 and 8000 unless told otherwise.
    pub address: SocketAddr,
    /// `DATABASE`: the SQLite file, `calls.db` unless told otherwise.
    pub database: PathBuf,
    /// `BASE_URL`: where Twilio reaches the agent, in any spelling. Required.
    pub base_url: PublicHost,
    /// `TENANTS`, a file of tenants; else one tenant of `TWILIO_AUTH_TOKEN` and `GREETING`.
    pub tenants: Tenants,
    /// `STREAM_SECRET`: lets streams in whose upgrade is not signed, by a token in the TwiML.
    pub stream_tokens: Option<Sessions>,
    /// `CALL_LOG_PASSWORD`: what the user `operator` reads the call log with. Without it there
    /// is none to read.
    pub call_log: Option<Guard>,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    ///
    /// When a variable cannot be used, or `BASE_URL` is missing or a placeholder. What is set
    /// and empty is an error, so that no check is turned off unseen.
    pub fn of(settings: &Settings) -> anyhow::Result<Self> {
        let tenants = if let Some(file) = settings.text("TENANTS")? {
            let json = std::fs::read_to_string(file).context("TENANTS")?;
            Tenants::read(&json).context("TENANTS")?
        } else {
            let token = settings.secret("TWILIO_AUTH_TOKEN")?;
            let token = token.map(|token| token.expose().to_owned());
            Tenants::single(token, settings.text("GREETING")?.map(Into::into))?
        };
        let tokens = |secret: Secret| Sessions::new(secret.expose(), TOKEN_LIFETIME);
        Ok(Self {
            address: settings.address(8000)?,
            database: settings.or("DATABASE", "calls.db".into())?,
            base_url: settings.get("BASE_URL")?.context(
                "BASE_URL is not set: Twilio has to reach the agent, as by https://agent.acme.com",
            )?,
            tenants,
            stream_tokens: settings.secret("STREAM_SECRET")?.map(tokens).transpose()?,
            call_log: settings.operator("operator", "CALL_LOG_PASSWORD")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, String> {
        Config::of(&Settings::of(vars.iter().copied())).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn the_base_url_comes_in_any_spelling() {
        for url in [
            "agent.acme.com",
            "http://agent.acme.com",
            "https://agent.acme.com/",
            " agent.acme.com",
        ] {
            assert_eq!(read(&[("BASE_URL", url)]).unwrap().base_url.as_str(), "agent.acme.com");
        }
    }

    #[test]
    fn a_placeholder_is_refused_with_its_name() {
        for url in [
            "your-domain.com",
            "https://your-domain.com",
            "example.com",
            "https://<your-host>",
            "https://xxxx.ngrok.io",
        ] {
            let error = read(&[("BASE_URL", url)]).unwrap_err();
            assert_eq!(error, "BASE_URL: the host is a placeholder", "{url}");
        }
        assert!(read(&[]).unwrap_err().starts_with("BASE_URL is not set"));
        assert_eq!(read(&[("BASE_URL", "")]).unwrap_err(), "BASE_URL: it is set and empty");
    }

    #[test]
    fn what_is_set_and_empty_turns_no_check_off() {
        for name in ["TWILIO_AUTH_TOKEN", "STREAM_SECRET", "CALL_LOG_PASSWORD"] {
            let error = read(&[("BASE_URL", "agent.acme.com"), (name, "")]).unwrap_err();
            assert!(error.starts_with(name), "{error}");
        }
        let config = read(&[("BASE_URL", "agent.acme.com"), ("TWILIO_AUTH_TOKEN", "canary")]);
        assert!(!format!("{:?}", config.unwrap()).contains("canary"));
    }
}
