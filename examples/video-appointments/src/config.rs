//! Settings from the environment.

use std::{
    env::VarError,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use anyhow::{Context, ensure};

/// The settings of the application.
#[derive(Debug)]
pub struct Config {
    /// `HOST`: the address to listen on, 127.0.0.1 unless told otherwise.
    pub host: IpAddr,
    /// `PORT`: the port to listen on, 8000 unless told otherwise.
    pub port: u16,
    /// `DATABASE`: the SQLite file, `appointments.db` unless told otherwise.
    pub database: PathBuf,
    /// `TWILIO_AUTH_TOKEN`: signatures are checked when it is set.
    pub auth_token: Option<Token>,
    /// `PUBLIC_URL`: the origin that Twilio was given, such as `https://hooks.example.com`.
    pub public_url: Option<String>,
}

/// A token that no `{:?}` shows.
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("redacted")
    }
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
        let auth_token = var("TWILIO_AUTH_TOKEN")?;
        ensure!(auth_token.as_deref() != Some(""), "TWILIO_AUTH_TOKEN is set and empty");
        Ok(Self {
            host: host.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            port: port.unwrap_or(8000),
            database: var("DATABASE")?.unwrap_or_else(|| "appointments.db".into()).into(),
            auth_token: auth_token.map(Token),
            public_url: var("PUBLIC_URL")?,
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
    fn an_unusable_token_is_an_error_and_a_missing_one_is_none() {
        assert!(read(&[]).unwrap().auth_token.is_none());
        assert_eq!(read(&[("TWILIO_AUTH_TOKEN", "t")]).unwrap().auth_token.unwrap().0, "t");
        assert!(read(&[("TWILIO_AUTH_TOKEN", "")]).is_err());
        assert!(read(&[("PORT", "many")]).is_err());
        assert_eq!(read(&[("PORT", "81")]).unwrap().port, 81);
    }
}
