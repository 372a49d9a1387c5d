//! Tracks are published, muted and taken away.

use crate::VideoEvent;

switchhook_core::form_events! {
    params param;
    family VideoEvent by "StatusCallbackEvent";
    /// A track changed.
    group TrackEvent = "track",
        common account_sid, timestamp, room_sid, room_name, participant_sid, track_sid, track_kind;
    key (room_sid sequence_number);
    order (timestamp of track_sid);

    /// A participant published a track.
    TrackAdded = "track-added" {
        subject track_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_sid, participant_identity, participant_status, track_kind;
        also track_name;
    }

    /// A participant took a track away.
    TrackRemoved = "track-removed" {
        subject track_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_sid, participant_identity, participant_status, track_kind;
        also track_name;
    }

    /// A track was unmuted. Some client libraries remove and add video tracks instead.
    TrackEnabled = "track-enabled" {
        subject track_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_sid, participant_identity, participant_status, track_kind;
        also track_name;
    }

    /// A track was muted.
    TrackDisabled = "track-disabled" {
        subject track_sid;
        documented account_sid, timestamp, room_sid, room_name, room_status, room_type,
            sequence_number, participant_sid, participant_identity, participant_status, track_kind;
        also track_name;
    }
}
