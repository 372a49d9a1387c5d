//! The talk on a socket: Twilio sends what the caller says, and plays what the agent answers.

use std::{fmt::Display, time::Duration};

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket, close_code},
    },
    response::Response,
};
use switchhook::{
    Match,
    axum::VerifiedDelivery,
    twilio::voice::media_streams::{Event, Session, Unsendable, inbound::Start, mulaw},
};
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    App,
    agent::{Heard, Parrot},
    calls::Talk,
    webhooks::now,
};

/// Where Twilio opens the socket.
pub const PATH: &str = "/api/v1/voice/media-stream";

/// How long a call may wait for its socket: the greeting is spoken meanwhile.
pub const TOKEN_SECONDS: u64 = 300;

/// A frame of audio has less than 1 kB. A longer message than this ends the connection.
const LONGEST_MESSAGE: usize = 64 << 10;

/// Audio comes every 20 ms: who is silent for so long is gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// A sender of so many frames that fit nowhere does not speak this protocol.
const MOST_MISFITS: u64 = 50;

/// Keys that are kept of a call.
const MOST_DIGITS: usize = 64;

/// Opens a socket whose request was signed, or whose start will have to bring its token.
pub async fn upgrade(
    State(app): State<App>,
    upgrade: WebSocketUpgrade,
    VerifiedDelivery(delivery): VerifiedDelivery,
) -> Response {
    let proof = delivery.signature().cloned();
    upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(async |socket| {
        let (session, agent) = (Session::two_way(), Parrot::default());
        Line { app, proof, session, agent, misfits: 0, call: None }.talk(socket).await;
    })
}

/// One connection, and what is known of its call.
struct Line {
    app: App,
    proof: Option<Match>,
    session: Session,
    agent: Parrot,
    misfits: u64,
    call: Option<OnCall>,
}

/// A call whose stream has begun.
struct OnCall {
    tenant: String,
    talk: Talk,
}

/// Why a talk is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stopped,
    HungUp,
    Closed,
    Silent,
    Refused,
    Garbled,
}

impl End {
    fn as_str(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::HungUp => "hung up by key",
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::Refused => "refused",
            Self::Garbled => "garbled",
        }
    }

    fn close_code(self) -> u16 {
        match self {
            Self::Stopped | Self::HungUp | Self::Closed => close_code::NORMAL,
            Self::Silent => close_code::AWAY,
            Self::Refused => close_code::POLICY,
            Self::Garbled => close_code::PROTOCOL,
        }
    }
}

/// A stream that takes no more has given nothing back for a thousand answers.
impl From<Unsendable> for End {
    fn from(_: Unsendable) -> Self {
        Self::Garbled
    }
}

/// The messages that answer a frame, or the end of the talk.
type Answers = Result<Vec<String>, End>;

impl Line {
    /// Talks until the stream stops, then writes down what became of it.
    async fn talk(mut self, mut socket: WebSocket) {
        let opened = Instant::now();
        let end = loop {
            let since = if self.call.is_some() { Instant::now() } else { opened };
            let answers = match timeout_at(since + PATIENCE, socket.recv()).await {
                Ok(Some(Ok(Message::Text(text)))) => self.receive(&text),
                Ok(Some(Ok(Message::Binary(_)))) => self.misfit("not text"),
                Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => Ok(Vec::new()),
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => Err(End::Closed),
                Err(_) => Err(End::Silent),
            };
            let answers = match answers {
                Ok(answers) => answers,
                Err(end) => break end,
            };
            let sent = async {
                for answer in answers {
                    socket.send(Message::Text(answer.into())).await?;
                }
                Ok::<_, axum::Error>(())
            };
            // A peer that does not read is as good as gone.
            if !matches!(timeout(PATIENCE, sent).await, Ok(Ok(()))) {
                break End::Closed;
            }
        };
        self.write_down(end);
        // Closing the socket ends the <Connect>, and the call, where no TwiML follows.
        let reason = CloseFrame { code: end.close_code(), reason: end.as_str().into() };
        let _ = timeout(PATIENCE, socket.send(Message::Close(Some(reason)))).await;
    }

    /// What a frame is answered with. No I/O but the call log's happens from here on.
    fn receive(&mut self, text: &str) -> Answers {
        match self.session.receive(text) {
            Ok(Event::Started(start)) => self.begin(&start),
            Ok(Event::Media(media)) => match media.payload.audio() {
                Ok(audio) => self.hear(&audio),
                Err(error) => self.misfit(error),
            },
            Ok(Event::Dtmf(dtmf)) => self.press(&dtmf.digit),
            Ok(Event::Played(_)) => {
                self.note(|talk| talk.answers += 1);
                Ok(Vec::new())
            }
            Ok(Event::Stopped(_)) => Err(End::Stopped),
            Ok(_) => Ok(Vec::new()),
            Err(misfit) => self.misfit(misfit),
        }
    }

    /// A frame that fits nowhere is left out, and one of too many ends the talk.
    fn misfit(&mut self, why: impl Display) -> Answers {
        tracing::debug!("a frame is left out: {why}");
        self.misfits += 1;
        if self.misfits > MOST_MISFITS { Err(End::Garbled) } else { Ok(Vec::new()) }
    }

    /// The stream begins: whose is it?
    fn begin(&mut self, start: &Start) -> Answers {
        let given = &start.custom_parameters;
        let call = given.get("CallSid").unwrap_or(start.call_sid.as_str());
        let tenant = self.app.tenants.of(self.proof.as_ref(), given.get("To"));
        let tenant = tenant.map_err(|stranger| {
            tracing::warn!("a stream is refused: {stranger}");
            End::Refused
        })?;
        if let (None, Some(tokens)) = (&self.proof, &self.app.stream_tokens) {
            let token = given.get("Token").unwrap_or_default();
            if let Err(error) = tokens.check(token, &tenant.name, call, now()) {
                tracing::warn!("a stream is refused: {error}");
                return Err(End::Refused);
            }
        }
        let stream = start.stream_sid.as_str();
        match self.app.calls.begins(&tenant.name, call, stream) {
            Ok(true) => {}
            Ok(false) => return Err(End::Refused),
            Err(error) => tracing::error!("a stream is not in the call log: {error:#}"),
        }
        tracing::info!("{:?} talks to {}", start.call_sid, tenant.name);
        let talk = Talk { stream_sid: stream.into(), ..Talk::default() };
        self.call = Some(OnCall { tenant: tenant.name.clone(), talk });
        Ok(Vec::new())
    }

    /// The caller is heard: the agent stops speaking, or answers.
    fn hear(&mut self, audio: &[u8]) -> Answers {
        self.note(|talk| talk.heard_ms += (audio.len() * 1000 / mulaw::RATE) as u64);
        match self.agent.hear(audio) {
            Heard::Silence => Ok(Vec::new()),
            Heard::Voice => self.barge_in(),
            Heard::Utterance(utterance) => {
                let mut answer = Vec::new();
                for second in utterance.chunks(mulaw::RATE) {
                    answer.push(self.session.play(second)?);
                }
                answer.push(self.session.mark("answer")?);
                Ok(answer)
            }
        }
    }

    /// The caller takes the word: what the agent was about to say is dropped.
    fn barge_in(&mut self) -> Answers {
        if !self.session.is_playing() {
            return Ok(Vec::new());
        }
        self.note(|talk| talk.barge_ins += 1);
        Ok(vec![self.session.clear()?])
    }

    /// The caller pressed a key: `#` ends the call.
    fn press(&mut self, digit: &str) -> Answers {
        self.note(|talk| {
            if talk.digits.len() + digit.len() <= MOST_DIGITS {
                talk.digits.push_str(digit);
            }
        });
        if digit == "#" {
            return Err(End::HungUp);
        }
        self.barge_in()
    }

    fn note(&mut self, change: impl FnOnce(&mut Talk)) {
        if let Some(call) = &mut self.call {
            change(&mut call.talk);
        }
    }

    fn write_down(&mut self, end: End) {
        let Some(OnCall { tenant, talk }) = &mut self.call else { return };
        talk.misfits = self.misfits;
        talk.ended = Some(end.as_str().into());
        if let Err(error) = self.app.calls.ends(tenant, talk) {
            tracing::error!("the end of a stream is not in the call log: {error:#}");
        }
    }
}
