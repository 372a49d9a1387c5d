//! A media stream on axum's socket.

use std::{fmt, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use switchhook_twilio_voice::media_streams::{Event, Session, Unsendable, mulaw};
use tokio::time::{Instant, timeout, timeout_at};

/// The socket of a `<Stream>` with its [`Session`]: events in, audio, marks and clears out.
///
/// It leaves out frames that fit nowhere, and gives up a peer that sends too many of them, says
/// nothing for too long, or does not read. Limit the size of messages where the socket is made,
/// by axum's `max_message_size`: a frame of audio has less than 1 kB.
///
/// Below axum's sockets is the library `tungstenite`, which logs every frame at `TRACE`: what is
/// said in the call. Keep it to `DEBUG`, such as by `trace,tungstenite=debug`.
///
/// ```
/// use axum::{Router, extract::WebSocketUpgrade, response::Response, routing::get};
/// use switchhook_axum::{MediaSocket, MediaSocketEnd, VerifiedUpgrade};
/// use switchhook_signature::Verifier;
/// use switchhook_twilio_voice::media_streams::Event;
///
/// async fn media(_: VerifiedUpgrade, upgrade: WebSocketUpgrade) -> Response {
///     upgrade.max_message_size(64 << 10).on_upgrade(async |socket| {
///         let mut caller = MediaSocket::two_way(socket);
///         let end = echo(&mut caller).await.unwrap_err();
///         caller.close(end).await;
///     })
/// }
///
/// async fn echo(caller: &mut MediaSocket) -> Result<(), MediaSocketEnd> {
///     loop {
///         if let Event::Media(media) = caller.next().await? {
///             caller.play(&media.payload.audio().unwrap_or_default()).await?;
///             caller.mark("echo").await?;
///         }
///     }
/// }
///
/// let routes: Router<Verifier> = Router::new().route("/media", get(media));
/// ```
pub struct MediaSocket {
    socket: WebSocket,
    session: Session,
    patience: Duration,
    opened: Instant,
    misfits: u64,
}

/// Why a stream is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MediaSocketEnd {
    /// The provider said so: the call has ended, or its TwiML goes on.
    Stopped,
    /// Your code ends it, for a reason of its own. The socket never says it by itself.
    HungUp,
    /// Your code does not let the stream in, such as one of a stranger. The socket never says it by
    /// itself.
    Refused,
    /// The other side closed the socket or broke off.
    Closed,
    /// The other side said nothing, or did not read, for too long.
    Silent,
    /// Too many frames fitted nowhere, or too many marks are due.
    Garbled,
    /// Something was to be sent before the start, or on a one-way stream.
    Unsendable,
}

impl MediaSocketEnd {
    /// A stable word for logs, such as `hung-up`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::HungUp => "hung-up",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::Garbled => "garbled",
            Self::Unsendable => "unsendable",
        }
    }

    /// The code that the socket is closed with.
    fn close_code(self) -> u16 {
        match self {
            Self::Stopped | Self::HungUp | Self::Closed => close_code::NORMAL,
            Self::Refused => close_code::POLICY,
            Self::Silent => close_code::AWAY,
            Self::Garbled => close_code::PROTOCOL,
            Self::Unsendable => close_code::ERROR,
        }
    }
}

impl fmt::Display for MediaSocketEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "the stream stopped",
            Self::HungUp => "this side hung up",
            Self::Refused => "the stream is refused",
            Self::Closed => "the socket was closed",
            Self::Silent => "nothing came for too long",
            Self::Garbled => "too many frames fit nowhere",
            Self::Unsendable => "the stream takes nothing",
        })
    }
}

impl std::error::Error for MediaSocketEnd {}

impl From<Unsendable> for MediaSocketEnd {
    fn from(why: Unsendable) -> Self {
        match why {
            Unsendable::Stopped => Self::Stopped,
            Unsendable::TooManyMarks => Self::Garbled,
            _ => Self::Unsendable,
        }
    }
}

impl MediaSocket {
    /// How many frames may fit nowhere before the peer is given up.
    pub const MOST_MISFITS: u64 = 50;

    /// The socket of a `<Connect><Stream>`, which takes audio.
    pub fn two_way(socket: WebSocket) -> Self {
        Self::new(socket, Session::two_way())
    }

    /// The socket of a `<Start><Stream>`, which only listens.
    pub fn one_way(socket: WebSocket) -> Self {
        Self::new(socket, Session::one_way())
    }

    fn new(socket: WebSocket, session: Session) -> Self {
        let patience = Duration::from_secs(20);
        Self { socket, session, patience, opened: Instant::now(), misfits: 0 }
    }

    /// Gives up a peer that sends nothing for so long, 20 s unless told otherwise: audio comes
    /// every 20 ms. The stream has to start within this time, too.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Waits for the next event. `Stopped` is one, and the end comes after it.
    ///
    /// # Errors
    ///
    /// [`MediaSocketEnd`] when there are no more.
    pub async fn next(&mut self) -> Result<Event<'static>, MediaSocketEnd> {
        if self.session.is_stopped() {
            return Err(MediaSocketEnd::Stopped);
        }
        loop {
            let started = self.session.stream_sid().is_some();
            let since = if started { Instant::now() } else { self.opened };
            match timeout_at(since + self.patience, self.socket.recv()).await {
                Ok(Some(Ok(Message::Text(text)))) => match self.session.receive(&text) {
                    Ok(event) => return Ok(event.into_owned()),
                    Err(_) => self.leave_out()?,
                },
                Ok(Some(Ok(Message::Binary(_)))) => self.leave_out()?,
                Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => {
                    return Err(MediaSocketEnd::Closed);
                }
                Err(_) => return Err(MediaSocketEnd::Silent),
            }
        }
    }

    /// Plays µ-law audio after what was sent before, in pieces of a second.
    ///
    /// # Errors
    ///
    /// [`MediaSocketEnd`] when it cannot be sent.
    pub async fn play(&mut self, audio: &[u8]) -> Result<(), MediaSocketEnd> {
        for second in audio.chunks(mulaw::RATE) {
            let text = self.session.play(second)?;
            self.send(text).await?;
        }
        Ok(())
    }

    /// Asks for a mark when the audio before it was played.
    ///
    /// # Errors
    ///
    /// [`MediaSocketEnd`] when it cannot be sent.
    pub async fn mark(&mut self, name: impl Into<String>) -> Result<(), MediaSocketEnd> {
        let text = self.session.mark(name)?;
        self.send(text).await
    }

    /// Drops what is not yet played, where something may be; whether it was.
    ///
    /// # Errors
    ///
    /// [`MediaSocketEnd`] when it cannot be sent.
    pub async fn interrupt(&mut self) -> Result<bool, MediaSocketEnd> {
        let is_playing = self.session.is_playing();
        if is_playing {
            let text = self.session.clear()?;
            self.send(text).await?;
        }
        Ok(is_playing)
    }

    /// What is known of the stream.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// How many frames fitted nowhere.
    pub fn misfits(&self) -> u64 {
        self.misfits
    }

    /// Closes the socket, with the code and the word of the end. That ends a
    /// `<Connect><Stream>` and runs the next TwiML; the call ends where there is none.
    pub async fn close(mut self, end: MediaSocketEnd) {
        let reason = CloseFrame { code: end.close_code(), reason: end.code().into() };
        let close = self.socket.send(Message::Close(Some(reason)));
        // Nobody is there to hear of a failure.
        let _ = timeout(self.patience, close).await;
    }

    async fn send(&mut self, text: String) -> Result<(), MediaSocketEnd> {
        match timeout(self.patience, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(MediaSocketEnd::Closed),
            Err(_) => Err(MediaSocketEnd::Silent),
        }
    }

    fn leave_out(&mut self) -> Result<(), MediaSocketEnd> {
        self.misfits += 1;
        if self.misfits > Self::MOST_MISFITS { Err(MediaSocketEnd::Garbled) } else { Ok(()) }
    }
}

impl fmt::Debug for MediaSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaSocket")
            .field("session", &self.session)
            .field("misfits", &self.misfits)
            .finish_non_exhaustive()
    }
}
