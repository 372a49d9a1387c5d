//! Settings from the environment.

use std::{
    collections::HashSet,
    env::VarError,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use anyhow::Context;
use axum::http::Uri;
use switchhook::{CommaList, Secret};

/// The settings of the application.
#[derive(Debug)]
pub struct Config {
    /// `HOST`: the address to listen on, 127.0.0.1 unless told otherwise.
    pub host: IpAddr,
    /// `PORT`: the port to listen on, 8000 unless told otherwise.
    pub port: u16,
    /// `DATABASE`: the SQLite file, `desk.db` unless told otherwise.
    pub database: PathBuf,
    /// `TWILIO_AUTH_TOKEN`: signatures are checked when it is set.
    pub auth_token: Option<Secret>,
    /// `PUBLIC_URL`: the origin that Twilio was given, such as `https://hooks.example.com`.
    pub public_url: Option<String>,
    /// `STAFF`: the identities of those who work here, with commas between them.
    pub staff: HashSet<String>,
    /// `OUTBOUND_URL`: who is told about messages from staff. May hold a password.
    pub outbound_url: Option<Secret>,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// When a variable is set and cannot be used. An empty token is no token: it must not
    /// turn the checks off unseen.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::from_vars(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(error) => Err(error).context(name.to_owned()),
        })
    }

    fn from_vars(var: impl Fn(&str) -> anyhow::Result<Option<String>>) -> anyhow::Result<Self> {
        let host = var("HOST")?.map(|host| host.parse().context("HOST")).transpose()?;
        let port = var("PORT")?.map(|port| port.parse().context("PORT")).transpose()?;
        let secret = |name: &str| {
            let secret = var(name)?.map(Secret::new).transpose();
            secret.with_context(|| format!("{name} is set and empty"))
        };
        let outbound_url = secret("OUTBOUND_URL")?;
        if let Some(url) = &outbound_url {
            let url: Uri = url.expose().parse().context("OUTBOUND_URL")?;
            url.authority().context("OUTBOUND_URL has no host")?;
        }
        Ok(Self {
            host: host.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            port: port.unwrap_or(8000),
            database: var("DATABASE")?.unwrap_or_else(|| "desk.db".into()).into(),
            auth_token: secret("TWILIO_AUTH_TOKEN")?,
            public_url: var("PUBLIC_URL")?,
            staff: CommaList::split(&var("STAFF")?.unwrap_or_default()).map(Into::into).collect(),
            outbound_url,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::from_vars(|name| {
            Ok(vars.iter().find(|var| var.0 == name).map(|var| var.1.to_owned()))
        })
    }

    #[test]
    fn what_cannot_be_used_is_an_error() {
        assert!(read(&[]).unwrap().auth_token.is_none());
        for (name, value) in [
            ("TWILIO_AUTH_TOKEN", ""),
            ("PORT", "many"),
            ("HOST", "localhost"),
            ("OUTBOUND_URL", ""),
            ("OUTBOUND_URL", "/path"),
            ("OUTBOUND_URL", "not a url"),
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
        let config = read(&[("STAFF", "agent7, agent8,")]).unwrap();
        assert_eq!(config.staff, HashSet::from(["agent7".into(), "agent8".into()]));
    }
}
