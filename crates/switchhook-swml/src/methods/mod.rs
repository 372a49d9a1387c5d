//! The methods of calls.

mod call;
mod connect;
mod flow;
mod media;
mod plain;
mod shapes;
mod transcribe;

pub use self::{
    call::*,
    connect::*,
    flow::*,
    media::*,
    plain::{Cond, Label, Return, Set, Sleep, Unset},
    shapes::*,
    transcribe::*,
};
pub(crate) use self::{
    plain::{new, plain},
    shapes::{branches, from_text},
};
use crate::{
    ai::{Ai, AiSidecar, AmazonBedrock},
    steps::{Calling, Confirming, MethodOf, Named, Step},
};

/// Declares the methods of a set: the table, the marker traits, and the enum over views.
macro_rules! methods {
    (
        $(#[$meta:meta])* $vis:vis enum $name:ident of $set:ident in $table:ident {
            $( $method:ident $(as $form:ident)? = $wire:literal $($ends:ident)?, )*
        }
    ) => {
        pub(crate) const $table: &[$crate::grammar::MethodInfo] = &[ $(
            $crate::grammar::MethodInfo {
                name: $wire,
                argument: <$crate::methods::methods!(@form $method $($form)?) as $crate::Field>::KIND,
                ends: $crate::methods::methods!(@ends $($ends)?),
            },
        )* ];

        $(
            impl MethodOf<$set> for $method {
                const NAME: &'static str = $wire;
            }

            impl Named for $method {
                const METHOD: &'static str = $wire;
            }
        )*

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $name<'a> {
            $(
                #[doc = concat!("`", $wire, "`.")]
                $method(<$crate::methods::methods!(@form $method $($form)?) as $crate::Field>::View<'a>),
            )*
            /// A method that this version does not know: its name, and what it takes.
            Unknown(&'a str, &'a $crate::Json),
            /// A known method with an argument of another form.
            Malformed(&'a str, &'a $crate::Json),
            /// Not an object with a name in it.
            NoMethod(&'a $crate::Json),
        }

        impl<'a> From<Step<'a>> for $name<'a> {
            fn from(step: Step<'a>) -> Self {
                let (Some(name), Some(argument)) = (step.name(), step.argument()) else {
                    return Self::NoMethod(step.json());
                };
                match name {
                    $( $wire => match <$crate::methods::methods!(@form $method $($form)?) as $crate::Field>::view(argument) {
                        Some(view) => Self::$method(view),
                        None => Self::Malformed(name, argument),
                    }, )*
                    _ => Self::Unknown(name, argument),
                }
            }
        }
    };
    (@form $method:ident) => { $method };
    (@form $method:ident $form:ident) => { $form };
    (@ends) => { false };
    (@ends ends) => { true };
}

pub(crate) use methods;

methods! {
    /// What a step of a call does, by type.
    ///
    /// ```
    /// use switchhook_swml::{Method, read};
    ///
    /// let document = read(r#"{"sections": {"main": [{"answer": {}}, {"fly": 1}, {"play": 2}]}}"#)?;
    /// let methods: Vec<_> = document.steps("main").unwrap().iter().map(Method::from).collect();
    /// assert!(matches!(methods[0], Method::Answer(_)));
    /// assert!(matches!(methods[1], Method::Unknown("fly", _)));
    /// assert!(matches!(methods[2], Method::Malformed("play", _)));
    /// # Ok::<(), switchhook_swml::ReadError>(())
    /// ```
    pub enum Method of Calling in CALLING {
        Answer = "answer",
        Ai = "ai",
        AiSidecar = "ai_sidecar",
        AmazonBedrock = "amazon_bedrock",
        Cond = "cond",
        Connect = "connect",
        Denoise = "denoise",
        DetectMachine = "detect_machine",
        EnterQueue = "enter_queue",
        Execute = "execute",
        Goto = "goto",
        Hangup = "hangup" ends,
        JoinConference = "join_conference",
        JoinRoom = "join_room",
        Label = "label",
        LiveTranscribe = "live_transcribe",
        LiveTranslate = "live_translate",
        Pay = "pay",
        Play = "play",
        Prompt = "prompt",
        ReceiveFax = "receive_fax",
        Record = "record",
        RecordCall = "record_call",
        Request = "request",
        Return = "return" ends,
        SendDigits = "send_digits",
        SendFax = "send_fax",
        SendSms = "send_sms",
        Set = "set",
        SipRefer = "sip_refer",
        Sleep = "sleep",
        StopDenoise = "stop_denoise",
        StopRecordCall = "stop_record_call",
        StopStream = "stop_stream",
        StopTap = "stop_tap",
        Stream = "stream",
        Switch = "switch",
        Tap = "tap",
        Transcribe = "transcribe",
        TranscribeStop = "transcribe_stop",
        Transfer = "transfer" ends,
        Unset = "unset",
        UserEvent = "user_event",
    }
}

macro_rules! confirm {
    ($( $method:ident ),*) => {
        /// What `connect.confirm` takes.
        pub(crate) const CONFIRM: &[&str] =
            &[$( <$method as MethodOf<Calling>>::NAME ),*];

        $( impl MethodOf<Confirming> for $method {
            const NAME: &'static str = <$method as MethodOf<Calling>>::NAME;
        } )*
    };
}

confirm!(
    Cond,
    Set,
    Unset,
    Hangup,
    Play,
    Prompt,
    Record,
    RecordCall,
    StopRecordCall,
    Tap,
    StopTap,
    Stream,
    StopStream,
    SendDigits,
    SendSms,
    Denoise,
    StopDenoise
);
