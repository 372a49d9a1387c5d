//! Where inboxes are: one argument, one variable, one function that opens them.

use std::{fmt, path::PathBuf, sync::Arc};

use switchhook::{
    Params,
    dispatch::{StoreError, StoreErrorKind},
    inbox::{Inbox, PostgresInbox, SqliteInbox},
};

use crate::exit::{unreachable, usage};

/// The variable that names an inbox where no argument does.
const VARIABLE: &str = "SWITCHHOOK_INBOX";

/// The variable with the password of a database, as PostgreSQL's own programs take it.
const PASSWORD_VARIABLE: &str = "PGPASSWORD";

const FORMS: &str = "expected sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME";

/// Which inbox.
#[derive(clap::Args)]
pub(crate) struct InboxArgs {
    /// Inbox: sqlite:FILE or postgres://USER@HOST/DATABASE, with ?schema=NAME where its tables are
    /// in another schema than the first of the user's search path. Without it, the variable
    /// SWITCHHOOK_INBOX tells. A command line is seen by others: a password stands in that
    /// variable's URL, or in PGPASSWORD
    #[arg(long, value_name = "STORE")]
    inbox: Option<String>,
}

impl InboxArgs {
    /// The inbox that the argument or the variable tells.
    ///
    /// # Errors
    ///
    /// A text that tells none, and a password in the argument.
    pub(crate) fn location(&self) -> anyhow::Result<Option<Location>> {
        if let Some(text) = &self.inbox {
            return Location::read(text, Trust::SeenByOthers).map(Some);
        }
        match std::env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => Location::read(&text, Trust::Private).map(Some),
            _ => Ok(None),
        }
    }

    /// The inbox, which has to be there: looking at it makes none, and migrates none.
    ///
    /// # Errors
    ///
    /// As [`location`](Self::location), and when nothing tells of one, it is not there or cannot
    /// be opened.
    pub(crate) async fn open(&self) -> anyhow::Result<Arc<dyn Inbox>> {
        let location = self.location()?.ok_or_else(|| {
            usage(format!("no inbox: name one by --inbox or {VARIABLE}; {FORMS}"))
        })?;
        match &location {
            Location::Sqlite(path) if !path.exists() => {
                Err(unreachable(format!("there is no inbox at {location}")))
            }
            _ => location.open(Open::Existing).await,
        }
    }
}

/// What may be opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// An inbox that is there, as it is.
    Existing,
    /// Any; it is made where there is none, and migrated where it is old.
    OrMake,
}

/// Who may have seen a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Private,
    SeenByOthers,
}

/// Where an inbox is. Its `Display` has no user and no password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file.
    Sqlite(PathBuf),
    /// The URL of a database, and the schema that it names.
    Postgres { url: String, schema: Option<String> },
}

impl Location {
    fn read(text: &str, trust: Trust) -> anyhow::Result<Self> {
        // Nothing of a wrong text is repeated: it may hold a password.
        let wrong = || usage(format!("the inbox is not told: {FORMS}"));
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" | ":memory:" => Err(usage("an inbox is kept in a file: expected sqlite:FILE")),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        // `postgres:` and a whole URL, or the URL alone.
        let url = match text.strip_prefix("postgres:") {
            Some(url) if url.starts_with("postgres") => url,
            _ => text,
        };
        let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        let rest = rest.filter(|rest| !rest.is_empty()).ok_or_else(wrong)?;
        let has_password = has_password(rest);
        if has_password && trust == Trust::SeenByOthers {
            return Err(usage(format!(
                "others can see a password on a command line: put the URL into {VARIABLE}, or the \
                 password into {PASSWORD_VARIABLE}"
            )));
        }
        let (url, schema) = with_schema_apart(url)?;
        let password = std::env::var(PASSWORD_VARIABLE).ok().filter(|_| !has_password);
        let url = match password {
            Some(password) if !password.is_empty() => with_password(&url, &password),
            _ => url,
        };
        Ok(Self::Postgres { url, schema })
    }

    /// Opens the inbox.
    ///
    /// # Errors
    ///
    /// When it cannot be reached or is no inbox.
    pub(crate) async fn open(&self, open: Open) -> anyhow::Result<Arc<dyn Inbox>> {
        let existing_only = open == Open::Existing;
        let opened = match self {
            Self::Sqlite(path) => {
                let options = SqliteInbox::options().existing_only(existing_only);
                options.open(path).map(|inbox| Arc::new(inbox) as _)
            }
            Self::Postgres { url, schema } => {
                let options = PostgresInbox::options().existing_only(existing_only);
                let options = match schema {
                    Some(schema) => options.schema(schema),
                    None => options,
                };
                options.connect(url).await.map(|inbox| Arc::new(inbox) as _)
            }
        };
        opened.map_err(|error| ended(&error, format!("{self}: {error}")))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres { url, schema } => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
                write!(f, "postgres://{}", rest.rsplit_once('@').map_or(rest, |(_, rest)| rest))?;
                match schema {
                    Some(schema) => write!(f, "?schema={schema}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// What a failure of a store ends the program with.
pub(crate) fn failed(error: &StoreError) -> anyhow::Error {
    ended(error, error.to_string())
}

fn ended(error: &StoreError, text: String) -> anyhow::Error {
    match error.kind() {
        StoreErrorKind::Unavailable => unreachable(text),
        _ => anyhow::Error::msg(text),
    }
}

/// Whether a URL without its scheme has a password, in front of the host or among the
/// parameters.
fn has_password(rest: &str) -> bool {
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let user = place.rsplit_once('@').map_or("", |(user, _)| user);
    user.contains(':') || query.split('&').any(|pair| pair.starts_with("password="))
}

/// The URL without the parameter that is ours and not the driver's, and what that one says.
fn with_schema_apart(url: &str) -> anyhow::Result<(String, Option<String>)> {
    let Some((place, query)) = url.split_once('?') else { return Ok((url.to_owned(), None)) };
    let (ours, drivers): (Vec<_>, Vec<_>) =
        query.split('&').partition(|pair| pair.starts_with("schema="));
    let schema = match ours[..] {
        [] => None,
        // As in a form, but that a URL of PostgreSQL knows no plus sign.
        [pair] => Params::parse(pair.replace('+', "%2B").as_bytes())
            .ok()
            .and_then(|params| params.get("schema").map(str::to_owned))
            .filter(|schema| !schema.is_empty() && !schema.contains(char::is_control))
            .map(Some)
            .ok_or_else(|| usage("schema= names no schema"))?,
        _ => return Err(usage("an inbox has one schema=")),
    };
    let url = match &drivers[..] {
        [] => place.to_owned(),
        drivers => format!("{place}?{}", drivers.join("&")),
    };
    Ok((url, schema))
}

fn with_password(url: &str, password: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    // As in a form, but that a URL of PostgreSQL knows no plus sign.
    let password = Params::from_pairs([("password", password)]).to_form().replace('+', "%20");
    format!("{url}{separator}{password}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inbox_is_a_file_or_a_database() {
        for (text, shown) in [
            ("sqlite:hooks.db", "sqlite:hooks.db"),
            ("sqlite:///var/lib/hooks.db", "sqlite:/var/lib/hooks.db"),
            ("postgres://me:secret@db:5432/hooks?sslmode=disable", "postgres://db:5432/hooks"),
            ("postgresql://db/hooks?password=secret", "postgres://db/hooks"),
            (
                "postgres://db/hooks?schema=tenant&password=secret",
                "postgres://db/hooks?schema=tenant",
            ),
            ("postgres:postgresql://me:sec@ret@db/hooks", "postgres://db/hooks"),
        ] {
            let location = Location::read(text, Trust::Private).unwrap();
            assert_eq!(location.to_string(), shown);
        }
        for text in
            ["", "hooks.db", "sqlite:", "sqlite::memory:", "postgres:secret", "mysql://secret@db"]
        {
            let error = Location::read(text, Trust::Private).err().unwrap().to_string();
            assert!(error.contains("sqlite:FILE") && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn no_password_is_taken_from_a_command_line() {
        for text in ["postgres://me:secret@db/hooks", "postgres://me@db/hooks?a=1&password=secret"]
        {
            let error = Location::read(text, Trust::SeenByOthers).err().unwrap().to_string();
            assert!(error.contains(VARIABLE) && !error.contains("secret"), "{error}");
        }
        assert!(Location::read("postgres://me@db/hooks", Trust::SeenByOthers).is_ok());
    }

    #[test]
    fn a_schema_is_ours_to_name() {
        for (url, drivers, schema) in [
            ("postgres://db/a", "postgres://db/a", None),
            ("postgres://db/a?b=1", "postgres://db/a?b=1", None),
            ("postgres://db/a?schema=s", "postgres://db/a", Some("s")),
            ("postgres://db/a?b=1&schema=%C3%A9+%20&c=2", "postgres://db/a?b=1&c=2", Some("é+ ")),
        ] {
            let (url, found) = with_schema_apart(url).unwrap();
            assert_eq!((url.as_str(), found.as_deref()), (drivers, schema));
        }
        for query in ["schema=", "schema=a&schema=b", "schema=%00", "schema=%FF"] {
            assert!(with_schema_apart(&format!("postgres://db/a?{query}")).is_err(), "{query}");
        }
    }

    #[test]
    fn a_password_of_its_own_variable_is_escaped() {
        assert_eq!(
            with_password("postgres://me@db/hooks?a=1", "a& +é"),
            "postgres://me@db/hooks?a=1&password=a%26%20%2B%C3%A9"
        );
    }
}
