//! Where keys come from: the environment or a file, never the command line.

use std::path::{Path, PathBuf};

use switchhook::{Algorithm, Key, Keys};

use crate::{exit::usage, provider::Provider};

/// Where to find the key that signs.
#[derive(clap::Args)]
pub(crate) struct KeyArgs {
    /// Environment variable with the key; TWILIO_AUTH_TOKEN, or SIGNALWIRE_SIGNING_KEY where
    /// the provider is SignalWire, unless told otherwise
    #[arg(long, value_name = "NAME")]
    key_env: Option<String>,

    /// File with the key, instead of the environment, - for stdin, where no body is read from
    /// there; one line end at its end is cut off
    #[arg(long, value_name = "PATH")]
    key_file: Option<PathBuf>,

    /// Algorithm that the key is pinned to: HMAC_SHA1, or HMAC_SHA256 for Twilio's shared keys
    /// and to take no less from SignalWire
    #[arg(long, value_name = "NAME", default_value = "HMAC_SHA1", value_parser = algorithm)]
    algorithm: Algorithm,
}

impl KeyArgs {
    /// The one key.
    pub(crate) fn key(&self, provider: Provider) -> anyhow::Result<Key> {
        let key = Key::new(self.secret(provider)?).map_err(|error| usage(error.to_string()))?;
        Ok(key.with_algorithm(self.algorithm))
    }

    /// The algorithm that the key is pinned to.
    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Where the key comes from: a variable or a file.
    pub(crate) fn source(&self, provider: Provider) -> String {
        match &self.key_file {
            Some(path) => path.display().to_string(),
            None => self.variable(provider).to_owned(),
        }
    }

    /// Whether the key is read from stdin.
    pub(crate) fn is_on_stdin(&self) -> bool {
        self.key_file.as_deref() == Some(Path::new("-"))
    }

    fn variable(&self, provider: Provider) -> &str {
        self.key_env.as_deref().unwrap_or(provider.key_env())
    }

    /// The text of the key.
    pub(crate) fn secret(&self, provider: Provider) -> anyhow::Result<String> {
        Ok(match &self.key_file {
            Some(path) => {
                let text = if self.is_on_stdin() {
                    std::io::read_to_string(std::io::stdin())
                } else {
                    std::fs::read_to_string(path)
                };
                let text = text.map_err(|error| usage(format!("{}: {error}", path.display())))?;
                let line = text.strip_suffix('\n').unwrap_or(&text);
                line.strip_suffix('\r').unwrap_or(line).to_owned()
            }
            None => from_env(self.variable(provider))?,
        })
    }

    /// A key that nobody has, made for this moment, to sign what has to be refused.
    pub(crate) fn nobodys(&self) -> anyhow::Result<Key> {
        let secret = format!("{:032x}", fastrand::u128(..));
        let key = Key::new(secret).map_err(|error| usage(error.to_string()))?;
        Ok(key.with_algorithm(self.algorithm))
    }

    /// The key, and those of further environment variables, for rotation.
    pub(crate) fn keys(&self, provider: Provider, more: &[String]) -> anyhow::Result<Keys> {
        more.iter().try_fold(Keys::from(self.key(provider)?), |keys, name| {
            let key = Key::new(from_env(name)?).map_err(|error| usage(error.to_string()))?;
            Ok(keys.and(key.with_algorithm(self.algorithm)))
        })
    }

    /// Where each of [`keys`](Self::keys) comes from, for people.
    pub(crate) fn labels(&self, provider: Provider, more: &[String]) -> Vec<String> {
        [&[self.source(provider)], more].concat()
    }
}

/// The key of an environment variable.
pub(crate) fn from_env(name: &str) -> anyhow::Result<String> {
    std::env::var(name).ok().filter(|secret| !secret.is_empty()).ok_or_else(|| {
        usage(format!(
            "no key: set {name}, or name another variable by --key-env, or use --key-file"
        ))
    })
}

/// The algorithm of this name, for arguments and JSON alike.
pub(crate) fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::from_name(name).ok_or_else(|| format!("{name} is neither HMAC_SHA1 nor HMAC_SHA256"))
}
