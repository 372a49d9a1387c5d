//! Recordings of single tracks.

use crate::VideoEvent;

switchhook_core::form_events! {
    params param;
    family VideoEvent by "StatusCallbackEvent";
    /// A recording of a track changed.
    group RecordingEvent = "recording",
        common account_sid, timestamp, room_sid, room_name, participant_identity, recording_sid,
            source_sid, recording_type;
    key (recording_sid);
    order (timestamp of recording_sid);

    /// Twilio has begun to record a track.
    RecordingStarted = "recording-started" {
        subject recording_sid;
        documented account_sid, timestamp, room_sid, room_name, room_type, participant_sid,
            participant_identity, source_sid, recording_uri, container, codec, track_name,
            offset_from_twilio_video_epoch, recording_type;
        also room_status, sequence_number;
        sample timestamp = "2026-03-04T10:11:12.131415Z";
    }

    /// A recording is complete and can be fetched. May arrive after the room's end.
    RecordingCompleted = "recording-completed" {
        subject recording_sid;
        documented account_sid, timestamp, room_sid, room_name, room_type, participant_sid,
            participant_identity, source_sid, recording_uri, container, codec, track_name,
            offset_from_twilio_video_epoch, recording_type, media_uri, duration, size;
        also room_status, sequence_number, media_external_location;
        sample timestamp = "2026-03-04T10:13:12.131415Z";
    }

    /// A track could not be recorded.
    RecordingFailed = "recording-failed" {
        subject recording_sid;
        documented account_sid, timestamp, room_sid, room_name, room_type, participant_sid,
            participant_identity, source_sid, recording_uri, container, codec, track_name,
            offset_from_twilio_video_epoch, recording_type, failed_operation;
        also room_status, sequence_number;
        sample timestamp = "2026-03-04T10:13:12.131415Z";
    }
}
