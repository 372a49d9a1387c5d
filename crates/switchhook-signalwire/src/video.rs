//! Video rooms, on the socket.

use switchhook_core::{DecimalSeconds, EpochSeconds, Json, JsonOf, Milliseconds};

use crate::{
    MemberType, SignalWireEvent, VideoPlaybackState, VideoRecordingState, VideoStreamState,
};

switchhook_core::params! { video {
    /// The session of the room that the event is about: one meeting in a room, a UUID.
    session_id: String = "params.room_session.id", sample "d4d62289-820c-4ce7-aee7-2c1407598b43";
    /// The channel that the event was sent on: `video.rooms.` and the id of the project.
    event_channel: String = "event_channel", sample "video.rooms.6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// When the event was sent, in seconds since 1970, with a fraction.
    timestamp: EpochSeconds = "timestamp", sample "1785312000.5";
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID.
    space_id: String = "space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// The session once more, in an older shape that old clients read.
    room: Json = "params.room", sample r#"{"id":"d4d62289-820c-4ce7-aee7-2c1407598b43","name":"my-meeting","room_id":"00616eaa-ede3-4dd7-a730-7482667839ff","event_channel":"room.d4d62289-820c-4ce7-aee7-2c1407598b43","recording":false,"hide_video_muted":false,"music_on_hold":false}"#;
    /// The room as it was set up, whatever the session: a UUID.
    room_id: String = "params.room_id", sample "00616eaa-ede3-4dd7-a730-7482667839ff";
    /// The session of the room: one meeting in it, a UUID.
    room_session_id: String = "params.room_session_id", sample "d4d62289-820c-4ce7-aee7-2c1407598b43";
    /// What the room is called in its address.
    session_name: String = "params.room_session.name", sample "my-meeting";
    /// What people see as the name of the room; it is the name itself where none was set.
    display_name: String = "params.room_session.display_name", sample "text";
    /// The room that the session takes place in; null where the room goes with its session.
    session_room_id: String = "params.room_session.room_id", sample "00616eaa-ede3-4dd7-a730-7482667839ff";
    /// The channel on which the events of this session are sent to its clients.
    session_event_channel: String = "params.room_session.event_channel", sample "room.d4d62289-820c-4ce7-aee7-2c1407598b43";
    /// Whether the session is recorded.
    session_recording: bool = "params.room_session.recording", sample "false";
    /// Whether the session is streamed.
    streaming: bool = "params.room_session.streaming", sample "true";
    /// Whether members without a picture are hidden.
    hide_video_muted: bool = "params.room_session.hide_video_muted", sample "false";
    /// Whether music plays while nobody else is there.
    music_on_hold: bool = "params.room_session.music_on_hold", sample "false";
    /// Which layout the room has now, such as `grid-responsive`.
    layout_name: String = "params.room_session.layout_name", sample "text";
    /// Where a small moving picture of the room is, while the room has one.
    preview_url: String = "params.room_session.preview_url", sample "text";
    /// Whether nobody else gets in.
    locked: bool = "params.room_session.locked", sample "true";
    /// Whether raised hands come first in the layout.
    prioritize_handraise: bool = "params.room_session.prioritize_handraise", sample "true";
    /// When the session started, as sent: the pages have it of the REST API alone, as ISO 8601
    /// text.
    session_start_time: Json = "params.room_session.start_time", sample "{}";
    /// When the session ended, as sent: the pages have it of the REST API alone, as ISO 8601 text.
    session_end_time: Json = "params.room_session.end_time", sample "{}";
    /// How long the session lasted, in seconds.
    session_duration: u64 = "params.room_session.duration", sample "1";
    /// How far the session is: the REST API has `in-progress` and `completed`.
    session_status: String = "params.room_session.status", sample "text";
    /// What the application has noted about the session: an object of its own making.
    session_meta: Json = "params.room_session.meta", sample "{}";
    /// Who is in the session: a list of members, each as `member_…` has one.
    members: Json = "params.room_session.members", sample "{}";
    /// What is recorded of the session: a list, each as `recording_…` has one.
    recordings: Json = "params.room_session.recordings", sample "{}";
    /// What is played in the session: a list, each as `playback_…` has one.
    playbacks: Json = "params.room_session.playbacks", sample "{}";
    /// Where the session is streamed to: a list, each as `stream_…` has one.
    streams: Json = "params.room_session.streams", sample "{}";
    /// How many people watch without taking part.
    total: u64 = "params.total", sample "12";
    /// The member that the event is about: a UUID.
    member_id: String = "params.member.id", sample "c05a7e5b-2288-4b43-a663-4b3df0531929";
    /// The room that the member is in.
    member_room_id: String = "params.member.room_id", sample "00616eaa-ede3-4dd7-a730-7482667839ff";
    /// The session that the member is in.
    member_room_session_id: String = "params.member.room_session_id", sample "d4d62289-820c-4ce7-aee7-2c1407598b43";
    /// The member that a shared screen or an added device belongs to. Absent on a person.
    member_parent_id: String = "params.member.parent_id", sample "text";
    /// What names the scopes that the member has: what it may do.
    member_scope_id: String = "params.member.scope_id", sample "text";
    /// What the member is called in the room.
    member_name: String = "params.member.name", sample "Guest 1";
    /// Whether it is a person, a shared screen or an added device.
    member_type: MemberType = "params.member.type", sample "member";
    /// Whether the member is not heard.
    member_audio_muted: bool = "params.member.audio_muted", sample "false";
    /// Whether the member shows no picture.
    member_video_muted: bool = "params.member.video_muted", sample "true";
    /// Whether the member hears nothing.
    member_deaf: bool = "params.member.deaf", sample "false";
    /// Whether the member is visible.
    member_visible: bool = "params.member.visible", sample "true";
    /// How loud the member's microphone is set, from -50 to 50; 0 is the default.
    member_input_volume: i64 = "params.member.input_volume", sample "0";
    /// How loud the member's speaker is set, from -50 to 50; 0 is the default.
    member_output_volume: i64 = "params.member.output_volume", sample "0";
    /// From which level on the member counts as talking, from 0 (never) to 100 (at the least
    /// sound).
    member_input_sensitivity: i64 = "params.member.input_sensitivity", sample "44";
    /// Where in the layout the member was asked to be.
    member_requested_position: String = "params.member.requested_position", sample "text";
    /// Where in the layout the member is; not where it was asked to be, if that place is taken.
    member_current_position: String = "params.member.current_position", sample "text";
    /// Whether the member has raised a hand.
    member_handraised: bool = "params.member.handraised", sample "true";
    /// Whether the member is talking.
    member_talking: bool = "params.member.talking", sample "true";
    /// What the application has noted about the member: an object of its own making.
    member_meta: Json = "params.member.meta", sample "{}";
    /// Which fields of the member have changed, by their names in the body, such as `video_muted`.
    member_updated: JsonOf<Vec<String>> = "params.member.updated", sample r#"["video_muted"]"#;
    /// The recording that the event is about: a UUID.
    recording_id: String = "params.recording.id", sample "dc3bfcb5-82c0-47df-a18b-73e2884deba7";
    /// How far the recording is.
    recording_state: VideoRecordingState = "params.recording.state", sample "recording";
    /// The session that is recorded.
    recording_room_session_id: String = "params.recording.room_session_id", sample "text";
    /// How long the recording is, in seconds; once it is over.
    recording_duration: DecimalSeconds = "params.recording.duration", sample "60";
    /// When the recording started, in seconds since 1970.
    recording_started_at: EpochSeconds = "params.recording.started_at", sample "1785312000.1";
    /// When the recording ended, in seconds since 1970.
    recording_ended_at: EpochSeconds = "params.recording.ended_at", sample "1785312060.1";
    /// Where the file of the recording is.
    recording_url: String = "params.recording.url", sample "text";
    /// The playback that the event is about: a UUID.
    playback_id: String = "params.playback.id", sample "8b4e55a0-40a1-4346-a6df-11678b83ca9d";
    /// How far the playback is.
    playback_state: VideoPlaybackState = "params.playback.state", sample "playing";
    /// The session that it is played in.
    playback_room_session_id: String = "params.playback.room_session_id", sample "text";
    /// What is played: the address of the file or stream.
    playback_url: String = "params.playback.url", sample "https://files.example.com/v.mp4";
    /// How loud it is played, from -50 to 50; 0 is the default.
    playback_volume: i64 = "params.playback.volume", sample "0";
    /// How far into the file the playback is, in milliseconds.
    playback_position: Milliseconds = "params.playback.position", sample "0";
    /// Whether one can jump within it.
    playback_seekable: bool = "params.playback.seekable", sample "true";
    /// When the playback started, in seconds since 1970.
    playback_started_at: EpochSeconds = "params.playback.started_at", sample "1785312000.1";
    /// When the playback ended, in seconds since 1970.
    playback_ended_at: EpochSeconds = "params.playback.ended_at", sample "1785312060.1";
    /// The stream that the event is about: a UUID.
    stream_id: String = "params.stream.id", sample "f32bd609-22e2-45c7-a37f-c2ffe659338c";
    /// How far the stream is.
    stream_state: VideoStreamState = "params.stream.state", sample "streaming";
    /// The session that is streamed.
    stream_room_session_id: String = "params.stream.room_session_id", sample "text";
    /// Where the session is streamed to, mostly by RTMP. May hold a secret key.
    stream_url: String = "params.stream.url", sample "rtmp://live.example.com/app/key";
    /// How long the stream lasted, in seconds; once it is over.
    stream_duration: DecimalSeconds = "params.stream.duration", sample "17.42";
    /// When the stream started, in seconds since 1970.
    stream_started_at: EpochSeconds = "params.stream.started_at", sample "1785312000.1";
    /// When the stream ended, in seconds since 1970.
    stream_ended_at: EpochSeconds = "params.stream.ended_at", sample "1785312060.1";
    /// The layout that the room has now: its `name`, and in `layers` where each member is.
    layout: Json = "params.layout", sample r#"{"name":"grid-responsive","layers":[{"x":0,"y":0,"width":100,"height":100}]}"#;
    /// Which event it is, such as `video.layout.changed`.
    event_type: String = "event_type", sample "video.layout.changed";
} }

switchhook_core::json_events! {
    params video;
    family SignalWireEvent by "event_type" in rpc "signalwire.event";
    account "project_id";

    /// A room session changed, on the socket.
    VideoRoom = "video.room", group "video" {
        subject session_id;
        documented;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id,
            session_name, display_name, session_room_id, session_event_channel,
            session_recording, streaming, hide_video_muted, music_on_hold, layout_name,
            preview_url, locked, prioritize_handraise, session_start_time, session_end_time,
            session_duration, session_status, session_meta, members, recordings, playbacks,
            streams;
        key (session_id timestamp);
        order (timestamp of session_id);
        events {
            "video.room.started" when (event_type = "video.room.started");
            "video.room.updated" when (event_type = "video.room.updated");
            "video.room.ended" when (event_type = "video.room.ended");
            "video.room.subscribed" when (event_type = "video.room.subscribed");
        }
    }

    /// How many people watch, on the socket.
    VideoAudienceCount = "video.room.audience_count", group "video" {
        documented total;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id;
        key ();
        order ();
    }

    /// A member of a room changed, on the socket.
    VideoMember = "video.member", group "video" {
        subject member_id;
        documented;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id,
            member_room_id, member_room_session_id, member_parent_id, member_scope_id,
            member_name, member_type, member_audio_muted, member_video_muted, member_deaf,
            member_visible, member_input_volume, member_output_volume,
            member_input_sensitivity, member_requested_position, member_current_position,
            member_handraised, member_talking, member_meta, member_updated;
        key (room_session_id member_id timestamp);
        order (timestamp of member_id);
        events {
            "video.member.joined" when (event_type = "video.member.joined");
            "video.member.updated" when (event_type = "video.member.updated");
            "video.member.left" when (event_type = "video.member.left");
            "video.member.talking" when (event_type = "video.member.talking");
            "video.member.promoted" when (event_type = "video.member.promoted");
            "video.member.demoted" when (event_type = "video.member.demoted");
        }
    }

    /// The recording of a room changed, on the socket.
    VideoRecording = "video.recording", group "video" {
        subject recording_id;
        documented recording_state;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id,
            recording_room_session_id, recording_duration, recording_started_at,
            recording_ended_at, recording_url;
        key (room_session_id recording_id timestamp);
        order (timestamp of recording_id);
        events {
            "video.recording.started" when (event_type = "video.recording.started");
            "video.recording.updated" when (event_type = "video.recording.updated");
            "video.recording.ended" when (event_type = "video.recording.ended");
        }
    }

    /// A playback in a room changed, on the socket.
    VideoPlayback = "video.playback", group "video" {
        subject playback_id;
        documented playback_state;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id,
            playback_room_session_id, playback_url, playback_volume, playback_position,
            playback_seekable, playback_started_at, playback_ended_at;
        key (room_session_id playback_id timestamp);
        order (timestamp of playback_id);
        events {
            "video.playback.started" when (event_type = "video.playback.started");
            "video.playback.updated" when (event_type = "video.playback.updated");
            "video.playback.ended" when (event_type = "video.playback.ended");
        }
    }

    /// The stream of a room changed, on the socket.
    VideoStream = "video.stream", group "video" {
        subject stream_id;
        documented stream_state;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id,
            stream_room_session_id, stream_url, stream_duration, stream_started_at,
            stream_ended_at;
        key (room_session_id stream_id timestamp);
        order (timestamp of stream_id);
        events {
            "video.stream.started" when (event_type = "video.stream.started");
            "video.stream.ended" when (event_type = "video.stream.ended");
        }
    }

    /// The layout of a room changed, on the socket.
    VideoLayoutChanged = "video.layout.changed", group "video" {
        documented layout;
        also event_channel, timestamp, project_id, space_id, room, room_id, room_session_id;
        key ();
        order ();
    }
}
