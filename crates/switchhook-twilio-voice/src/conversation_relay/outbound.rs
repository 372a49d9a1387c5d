//! What a server sends over a ConversationRelay session.

use crate::websocket::messages;

messages! {
    /// Every message that a server sends over a ConversationRelay session.
    ///
    /// ```
    /// use switchhook_twilio_voice::conversation_relay::outbound::{End, Language, Play};
    ///
    /// let play = Play::new("https://media.example.com/hold.mp3").loops(2).preemptible(true);
    /// assert_eq!(
    ///     play.to_json(),
    ///     r#"{"type":"play","source":"https://media.example.com/hold.mp3","loop":2,"preemptible":true}"#,
    /// );
    /// let language = Language::new().tts_language("es-MX");
    /// assert_eq!(language.to_json(), r#"{"type":"language","ttsLanguage":"es-MX"}"#);
    /// let end = End::new().handoff_data(r#"{"reason":"transfer"}"#);
    /// assert_eq!(end.to_json(), r#"{"type":"end","handoffData":"{\"reason\":\"transfer\"}"}"#);
    /// ```
    pub enum Outbound = "conversation-relay/out" by "type" {
        /// Text to speak: a whole answer, or a token of one.
        Text: text = "text" {
            required {
                /// The text. Empty is a text; Twilio refuses null and anything else
                /// (error 64107).
                token: String = "token";
            }
            optional {
                /// Whether the answer ends here.
                last: bool = "last";
                /// The language as a BCP 47 tag.
                lang: String = "lang";
                /// Whether the caller can interrupt it.
                interruptible: bool = "interruptible";
                /// Whether the next text cuts it off.
                preemptible: bool = "preemptible";
            }
        }

        /// A file to play. No message tells when it is over.
        Play: play = "play" {
            required {
                /// The URL of the file.
                source: String = "source";
            }
            optional {
                /// How often: once unless told otherwise, up to 1000 times for 0.
                loops: u64 = "loop";
                /// Whether the next text cuts it off.
                preemptible: bool = "preemptible";
                /// Whether the caller can interrupt it.
                interruptible: bool = "interruptible";
            }
        }

        /// Keys to press for the caller.
        SendDigits: send_digits = "sendDigits" {
            required {
                /// `0` to `9`, `*`, `#`, and `w` for half a second of silence.
                digits: String = "digits";
            }
            optional {}
        }

        /// Another language from here on. At least one of the two has to be set.
        Language: language = "language" {
            required {}
            optional {
                /// The language to speak, as a BCP 47 tag.
                tts_language: String = "ttsLanguage";
                /// The language to understand, as a BCP 47 tag.
                transcription_language: String = "transcriptionLanguage";
            }
        }

        /// Ends the session and goes on with the `<Connect>`'s action.
        End: end = "end" {
            required {}
            optional {
                /// What the action gets as `HandoffData`. A text: JSON has to be one, too.
                handoff_data: String = "handoffData";
            }
        }
    }
}
