//! The parameters of Twilio Video, each named once.

switchhook_core::params! { param {
    /// The account that owns the room.
    account_sid: switchhook_core::AccountSid = "AccountSid",
        sample "AC5ac27bd10c1fe7a0b05d9c2d50e6ae9d";
    /// When it happened: the only documented way to order events. UTC, three fraction digits
    /// on room, participant and track events, six on the others.
    timestamp: switchhook_core::Timestamp = "Timestamp", sample "2026-03-04T10:11:12.131Z";
    /// A counter from 0 for each room. It need not be the real order.
    sequence_number: u64 = "SequenceNumber", sample "4";

    /// The room's unique name: free text, may hold spaces and any script.
    room_name: String = "RoomName", sample "apt-48-1767000000-k3v9";
    /// The room in which it happened: `RM` and 32 hex digits.
    room_sid: crate::RoomSid = "RoomSid", sample "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7";
    /// The room's state.
    room_status: crate::RoomStatus = "RoomStatus", sample "in-progress";
    /// The room's type.
    room_type: crate::RoomType = "RoomType", sample "group";
    /// How long the room existed, in seconds.
    room_duration: switchhook_core::Seconds = "RoomDuration", sample "312";

    /// The participant that it is about: `PA` and 32 hex digits.
    participant_sid: crate::ParticipantSid = "ParticipantSid",
        sample "PA7b1e0f9c2d4a48638e5f6a7b8c9d0e1f";
    /// The identity from the access token: free text, never trimmed.
    participant_identity: String = "ParticipantIdentity", sample "2-jane.doe@example.com";
    /// The participant's state.
    participant_status: crate::ParticipantStatus = "ParticipantStatus", sample "connected";
    /// How long the participant was connected, in seconds; can be 0.
    participant_duration: switchhook_core::Seconds = "ParticipantDuration", sample "184";

    /// The track that it is about: `MT` and 32 hex digits.
    track_sid: crate::TrackSid = "TrackSid", sample "MTa1b2c3d4e5f60718293a4b5c6d7e8f90";
    /// Whether the track is sound, pictures or data.
    track_kind: crate::TrackKind = "TrackKind", sample "audio";
    /// The track's name.
    track_name: String = "TrackName", sample "microphone";

    /// The recording of one track: `RT` and 32 hex digits.
    recording_sid: crate::RecordingSid = "RecordingSid",
        sample "RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f";
    /// The track that was recorded; equals the `TrackSid` of its track events.
    source_sid: crate::TrackSid = "SourceSid", sample "MTa1b2c3d4e5f60718293a4b5c6d7e8f90";
    /// The recording resource, as a path that starts with `/v1/Recordings/`.
    recording_uri: String = "RecordingUri",
        sample "/v1/Recordings/RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f";
    /// Where the media is: a path that ends in `/Media`, or an absolute URL. Fetching it needs
    /// authentication and is answered with a redirect.
    media_uri: String = "MediaUri",
        sample "/v1/Recordings/RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f/Media";
    /// Length of the media in seconds.
    duration: switchhook_core::Seconds = "Duration", sample "120";
    /// Size of the media in bytes.
    size: u64 = "Size", sample "5000000";
    /// Where the media is in the customer's own bucket.
    media_external_location: String = "MediaExternalLocation",
        sample "https://bucket.example.com/video/RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f.mka";
    /// The file format.
    container: crate::RecordingContainer = "Container", sample "mka";
    /// How the recording is encoded.
    codec: crate::RecordingCodec = "Codec", sample "opus";
    /// The kind of the recorded track.
    recording_type: crate::RecordingType = "Type", sample "audio";
    /// Milliseconds from a zero shared by all recordings of a room to the start of the source.
    offset_from_twilio_video_epoch: switchhook_core::Milliseconds = "OffsetFromTwilioVideoEpoch",
        sample "249293007297";
    /// What failed.
    failed_operation: crate::FailedOperation = "FailedOperation", sample "RecordingUpload";
    /// What went wrong, for people.
    error_message: String = "ErrorMessage", sample "No media found for the selected sources";

    /// The composition that is made of recordings: `CJ` and 32 hex digits.
    composition_sid: crate::CompositionSid = "CompositionSid",
        sample "CJ3f4a5b6c7d8e9f00112233445566778a";
    /// The composition resource, as a path.
    composition_uri: String = "CompositionUri",
        sample "/v1/Compositions/CJ3f4a5b6c7d8e9f00112233445566778a";
    /// The composition hook.
    hook_sid: crate::HookSid = "HookSid", sample "HK2233445566778899aabbccddeeff0011";
    /// The composition hook resource, as a path.
    hook_uri: String = "HookUri", sample "/v1/CompositionHooks/HK2233445566778899aabbccddeeff0011";
    /// The hook's name, up to 100 characters, unique in the account.
    hook_friendly_name: String = "HookFriendlyName", sample "Grid of all cameras";
    /// How far the composition is, from 0 to 100; sent about every 10 %.
    percentage_done: f64 = "PercentageDone", sample "40";
    /// An estimate of the time left, in seconds.
    seconds_remaining: f64 = "SecondsRemaining", sample "75";
} }
