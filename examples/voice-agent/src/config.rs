//! Settings from the environment.

use std::{
    env::VarError,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use anyhow::Context;
use switchhook::{Guard, PublicHost, SessionTokens};

use crate::tenants::Tenants;

/// The settings of the agent.
#[derive(Debug)]
pub struct Config {
    /// `HOST`: the address to listen on, 127.0.0.1 unless told otherwise.
    pub host: IpAddr,
    /// `PORT`: the port to listen on, 8000 unless told otherwise.
    pub port: u16,
    /// `DATABASE`: the SQLite file, `calls.db` unless told otherwise.
    pub database: PathBuf,
    /// `BASE_URL`: where Twilio reaches the agent, in any spelling. Required.
    pub base_url: PublicHost,
    /// `TENANTS`, a file of tenants; else one tenant of `TWILIO_AUTH_TOKEN` and `GREETING`.
    pub tenants: Tenants,
    /// `STREAM_SECRET`: lets streams in whose upgrade is not signed, by a token in the TwiML.
    pub stream_tokens: Option<SessionTokens>,
    /// `CALL_LOG_PASSWORD`: what the user `operator` reads the call log with. Without it there
    /// is none to read.
    pub call_log: Option<Guard>,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// When a variable cannot be used, or `BASE_URL` is missing or a placeholder. What is set
    /// and empty is an error, so that no check is turned off unseen.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::from_vars(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(error) => Err(error).context(name.to_owned()),
        })
    }

    fn from_vars(var: impl Fn(&str) -> anyhow::Result<Option<String>>) -> anyhow::Result<Self> {
        let var = |name| Setting { name, value: var(name) };
        let tenants = match var("TENANTS").read(std::fs::read_to_string)? {
            Some(json) => Tenants::read(&json).context("TENANTS")?,
            None => Tenants::single(var("TWILIO_AUTH_TOKEN").value?, var("GREETING").value?)
                .context("TWILIO_AUTH_TOKEN")?,
        };
        let base_url = var("BASE_URL").read(|text| text.parse())?.context(
            "BASE_URL is not set: Twilio has to reach the agent, as by https://agent.acme.com",
        )?;
        Ok(Self {
            host: var("HOST").read(|text| text.parse())?.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            port: var("PORT").read(|text| text.parse())?.unwrap_or(8000),
            database: var("DATABASE").value?.unwrap_or_else(|| "calls.db".into()).into(),
            base_url,
            tenants,
            stream_tokens: var("STREAM_SECRET").read(SessionTokens::new)?,
            call_log: var("CALL_LOG_PASSWORD").read(|text| Guard::basic("operator", text))?,
        })
    }
}

/// A variable of the environment.
struct Setting<'a> {
    name: &'a str,
    value: anyhow::Result<Option<String>>,
}

impl Setting<'_> {
    /// What the variable says, where it is set; an error has its name.
    fn read<T, E>(self, read: impl FnOnce(String) -> Result<T, E>) -> anyhow::Result<Option<T>>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        self.value?.map(read).transpose().with_context(|| self.name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, String> {
        Config::from_vars(|name| {
            Ok(vars.iter().find(|var| var.0 == name).map(|var| var.1.to_owned()))
        })
        .map_err(|error| format!("{error:#}"))
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
        assert_eq!(read(&[("BASE_URL", "")]).unwrap_err(), "BASE_URL: the host is empty");
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
