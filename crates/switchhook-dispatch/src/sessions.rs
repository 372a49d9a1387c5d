//! Sessions that this machine's clock ends.

use std::{
    hash::{BuildHasher, RandomState},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use switchhook_signature::{KeyError, SessionTokens, TokenError};

/// [`SessionTokens`] with this machine's clock: URLs by which the functions of SignalWire's AI are
/// called, each good for one function in one call and for a while; and tokens for other places,
/// such as a parameter of a media stream.
///
/// ```
/// use std::time::Duration;
///
/// use switchhook_dispatch::Sessions;
///
/// let sessions = Sessions::new("a secret that all replicas share", Duration::from_secs(3600))?;
/// let url = sessions.url("https://agent.example.com/weather", "get_weather", "c1");
/// assert!(sessions.check(&url, "get_weather", "c1").is_ok());
/// assert!(sessions.check(&url, "get_weather", "c2").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sessions {
    tokens: SessionTokens,
    lifetime: Duration,
}

impl Sessions {
    /// Sessions by this secret, which last this long: longer than any call.
    ///
    /// # Errors
    ///
    /// [`KeyError`] for an empty secret.
    pub fn new(secret: impl Into<String>, lifetime: Duration) -> Result<Self, KeyError> {
        Ok(Self { tokens: SessionTokens::new(secret)?, lifetime })
    }

    /// The URL of a function with a token for this call.
    pub fn url(&self, url: &str, function: &str, call_id: &str) -> String {
        self.tokens.create_url(url, function, call_id, self.expires(), nonce())
    }

    /// A token for this call, where it goes out otherwise than in the URL. The name of the function
    /// has neither a dot nor a colon, as [`SessionTokens::create`] wants it.
    pub fn token(&self, function: &str, call_id: &str) -> String {
        self.tokens.create(function, call_id, self.expires(), nonce())
    }

    /// Whether the URL of a request has a token for this function in this call, which is still
    /// good. Answer what is not with 200 and a text, so that the model hears it.
    ///
    /// # Errors
    ///
    /// [`TokenError`], which is for the operator.
    pub fn check(&self, url: &str, function: &str, call_id: &str) -> Result<(), TokenError> {
        self.tokens.check_url(url, function, call_id, now().unwrap_or(u64::MAX))
    }

    /// Whether a token is of this function and this call, and still good.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_token(
        &self,
        token: &str,
        function: &str,
        call_id: &str,
    ) -> Result<(), TokenError> {
        self.tokens.check(token, function, call_id, now().unwrap_or(u64::MAX))
    }

    fn expires(&self) -> u64 {
        now().map_or(0, |now| now.saturating_add(self.lifetime.as_secs()))
    }
}

fn nonce() -> [u8; 8] {
    // Each `RandomState` has keys of its own: the hash of nothing is random, too.
    RandomState::new().hash_one(()).to_be_bytes()
}

/// Seconds since 1970; `None` where the clock says an earlier time: no token is good then.
fn now() -> Option<u64> {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_good_for_one_call_and_no_two_are_alike() {
        let tokens = SessionTokens::new("secret").unwrap();
        let sessions = Sessions::new("secret", Duration::from_secs(60)).unwrap();
        let [one, other] = [(); 2].map(|()| sessions.url("https://x/f?a=1", "f", "c1"));
        assert_ne!(one, other);
        for url in [&one, &other] {
            assert_eq!(sessions.check(url, "f", "c1"), Ok(()));
            assert!(sessions.check(url, "g", "c1").is_err());
            assert!(sessions.check(url, "f", "c2").is_err());
        }
        let over = now().unwrap() - 1;
        let url = tokens.create_url("https://x/f", "f", "c1", over, [0; 8]);
        assert_eq!(sessions.check(&url, "f", "c1"), Err(TokenError::Expired));

        let [one, other] = [(); 2].map(|()| sessions.token("f", "c1"));
        assert_ne!(one, other);
        assert_eq!(sessions.check_token(&one, "f", "c1"), Ok(()));
        assert_eq!(sessions.check_token(&one, "f", "c2"), Err(TokenError::OtherCall));
        let token = tokens.create("f", "c1", over, [0; 8]);
        assert_eq!(sessions.check_token(&token, "f", "c1"), Err(TokenError::Expired));
    }
}
