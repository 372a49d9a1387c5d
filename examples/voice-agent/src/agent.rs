//! What the agent does with a voice: it waits for a pause and says the same again.
//!
//! A real one would hand the utterance to speech recognition and a model here. All else, the
//! stream, the marks, the barge-in, would stay as it is.

use switchhook::twilio::voice::media_streams::mulaw;

/// How loud a voice is at least: the noise of a line stays below.
const VOICE: u16 = 400;

/// The silence that ends an utterance: 0.6 s.
const PAUSE: usize = mulaw::RATE * 6 / 10;

/// An utterance that is longer is answered where it is: 20 s.
const LONGEST: usize = mulaw::RATE * 20;

/// An agent that repeats what it hears.
#[derive(Debug, Default)]
pub struct Parrot {
    heard: Vec<u8>,
    quiet: usize,
}

/// What a piece of audio meant to the agent.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: silence, or a pause that is too short.
    Silence,
    /// Somebody speaks.
    Voice,
    /// Somebody has spoken, this.
    Utterance(Vec<u8>),
}

impl Parrot {
    /// Listens to a piece of audio.
    pub fn hear(&mut self, audio: &[u8]) -> Heard {
        let is_voice = mulaw::level(audio) >= VOICE;
        if is_voice {
            self.quiet = 0;
        } else if self.heard.is_empty() {
            return Heard::Silence;
        } else {
            self.quiet += audio.len();
        }
        self.heard.extend_from_slice(audio);
        if self.quiet >= PAUSE || self.heard.len() >= LONGEST {
            self.heard.truncate(self.heard.len() - self.quiet);
            self.quiet = 0;
            return Heard::Utterance(std::mem::take(&mut self.heard));
        }
        if is_voice { Heard::Voice } else { Heard::Silence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: [u8; mulaw::FRAME] = [mulaw::SILENCE; mulaw::FRAME];
    const LOUD: [u8; mulaw::FRAME] = [0x10; mulaw::FRAME];

    #[test]
    fn an_utterance_ends_with_a_pause_and_is_given_without_it() {
        let mut parrot = Parrot::default();
        assert_eq!(parrot.hear(&QUIET), Heard::Silence);
        assert_eq!(parrot.hear(&LOUD), Heard::Voice);
        // A short pause belongs to the utterance.
        assert_eq!(parrot.hear(&QUIET), Heard::Silence);
        assert_eq!(parrot.hear(&LOUD), Heard::Voice);
        for _ in 0..29 {
            assert_eq!(parrot.hear(&QUIET), Heard::Silence);
        }
        assert_eq!(parrot.hear(&QUIET), Heard::Utterance([LOUD, QUIET, LOUD].concat()));
        assert_eq!(parrot.hear(&QUIET), Heard::Silence);
    }

    #[test]
    fn who_never_pauses_is_answered_all_the_same() {
        let mut parrot = Parrot::default();
        let frames = (0..).position(|_| matches!(parrot.hear(&LOUD), Heard::Utterance(_)));
        assert_eq!(frames, Some(LONGEST / mulaw::FRAME - 1));
        // One frame of any length is bounded by what a message may have.
        let Heard::Utterance(all) = parrot.hear(&vec![0x10; LONGEST * 2]) else { panic!() };
        assert_eq!(all.len(), LONGEST * 2);
    }
}
