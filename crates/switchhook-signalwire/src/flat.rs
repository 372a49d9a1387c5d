//! Bodies without an envelope: those of SignalWire's older examples, message states, payments.

use switchhook_core::{DecimalSeconds, Json, JsonOf, Timestamp};

use crate::{CallDirection, CallState, MessageStatus, SignalWireEvent};

switchhook_core::params! { flat {
    /// The call that the body is about.
    call_id: String = "call_id", sample "c1234567-89ab-cdef-0123-456789abcdef";
    /// How far the call is.
    call_state: CallState = "call_state", sample "queued";
    /// Who it is from: a number or an address.
    from: String = "from", sample "+15551234567";
    /// Who it is for: a number or an address.
    to: String = "to", sample "+15559876543";
    /// Whether the call comes in or goes out.
    direction: CallDirection = "direction", sample "outbound";
    /// When it happened, as ISO 8601 text on the wire.
    timestamp: Timestamp = "timestamp", sample "2025-01-15T10:30:00Z";
    /// The operation that is running, as the client named it.
    control_id: String = "control_id", sample "a2e4837c-3b34-46e4-a4f0-355dae6f0e81";
    /// How far the operation is.
    state: String = "state", sample "playing";
    /// The node of the platform that handles the call, mostly a UUID with `@` and a region.
    node_id: String = "node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The message that was sent: a UUID.
    id: String = "id", sample "b819981e-3e38-409d-af0a-c6a7a5464e11";
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// How far the message is.
    status: MessageStatus = "status", sample "delivered";
    /// What the message says; empty where the project keeps texts out of callbacks.
    body: String = "body", sample "Your code is 1234";
    /// How many SMS the message was split into.
    number_of_segments: u64 = "number_of_segments", sample "1";
    /// The code of the error, a text. Null where there is none.
    error_code: String = "error_code", sample "30008";
    /// The error in words. Null where there is none.
    error_message: String = "error_message", sample "Unknown error";
    /// What the sender attached to the message, to know it again: an object. Absent where there is
    /// nothing.
    custom_variables: Json = "custom_variables", sample r#"{"order":"A-1009"}"#;
    /// By which service the message went, such as `whatsapp`. No page confirms it.
    kind: String = "kind", sample "text";
    /// The message that the body is about, such as `msg_…` or a UUID.
    message_id: String = "message_id", sample "msg_xxxxxxxx";
    /// Where the files of the message are, an address for each.
    media: JsonOf<Vec<String>> = "media", sample r#"["https://example.com/image.jpg"]"#;
    /// How many SMS the message was split into.
    num_segments: u64 = "num_segments", sample "1";
    /// How many files the message has.
    num_media: u64 = "num_media", sample "1";
    /// The room that the event is about.
    room_id: String = "room_id", sample "00616eaa-ede3-4dd7-a730-7482667839ff";
    /// What the room is called.
    room_name: String = "room_name", sample "my-meeting";
    /// How long it lasted, in seconds.
    duration: DecimalSeconds = "duration", sample "3600";
    /// Who joined or left. No page confirms it.
    member_id: String = "member_id", sample "text";
    /// What the one who joined or left is called. No page confirms it.
    member_name: String = "member_name", sample "text";
    /// Where the file of the recording is.
    recording_url: String = "recording_url", sample "https://example.com/rec/1.mp4";
    /// The payment, to be told from others and never charged twice.
    transaction_id: String = "transaction_id", sample "af1b4a44-a5ee-4391-a3b0-18f771e45e49";
    /// What is paid with, such as `credit-card`.
    method: String = "method", sample "credit-card";
    /// The number of the card. Never log it.
    cardnumber: String = "cardnumber", sample "4111111111111111";
    /// The security code of the card. Never log it.
    cvv: String = "cvv", sample "123";
    /// The month in which the card expires, as two digits.
    expiry_month: String = "expiry_month", sample "12";
    /// The year in which the card expires, as two digits.
    expiry_year: String = "expiry_year", sample "30";
    /// The postal code of the card's owner.
    postal_code: String = "postal_code", sample "10115";
    /// What to charge, in the currency's unit, such as `12.50`.
    charge_amount: String = "chargeAmount", sample "12.50";
    /// Which currency is charged, such as `usd`.
    currency_code: String = "currency_code", sample "usd";
    /// Whether a token is asked for one payment or for more, such as `one-time`.
    token_type: String = "token_type", sample "one-time";
    /// What is paid for, as the script said it.
    description: String = "description", sample "order A-1009";
    /// What a token is for, where one is asked for; the page does not say the form.
    amount: String = "amount", sample "text";
    /// The parameters that the script gave the payment: an object.
    parameters: Json = "parameters", sample r#"{"order":"A-1009"}"#;
} }

switchhook_core::json_events! {
    params flat;
    family SignalWireEvent;
    account "project_id";

    /// A call changed its state, in the flat body of SignalWire's older examples.
    CallStatusFlat = "call.status.flat", group "call" {
        subject call_id;
        documented call_state;
        also timestamp, from, to, direction;
        key (call_id call_state);
        order (call_state of call_id);
    }

    /// A callback of a REST command without its envelope: the route knows which command. Commands
    /// may share a control id, so that all that is sent tells two callbacks apart.
    CallbackBare = "calling.callback.bare", group "call" {
        subject control_id;
        documented state;
        also call_id, node_id;
        key (control_id state; content);
        order ();
    }

    /// A message that was sent changed its status.
    MessageStatusChanged = "message.status", group "messaging" {
        subject id;
        documented project_id, status, to, from, body, number_of_segments, timestamp,
            error_code, error_message;
        also custom_variables, kind;
        key (id status);
        order (status of id);
    }

    /// A message came in, in the flat body of SignalWire's older examples.
    MessageInboundFlat = "message.inbound.flat", group "messaging" {
        subject message_id;
        documented from, to;
        also timestamp, body, media, num_segments, num_media;
        key (message_id);
        order ();
        events { "message.inbound.flat" sends body; }
    }

    /// A message changed its status, in the flat body of SignalWire's older examples.
    MessageStatusFlat = "message.status.flat", group "messaging" {
        subject message_id;
        documented status;
        also timestamp, error_code;
        key (message_id status);
        order (status of message_id);
    }

    /// A video room started. The body does not tell the event: the route does.
    RoomStarted = "room.started", group "video" {
        subject room_id;
        documented;
        also timestamp, room_name;
        key (room_id timestamp);
        order (timestamp of room_id);
    }

    /// A video room ended. The body does not tell the event: the route does.
    RoomEnded = "room.ended", group "video" {
        subject room_id;
        documented;
        also timestamp, room_name, duration;
        key (room_id timestamp);
        order (timestamp of room_id);
    }

    /// A member joined a video room. The body does not tell the event: the route does.
    MemberJoined = "member.joined", group "video" {
        subject room_id;
        documented;
        also timestamp, room_name, member_id, member_name;
        key (room_id member_id timestamp | room_id timestamp);
        order (timestamp of room_id);
    }

    /// A member left a video room. The body does not tell the event: the route does.
    MemberLeft = "member.left", group "video" {
        subject room_id;
        documented;
        also timestamp, room_name, member_id, member_name;
        key (room_id member_id timestamp | room_id timestamp);
        order (timestamp of room_id);
    }

    /// The recording of a video room started. The body does not tell the event: the route does.
    RecordingStarted = "recording.started", group "video" {
        subject room_id;
        documented;
        also timestamp, room_name, recording_url;
        key (room_id timestamp);
        order (timestamp of room_id);
    }

    /// The recording of a video room is done. The body does not tell the event: the route does.
    RecordingCompleted = "recording.completed", group "video" {
        subject room_id;
        documented recording_url;
        also timestamp, room_name, duration;
        key (room_id timestamp);
        order (timestamp of room_id);
    }

    /// A payment to be made: the body holds a whole card. Never log it, never store it.
    PayConnector = "pay.connector", group "pay" {
        subject transaction_id;
        documented method;
        also cardnumber, cvv, expiry_month, expiry_year, postal_code, charge_amount,
            currency_code, token_type, description, amount, parameters;
        key (transaction_id method);
        order ();
    }
}
