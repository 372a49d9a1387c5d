//! The targets. Each has a function `check`, and in the table its arguments and the modules
//! that its source needs.

use crate::{Target, literal::Literal, read};

// Not by the macro, where rustfmt would not find them.
pub mod compat_events;
pub mod conversations_events;
pub mod doctor;
pub mod inbox;
pub mod inbox_rows;
pub mod json_scan;
pub mod media_session;
pub mod messaging_events;
pub mod params;
pub mod public_url;
pub mod signalwire_events;
pub mod signalwire_verify;
pub mod small_readers;
pub mod swml_read;
pub mod swml_round_trip;
pub mod twilio_verify;
pub mod twiml_read;
pub mod twiml_round_trip;
pub mod video_events;
pub mod voice_events;
pub mod ws_messages;

macro_rules! targets {
    ($($name:ident($($argument:ident: $type:ty),*) $(with $($part:ident in $path:literal),*)?;)*) => {
        $(
            #[allow(non_upper_case_globals, reason = "named as its module is")]
            pub static $name: Target = Target {
                name: stringify!($name),
                check: |bytes| {
                    let Some(($($argument,)*)) = read::<($($type,)*)>(bytes) else { return false };
                    $name::check($($argument),*);
                    true
                },
                arguments: |bytes| {
                    let ($($argument,)*) = read::<($($type,)*)>(bytes)?;
                    Some([$($argument.literal()),*].join(", "))
                },
                source: include_str!(concat!(stringify!($name), ".rs")),
                parts: &[$($((stringify!($part), include_str!($path))),*)?],
            };
        )*

        /// All of them.
        pub static ALL: &[&Target] = &[$(&$name),*];

        #[cfg(test)]
        mod corpus {
            $(
                #[test]
                fn $name() {
                    crate::tests::run_corpus(&super::$name);
                }
            )*
        }
    };
}

targets! {
    compat_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    conversations_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    doctor(request: doctor::Request<'_>);
    inbox(steps: Vec<inbox::Step>) with model in "inbox/model.rs", store in "inbox/store.rs",
        inbox_file in "../inbox_file.rs";
    inbox_rows(row: inbox_rows::Row<'_>) with inbox_file in "../inbox_file.rs";
    json_scan(text: &[u8]) with json_values in "../json_values.rs";
    media_session(text: &str);
    messaging_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    params(form: &[u8]);
    public_url(request: public_url::Request<'_>)
        with honest in "public_url/honest.rs", reference in "public_url/reference.rs";
    signalwire_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    signalwire_verify(request: signalwire_verify::Request<'_>);
    small_readers(reader: u8, bytes: &[u8])
        with access in "small_readers/access.rs", values in "small_readers/values.rs";
    swml_read(bytes: &[u8]);
    swml_round_trip(tree: swml_round_trip::Tree);
    twilio_verify(request: twilio_verify::Request<'_>);
    twiml_read(bytes: &[u8]);
    twiml_round_trip(tree: twiml_round_trip::Tree);
    video_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    voice_events(event: u8, body: &[u8])
        with families in "../families.rs", json_values in "../json_values.rs";
    ws_messages(text: &str);
}
