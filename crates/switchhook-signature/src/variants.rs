//! The forms of a URL that may have been signed, the likeliest first.

use std::fmt;

use http::Method;
use switchhook_core::{Delivery, Payload};

use crate::{
    Keys, Match, Rejection,
    cover::{Suffix, check_body_hash},
    digest::Digest,
    matched::Coverage,
    public_url::Unsent,
    url::Url,
};

/// What had to be changed in the URL for the signature to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rewrite {
    /// User name and password were left out.
    UserInfoRemoved,
    /// User name and password of the configured URL were put in.
    UserInfoAdded,
    /// The fragment of the configured URL was put in.
    FragmentAdded,
    /// User name, password and fragment of the configured URL were put in.
    UserInfoAndFragmentAdded,
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
    /// A stable word, such as `userinfo-removed`.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// What to change, in words.
    pub fn advice(&self) -> &'static str {
        match self.0 {
            Rewrite::UserInfoAdded | Rewrite::FragmentAdded | Rewrite::UserInfoAndFragmentAdded => {
                "nothing to change: the provider signs more of the configured URL than it sends"
            }
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
            Self::UserInfoAdded => "userinfo-added",
            Self::FragmentAdded => "fragment-added",
            Self::UserInfoAndFragmentAdded => "userinfo-and-fragment-added",
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
pub(crate) struct Name {
    pub(crate) rewrite: Option<Rewrite>,
    pub(crate) port: PortChange,
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

/// Which ports may be in the URL and not in the signed text, or the other way round.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ports {
    /// None.
    Kept,
    /// The one that the scheme implies.
    Usual,
    /// Any may be left out, the one that the scheme implies be put in.
    Any,
}

/// What was signed, but for the exact form of the URL.
pub(crate) struct Search<'a> {
    pub(crate) delivery: &'a Delivery,
    /// What the configured URL has and no request carries.
    pub(crate) unsent: Unsent<'a>,
    /// What follows the URL in the signed text.
    pub(crate) suffix: Suffix<'a>,
    pub(crate) coverage: Coverage,
    pub(crate) digest: &'a Digest,
    pub(crate) ports: Ports,
    /// What the provider does in more than one way itself.
    pub(crate) expected: &'static [Rewrite],
    /// What only compatible mode accepts; empty in strict mode.
    pub(crate) tolerated: &'static [Rewrite],
}

impl Search<'_> {
    /// Tries one form of the URL after the other with each key that `admits` lets through:
    /// two in strict mode, a few more where the configured URL has more than a request, at
    /// most two for each rewrite in compatible mode.
    pub(crate) fn run(
        &self,
        keys: &Keys,
        admits: impl Fn(&crate::Key) -> bool,
    ) -> Result<Match, Rejection> {
        let find = |url: &str, suffix: &Suffix<'_>| {
            keys.iter().position(|key| admits(key) && key.verifies(url, suffix, self.digest))
        };
        let mut found = self.search(find).ok_or(Rejection::Mismatch)?;
        found.account = keys.iter().nth(found.key).and_then(crate::Key::account).map(Into::into);
        Ok(found)
    }

    fn search(&self, find: impl Fn(&str, &Suffix<'_>) -> Option<usize>) -> Option<Match> {
        // The usual case needs no new text: the URL is what the delivery has already.
        if let Some(key) = find(self.delivery.url(), &self.suffix) {
            return Some(self.found(key, None, PortChange::Kept));
        }
        let url = &Url::split(self.delivery.url())?;
        if let Some((other_port, port)) = self.ports.toggle(url)
            && let Some(key) = find(&other_port, &self.suffix)
        {
            return Some(self.found(key, None, port));
        }
        self.expected.iter().chain(self.tolerated).find_map(|&rewrite| {
            let (text, suffix) = rewrite.apply(url, self)?;
            if let Some(key) = find(&text, &suffix) {
                return Some(self.found(key, Some(rewrite), PortChange::Kept));
            }
            // No sender leaves user info out and changes the port.
            if rewrite == Rewrite::UserInfoRemoved && !self.tolerated.contains(&rewrite) {
                return None;
            }
            let (text, fragment) = text.split_at(text.find('#').unwrap_or(text.len()));
            let (text, port) = self.ports.toggle(&Url::split(text)?)?;
            let key = find(&(text + fragment), &suffix)?;
            Some(self.found(key, Some(rewrite), port))
        })
    }

    fn found(&self, key: usize, rewrite: Option<Rewrite>, port: PortChange) -> Match {
        let tolerated = rewrite.filter(|rewrite| self.tolerated.contains(rewrite));
        let coverage = match rewrite {
            Some(Rewrite::WebSocketQueryAsPairs) => Coverage::Pairs,
            Some(Rewrite::FormCoveredByHash) => Coverage::Url,
            _ => self.coverage,
        };
        Match {
            key,
            account: None,
            algorithm: self.digest.algorithm(),
            coverage,
            rewrite,
            port,
            findings: tolerated.map(Finding).into_iter().collect(),
        }
    }
}

impl Ports {
    /// The URL without its port, or with the usual one where it has none; `None` where that
    /// is not to be tried.
    pub(crate) fn toggle(self, url: &Url<'_>) -> Option<(String, PortChange)> {
        let (port, change) = match (self, url.port) {
            (Self::Kept, _) => return None,
            (Self::Usual, Some(port)) if port != url.default_port() => return None,
            (_, Some(_)) => (None, PortChange::Removed),
            (_, None) => (Some(url.default_port()), PortChange::Added),
        };
        Some((Url { port, ..*url }.to_string(), change))
    }
}

impl Rewrite {
    /// Those that spell the query anew.
    pub(crate) const OF_QUERY: [Self; 5] = [
        Self::ApostropheEncoded,
        Self::ApostropheDecoded,
        Self::SpaceAsPercent,
        Self::SpaceAsPlus,
        Self::ApostropheAndSpaceEncoded,
    ];

    /// The query under this rewrite; `None` where it changes nothing of it.
    pub(crate) fn of_query(self, query: &str) -> Option<String> {
        let new = match self {
            Self::ApostropheEncoded => query.replace('\'', "%27"),
            Self::ApostropheDecoded => query.replace("%27", "'"),
            Self::SpaceAsPercent => query.replace('+', "%20"),
            Self::SpaceAsPlus => query.replace("%20", "+"),
            Self::ApostropheAndSpaceEncoded if query.contains('\'') && query.contains('+') => {
                query.replace('\'', "%27").replace('+', "%20")
            }
            _ => return None,
        };
        (new != query).then_some(new)
    }

    /// The signed text under this rewrite; `None` where it changes nothing.
    fn apply<'a>(self, url: &Url<'_>, search: &Search<'a>) -> Option<(String, Suffix<'a>)> {
        let Search { delivery, unsent, .. } = *search;
        let with_user_info = || {
            let user_info = unsent.user_info.filter(|_| url.user_info.is_none())?;
            Some(Url { user_info: Some(user_info), ..*url }.to_string())
        };
        let text = match self {
            Self::UserInfoRemoved => {
                url.user_info?;
                Url { user_info: None, ..*url }.to_string()
            }
            Self::UserInfoAdded => with_user_info()?,
            Self::FragmentAdded => format!("{url}#{}", unsent.fragment?),
            Self::UserInfoAndFragmentAdded => {
                format!("{}#{}", with_user_info()?, unsent.fragment?)
            }
            Self::RootSlashAdded if url.path.is_empty() => Url { path: "/", ..*url }.to_string(),
            Self::RootSlashRemoved if url.path == "/" => Url { path: "", ..*url }.to_string(),
            _ if Self::OF_QUERY.contains(&self) => {
                let query = self.of_query(url.query?)?;
                Url { query: Some(&query), ..*url }.to_string()
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
                let text = Url { query: None, ..*url }.to_string();
                return Some((text, Suffix::Pairs(params.sorted())));
            }
            Self::FormCoveredByHash => {
                let form = matches!(delivery.payload(), Payload::Params(_))
                    && *delivery.method() != Method::GET
                    && !delivery.body().is_empty();
                check_body_hash(delivery).ok().filter(|()| form)?;
                return Some((url.to_string(), Suffix::NONE));
            }
            _ => return None,
        };
        Some((text, search.suffix.clone()))
    }
}
