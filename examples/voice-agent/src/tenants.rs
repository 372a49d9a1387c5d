//! Who is called on which number, and whose key proves it.

use std::{collections::HashSet, fmt};

use anyhow::{Context, ensure};
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
    /// The numbers that are called; `None` for all that there are.
    numbers: Option<Vec<String>>,
}

/// All tenants. Tenants that share a server share nothing else: a key that proves a request
/// of one proves none of another.
#[derive(Debug)]
pub struct Tenants {
    tenants: Vec<Tenant>,
    /// In the order of the tenants; `None` where nothing is proven.
    keys: Option<Keys>,
}

/// The request of a tenant about nobody's number, or another one's.
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
    /// When it is no such list, has an empty token, or has two tenants of one name, account or
    /// number.
    pub fn read(json: &str) -> anyhow::Result<Self> {
        let rows: Vec<Row> = serde_json::from_str(json)?;
        let mut names = HashSet::new();
        let mut unique = |kind: &'static str, text: &str| names.insert((kind, text.to_owned()));
        let (mut tenants, mut keys) = (Vec::new(), Vec::new());
        for row in rows {
            let Row { name, account, auth_token, numbers, greeting } = row;
            let fits =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            ensure!(fits, "a tenant's name has letters, digits and hyphens alone");
            ensure!(
                !account.is_empty() && !numbers.is_empty(),
                "{name} lacks its account or numbers"
            );
            let alone = unique("name", &name) && unique("account", &account);
            let alone = alone && numbers.iter().all(|number| unique("number", number));
            ensure!(alone, "{name} has the name, the account or a number of another tenant");
            keys.push(Key::new(auth_token).with_context(|| name.clone())?.for_account(account));
            tenants.push(Tenant { name, greeting, numbers: Some(numbers) });
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
        let tenant = Tenant { name: "default".into(), greeting, numbers: None };
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

    /// The tenant of the key that proved a request, and of the number that it is about: both,
    /// where both are known.
    ///
    /// # Errors
    ///
    /// [`Stranger`] when they are not the same, or neither is known.
    pub fn of(&self, proof: Option<&Match>, number: Option<&str>) -> Result<&Tenant, Stranger> {
        let of_key = proof.map(|proof| self.tenants.get(proof.key).ok_or(Stranger)).transpose()?;
        let of_number = number
            .map(|number| self.tenants.iter().find(|tenant| tenant.has(number)).ok_or(Stranger))
            .transpose()?;
        match (of_key, of_number) {
            (Some(key), Some(number)) if key.name != number.name => Err(Stranger),
            (Some(tenant), _) | (None, Some(tenant)) => Ok(tenant),
            (None, None) if self.tenants.len() == 1 => Ok(&self.tenants[0]),
            (None, None) => Err(Stranger),
        }
    }
}

impl Tenant {
    fn has(&self, number: &str) -> bool {
        self.numbers.as_ref().is_none_or(|numbers| numbers.iter().any(|own| own == number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: &str =
        r#"{"name":"acme","account":"AC1","auth_token":"t1","numbers":["+15550100001"]}"#;

    #[test]
    fn tenants_share_nothing() {
        for (other, error) in [
            (r#"{"name":"acme","account":"AC2","auth_token":"t","numbers":["+2"]}"#, "of another"),
            (r#"{"name":"b","account":"AC1","auth_token":"t","numbers":["+2"]}"#, "of another"),
            (
                r#"{"name":"b","account":"AC2","auth_token":"t","numbers":["+15550100001"]}"#,
                "of another",
            ),
            (r#"{"name":"b","account":"AC2","auth_token":"","numbers":["+2"]}"#, "b"),
            (r#"{"name":"b","account":"AC2","auth_token":"t","numbers":[]}"#, "lacks"),
            (r#"{"name":"b:c","account":"AC2","auth_token":"t","numbers":["+2"]}"#, "letters"),
            (r#"{"name":"b","auth_token":"t","numbers":["+2"]}"#, "account"),
        ] {
            let read = Tenants::read(&format!("[{ACME},{other}]"));
            let text = format!("{:#}", read.unwrap_err());
            assert!(text.contains(error), "{text}");
        }
        assert!(Tenants::read("[]").is_err());
        let tenants = Tenants::read(&format!("[{ACME}]")).unwrap();
        assert!(!format!("{tenants:?}").contains("t1"));
        assert!(tenants.of(None, Some("+15550100001")).is_ok());
        assert!(tenants.of(None, Some("+15550100002")).is_err());
    }
}
