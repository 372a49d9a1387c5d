//! Who may call: verifiers and guards from settings.

use switchhook_core::Secret;
use switchhook_signature::{Guard, GuardError, Hosts, Keys, PublicUrl, UrlError, Verifier};

use crate::{SettingError, Settings};

/// What makes a provider's verifier, and what its public URLs have to be.
type Scheme = (fn(Keys, PublicUrl) -> Verifier, fn(PublicUrl) -> Result<PublicUrl, UrlError>);

const TWILIO: Scheme = (Verifier::twilio, Ok);
const SIGNALWIRE: Scheme = (Verifier::signalwire, PublicUrl::https_only);

fn missing(key: &str) -> SettingError {
    SettingError::new(key, "it is not set")
}

fn open(key: &str) -> Verifier {
    tracing::warn!("SIGNATURES ARE NOT CHECKED: set {key}, or anybody can call");
    Verifier::trust_without_verification()
}

impl Settings {
    /// Checks Twilio's signatures by the auth token in the variable `key`. `public_url` names the
    /// variable of the origin that Twilio was given, such as `https://hooks.example.com`; when it is
    /// not set, only requests to this machine's own name verify.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: there is no token, a variable is set and empty, or no origin.
    pub fn twilio(&self, key: &str, public_url: &str) -> Result<Verifier, SettingError> {
        self.verifier(key, public_url, TWILIO)?.ok_or_else(|| missing(key))
    }

    /// The same with SignalWire's signing key. The origin has to be one of `https`, as SignalWire
    /// calls no other.
    ///
    /// # Errors
    ///
    /// As [`twilio`](Self::twilio).
    pub fn signalwire(&self, key: &str, public_url: &str) -> Result<Verifier, SettingError> {
        self.verifier(key, public_url, SIGNALWIRE)?.ok_or_else(|| missing(key))
    }

    /// As [`twilio`](Self::twilio), for programs to try on one's own machine: without a token
    /// anybody may call, and the log says so at its `WARN` level, by `tracing`.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: a variable is set and empty, or no origin.
    pub fn twilio_or_trust_without_verification(
        &self,
        key: &str,
        public_url: &str,
    ) -> Result<Verifier, SettingError> {
        Ok(self.verifier(key, public_url, TWILIO)?.unwrap_or_else(|| open(key)))
    }

    /// The same for [`signalwire`](Self::signalwire).
    ///
    /// # Errors
    ///
    /// [`SettingError`]: a variable is set and empty, or no origin of `https`.
    pub fn signalwire_or_trust_without_verification(
        &self,
        key: &str,
        public_url: &str,
    ) -> Result<Verifier, SettingError> {
        Ok(self.verifier(key, public_url, SIGNALWIRE)?.unwrap_or_else(|| open(key)))
    }

    /// `None` when there is no key.
    fn verifier(
        &self,
        key: &str,
        public_url: &str,
        (scheme, check): Scheme,
    ) -> Result<Option<Verifier>, SettingError> {
        let Some(secret) = self.secret(key)? else { return Ok(None) };
        let keys = Keys::new(secret.expose()).map_err(|why| SettingError::new(key, &why))?;
        let url = if let Some(origin) = self.text(public_url)? {
            let url = PublicUrl::origin(origin).and_then(check);
            url.map_err(|why| SettingError::new(public_url, &why))?
        } else {
            tracing::warn!("{public_url} is not set: only requests to this machine's name verify");
            PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"]))
        };
        Ok(Some(scheme(keys, url)))
    }

    /// The guards that are switched on by variables with this prefix; with `WEBHOOK`:
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `WEBHOOK_ADDRESSES` | addresses and networks that may call, joined by commas |
    /// | `WEBHOOK_SECRET` | a secret at the end of every webhook's URL: `?secret=` |
    /// | `WEBHOOK_LOGIN` | `user:password`, as in `https://user:password@hooks.example.com/` |
    ///
    /// The cheapest comes first: passwords are asked for of those alone who may be here at all.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: a variable is set and cannot be used.
    pub fn guards(&self, prefix: &str) -> Result<Vec<Guard>, SettingError> {
        let mut guards = Vec::new();
        let mut add = |name: &str, guard: Result<Guard, GuardError>| {
            guards.push(guard.map_err(|why| SettingError::new(name, &why))?);
            Ok::<_, SettingError>(())
        };
        let name = format!("{prefix}_ADDRESSES");
        let networks = self.list(&name)?;
        if !networks.is_empty() {
            add(&name, Guard::addresses(networks.iter().map(String::as_str)))?;
        }
        let name = format!("{prefix}_SECRET");
        if let Some(secret) = self.secret(&name)? {
            add(&name, Guard::query_secret("secret", secret.expose()))?;
        }
        let name = format!("{prefix}_LOGIN");
        if let Some((user, password)) = self.login(&name)? {
            add(&name, Guard::basic(user, password.expose()))?;
        }
        Ok(guards)
    }

    /// A user and a password, `user:password`; `None` when it is not set.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: there is no colon, or nothing before or after it.
    pub fn login(&self, name: &str) -> Result<Option<(&str, Secret)>, SettingError> {
        let Some(both) = self.text(name)? else { return Ok(None) };
        let parts = both.split_once(':').filter(|parts| !parts.0.is_empty());
        let parts = parts.and_then(|(user, password)| Some((user, Secret::new(password).ok()?)));
        parts.map(Some).ok_or_else(|| SettingError::new(name, "it is not user:password"))
    }

    /// A guard that asks for this user and the password in the variable `name`; `None` when it is
    /// not set.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: it is set and empty.
    pub fn operator(&self, user: &str, name: &str) -> Result<Option<Guard>, SettingError> {
        let guard = self.secret(name)?.map(|password| Guard::basic(user, password.expose()));
        guard.transpose().map_err(|why| SettingError::new(name, &why))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;
    use switchhook_core::Params;
    use switchhook_signature::{Key, Rejection, Signer};

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    /// What a verifier says to a request that Twilio signed for this URL.
    fn ask(verifier: &Verifier, url: &str) -> Result<(), Rejection> {
        let signer = Signer::twilio(Key::new(KEY).unwrap());
        let request = signer.form(url, &Params::parse(b"a=1").unwrap()).unwrap();
        verifier.verify_request(request).map(drop)
    }

    #[test]
    fn signatures_are_checked_when_there_is_a_key() {
        let url = "https://hooks.example.com/video";
        let checks = Settings::of([("KEY", KEY), ("URL", "https://hooks.example.com/")]);
        let verifier = checks.twilio("KEY", "URL").unwrap();
        assert_eq!(ask(&verifier, url), Ok(()));
        assert!(ask(&verifier, "https://other.example.com/video").is_err());
        let here = Settings::of([("KEY", KEY)]).twilio("KEY", "URL").unwrap();
        assert!(ask(&here, url).is_err());
        assert_eq!(ask(&here, "http://127.0.0.1/video"), Ok(()));
    }

    #[test]
    fn without_a_key_there_is_a_verifier_for_those_alone_who_ask_for_it_by_name() {
        let none = Settings::of([("URL", "https://hooks.example.com")]);
        for verifier in [none.twilio("KEY", "URL"), none.signalwire("KEY", "URL")] {
            assert_eq!(verifier.unwrap_err().to_string(), "KEY: it is not set");
        }
        for (verifier, set) in [
            (
                none.twilio_or_trust_without_verification("KEY", "URL"),
                Settings::twilio_or_trust_without_verification as fn(&_, _, _) -> _,
            ),
            (
                none.signalwire_or_trust_without_verification("KEY", "URL"),
                Settings::signalwire_or_trust_without_verification,
            ),
        ] {
            let unsigned = || {
                Request::post("/").header("content-type", "text/plain").body(Bytes::new()).unwrap()
            };
            assert!(verifier.unwrap().verify_request(unsigned()).is_ok());
            let checks: Verifier = set(&Settings::of([("KEY", KEY)]), "KEY", "URL").unwrap();
            assert!(checks.verify_request(unsigned()).is_err());
            let empty: Result<Verifier, _> = set(&Settings::of([("KEY", "")]), "KEY", "URL");
            assert_eq!(empty.unwrap_err().to_string(), "KEY: it is set and empty");
        }
    }

    #[test]
    fn what_cannot_be_used_is_an_error_with_its_name_and_no_secret() {
        let https = |url| Settings::of([("KEY", "canary"), ("URL", url)]);
        for (result, name) in [
            (Settings::of([("KEY", " ")]).twilio("KEY", "URL").map(drop), "KEY"),
            (https("hooks.example.com").twilio("KEY", "URL").map(drop), "URL"),
            (https("").twilio("KEY", "URL").map(drop), "URL"),
            (https("http://hooks.example.com").signalwire("KEY", "URL").map(drop), "URL"),
            (Settings::of([("P", "")]).operator("desk", "P").map(drop), "P"),
            (Settings::of([("W_LOGIN", "canary")]).guards("W").map(drop), "W_LOGIN"),
            (Settings::of([("W_LOGIN", ":canary")]).guards("W").map(drop), "W_LOGIN"),
            (Settings::of([("W_LOGIN", "canary:")]).guards("W").map(drop), "W_LOGIN"),
            (Settings::of([("W_SECRET", "")]).guards("W").map(drop), "W_SECRET"),
            (Settings::of([("W_ADDRESSES", "")]).guards("W").map(drop), "W_ADDRESSES"),
            (Settings::of([("W_ADDRESSES", "canary")]).guards("W").map(drop), "W_ADDRESSES"),
        ] {
            let error = result.unwrap_err();
            assert_eq!(error.name(), name);
            assert!(!error.to_string().contains("canary"), "{error}");
        }
        assert!(https("http://hooks.example.com").twilio("KEY", "URL").is_ok());
        assert!(https("https://hooks.example.com").signalwire("KEY", "URL").is_ok());
    }

    #[test]
    fn guards_are_switched_on_one_by_one() {
        assert_eq!(Settings::default().guards("W").unwrap().len(), 0);
        assert!(Settings::default().operator("desk", "P").unwrap().is_none());
        let all = [
            ("W_ADDRESSES", "10.0.0.0/8, 127.0.0.1"),
            ("W_SECRET", "sesame"),
            ("W_LOGIN", "signalwire:open:door"),
        ];
        for (at, one) in all.into_iter().enumerate() {
            assert_eq!(Settings::of([one]).guards("W").unwrap().len(), 1, "{at}");
        }
        let settings = Settings::of(all);
        assert_eq!(settings.guards("W").unwrap().len(), 3);
        let (user, password) = settings.login("W_LOGIN").unwrap().unwrap();
        assert_eq!((user, password.expose()), ("signalwire", "open:door"));
    }
}
