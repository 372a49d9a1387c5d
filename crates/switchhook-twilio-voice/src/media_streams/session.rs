//! A stream from its first message to its last: what may come, what may be sent.

use std::collections::VecDeque;

use super::{Inbound, Outbound, Payload, StreamSidRef, inbound};
use crate::{
    StreamSid,
    websocket::{Reason, Unknown},
};

/// One connection of a media stream, seen from the server.
///
/// It knows which messages fit where, tells the marks that come back from those that are
/// still to come, and writes what may be sent. It does no I/O: give it the text of each frame,
/// and send what it writes.
///
/// ```
/// use switchhook_twilio_voice::media_streams::{Event, Misfit, Session};
///
/// let mut session = Session::two_way();
/// let early = session.receive(r#"{"event":"media","media":{"payload":"/38="}}"#);
/// assert_eq!(early, Err(Misfit::BeforeStart));
/// assert!(session.play(&[0xFF; 160]).is_err());
///
/// let start = r#"{"event":"start","sequenceNumber":"1","start":{"streamSid":"MZ1","callSid":"CA1"}}"#;
/// assert!(matches!(session.receive(start), Ok(Event::Started(_))));
///
/// // What is played ends with a mark, which comes back when the caller has heard it.
/// let frames = [session.play(&[0xFF; 160])?, session.mark("greeting")?];
/// assert!(session.is_playing());
///
/// // The caller speaks: what was not heard yet is dropped, and its mark comes back.
/// assert_eq!(session.clear()?, r#"{"event":"clear","streamSid":"MZ1"}"#);
/// assert!(!session.is_playing());
/// let mark = r#"{"event":"mark","sequenceNumber":"2","streamSid":"MZ1","mark":{"name":"greeting"}}"#;
/// assert!(matches!(session.receive(mark), Ok(Event::Cleared(_))));
/// # Ok::<(), switchhook_twilio_voice::media_streams::Unsendable>(())
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    phase: Phase,
    two_way: bool,
    stream: Option<StreamSid>,
    /// The highest number that was seen.
    sequence: u64,
    missed: u64,
    marks: Marks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Opened,
    Connected,
    Started,
    Stopped,
}

/// What a frame of a stream means at its place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "the largest comes once a connection")]
pub enum Event<'a> {
    /// The connection stands.
    Connected(inbound::Connected),
    /// The stream begins. From now on a two-way stream takes audio.
    Started(inbound::Start),
    /// A piece of audio.
    Media(inbound::Media<'a>),
    /// The caller pressed a key.
    Dtmf(inbound::Dtmf),
    /// The audio before the mark was played.
    Played(inbound::Mark),
    /// The mark came back after a [`clear`](Session::clear): the audio before it was dropped,
    /// or its end was heard just before.
    Cleared(inbound::Mark),
    /// The stream is over. Nothing comes any more, and nothing may be sent.
    Stopped(inbound::Stop),
    /// A message that this version does not know, with everything in it.
    Unknown(Unknown),
}

/// Why a frame means nothing where it came. The session is what it was before, so that it may
/// be ignored: count them, and close the connection of a sender that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// It is no usable message.
    Malformed(Reason),
    /// It came before `start`.
    BeforeStart,
    /// `connected` or `start` came once more, or `connected` after `start`.
    Repeated,
    /// It came after `stop`.
    AfterStop,
    /// It names another stream.
    OtherStream,
    /// Its number is not higher than the one before.
    OutOfOrder,
    /// No mark of this name is due.
    UnknownMark,
}

switchhook_core::error_texts! {
    Misfit:
    Self::Malformed(reason) => "not a message: {reason}",
    Self::BeforeStart => "a message before the start",
    Self::Repeated => "a second beginning",
    Self::AfterStop => "a message after the stop",
    Self::OtherStream => "a message of another stream",
    Self::OutOfOrder => "a message out of order",
    Self::UnknownMark => "a mark that was not sent",
}

/// Why nothing can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsendable {
    /// The stream has not begun: its SID is not known.
    NotStarted,
    /// The stream is over.
    Stopped,
    /// A `<Start><Stream>` takes nothing.
    OneWay,
    /// [`Session::MOST_MARKS`] are due: the other side does not give them back.
    TooManyMarks,
}

switchhook_core::error_texts! {
    Unsendable:
    Self::NotStarted => "the stream has not started",
    Self::Stopped => "the stream has stopped",
    Self::OneWay => "a one-way stream takes nothing",
    Self::TooManyMarks => "too many marks are due",
}

impl Event<'_> {
    /// The event with nothing borrowed.
    pub fn into_owned(self) -> Event<'static> {
        match self {
            Self::Connected(connected) => Event::Connected(connected),
            Self::Started(start) => Event::Started(start),
            Self::Media(media) => Event::Media(media.into_owned()),
            Self::Dtmf(dtmf) => Event::Dtmf(dtmf),
            Self::Played(mark) => Event::Played(mark),
            Self::Cleared(mark) => Event::Cleared(mark),
            Self::Stopped(stop) => Event::Stopped(stop),
            Self::Unknown(unknown) => Event::Unknown(unknown),
        }
    }
}

impl Session {
    /// How many marks may be due at once, so that a silent peer costs no memory.
    pub const MOST_MARKS: usize = 1024;

    /// The stream of a `<Connect><Stream>`, which takes audio.
    pub fn two_way() -> Self {
        Self {
            phase: Phase::Opened,
            two_way: true,
            stream: None,
            sequence: 0,
            missed: 0,
            marks: Marks::default(),
        }
    }

    /// The stream of a `<Start><Stream>`, which only listens.
    pub fn one_way() -> Self {
        Self { two_way: false, ..Self::two_way() }
    }

    /// Takes the text of a frame. `connected` may be missing; numbers may have gaps, which
    /// [`missed`](Self::missed) counts; a message without a number or a stream is taken for one
    /// of this stream.
    ///
    /// # Errors
    ///
    /// [`Misfit`] for a frame that means nothing here.
    pub fn receive<'a>(&mut self, text: &'a str) -> Result<Event<'a>, Misfit> {
        Ok(match Inbound::parse(text) {
            Inbound::Connected(connected) => {
                self.begin(Phase::Connected)?;
                Event::Connected(connected)
            }
            Inbound::Start(start) => {
                self.begin(Phase::Started)?;
                self.stream = Some(start.stream_sid.clone());
                self.sequence = start.sequence_number.unwrap_or(1);
                Event::Started(start)
            }
            Inbound::Media(media) => {
                let stream = media.stream_sid.as_ref().map(StreamSidRef::as_str);
                self.follow(stream, media.sequence_number)?;
                Event::Media(media)
            }
            Inbound::Dtmf(dtmf) => {
                self.follow(dtmf.stream_sid.as_ref().map(StreamSid::as_str), dtmf.sequence_number)?;
                Event::Dtmf(dtmf)
            }
            Inbound::Mark(mark) => {
                self.check(mark.stream_sid.as_ref().map(StreamSid::as_str), mark.sequence_number)?;
                let due = self.marks.place(&mark.name).ok_or(Misfit::UnknownMark)?;
                self.count(mark.sequence_number);
                if self.marks.take(due) { Event::Cleared(mark) } else { Event::Played(mark) }
            }
            Inbound::Stop(stop) => {
                // The end is the end, whatever its number.
                self.check(stop.stream_sid.as_ref().map(StreamSid::as_str), None)?;
                self.phase = Phase::Stopped;
                Event::Stopped(stop)
            }
            Inbound::Unknown(_) if self.phase == Phase::Stopped => return Err(Misfit::AfterStop),
            Inbound::Unknown(unknown) => Event::Unknown(unknown),
            Inbound::Malformed(malformed) => return Err(Misfit::Malformed(malformed.reason())),
        })
    }

    /// Writes audio to play after what was sent before: µ-law, 8 kHz, mono, of any length.
    /// Pieces of a second or less can be cleared without delay.
    ///
    /// # Errors
    ///
    /// [`Unsendable`] before the start, after the stop and for one-way streams.
    pub fn play<'a>(&mut self, audio: impl Into<Payload<'a>>) -> Result<String, Unsendable> {
        let audio: Payload<'_> = audio.into();
        let text = Outbound::media(self.sendable()?, audio).to_json();
        self.marks.is_open = true;
        Ok(text)
    }

    /// Writes a mark: it comes back when the audio before it was played. Names may repeat.
    ///
    /// # Errors
    ///
    /// [`Unsendable`] as for [`play`](Self::play), and with too many marks due.
    pub fn mark(&mut self, name: impl Into<String>) -> Result<String, Unsendable> {
        let stream = self.sendable()?;
        if self.marks.due.len() >= Self::MOST_MARKS {
            return Err(Unsendable::TooManyMarks);
        }
        let name = name.into();
        let text = Outbound::mark(stream, name.as_str()).to_json();
        self.marks.push(name);
        Ok(text)
    }

    /// Writes a `clear`: the audio that is not yet played is dropped, and the marks that are
    /// due come back at once.
    ///
    /// # Errors
    ///
    /// [`Unsendable`] as for [`play`](Self::play).
    pub fn clear(&mut self) -> Result<String, Unsendable> {
        let text = Outbound::clear(self.sendable()?).to_json();
        self.marks.clear();
        Ok(text)
    }

    /// Whether audio was sent that may still be heard: until the mark after it comes back or it
    /// is cleared. Audio that no mark follows counts until the next `clear`.
    pub fn is_playing(&self) -> bool {
        self.phase == Phase::Started && self.marks.is_playing()
    }

    /// The names of the marks that are due, in the order in which they come back.
    pub fn marks_due(&self) -> impl Iterator<Item = &str> {
        self.marks.due.iter().map(String::as_str)
    }

    /// The stream's SID, from the start on.
    pub fn stream_sid(&self) -> Option<&StreamSid> {
        self.stream.as_ref()
    }

    /// Whether `stop` has come.
    pub fn is_stopped(&self) -> bool {
        self.phase == Phase::Stopped
    }

    /// How many numbers were left out among the messages of the stream: those of messages that
    /// were lost, or were no usable ones.
    pub fn missed(&self) -> u64 {
        self.missed
    }

    fn begin(&mut self, phase: Phase) -> Result<(), Misfit> {
        match (self.phase, phase) {
            (Phase::Opened, _) | (Phase::Connected, Phase::Started) => {
                self.phase = phase;
                Ok(())
            }
            (Phase::Stopped, _) => Err(Misfit::AfterStop),
            _ => Err(Misfit::Repeated),
        }
    }

    /// Checks a message of the stream and counts it.
    fn follow(&mut self, stream: Option<&str>, number: Option<u64>) -> Result<(), Misfit> {
        self.check(stream, number)?;
        self.count(number);
        Ok(())
    }

    fn check(&self, stream: Option<&str>, number: Option<u64>) -> Result<(), Misfit> {
        match self.phase {
            Phase::Opened | Phase::Connected => return Err(Misfit::BeforeStart),
            Phase::Stopped => return Err(Misfit::AfterStop),
            Phase::Started => {}
        }
        let ours = self.stream.as_ref().map(StreamSid::as_str);
        if stream.is_some_and(|stream| !stream.is_empty() && Some(stream) != ours) {
            return Err(Misfit::OtherStream);
        }
        if number.is_some_and(|number| number <= self.sequence) {
            return Err(Misfit::OutOfOrder);
        }
        Ok(())
    }

    fn count(&mut self, number: Option<u64>) {
        if let Some(number) = number {
            self.missed = self.missed.saturating_add(number - self.sequence - 1);
            self.sequence = number;
        }
    }

    fn sendable(&self) -> Result<&StreamSid, Unsendable> {
        match (self.phase, &self.stream) {
            _ if !self.two_way => Err(Unsendable::OneWay),
            (Phase::Started, Some(stream)) => Ok(stream),
            (Phase::Stopped, _) => Err(Unsendable::Stopped),
            _ => Err(Unsendable::NotStarted),
        }
    }
}

/// The marks that were sent and have not come back, in their order.
#[derive(Clone, Default)]
struct Marks {
    due: VecDeque<String>,
    /// How many of the first ones a `clear` drops.
    cleared: usize,
    /// Whether audio follows the last of them.
    is_open: bool,
}

impl Marks {
    fn push(&mut self, name: String) {
        self.due.push_back(name);
        self.is_open = false;
    }

    fn clear(&mut self) {
        self.cleared = self.due.len();
        self.is_open = false;
    }

    fn is_playing(&self) -> bool {
        self.is_open || self.due.len() > self.cleared
    }

    /// The place of the first one of that name.
    fn place(&self, name: &str) -> Option<usize> {
        self.due.iter().position(|due| due == name)
    }

    /// Takes out one that came back; whether it was cleared.
    fn take(&mut self, place: usize) -> bool {
        self.due.remove(place);
        let cleared = place < self.cleared;
        self.cleared -= usize::from(cleared);
        cleared
    }
}

/// Shows numbers: the names are the caller's own.
impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} due, {} of them cleared>", self.due.len(), self.cleared)
    }
}

#[cfg(test)]
mod tests;
