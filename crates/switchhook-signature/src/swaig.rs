//! Session tokens for the functions of SignalWire's AI (SWAIG).

use base64::{Engine, engine::general_purpose};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use switchhook_core::{Params, Secret};

use crate::{
    KeyError,
    digest::{hex, nibble},
    url::with_query,
};

/// What a token goes by in a query, and what it went by before.
const TOKEN: &str = "__token";
const OLDER_TOKEN: &str = "token";

/// Makes and checks the tokens by which a server knows that a function is called within a
/// session that it has set up itself.
///
/// A token goes out in the URL of a function, as `__token`, and comes back with the call. It
/// is a matter between a server and itself: the platform only carries it. Give every replica
/// the same secret.
///
/// Answer what fails with 200 and a text, so that the model hears it.
///
/// ```
/// use switchhook_signature::SessionTokens;
///
/// let tokens = SessionTokens::new("a secret that all replicas share")?;
/// let now = 1_785_312_000; // seconds since 1970, from the caller's clock
/// # let random = || [7; 8];
/// let token = tokens.create("get_weather", "c1", now + 900, random());
/// assert!(tokens.check(&token, "get_weather", "c1", now).is_ok());
/// assert!(tokens.check(&token, "get_weather", "c2", now).is_err());
/// assert!(tokens.check(&token, "get_weather", "c1", now + 901).is_err());
/// # Ok::<(), switchhook_signature::KeyError>(())
/// ```
#[derive(Clone)]
pub struct SessionTokens {
    keyed: Hmac<Sha256>,
}

impl SessionTokens {
    /// Takes the secret.
    ///
    /// # Errors
    ///
    /// [`KeyError::Empty`] for an empty one.
    pub fn new(secret: impl Into<String>) -> Result<Self, KeyError> {
        let secret = Secret::new(secret).map_err(|_| KeyError::Empty)?;
        let keyed = Hmac::new_from_slice(secret.expose().as_bytes());
        Ok(Self { keyed: keyed.map_err(|_| KeyError::Unusable)? })
    }

    /// A token for a function within a call, good through the second `expires`, in seconds
    /// since 1970. The nonce is to be random, so that no two tokens are alike. The name of a
    /// function has neither a dot nor a colon; a token for one that has is never taken.
    pub fn create(&self, function: &str, call_id: &str, expires: u64, nonce: [u8; 8]) -> String {
        let nonce = hex(&nonce);
        let expires = expires.to_string();
        let mac = hex(&self.mac(call_id, function, &expires, &nonce).finalize().into_bytes());
        let plain = [call_id, function, &expires, &nonce, &mac].join(".");
        general_purpose::URL_SAFE.encode(plain)
    }

    /// Whether the token is of this function and this call, and `now`, in seconds since 1970,
    /// is not after its end. Padding may be there or not. The signature and the id of the call
    /// are compared in constant time.
    ///
    /// # Errors
    ///
    /// [`TokenError`], which is for the operator.
    pub fn check(
        &self,
        token: &str,
        function: &str,
        call_id: &str,
        now: u64,
    ) -> Result<(), TokenError> {
        let plain = general_purpose::URL_SAFE_NO_PAD
            .decode(token.trim_end_matches('='))
            .ok()
            .and_then(|plain| String::from_utf8(plain).ok())
            .ok_or(TokenError::Malformed)?;
        // From the right, since the ids of calls may hold dots.
        let mut parts = plain.rsplitn(5, '.');
        let mut part = || parts.next().ok_or(TokenError::Malformed);
        let (mac, nonce, expires, named, call) = (part()?, part()?, part()?, part()?, part()?);
        let mac = unhex(mac).ok_or(TokenError::Malformed)?;
        let until: u64 = expires.parse().map_err(|_| TokenError::Malformed)?;
        // Of what is not signed nothing is said.
        self.mac(call, named, expires, nonce)
            .verify_slice(&mac)
            .map_err(|_| TokenError::Mismatch)?;
        // What is signed has colons between its parts: a name with one could borrow from the call.
        if named != function || named.contains(':') {
            return Err(TokenError::OtherFunction);
        }
        if now > until {
            return Err(TokenError::Expired);
        }
        // What was signed for the call that is asked about, compared in constant time.
        let own = self.mac(call_id, named, expires, nonce).verify_slice(&mac).is_ok();
        if call_id.is_empty() || !own { Err(TokenError::OtherCall) } else { Ok(()) }
    }

    /// The URL of a function with a token in its query, as `__token`; see [`create`](Self::create).
    /// A fragment stays behind it.
    ///
    /// ```
    /// # use switchhook_signature::SessionTokens;
    /// let tokens = SessionTokens::new("a secret that all replicas share")?;
    /// # let (now, random) = (1_785_312_000, || [7; 8]);
    /// let hook = "https://hooks.example.com/swaig?tenant=7";
    /// let url = tokens.create_url(hook, "get_weather", "c1", now + 900, random());
    /// assert!(url.starts_with("https://hooks.example.com/swaig?tenant=7&__token="));
    /// assert!(tokens.check_url(&url, "get_weather", "c1", now).is_ok());
    /// # Ok::<(), switchhook_signature::KeyError>(())
    /// ```
    pub fn create_url(
        &self,
        url: &str,
        function: &str,
        call_id: &str,
        expires: u64,
        nonce: [u8; 8],
    ) -> String {
        let token = self.create(function, call_id, expires, nonce);
        with_query(url, &Params::from_pairs([(TOKEN, token.as_str())]).to_form())
    }

    /// As [`check`](Self::check), of the token in the URL that a function was called at, whole or
    /// its path and query: `__token`, or the older `token`, once.
    ///
    /// # Errors
    ///
    /// [`TokenError`], which is for the operator; [`TokenError::Malformed`] where there is none, or
    /// more than one.
    pub fn check_url(
        &self,
        url: &str,
        function: &str,
        call_id: &str,
        now: u64,
    ) -> Result<(), TokenError> {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let params = Params::parse(query.as_bytes()).map_err(|_| TokenError::Malformed)?;
        let name = if params.contains(TOKEN) { TOKEN } else { OLDER_TOKEN };
        let mut tokens = params.get_all(name);
        match (tokens.next(), tokens.next()) {
            (Some(token), None) => self.check(token, function, call_id, now),
            _ => Err(TokenError::Malformed),
        }
    }

    fn mac(&self, call_id: &str, function: &str, expires: &str, nonce: &str) -> Hmac<Sha256> {
        let mut mac = self.keyed.clone();
        mac.update([call_id, function, expires, nonce].join(":").as_bytes());
        mac
    }
}

/// Shows nothing of the secret.
impl std::fmt::Debug for SessionTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionTokens").finish_non_exhaustive()
    }
}

/// Why a session token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is no token.
    Malformed,
    /// It is not signed with this secret.
    Mismatch,
    /// It is of another function.
    OtherFunction,
    /// Its time is over.
    Expired,
    /// It is of another call, or the call was not named.
    OtherCall,
}

switchhook_core::error_texts! {
    TokenError:
    Self::Malformed => "no session token",
    Self::Mismatch => "the session token is not signed with this secret",
    Self::OtherFunction => "the session token is of another function",
    Self::Expired => "the session token has expired",
    Self::OtherCall => "the session token is of another call",
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| Some(nibble(pair[0])? << 4 | nibble(pair[1])?);
    let whole = text.len().is_multiple_of(2);
    whole.then(|| text.as_bytes().chunks_exact(2).map(pair).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_give_their_verdict() {
        let vectors = include_str!("../tests/fixtures/swaig-tokens.json");
        let vectors: Vec<serde_json::Value> = serde_json::from_str(vectors).unwrap();
        assert_eq!(vectors.len(), 13);
        for vector in vectors {
            let text = |name: &str| vector[name].as_str().unwrap();
            let tokens = SessionTokens::new(text("key")).unwrap();
            let now = vector["now"].as_u64().unwrap();
            let got = tokens.check(text("token"), text("function"), text("call_id"), now);
            assert_eq!(got.is_ok(), vector["valid"].as_bool().unwrap(), "{}: {got:?}", text("id"));
        }
    }

    #[test]
    fn a_token_is_found_in_the_query_once() {
        let tokens = SessionTokens::new("secret").unwrap();
        let url = tokens.create_url("https://h.example.com/f", "book", "c1", 100, [0xab; 8]);
        let token = url.split_once("?__token=").unwrap().1;
        let check = |url: &str| tokens.check_url(url, "book", "c1", 100);
        for url in [
            url.clone(),
            format!("/f?token={token}"),
            format!("/f?a=1&__token={token}&token=old"),
            format!("/f?__token={}", token.replace("%3D", "=")),
            tokens.create_url("https://h.example.com/f#rt=5000", "book", "c1", 100, [0xab; 8]),
        ] {
            assert_eq!(check(&url), Ok(()), "{url}");
        }
        for url in [
            "/f".into(),
            "/f?token=".into(),
            format!("/f?__token=&token={token}"),
            format!("/f?__token={token}&__token={token}"),
            format!("/f?__tokens={token}"),
        ] {
            assert_eq!(check(&url), Err(TokenError::Malformed), "{url}");
        }
        assert_eq!(tokens.check_url(&url, "book", "c2", 100), Err(TokenError::OtherCall));
    }

    #[test]
    fn each_failure_has_its_reason() {
        let tokens = SessionTokens::new("secret").unwrap();
        let token = tokens.create("book", "root.2", 100, [0xab; 8]);
        let check = |token: &str, function, call, now| tokens.check(token, function, call, now);
        assert_eq!(check(&token, "book", "root.2", 100), Ok(()));
        assert_eq!(check(&token, "book", "root.2", 101), Err(TokenError::Expired));
        assert_eq!(check(&token, "cook", "root.2", 1), Err(TokenError::OtherFunction));
        assert_eq!(check(&token, "book", "root.3", 1), Err(TokenError::OtherCall));
        assert_eq!(check(&token, "book", "", 1), Err(TokenError::OtherCall));
        for token in ["", "AAAA", "====", "\u{e9}", &token[1..], &token[..token.len() / 2]] {
            assert_eq!(check(token, "book", "root.2", 1), Err(TokenError::Malformed), "{token}");
        }
        let other = SessionTokens::new("other").unwrap();
        assert_eq!(other.check(&token, "book", "root.2", 1), Err(TokenError::Mismatch));
        assert!(SessionTokens::new("").is_err());
        assert!(!format!("{tokens:?}").contains("secret"));
        // A part of the call cannot be shifted into the function: the signed text is the same.
        let token = tokens.create("c", "a:b", 100, [1; 8]);
        let plain = general_purpose::URL_SAFE.decode(&token).unwrap();
        let shifted = String::from_utf8(plain).unwrap().replacen("a:b.c.", "a.b:c.", 1);
        let shifted = general_purpose::URL_SAFE.encode(shifted);
        assert_eq!(check(&token, "c", "a:b", 1), Ok(()));
        assert_eq!(check(&shifted, "b:c", "a", 1), Err(TokenError::OtherFunction));
    }
}
