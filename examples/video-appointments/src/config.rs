//! Settings from the environment.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use anyhow::Context;

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
    /// Reads the environment. An empty variable counts as not set.
    ///
    /// # Errors
    ///
    /// When a variable cannot be read.
    pub fn from_env() -> anyhow::Result<Self> {
        let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let host = var("HOST").map(|host| host.parse().context("HOST")).transpose()?;
        let port = var("PORT").map(|port| port.parse().context("PORT")).transpose()?;
        Ok(Self {
            host: host.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            port: port.unwrap_or(8000),
            database: var("DATABASE").unwrap_or_else(|| "appointments.db".into()).into(),
            auth_token: var("TWILIO_AUTH_TOKEN").map(Token),
            public_url: var("PUBLIC_URL"),
        })
    }
}
