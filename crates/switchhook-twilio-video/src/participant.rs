//! Participants come and go.

use crate::VideoEvent;

switchhook_core::form_events! {
    params param;
    family VideoEvent by "StatusCallbackEvent";
    /// A participant came or went.
    group ParticipantEvent = "participant",
        common account_sid, timestamp, room_sid, room_name, participant_sid, participant_identity;
    key (room_sid sequence_number);
    order (timestamp of participant_sid);

    /// A participant joined. May arrive after, and be stamped later than, the first track of
    /// the same participant.
    ParticipantConnected = "participant-connected" {
        subject participant_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_identity, participant_status;
    }

    /// A participant left or lost the connection; the room is still in progress.
    ParticipantDisconnected = "participant-disconnected" {
        subject participant_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_identity, participant_status, participant_duration;
        sample participant_status = "disconnected";
    }
}
