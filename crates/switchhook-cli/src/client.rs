//! Sends requests.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{Method, Request, Response, Uri};
use ureq::{
    Agent, AsSendBody, Body, Error,
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// The addresses that a client may connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// This machine.
    Loopback,
    Anywhere,
}

impl Reach {
    pub(crate) fn of(anywhere: bool) -> Self {
        if anywhere { Self::Anywhere } else { Self::Loopback }
    }
}

/// Sends requests as they are: no header of its own but those that frame a message, and no
/// redirect followed.
#[derive(Debug)]
pub(crate) struct Client(Agent);

impl Client {
    /// A client for requests to this host.
    pub(crate) fn new(reach: Reach, host: &str) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .accept("")
            .accept_encoding("")
            .user_agent("");
        // A proxy of the environment cannot reach this machine's own loopback.
        if reach == Reach::Loopback || matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
            config = config.proxy(None);
        }
        let (config, connector) = (config.build(), DefaultConnector::default());
        Self(match reach {
            Reach::Anywhere => Agent::with_parts(config, connector, DefaultResolver::default()),
            Reach::Loopback => Agent::with_parts(config, connector, LoopbackOnly::default()),
        })
    }

    /// Sends a request, and waits so long for the whole of its answer.
    pub(crate) fn send(
        &self,
        request: Request<Bytes>,
        time: Duration,
    ) -> Result<Response<Body>, Error> {
        let (head, body) = request.into_parts();
        if body.is_empty() && head.method == Method::GET {
            // No body is not the same as one of no length.
            return self.run(Request::from_parts(head, ()), time);
        }
        self.run(Request::from_parts(head, body.to_vec()), time)
    }

    fn run(
        &self,
        request: Request<impl AsSendBody>,
        time: Duration,
    ) -> Result<Response<Body>, Error> {
        let request = self.0.configure_request(request).timeout_global(Some(time)).build();
        self.0.run(request)
    }
}

/// Looks names up, and lets no address out but this machine's: whatever a name pointed to when it
/// was checked, this is where it points to when it is used.
#[derive(Debug, Default)]
struct LoopbackOnly(DefaultResolver);

impl Resolver for LoopbackOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if found.iter().all(|address| is_loopback(*address)) {
            Ok(found)
        } else {
            Err(Error::Other(NOT_LOOPBACK.into()))
        }
    }
}

const NOT_LOOPBACK: &str = "the host is not this machine";

/// Whether the address is this machine's own.
pub(crate) fn is_loopback(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for (address, expected) in [
            ("127.0.0.1:80", true),
            ("127.9.9.9:80", true),
            ("[::1]:80", true),
            ("[::ffff:127.0.0.1]:80", true),
            ("0.0.0.0:80", false),
            ("[::]:80", false),
            ("[::ffff:192.0.2.1]:80", false),
            ("192.0.2.1:80", false),
            ("169.254.169.254:80", false),
        ] {
            assert_eq!(is_loopback(address.parse().unwrap()), expected, "{address}");
        }
    }

    /// A name may have pointed to this machine when it was checked, and elsewhere now.
    #[test]
    fn the_address_is_checked_again_when_it_is_used() {
        let client = Client::new(Reach::Loopback, "192.0.2.1");
        let request = Request::get("http://192.0.2.1:9/").body(Bytes::new()).unwrap();
        let error = client.send(request, Duration::from_secs(5)).unwrap_err();
        assert!(error.to_string().contains(NOT_LOOPBACK), "{error}");
    }
}
