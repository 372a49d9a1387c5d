//! The forms of a URL that may have been signed, the likeliest first.

use std::fmt;

use http::Method;
use switchhook_core::{Delivery, Payload};

use super::{Match, Url, check_body_hash, pairs};

/// What had to be changed in the URL for the signature to match, in compatible mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rewrite {
    /// User name and password were left out.
    UserInfoRemoved,
    /// The slash of the root path was added.
    RootSlashAdded,
    /// The slash of the root path was left out.
    RootSlashRemoved,
    /// `'` in the query was signed as `%27`.
    ApostropheEncoded,
    /// `%27` in the query was signed as `'`.
    ApostropheDecoded,
    /// `+` in the query was signed as `%20`.
    SpaceAsPercent,
    /// `%20` in the query was signed as `+`.
    SpaceAsPlus,
    /// Both `'` and `+` in the query were signed as escapes.
    ApostropheAndSpaceEncoded,
    /// A slash at the end of a WebSocket URL was added.
    WebSocketSlashAdded,
    /// The slash at the end of a WebSocket URL was left out.
    WebSocketSlashRemoved,
    /// The query of a WebSocket URL was signed as sorted pairs.
    WebSocketQueryAsPairs,
    /// The URL alone was signed, and its `bodySHA256` covers the form.
    FormCoveredByHash,
}

const REWRITES: [Rewrite; 12] = [
    Rewrite::UserInfoRemoved,
    Rewrite::RootSlashAdded,
    Rewrite::RootSlashRemoved,
    Rewrite::ApostropheEncoded,
    Rewrite::ApostropheDecoded,
    Rewrite::SpaceAsPercent,
    Rewrite::SpaceAsPlus,
    Rewrite::ApostropheAndSpaceEncoded,
    Rewrite::WebSocketSlashAdded,
    Rewrite::WebSocketSlashRemoved,
    Rewrite::WebSocketQueryAsPairs,
    Rewrite::FormCoveredByHash,
];

/// What happened to the port of the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortChange {
    /// The URL was signed with the port, or the lack of one, that it has.
    #[default]
    Kept,
    /// The URL has no port and was signed with the scheme's usual one.
    Added,
    /// The URL has a port and was signed without.
    Removed,
}

/// A setting to put right, found by a match in compatible mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Finding(Rewrite);

impl Finding {
    pub(super) fn of(rewrite: Rewrite) -> Self {
        Self(rewrite)
    }

    /// A stable word, such as `userinfo-removed`.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// What to change, in words.
    pub fn advice(&self) -> &'static str {
        match self.0 {
            Rewrite::UserInfoRemoved => {
                "leave user name and password out of the public URL: they are not signed"
            }
            Rewrite::RootSlashAdded => "end the public URL with a slash: the provider signs it",
            Rewrite::RootSlashRemoved => {
                "give the webhook's URL a path, or a slash at least: none was signed"
            }
            Rewrite::ApostropheEncoded | Rewrite::ApostropheDecoded => {
                "write apostrophes in the webhook's query as %27, and let no proxy change them"
            }
            Rewrite::SpaceAsPercent | Rewrite::SpaceAsPlus | Rewrite::ApostropheAndSpaceEncoded => {
                "write spaces in the webhook's query as %20, and let no proxy change them"
            }
            Rewrite::WebSocketSlashAdded | Rewrite::WebSocketSlashRemoved => {
                "give the WebSocket URL the slash at its end that the provider signs"
            }
            Rewrite::WebSocketQueryAsPairs => {
                "leave the query out of the WebSocket URL: senders sign it in several ways"
            }
            Rewrite::FormCoveredByHash => {
                "the sender hashes the form instead of signing its parameters: nothing to change \
                 but the sender"
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.advice())
    }
}

impl Rewrite {
    /// A stable word, such as `userinfo-removed`.
    pub fn code(self) -> &'static str {
        match self {
            Self::UserInfoRemoved => "userinfo-removed",
            Self::RootSlashAdded => "root-slash-added",
            Self::RootSlashRemoved => "root-slash-removed",
            Self::ApostropheEncoded => "apostrophe-encoded",
            Self::ApostropheDecoded => "apostrophe-decoded",
            Self::SpaceAsPercent => "space-as-percent-20",
            Self::SpaceAsPlus => "space-as-plus",
            Self::ApostropheAndSpaceEncoded => "apostrophe-and-space-encoded",
            Self::WebSocketSlashAdded => "websocket-slash-added",
            Self::WebSocketSlashRemoved => "websocket-slash-removed",
            Self::WebSocketQueryAsPairs => "websocket-query-as-pairs",
            Self::FormCoveredByHash => "form-covered-by-hash",
        }
    }
}

impl PortChange {
    /// A stable word: `as-configured`, `port-added` or `port-removed`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kept => "as-configured",
            Self::Added => "port-added",
            Self::Removed => "port-removed",
        }
    }
}

/// The name of a form of the URL.
pub(super) struct Name {
    pub(super) rewrite: Option<Rewrite>,
    pub(super) port: PortChange,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rewrite, self.port) {
            (None, port) => f.write_str(port.code()),
            (Some(rewrite), PortChange::Kept) => f.write_str(rewrite.code()),
            (Some(rewrite), port) => write!(f, "{}+{}", rewrite.code(), port.code()),
        }
    }
}

/// Calls `find` with one form of the URL after the other until it names a key. Two forms in
/// strict mode, at most 26 in compatible mode.
pub(super) fn search(
    suffix: &[u8],
    delivery: &Delivery,
    compatible: bool,
    find: impl Fn(&str, &[u8]) -> Option<usize>,
) -> Option<Match> {
    // The usual case needs no new text: the URL is what the delivery has already.
    if let Some(key) = find(delivery.url(), suffix) {
        return Some(Match::new(key, None, PortChange::Kept));
    }
    let url = &Url::split(delivery.url())?;
    let (other_port, port) = toggle_port(url);
    if let Some(key) = find(&other_port, suffix) {
        return Some(Match::new(key, None, port));
    }
    if !compatible {
        return None;
    }
    REWRITES.into_iter().find_map(|rewrite| {
        let (text, suffix) = rewrite.apply(url, suffix, delivery)?;
        let rewritten = Url::split(&text)?;
        let found = |key, port| Match::new(key, Some(rewrite), port);
        if let Some(key) = find(&text, &suffix) {
            return Some(found(key, PortChange::Kept));
        }
        let (other_port, port) = toggle_port(&rewritten);
        find(&other_port, &suffix).map(|key| found(key, port))
    })
}

/// The URL without its port, or with the usual one where it has none.
fn toggle_port(url: &Url<'_>) -> (String, PortChange) {
    match url.port {
        Some(_) => (Url { port: None, ..*url }.to_string(), PortChange::Removed),
        None => (Url { port: Some(url.default_port()), ..*url }.to_string(), PortChange::Added),
    }
}

impl Rewrite {
    /// The signed text under this rewrite; `None` where it changes nothing.
    fn apply(self, url: &Url<'_>, suffix: &[u8], delivery: &Delivery) -> Option<(String, Vec<u8>)> {
        let query = |change: fn(&str) -> String| {
            let old = url.query?;
            let new = change(old);
            (new != old).then(|| Url { query: Some(&new), ..*url }.to_string())
        };
        let text = match self {
            Self::UserInfoRemoved => {
                url.user_info?;
                Url { user_info: None, ..*url }.to_string()
            }
            Self::RootSlashAdded if url.path.is_empty() => Url { path: "/", ..*url }.to_string(),
            Self::RootSlashRemoved if url.path == "/" => Url { path: "", ..*url }.to_string(),
            Self::ApostropheEncoded => query(|query| query.replace('\'', "%27"))?,
            Self::ApostropheDecoded => query(|query| query.replace("%27", "'"))?,
            Self::SpaceAsPercent => query(|query| query.replace('+', "%20"))?,
            Self::SpaceAsPlus => query(|query| query.replace("%20", "+"))?,
            Self::ApostropheAndSpaceEncoded => {
                let both = |query: &str| query.contains('\'') && query.contains('+');
                url.query.filter(|query| both(query))?;
                query(|query| query.replace('\'', "%27").replace('+', "%20"))?
            }
            Self::WebSocketSlashAdded if url.is_websocket() && !url.path.ends_with('/') => {
                Url { path: &format!("{}/", url.path), ..*url }.to_string()
            }
            Self::WebSocketSlashRemoved if url.is_websocket() => {
                Url { path: url.path.strip_suffix('/')?, ..*url }.to_string()
            }
            // Of an upgrade only: the parameters of a POST are its body's.
            Self::WebSocketQueryAsPairs
                if url.is_websocket()
                    && *delivery.method() == Method::GET
                    && delivery.body().is_empty() =>
            {
                url.query?;
                let params = delivery.params()?;
                return Some((Url { query: None, ..*url }.to_string(), pairs(params)));
            }
            Self::FormCoveredByHash => {
                let form = matches!(delivery.payload(), Payload::Params(_))
                    && *delivery.method() != Method::GET
                    && !delivery.body().is_empty();
                check_body_hash(delivery).ok().filter(|()| form)?;
                return Some((url.to_string(), Vec::new()));
            }
            _ => return None,
        };
        Some((text, suffix.to_vec()))
    }
}
