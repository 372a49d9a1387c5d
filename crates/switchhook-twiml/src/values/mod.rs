//! The value lists: open enums, one per list of the grammar.
//!
//! Each reads any text; `Unrecognized` keeps what this version does not know.

/// Declares one value list: the open enum, and the list for the grammar.
macro_rules! value_list {
    (
        $(#[$meta:meta])* $name:ident $openness:ident {
            $( $variant:ident = $wire:literal $(| $alias:literal)* ),+ $(,)?
        }
    ) => {
        switchhook_core::open_enum! {
            $(#[$meta])*
            pub enum $name { $( $variant = $wire $(| $alias)* ),+ }
        }

        impl $crate::grammar::Listed for $name {
            const LIST: &'static $crate::grammar::ValueList = &$crate::grammar::ValueList {
                name: stringify!($name),
                open: value_list!(@ $openness),
                values: &[$( $wire ),+],
                known: |text| $name::from(text).is_recognized(),
            };
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }
    };
    (@ open) => { true };
    (@ closed) => { false };
}

mod call;
mod language;
mod number;
mod pay;
mod recording;
mod relay;
mod ssml;
mod voice;

pub use self::call::{
    ApplicationEvent, ClientEvent, ConferenceBeep, ConferenceEvent, ConferenceJitterBufferSize,
    ConferenceRegion, ConversationEvent, DialEvents, DialRingTone, GatherInput, GatherSpeechModel,
    HttpMethod, MachineDetection, NumberEvent, ReceiveMediaType, ReceivePageSize, RejectReason,
    SipEvent, SiprecTrack, StorageMethod, StreamTrack, TranscriptionEngine, TranscriptionTrack,
    WhatsAppEvent,
};
pub use self::language::{GatherLanguage, PayLanguage, SayLanguage, SsmlLangXmlLang};
pub use self::number::{Decimal, FlagOrText, NotADecimal, SpeechTimeout};
pub use self::pay::{
    PayBankAccountType, PayInput, PayPaymentMethod, PayTokenType, PayValidCardTypes,
    PromptCardType, PromptErrorType, PromptFor,
};
pub use self::recording::{
    ConferenceRecord, ConferenceRecordingEvent, ConferenceTrim, ConversationRecord,
    ConversationRecordingEvent, ConversationTrim, DialRecord, DialRecordingEvent,
    DialRecordingTrack, DialTrim, RecordRecordingEvent, RecordTrim, RecordingChannels,
    RecordingEvent, RecordingTrack, RecordingTrim,
};
pub use self::relay::{
    OnAutoOff, RelayDebug, RelayEvents, RelayIncludeInPrompt, RelayInterruptSensitivity,
    RelayInterruptible, RelayReportInput, RelayTranscriptionProvider, RelayTtsProvider,
};
pub use self::ssml::{
    SsmlBreakStrength, SsmlEmphasisLevel, SsmlPhonemeAlphabet, SsmlProsodyPitch, SsmlProsodyRate,
    SsmlProsodyVolume, SsmlSayAsFormat, SsmlSayAsInterpretAs,
};
pub use self::voice::SayVoice;
