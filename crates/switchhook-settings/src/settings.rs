//! Values by the names of their variables.

use std::{
    collections::HashMap,
    ffi::OsString,
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    str::FromStr,
};

use switchhook_core::Secret;

use crate::SettingError;

/// The settings of a program, read by the names of their variables.
///
/// See the [crate's example](crate).
#[derive(Clone, Default)]
pub struct Settings(HashMap<OsString, OsString>);

impl Settings {
    /// The variables of this process, as they are now.
    pub fn from_env() -> Self {
        Self(std::env::vars_os().collect())
    }

    /// Variables from elsewhere, such as a test. Of two with one name the last counts.
    pub fn of<N: Into<OsString>, V: Into<OsString>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// A text; `None` when it is not set.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: it is set and empty or white space, or no UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<&str>, SettingError> {
        let Some(value) = self.0.get(&OsString::from(name)) else { return Ok(None) };
        let text = value.to_str().ok_or_else(|| SettingError::new(name, "it is not UTF-8"))?;
        if text.trim().is_empty() {
            return Err(SettingError::new(name, "it is set and empty"));
        }
        Ok(Some(text))
    }

    /// A value of a type that can be read from text; `None` when it is not set.
    ///
    /// # Errors
    ///
    /// [`SettingError`]: it cannot be read; with what the type says about it.
    pub fn get<T: FromStr<Err: fmt::Display>>(
        &self,
        name: &str,
    ) -> Result<Option<T>, SettingError> {
        let value = self.text(name)?.map(|text| text.trim().parse());
        value.transpose().map_err(|why| SettingError::new(name, &why))
    }

    /// A value of a type that can be read from text, or the usual one when it is not set.
    ///
    /// ```
    /// use switchhook_settings::{SettingError, Settings};
    ///
    /// let settings = Settings::of([("ATTEMPTS", "many")]);
    /// assert_eq!(settings.or("CONCURRENCY", 8)?, 8);
    /// assert_eq!(
    ///     settings.or("ATTEMPTS", 20).unwrap_err().to_string(),
    ///     "ATTEMPTS: invalid digit found in string",
    /// );
    /// # Ok::<(), SettingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn or<T: FromStr<Err: fmt::Display>>(
        &self,
        name: &str,
        usual: T,
    ) -> Result<T, SettingError> {
        Ok(self.get(name)?.unwrap_or(usual))
    }

    /// A secret; `None` when it is not set. Nothing is trimmed.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn secret(&self, name: &str) -> Result<Option<Secret>, SettingError> {
        let secret = self.text(name)?.map(Secret::new);
        secret.transpose().map_err(|why| SettingError::new(name, &why))
    }

    /// Texts that are joined by commas, trimmed; none when it is not set.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text); also for an entry that is empty, such as after a last comma.
    pub fn list(&self, name: &str) -> Result<Vec<String>, SettingError> {
        let Some(text) = self.text(name)? else { return Ok(Vec::new()) };
        let entries: Vec<_> = text.split(',').map(|entry| entry.trim().to_owned()).collect();
        if entries.iter().any(String::is_empty) {
            return Err(SettingError::new(name, "it has an empty entry"));
        }
        Ok(entries)
    }

    /// The address to listen on: `HOST`, an IP address, 127.0.0.1 when it is not set; and `PORT`.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn address(&self, usual_port: u16) -> Result<SocketAddr, SettingError> {
        let host = self.or("HOST", IpAddr::from(Ipv4Addr::LOCALHOST))?;
        Ok(SocketAddr::new(host, self.or("PORT", usual_port)?))
    }
}

/// Shows how many there are: any of them may be a secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_off_or_usual() {
        let none = Settings::default();
        assert_eq!(none.text("X"), Ok(None));
        assert_eq!(none.get::<u16>("X"), Ok(None));
        assert_eq!(none.list("X"), Ok(Vec::new()));
        assert!(none.secret("X").unwrap().is_none());
        assert_eq!(none.address(8000).unwrap().to_string(), "127.0.0.1:8000");
    }

    #[test]
    fn what_is_set_counts() {
        let set = Settings::of([("HOST", "::1"), ("PORT", " 81 "), ("LIST", "a, b"), ("S", " x")]);
        assert_eq!(set.address(8000).unwrap().to_string(), "[::1]:81");
        assert_eq!(set.list("LIST").unwrap(), ["a", "b"]);
        assert_eq!(set.secret("S").unwrap().unwrap().expose(), " x");
        assert_eq!(set.text("LIST"), Ok(Some("a, b")));
    }

    #[test]
    fn what_is_set_and_empty_is_an_error_with_its_name() {
        for value in ["", " ", "\n"] {
            let set = Settings::of([("X", value)]);
            let errors = [
                set.text("X").map(drop),
                set.get::<u16>("X").map(drop),
                set.or("X", 1).map(drop),
                set.secret("X").map(drop),
                set.list("X").map(drop),
            ];
            for error in errors {
                assert_eq!(error.unwrap_err().to_string(), "X: it is set and empty");
            }
        }
        for list in [",", "a,", "a,,b"] {
            let error = Settings::of([("X", list)]).list("X").unwrap_err();
            assert_eq!(
                (error.name(), error.to_string().as_str()),
                ("X", "X: it has an empty entry")
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_text_is_an_error() {
        use std::os::unix::ffi::OsStringExt;
        let set = Settings::of([("X", OsString::from_vec(vec![0xff]))]);
        assert_eq!(set.text("X").unwrap_err().to_string(), "X: it is not UTF-8");
    }

    #[test]
    fn debug_shows_no_value() {
        let set = Settings::of([("TOKEN", "canary")]);
        assert_eq!(format!("{set:?}"), "Settings(1)");
    }
}
