//! Where somebody who speaks begins and ends.

use super::mulaw;

/// Cuts the audio of a caller into utterances, by the pauses between them.
///
/// It goes by loudness alone, which tells a voice from a quiet line and no more: enough to know
/// when to answer and when to be silent. Recognition of speech may do it better; then the
/// audio goes there.
///
/// ```
/// use switchhook_twilio_voice::media_streams::{Heard, Utterances, mulaw};
///
/// let (voice, silence) = ([0x10; mulaw::FRAME], [mulaw::SILENCE; mulaw::FRAME]);
/// let mut caller = Utterances::new();
/// assert_eq!(caller.hear(&silence), Heard::Silence);
/// assert_eq!(caller.hear(&voice), Heard::Voice);
/// // A pause of 0.6 s ends it, and is no part of it.
/// let end = (0..30).map(|_| caller.hear(&silence)).last();
/// assert_eq!(end, Some(Heard::Utterance(voice.to_vec())));
/// ```
#[derive(Clone)]
pub struct Utterances {
    level: u16,
    pause: usize,
    longest: usize,
    heard: Vec<u8>,
    /// How many bytes at the end of what was heard are silence.
    quiet: usize,
}

/// What a piece of audio means beside those before it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Heard {
    /// Nobody speaks, or pauses for a moment.
    Silence,
    /// Somebody speaks: time to stop speaking oneself.
    Voice,
    /// Somebody has spoken: the audio, from the first voice to the last.
    Utterance(Vec<u8>),
}

impl Utterances {
    /// A voice is 400 loud by [`mulaw::level`], a pause lasts 0.6 s, an utterance 20 s at most.
    pub fn new() -> Self {
        Self {
            level: 400,
            pause: mulaw::RATE * 6 / 10,
            longest: mulaw::RATE * 20,
            heard: Vec::new(),
            quiet: 0,
        }
    }

    /// Takes for a voice what is so loud, by [`mulaw::level`].
    #[must_use]
    pub fn voice_level(mut self, level: u16) -> Self {
        self.level = level;
        self
    }

    /// Ends an utterance after so much silence, in milliseconds.
    #[must_use]
    pub fn pause_ms(mut self, milliseconds: usize) -> Self {
        self.pause = milliseconds.saturating_mul(mulaw::RATE / 1000);
        self
    }

    /// Ends an utterance that is so long where it is, in milliseconds: it is kept in memory.
    #[must_use]
    pub fn longest_ms(mut self, milliseconds: usize) -> Self {
        self.longest = milliseconds.saturating_mul(mulaw::RATE / 1000);
        self
    }

    /// Takes the next piece of audio.
    pub fn hear(&mut self, audio: &[u8]) -> Heard {
        let is_voice = mulaw::level(audio) >= self.level;
        if is_voice {
            self.quiet = 0;
        } else if self.heard.is_empty() {
            return Heard::Silence;
        } else {
            self.quiet += audio.len();
        }
        self.heard.extend_from_slice(audio);
        if (self.quiet >= self.pause || self.heard.len() >= self.longest)
            && let Some(utterance) = self.finish()
        {
            return Heard::Utterance(utterance);
        }
        if is_voice { Heard::Voice } else { Heard::Silence }
    }

    /// What was heard since the last utterance, without the silence at its end: for when the
    /// stream ends before a pause does. `None` where nobody spoke. What comes next begins anew.
    ///
    /// ```
    /// use switchhook_twilio_voice::media_streams::{Utterances, mulaw};
    ///
    /// let voice = [0x10; mulaw::FRAME];
    /// let mut caller = Utterances::new();
    /// caller.hear(&voice);
    /// assert_eq!(caller.finish(), Some(voice.to_vec()));
    /// assert_eq!(caller.finish(), None);
    /// ```
    pub fn finish(&mut self) -> Option<Vec<u8>> {
        let mut heard = std::mem::take(&mut self.heard);
        heard.truncate(heard.len() - std::mem::take(&mut self.quiet));
        (!heard.is_empty()).then_some(heard)
    }
}

impl Default for Utterances {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows how much was heard.
impl std::fmt::Debug for Utterances {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Utterances(<{} bytes>)", self.heard.len())
    }
}

/// Shows of an utterance how long it is.
impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Silence => f.write_str("Silence"),
            Self::Voice => f.write_str("Voice"),
            Self::Utterance(audio) => write!(f, "Utterance(<{} bytes>)", audio.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: [u8; mulaw::FRAME] = [mulaw::SILENCE; mulaw::FRAME];
    const LOUD: [u8; mulaw::FRAME] = [0x10; mulaw::FRAME];

    #[test]
    fn an_utterance_ends_with_a_pause_and_is_given_without_it() {
        let mut caller = Utterances::new();
        assert_eq!(caller.hear(&QUIET), Heard::Silence);
        assert_eq!(caller.hear(&LOUD), Heard::Voice);
        // A short pause belongs to the utterance.
        assert_eq!(caller.hear(&QUIET), Heard::Silence);
        assert_eq!(caller.hear(&LOUD), Heard::Voice);
        for _ in 0..29 {
            assert_eq!(caller.hear(&QUIET), Heard::Silence);
        }
        assert_eq!(caller.hear(&QUIET), Heard::Utterance([LOUD, QUIET, LOUD].concat()));
        assert_eq!(caller.hear(&QUIET), Heard::Silence);
    }

    #[test]
    fn who_never_pauses_is_cut() {
        let mut caller = Utterances::new().longest_ms(100);
        let cut = (0..10).position(|_| matches!(caller.hear(&LOUD), Heard::Utterance(_)));
        assert_eq!(cut, Some(4));
    }

    #[test]
    fn what_a_stream_ends_with_is_given_on_request() {
        let mut caller = Utterances::new();
        assert_eq!(caller.finish(), None);
        caller.hear(&QUIET);
        assert_eq!(caller.finish(), None);
        for frame in [LOUD, QUIET, LOUD, QUIET, QUIET] {
            caller.hear(&frame);
        }
        assert_eq!(caller.finish(), Some([LOUD, QUIET, LOUD].concat()));
        assert_eq!(caller.finish(), None);
        // It listens on as if nothing had been said.
        assert_eq!(caller.hear(&QUIET), Heard::Silence);
        assert_eq!(caller.hear(&LOUD), Heard::Voice);
        assert_eq!(caller.finish(), Some(LOUD.to_vec()));
    }

    #[test]
    fn what_counts_is_configured() {
        let mut deaf = Utterances::new().voice_level(u16::MAX);
        assert_eq!(deaf.hear(&LOUD), Heard::Silence);
        let mut hasty = Utterances::new().pause_ms(20);
        assert_eq!(hasty.hear(&LOUD), Heard::Voice);
        assert_eq!(hasty.hear(&QUIET), Heard::Utterance(LOUD.to_vec()));
        assert_eq!(format!("{:?}", Heard::Utterance(vec![0; 3])), "Utterance(<3 bytes>)");
    }
}
