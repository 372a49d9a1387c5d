//! The life of rooms.

use crate::VideoEvent;

switchhook_core::form_events! {
    params param;
    family VideoEvent by "StatusCallbackEvent";
    /// The life of a room.
    group RoomEvent = "room",
        common account_sid, timestamp, room_sid, room_name, room_status, room_type;
    key (room_sid sequence_number);
    order (timestamp of room_sid);

    /// A room was created.
    RoomCreated = "room-created" {
        subject room_sid;
        documented account_sid, timestamp, room_name, room_status, room_type, sequence_number;
    }

    /// A room ended: some minutes after the last participant left, unless ended by the REST API.
    RoomEnded = "room-ended" {
        subject room_sid;
        documented account_sid, timestamp, room_name, room_status, room_type, sequence_number,
            room_duration;
        sample room_status = "completed";
    }
}
