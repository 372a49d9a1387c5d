//! Who is called on which number, and whose key proves it.

use std::fmt;

use anyhow::Context;
use serde::Deserialize;
use switchhook::{Key, Keys, Match, PublicUrl, Verifier};

/// A tenant as the file of tenants has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    account: String,
    auth_token: String,
    numbers: Vec<String>,
    greeting: Option<String>,
}

/// Somebody whose calls the agent takes.
#[derive(Debug)]
pub struct Tenant {
    /// The name in the call log.
    pub name: String,
    /// What callers hear before the agent listens.
    pub greeting: Option<String>,
    /// The account whose key proves its requests; `None` where no account was told.
    account: Option<Box<str>>,
    /// The numbers that are called; `None` for all that there are.
    numbers: Option<Vec<String>>,
}

/// All tenants. They share a server and nothing else: a key proves the requests that name its
/// own account, and those of the socket, for which the called number is compared.
#[derive(Debug)]
pub struct Tenants {
    tenants: Vec<Tenant>,
    /// `None` where nothing is proven.
    keys: Option<Keys>,
}

/// A request whose key and number are not those of one tenant.
#[derive(Clone, Copy, Debug)]
pub struct Stranger;

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key and the called number are not of one tenant")
    }
}

impl std::error::Error for Stranger {}

impl Tenants {
    /// Reads a file of tenants: a list of objects with `name`, `account`, `auth_token`,
    /// `numbers` and, where there is one, `greeting`.
    ///
    /// # Errors
    ///
    /// When it is no such list, or a token is empty.
    pub fn read(json: &str) -> anyhow::Result<Self> {
        let (mut tenants, mut keys) = (Vec::new(), Vec::new());
        for Row { name, account, auth_token, numbers, greeting } in
            serde_json::from_str::<Vec<_>>(json)?
        {
            let key = Key::new(auth_token).with_context(|| name.clone())?;
            keys.push(key.for_account(account.as_str()));
            let (account, numbers) = (Some(account.into()), Some(numbers));
            tenants.push(Tenant { name, greeting, account, numbers });
        }
        let mut keys = keys.into_iter();
        let first = keys.next().context("there are no tenants")?;
        Ok(Self { tenants, keys: Some(keys.fold(Keys::from(first), Keys::and)) })
    }

    /// The one tenant of every number. Without a token nothing that comes is proven.
    ///
    /// # Errors
    ///
    /// When the token is empty.
    pub fn single(auth_token: Option<String>, greeting: Option<String>) -> anyhow::Result<Self> {
        let keys = auth_token.map(Keys::new).transpose()?;
        let tenant = Tenant { name: "default".into(), greeting, account: None, numbers: None };
        Ok(Self { tenants: vec![tenant], keys })
    }

    /// A verifier that takes the key of any tenant.
    pub fn verifier(&self, public_url: PublicUrl) -> Verifier {
        let Some(keys) = &self.keys else {
            tracing::warn!(
                "SIGNATURES ARE NOT CHECKED: set TWILIO_AUTH_TOKEN, or anybody can call"
            );
            return Verifier::trust_without_verification();
        };
        Verifier::twilio(keys.clone(), public_url)
    }

    /// The one tenant whose account's key proved a request and who is called by the number that
    /// it is about, as far as they are known.
    ///
    /// # Errors
    ///
    /// [`Stranger`] when there is none, or more than one.
    pub fn of(&self, proof: Option<&Match>, number: Option<&str>) -> Result<&Tenant, Stranger> {
        let mut fitting = self.tenants.iter().filter(|tenant| {
            let numbers = tenant.numbers.as_ref();
            proof.is_none_or(|proof| proof.account == tenant.account)
                && number.zip(numbers).is_none_or(|(called, own)| own.iter().any(|n| n == called))
        });
        match (fitting.next(), fitting.next()) {
            (Some(tenant), None) => Ok(tenant),
            _ => Err(Stranger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: &str =
        r#"{"name":"acme","account":"AC1","auth_token":"t1","numbers":["+1", "+2"]}"#;

    #[test]
    fn a_tenant_is_told_by_what_is_known() {
        let same = r#"{"name":"same","account":"AC1","auth_token":"t1","numbers":["+2", "+3"]}"#;
        let tenants = Tenants::read(&format!("[{ACME},{same}]")).unwrap();
        let name = |number| tenants.of(None, number).map(|tenant| &*tenant.name).ok();
        assert_eq!(name(Some("+1")), Some("acme"));
        assert_eq!(name(Some("+3")), Some("same"));
        // A number of two, of none, and no number.
        for number in [Some("+2"), Some("+4"), None] {
            assert_eq!(name(number), None, "{number:?}");
        }
        let one = Tenants::read(&format!("[{ACME}]")).unwrap();
        assert!(one.of(None, None).is_ok() && one.of(None, Some("+4")).is_err());
    }

    #[test]
    fn an_unusable_file_is_an_error_and_debug_shows_no_token() {
        let empty = ACME.replace("t1", "");
        let nobody = r#"{"name":"b","auth_token":"t","numbers":["+2"]}"#;
        for (json, error) in [("[]", "no tenants"), (&empty, "acme: the key"), (nobody, "account")]
        {
            let json = if json == "[]" { json.into() } else { format!("[{json}]") };
            let text = format!("{:#}", Tenants::read(&json).unwrap_err());
            assert!(text.contains(error), "{text}");
        }
        let tenants = Tenants::read(&format!("[{ACME}]")).unwrap();
        assert!(!format!("{tenants:?}").contains("t1"));
    }
}
