//! The value lists: open enums, one per list of the grammar.
//!
//! Each reads any text; `Unrecognized` keeps what this version does not know.

use crate::{
    table::value_list,
    value::{LINE_ENDS, one_line},
};

value_list! {
    /// Method of a callback's request.
    CallbackMethod closed {
        Get = "GET",
        Post = "POST",
    }
}

value_list! {
    /// Method of a request.
    HttpMethod closed {
        Get = "GET",
        Post = "POST",
        Put = "PUT",
        Delete = "DELETE",
    }
}

value_list! {
    /// Whether media is encrypted.
    Encryption closed {
        Mandatory = "mandatory",
        Optional = "optional",
        Forbidden = "forbidden",
    }
}

value_list! {
    /// What the other side is told.
    HangupReason closed {
        Hangup = "hangup",
        Busy = "busy",
        Decline = "decline",
    }
}

value_list! {
    /// When a conference beeps.
    ConferenceBeep closed {
        True = "true",
        False = "false",
        OnEnter = "onEnter",
        OnExit = "onExit",
    }
}

value_list! {
    /// Whether a conference is recorded.
    ConferenceRecord closed {
        DoNotRecord = "do-not-record",
        RecordFromStart = "record-from-start",
    }
}

value_list! {
    /// Region that mixes a conference.
    ConferenceRegion open {
        Global = "global",
        Us = "us",
        Eu = "eu",
        Ch = "ch",
    }
}

value_list! {
    /// Whether silence at the ends is cut.
    ConferenceTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

value_list! {
    /// Form of a conference's reports.
    CallbackForm closed {
        Cxml = "cxml",
        Laml = "laml",
        Relay = "relay",
    }
}

value_list! {
    /// Format of a recording.
    RecordFormat closed {
        Wav = "wav",
        Mp3 = "mp3",
        Mp4 = "mp4",
    }
}

value_list! {
    /// What is recorded: what the caller says or hears.
    RecordLeg closed {
        Speak = "speak",
        Listen = "listen",
    }
}

value_list! {
    /// What is recorded or copied: what the caller says, hears, or both.
    Legs closed {
        Speak = "speak",
        Listen = "listen",
        Both = "both",
    }
}

value_list! {
    /// Track of a stream.
    StreamTrack closed {
        InboundTrack = "inbound_track",
        OutboundTrack = "outbound_track",
        BothTracks = "both_tracks",
    }
}

value_list! {
    /// Codec of a tap.
    TapCodec closed {
        Pcmu = "PCMU",
        Pcma = "PCMA",
    }
}

value_list! {
    /// Kind of a payment token.
    TokenType closed {
        OneTime = "one-time",
        Reusable = "reusable",
    }
}

value_list! {
    /// Tone of a fax machine.
    FaxTone closed {
        Ced = "CED",
        Cng = "CNG",
    }
}

value_list! {
    /// How a card is entered.
    PayInput closed {
        Dtmf = "dtmf",
    }
}

value_list! {
    /// Means of payment.
    PaymentMethod closed {
        CreditCard = "credit-card",
    }
}

value_list! {
    /// Kind of a prompt of a payment.
    PayActionKind closed {
        Say = "Say",
        Play = "Play",
    }
}

value_list! {
    /// A command without settings.
    CommandWord closed {
        Stop = "stop",
        Summarize = "summarize",
    }
}

value_list! {
    /// A leg of a call.
    Leg closed of ["TranscribeDirection", "TranslateDirection"] {
        RemoteCaller = "remote-caller",
        LocalCaller = "local-caller",
    }
}

value_list! {
    /// State of a call.
    CallState closed of ["CallStatus"] {
        Created = "created",
        Ringing = "ringing",
        Answered = "answered",
        Ended = "ended",
    }
}

value_list! {
    /// Direction of a call.
    CallDirection closed of ["Direction"] {
        Inbound = "inbound",
        Outbound = "outbound",
    }
}

value_list! {
    /// Engine that recognises speech.
    SpeechEngine closed of ["SpeechEngine"] {
        Deepgram = "deepgram",
        Google = "google",
    }
}

value_list! {
    /// Style of a translation; see also [`prompt`](TranslationFilter::prompt).
    TranslationFilter closed of ["TranslationFilterPreset", "CustomTranslationFilter"]
    also is_prompt {
        Polite = "polite",
        Rude = "rude",
        Professional = "professional",
        Shakespeare = "shakespeare",
        GenZ = "gen-z",
    }
}

value_list! {
    /// A model.
    Model open {
        Gpt4oMini = "gpt-4o-mini",
        Gpt41Mini = "gpt-4.1-mini",
        Gpt41Nano = "gpt-4.1-nano",
    }
}

value_list! {
    /// Form in which sections reach the model.
    PomFormat closed {
        Markdown = "markdown",
        Xml = "xml",
    }
}

value_list! {
    /// How phone numbers are spoken.
    NumberFormat closed {
        International = "international",
        National = "national",
    }
}

value_list! {
    /// What a report has of the summary.
    SummaryMode closed {
        String = "string",
        Original = "original",
    }
}

value_list! {
    /// Which texts are normalised.
    TextNormalization closed {
        Heard = "heard",
        Spoken = "spoken",
        Both = "both",
        True = "true",
        On = "on",
        False = "false",
        Off = "off",
        None = "none",
    }
}

value_list! {
    /// Emotion of a voice.
    Emotion closed {
        Happy = "happy",
        Sad = "sad",
        Angry = "angry",
        Fearful = "fearful",
        Disgusted = "disgusted",
        Surprised = "surprised",
        Neutral = "neutral",
    }
}

value_list! {
    /// Left to the platform.
    Auto closed {
        Auto = "auto",
    }
}

value_list! {
    /// Who said something.
    Role closed of ["ConversationRole"] {
        User = "user",
        Assistant = "assistant",
        System = "system",
    }
}

value_list! {
    /// Voice of an agent of Amazon Bedrock.
    BedrockVoice closed {
        Tiffany = "tiffany",
        Matthew = "matthew",
        Amy = "amy",
        Lupe = "lupe",
        Carlos = "carlos",
    }
}

value_list! {
    /// A function of the platform.
    NativeFunction closed of ["SWAIGNativeFunction"] {
        CheckTime = "check_time",
        WaitSeconds = "wait_seconds",
        WaitForUser = "wait_for_user",
        AdjustResponseLatency = "adjust_response_latency",
    }
}

value_list! {
    /// Always an object.
    ObjectKind closed {
        Object = "object",
    }
}

value_list! {
    /// Type of a value in a JSON schema.
    SchemaKind closed {
        String = "string",
        Integer = "integer",
        Number = "number",
        Boolean = "boolean",
        Array = "array",
        Object = "object",
        Null = "null",
    }
}

value_list! {
    /// Format of a text in a JSON schema.
    StringFormat closed of ["StringFormat"] {
        DateTime = "date_time",
        Time = "time",
        Date = "date",
        Duration = "duration",
        Email = "email",
        Hostname = "hostname",
        Ipv4 = "ipv4",
        Ipv6 = "ipv6",
        Uri = "uri",
        Uuid = "uuid",
    }
}

impl TranslationFilter {
    /// A style in words of your own. Lines are joined by blanks: the provider's schema takes one
    /// line.
    pub fn prompt(instruction: &str) -> Self {
        Self::from(one_line("prompt:", instruction).as_str())
    }
}

/// `prompt:` and an instruction: the schema's pattern, `^prompt:.+$`.
fn is_prompt(text: &str) -> bool {
    let instruction = text.strip_prefix("prompt:");
    instruction.is_some_and(|text| !text.is_empty() && !text.contains(LINE_ENDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_in_words_are_those_of_the_pattern() {
        for filter in ["prompt:be kind", "prompt: "] {
            assert!(is_prompt(filter), "{filter}");
        }
        for other in ["prompt:", "prompt:\n", "prompt:a\nb", "prompt:a\u{2028}", "Prompt:a", "a"] {
            assert!(!is_prompt(other), "{other}");
        }
        assert!(is_prompt(TranslationFilter::prompt("be kind\r\nand brief").as_str()));
    }
}
