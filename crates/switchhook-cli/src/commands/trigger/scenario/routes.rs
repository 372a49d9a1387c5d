//! Where the events of a scenario go.

use http::Uri;
use switchhook::EventInfo;

use super::reference::resolve;
use crate::{
    exit::usage,
    families::{FamilyEntry, family, unknown},
};

/// A path of the application, and what it takes.
#[derive(Clone, Debug)]
pub(super) struct Route {
    path: String,
    family: &'static str,
    /// An event, or a group of events; without it the whole family.
    event: Option<String>,
}

/// Reads `PATH=FAMILY` or `PATH=FAMILY:EVENT`.
///
/// # Errors
///
/// What is no path, and names that there are not.
pub(super) fn route(text: &str) -> anyhow::Result<Route> {
    let form = || usage(format!("--route: {text:?} is no PATH=FAMILY or PATH=FAMILY:EVENT"));
    // A query may have this mark, too.
    let (path, what) = text.rsplit_once('=').ok_or_else(form)?;
    if !path.starts_with('/') || path.contains('#') {
        return Err(form());
    }
    let (name, event) = what.split_once(':').map_or((what, None), |(name, e)| (name, Some(e)));
    let family = family(name)?;
    if let Some(event) = event
        && !family.events().any(|info| info.name == event || info.group == event)
    {
        let names = family.events().flat_map(|info| [info.name, info.group]);
        return Err(usage(unknown(&format!("{name} event or group"), event, names)));
    }
    Ok(Route { path: path.to_owned(), family: family.name, event: event.map(str::to_owned) })
}

/// The URLs of one receiver.
#[derive(Debug)]
pub(super) struct Routes {
    /// Where requests are sent, without a slash at its end.
    to: String,
    /// What the receiver believes to be its own URL.
    public: String,
    own: Vec<Route>,
}

impl Routes {
    /// Takes what goes before each path, and the application's own paths.
    ///
    /// # Errors
    ///
    /// When it is no such URL.
    pub(super) fn new(to: &str, public: Option<&str>, own: Vec<Route>) -> anyhow::Result<Self> {
        let base = |name: &str, url: &str| {
            let uri: Option<Uri> = url.parse().ok().filter(|_| !url.contains(['?', '#']));
            let uri = uri.filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
            uri.and_then(|uri| uri.host().map(|_| url.trim_end_matches('/').to_owned())).ok_or_else(
                || usage(format!("{name}: {url:?} is no URL such as http://127.0.0.1:8000")),
            )
        };
        let to = base("--to", to)?;
        let public = public.map(|url| base("--public-url", url)).transpose()?;
        Ok(Self { public: public.unwrap_or_else(|| to.clone()), to, own })
    }

    /// What stands before each path where requests are sent.
    pub(super) fn to(&self) -> &str {
        &self.to
    }

    /// The public URL of an event: that of the route that knows it best.
    pub(super) fn url(&self, family: &FamilyEntry, event: &EventInfo) -> String {
        let fits = |route: &&Route| {
            let names = |name: &String| name == event.name || name == event.group;
            route.family == family.name && route.event.as_ref().is_none_or(names)
        };
        let rank = |route: &&Route| match route.event.as_deref() {
            Some(name) if name == event.name => 2,
            Some(_) => 1,
            None => 0,
        };
        let found = self.own.iter().filter(fits).max_by_key(rank);
        format!("{}{}", self.public, found.map_or(family.path, |route| &route.path))
    }

    /// What a reference in the answer of `url` stands for: a public URL, where it is one of the
    /// receiver's.
    ///
    /// # Errors
    ///
    /// When it leads to another host: nothing is sent there.
    pub(super) fn follow(&self, url: &str, reference: &str) -> Result<String, String> {
        let found = resolve(url, reference);
        let found = match found.strip_prefix(origin(&self.to)) {
            // The application may not know its public name.
            Some(rest) if is_rest(rest) && self.sent(&found).is_none() => {
                format!("{}{rest}", origin(&self.public))
            }
            _ => found,
        };
        self.sent(&found).is_some().then_some(found).ok_or_else(|| {
            format!(
                "the answer leads to another host than {} (--public-url names your own)",
                origin(&self.public)
            )
        })
    }

    /// Where a request to this public URL is sent.
    pub(super) fn sent(&self, public: &str) -> Option<String> {
        let behind = |base: &str| public.strip_prefix(base).filter(|rest| is_rest(rest));
        if let Some(rest) = behind(&self.public) {
            return Some(format!("{}{rest}", self.to));
        }
        behind(origin(&self.public)).map(|rest| format!("{}{rest}", origin(&self.to)))
    }

    /// The path of a public URL, as it is told; a query may have secrets.
    pub(super) fn path<'a>(&self, public: &'a str) -> &'a str {
        let path = public.strip_prefix(origin(&self.public)).unwrap_or(public);
        path.split_once('?').map_or(path, |(path, _)| path)
    }
}

/// Whether this can stand behind a host.
fn is_rest(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?'])
}

/// Scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(to: &str, public: Option<&str>, own: &[&str]) -> Routes {
        Routes::new(to, public, own.iter().map(|text| route(text).unwrap()).collect()).unwrap()
    }

    #[test]
    fn an_event_goes_where_it_is_known_best() {
        let routes = routes(
            "http://127.0.0.1:8000/app/",
            Some("https://hooks.example.com"),
            &[
                "/in?key=a=b=twilio.voice:incoming-call",
                "/status=twilio.voice:call-status",
                "/voice=twilio.voice",
            ],
        );
        for (name, event, expected) in [
            ("twilio.voice", "incoming-call", "/in?key=a=b"),
            ("twilio.voice", "call-status.completed", "/status"),
            ("twilio.voice", "redirect", "/voice"),
            ("twilio.video", "room-ended", "/twilio/video"),
        ] {
            let family = family(name).unwrap();
            let url = routes.url(family, family.event(event).unwrap());
            assert_eq!(url, format!("https://hooks.example.com{expected}"));
            assert_eq!(routes.sent(&url), Some(format!("http://127.0.0.1:8000/app{expected}")));
        }
        assert_eq!(routes.path("https://hooks.example.com/in?key=a"), "/in");
    }

    #[test]
    fn an_answer_leads_to_the_receiver_alone() {
        let (to, public) = ("http://127.0.0.1:8000", "https://hooks.example.com");
        let behind = routes(to, Some(public), &[]);
        for reference in ["/menu?a=1", "https://hooks.example.com/menu?a=1", "menu?a=1#x"] {
            let url = behind.follow("https://hooks.example.com/voice", reference);
            assert_eq!(url, Ok("https://hooks.example.com/menu?a=1".to_owned()), "{reference}");
        }
        // An application that takes its own name from the request.
        let url = behind.follow("https://hooks.example.com/voice", "http://127.0.0.1:8000/menu");
        assert_eq!(url, Ok("https://hooks.example.com/menu".to_owned()));
        for reference in [
            "https://elsewhere.example/menu",
            "//elsewhere.example/menu",
            "https://hooks.example.com.elsewhere.example/menu",
            "https://hooks.example.com:444/menu",
            "https://hooks.example.com@elsewhere.example/menu",
            "http://127.0.0.1:80000/menu",
            "javascript:alert(1)",
        ] {
            let url = behind.follow("https://hooks.example.com/voice", reference);
            assert!(url.unwrap_err().contains("another host"), "{reference}");
        }
        let plain = routes(to, None, &[]);
        let url = plain.follow("http://127.0.0.1:8000/voice", "menu");
        assert_eq!(url, Ok("http://127.0.0.1:8000/menu".to_owned()));
    }

    #[test]
    fn wrong_routes_and_urls_are_refused() {
        for (text, why) in [
            ("voice=twilio.voice", "is no PATH=FAMILY"),
            ("/voice", "is no PATH=FAMILY"),
            ("/voice=twilio.voic", "did you mean twilio.voice?"),
            ("/voice=twilio.voice:incoming", "did you mean incoming-call?"),
        ] {
            let error = route(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        for url in ["127.0.0.1:8000", "ftp://a", "http://a/?b", "http://a/#b", ""] {
            assert!(Routes::new(url, None, Vec::new()).is_err(), "{url}");
            assert!(Routes::new("http://a", Some(url), Vec::new()).is_err(), "{url}");
        }
    }
}
