//! The WebSocket URL of a stream, from whatever names the host.

use switchhook_core::{HostError, PublicHost};

use crate::{Connect, Stream};

impl Stream {
    /// A stream to a path on a host: `wss://` whatever the spelling of the host, one slash
    /// between the two.
    ///
    /// The host may come as `https://host`, `http://host`, `wss://host`, `ws://host` or bare,
    /// with a port, with a path to put the other after, with slashes at its end: see
    /// [`PublicHost`], which a program that answers many calls parses once.
    ///
    /// ```
    /// use switchhook_twiml::{HostError, Known, Stream};
    ///
    /// let stream = Stream::to_host("https://agent.example.com/", "media")?;
    /// assert_eq!(stream.view().url(), Some("wss://agent.example.com/media"));
    ///
    /// assert_eq!(Stream::to_host("your-domain.com", "/media"), Err(HostError::Placeholder));
    /// assert_eq!(Stream::to_host("", "/media"), Err(HostError::Empty));
    /// # Ok::<(), HostError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No host, not a host, or a placeholder, as [`PublicHost`] tells them.
    pub fn to_host(host: &str, path: &str) -> Result<Self, HostError> {
        Ok(Self::new(host.parse::<PublicHost>()?.wss(path)))
    }
}

impl Connect {
    /// Adds a stream to a path on a host, as [`Stream::to_host`] makes it.
    ///
    /// ```
    /// use switchhook_twiml::{Connect, voice};
    ///
    /// let reply = voice::Response::new().with(Connect::new().stream("agent.example.com", "/")?);
    /// # Ok::<(), switchhook_twiml::HostError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Stream::to_host`].
    pub fn stream(self, host: &str, path: &str) -> Result<Self, HostError> {
        Ok(self.with(Stream::to_host(host, path)?))
    }
}
