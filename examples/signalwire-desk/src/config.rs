//! Settings from the environment.

use std::{env::VarError, net::IpAddr, path::PathBuf};

use anyhow::{Context, ensure};
use switchhook::Secret;

/// The settings of the desk. What is not set is off.
#[derive(Clone, Debug)]
pub struct Config {
    /// `HOST`: the address to listen on, 127.0.0.1 unless told otherwise.
    pub host: IpAddr,
    /// `PORT`: the port to listen on, 5000 unless told otherwise.
    pub port: u16,
    /// `DATABASE`: the SQLite file, `desk.db` unless told otherwise.
    pub database: PathBuf,
    /// `PUBLIC_URL`: the origin that SignalWire was given, such as `https://hooks.example.com`.
    pub public_url: Option<String>,
    /// `API_PASSWORD`: opens `/api/` to the user `desk`.
    pub api_password: Option<Secret>,

    /// `SIGNALWIRE_SIGNING_KEY`: signatures are checked when it is set.
    pub signing_key: Option<Secret>,
    /// `UNSIGNED_STATUS=trust`: callbacks, which not every project has signed, may come without a
    /// signature. Needs one of the guards below.
    pub trust_unsigned: bool,
    /// `WEBHOOK_LOGIN`: `user:password`, as in `https://user:password@hooks.example.com/`.
    pub login: Option<Secret>,
    /// `WEBHOOK_SECRET`: `?secret=` at the end of every webhook's URL.
    pub url_secret: Option<Secret>,
    /// `WEBHOOK_ADDRESSES`: addresses and networks, joined by commas.
    pub addresses: Vec<String>,
    /// `SWAIG_SECRET`: signs the tokens of the AI's functions. Without it there is no AI.
    pub swaig_secret: Option<Secret>,

    /// `VIP_NUMBERS`: callers who skip the menu, joined by commas.
    pub vip_numbers: Vec<String>,
    /// `EMAIL_HOOK_URL`: gets a POST for each mail that is to be sent.
    pub email_hook: Option<Secret>,
    /// `EMAIL_TO`: who gets the mails.
    pub email_to: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// When a variable is set and cannot be used. An empty secret is no secret: it must not turn
    /// a check off unseen.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::from_vars(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(error) => Err(error).context(name.to_owned()),
        })
    }

    /// Reads variables from elsewhere.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_vars(var: impl Fn(&str) -> anyhow::Result<Option<String>>) -> anyhow::Result<Self> {
        let secret = |name: &str| var(name)?.map(Secret::new).transpose().context(name.to_owned());
        let list = |name: &str| -> anyhow::Result<Vec<String>> {
            let text = var(name)?;
            let entries = text.iter().flat_map(|text| text.split(','));
            let entries: Vec<_> = entries.map(|entry| entry.trim().to_owned()).collect();
            ensure!(entries.iter().all(|entry| !entry.is_empty()), "{name} has an empty entry");
            Ok(entries)
        };
        let or = |name: &str, usual: &str| -> anyhow::Result<String> {
            Ok(var(name)?.unwrap_or_else(|| usual.to_owned()))
        };
        let unsigned = or("UNSIGNED_STATUS", "refuse")?;
        ensure!(["refuse", "trust"].contains(&&*unsigned), "UNSIGNED_STATUS is refuse or trust");
        Ok(Self {
            host: or("HOST", "127.0.0.1")?.parse().context("HOST")?,
            port: or("PORT", "5000")?.parse().context("PORT")?,
            database: or("DATABASE", "desk.db")?.into(),
            public_url: var("PUBLIC_URL")?,
            api_password: secret("API_PASSWORD")?,
            signing_key: secret("SIGNALWIRE_SIGNING_KEY")?,
            trust_unsigned: unsigned == "trust",
            login: secret("WEBHOOK_LOGIN")?,
            url_secret: secret("WEBHOOK_SECRET")?,
            addresses: list("WEBHOOK_ADDRESSES")?,
            swaig_secret: secret("SWAIG_SECRET")?,
            vip_numbers: list("VIP_NUMBERS")?,
            email_hook: secret("EMAIL_HOOK_URL")?,
            email_to: or("EMAIL_TO", "admin@example.com")?,
        })
    }

    /// Where SignalWire finds the desk.
    pub fn origin(&self) -> String {
        let public = self.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
        public.unwrap_or_else(|| format!("http://127.0.0.1:{}", self.port))
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
    fn what_is_not_set_is_off() {
        let config = read(&[]).unwrap();
        assert!(config.signing_key.is_none() && config.login.is_none() && !config.trust_unsigned);
        assert_eq!((config.port, config.email_to.as_str()), (5000, "admin@example.com"));
        let config = read(&[("VIP_NUMBERS", "+15550001111, +15550002222")]).unwrap();
        assert_eq!(config.vip_numbers, ["+15550001111", "+15550002222"]);
        let config = read(&[("WEBHOOK_LOGIN", "canary:canary"), ("EMAIL_HOOK_URL", "canary")]);
        assert!(!format!("{config:?}").contains("canary"));
    }

    #[test]
    fn what_is_set_and_empty_turns_no_check_off() {
        for name in [
            "SIGNALWIRE_SIGNING_KEY",
            "WEBHOOK_LOGIN",
            "WEBHOOK_SECRET",
            "WEBHOOK_ADDRESSES",
            "SWAIG_SECRET",
            "API_PASSWORD",
            "UNSIGNED_STATUS",
            "PORT",
        ] {
            assert!(read(&[(name, "")]).is_err(), "{name}");
        }
        assert!(read(&[("UNSIGNED_STATUS", "yes")]).is_err());
    }
}
