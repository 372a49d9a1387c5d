//! The fetch of a messaging script.

use switchhook_core::{Json, JsonOf, Timestamp};

use crate::{Media, MessageDirection, MessageType, SignalWireEvent};

switchhook_core::params! { smsg {
    /// The message that came in: a UUID.
    message_id: String = "message.message_id", sample "b819981e-3e38-409d-af0a-c6a7a5464e11";
    /// The id of the project: whose event it is.
    project_id: String = "message.project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID.
    space_id: String = "message.space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// Whether the message comes in or goes out: `inbound`.
    direction: MessageDirection = "message.direction", sample "inbound";
    /// By which service the message came: SMS, MMS, WhatsApp.
    channel: MessageType = "message.type", sample "sms";
    /// Who sent the message: a number in E.164 form or a short code.
    from: String = "message.from", sample "+15559876543";
    /// Who the message is for: a number in E.164 form or a short code.
    to: String = "message.to", sample "+15551234567";
    /// How many SMS the message was split into.
    segments: u64 = "message.segments", sample "1";
    /// When the message came in.
    timestamp: Timestamp = "message.timestamp", sample "2026-08-04T09:15:00Z";
    /// What the message says. Null where it holds files alone.
    body: String = "message.body", sample "STATUS";
    /// The files of the message.
    media: JsonOf<Vec<Media>> = "message.media", sample r#"[{"url":"https://files.example.com/m/1.jpg","content_type":"image/jpeg","size":48213}]"#;
    /// The variables of the script.
    vars: Json = "vars", sample r#"{"request_result":"success"}"#;
    /// What the sender has put into it.
    script_params: Json = "params", sample "{}";
} }

switchhook_core::json_events! {
    params smsg;
    family SignalWireEvent;
    account "message.project_id";

    /// A message asks for its SWML document. Answer with one.
    InboundMessage = "swml.inbound_message", group "swml" {
        subject message_id;
        documented project_id, space_id, direction, channel, from, to, segments, timestamp;
        also body, media, vars, script_params;
        key (message_id; content);
        order ();
    }
}
