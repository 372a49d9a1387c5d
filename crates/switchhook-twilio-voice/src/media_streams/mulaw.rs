//! µ-law, the audio of media streams: one byte a sample, 8000 samples a second.
//!
//! An agent that recognises or makes speech wants linear samples; one that only listens for a
//! voice wants to know how loud a frame is.
//!
//! ```
//! use switchhook_twilio_voice::media_streams::mulaw;
//!
//! let frame = [mulaw::SILENCE; mulaw::FRAME];
//! assert_eq!(mulaw::level(&frame), 0);
//!
//! let tone: Vec<u8> = [8000, -8000].into_iter().cycle().take(mulaw::FRAME).map(mulaw::encode).collect();
//! assert!(mulaw::level(&tone) > 7500);
//! let samples: Vec<i16> = tone.iter().map(|&byte| mulaw::decode(byte)).collect();
//! assert_eq!(samples.len(), 160);
//! ```
//!
//! Source: ITU-T G.711.

/// Samples in a second, and bytes.
pub const RATE: usize = 8000;

/// Bytes in the usual piece of audio, which lasts 20 ms.
pub const FRAME: usize = RATE / 50;

/// A sample of silence.
pub const SILENCE: u8 = 0xFF;

/// What the logarithm's segments are shifted by.
const BIAS: i16 = 0x84;

/// The largest sample that can be told apart.
const MOST: i16 = 32_635;

const SAMPLES: [i16; 256] = {
    let mut samples = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it counts to 255")]
        let inverted = !(byte as u8);
        let segment = (inverted >> 4) & 7;
        let magnitude = (((((inverted & 15) as i16) << 3) + BIAS) << segment) - BIAS;
        samples[byte] = if inverted & 0x80 == 0 { magnitude } else { -magnitude };
        byte += 1;
    }
    samples
};

/// The linear sample of a byte, from -32124 to 32124.
pub fn decode(byte: u8) -> i16 {
    SAMPLES[usize::from(byte)]
}

/// The byte of a linear sample, the nearest that there is below it.
pub fn encode(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.saturating_abs().min(MOST) + BIAS;
    // The place of the highest bit, which the bias puts at 7 at least, tells the segment.
    let segment = 8 - magnitude.leading_zeros();
    let mantissa = (magnitude >> (segment + 3)) & 15;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "three bits, four bits"
    )]
    let bits = (segment as u8) << 4 | mantissa as u8;
    !(sign | bits)
}

/// How loud audio is: the mean of its samples' magnitudes, from 0 to 32124. A voice on the
/// line is in the hundreds and thousands, noise below.
pub fn level(audio: &[u8]) -> u16 {
    let sum: u64 = audio.iter().map(|&byte| u64::from(decode(byte).unsigned_abs())).sum();
    let mean = sum / (audio.len() as u64).max(1);
    mean.try_into().unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale_are_the_standard_s() {
        for (byte, sample) in [
            (0xFF, 0),
            (0x7F, 0),
            (0xFE, 8),
            (0x7E, -8),
            (0xF0, 120),
            (0xEF, 132),
            (0x80, 32_124),
            (0x00, -32_124),
        ] {
            assert_eq!(decode(byte), sample, "{byte:#x}");
        }
    }

    #[test]
    fn every_byte_comes_back_but_for_the_second_zero() {
        for byte in 0..=u8::MAX {
            let back = encode(decode(byte));
            assert_eq!(back, if byte == 0x7F { SILENCE } else { byte });
        }
    }

    #[test]
    fn a_sample_loses_a_thirty_second_at_most() {
        for sample in i16::MIN..=i16::MAX {
            let lost = (i32::from(decode(encode(sample))) - i32::from(sample)).abs();
            let magnitude = i32::from(sample).abs();
            let clipped = magnitude - i32::from(MOST);
            assert!(lost <= (magnitude / 16).max(8).max(clipped + 512), "{sample} {lost}");
        }
    }

    #[test]
    fn nothing_is_silent() {
        assert_eq!(level(&[]), 0);
        assert_eq!(level(&[0x00, 0x80]), 32_124);
    }
}
