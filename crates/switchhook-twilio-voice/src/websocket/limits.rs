/// How much of a message is read before it is refused.
///
/// ```
/// use switchhook_twilio_voice::{conversation_relay::Inbound, websocket::Limits};
///
/// let limits = Limits { bytes: 16, ..Limits::DEFAULT };
/// let Inbound::Malformed(long) = Inbound::parse_within(r#"{"type":"interrupt"}"#, &limits) else {
///     panic!("20 bytes")
/// };
/// assert_eq!(long.reason().to_string(), "longer than 16 bytes");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole message.
    pub bytes: usize,
    /// Objects and lists inside each other, the message itself included.
    pub depth: usize,
}

impl Limits {
    /// 1 MiB and 32 levels: 90 seconds of audio in one message, which usually has 20 ms.
    pub const DEFAULT: Self = Self { bytes: 1 << 20, depth: 32 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
