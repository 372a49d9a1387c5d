//! What the messages of both protocols have in common.
//!
//! A message is one JSON object in one text frame. `parse` never fails: a message that this
//! version does not know is [`Unknown`], one that does not fit is [`Malformed`], and both
//! keep all that came. In every other message only the few fields that its table requires
//! must be there; a value that does not fit costs its own field and is a [`Problem`].
//!
//! `to_json` writes the same JSON that was read, byte for byte, until a field is changed.
//! Then the change stands in its place, and everything else stays as it came. An object that
//! names a key twice has the last value, as with `JSON.parse`.
//!
//! `Debug` shows numbers, SIDs and known values. Of digits, speech, addresses and audio it
//! shows the length alone.

mod decoded;
mod field;
mod json;
mod limits;
mod macros;
mod parameters;
mod read;
mod value;
mod write;

pub use self::{
    decoded::{Decoded, Malformed, Message, Messages, Unknown},
    field::{Field, FieldKind, MessageInfo, Presence},
    limits::Limits,
    parameters::Parameters,
    read::{Problem, Reason},
    value::{FieldValue, JsonValue},
};
pub(crate) use self::{
    json::{scalar, write_text},
    macros::messages,
    read::{Reader, Received, parse},
    value::{Value, wire_values},
};
