//! Sounds, recordings, streams, rooms and conferences.

use super::{ConferenceResult, Sounds};
use crate::{
    CallbackForm, CallbackMethod, ConferenceBeep, ConferenceRecord, ConferenceRegion,
    ConferenceTrim, Decibels, DecimalSeconds, Legs, List, Map, Milliseconds, RecordFormat,
    RecordLeg, Sound, StreamTrack, TapCodec, Value,
    grammar::{Form, Group},
};

crate::table::objects! {
    /// Plays sounds, speech, silence or a ring tone.
    ///
    /// ```
    /// use switchhook_swml::{Play, Sound};
    ///
    /// let play = Play::url(Sound::say("Welcome")).say_voice("Polly.Joanna");
    /// assert_eq!(play.view().url().unwrap().as_str(), "say:Welcome");
    /// ```
    Play of ["PlayWithURL", "PlayWithURLS"] [groups(&[Group::One(&["url", "urls"])])]
    make {
        /// Plays one sound.
        url(url: Sound = "url");
        /// Plays several, one after another.
        urls(urls: List<Sound> = "urls");
    }
    shapes {
        /// One sound.
        url: Sound = "url";
        /// Sounds, one after another.
        urls: List<Sound> = "urls" [form(Form::Uniform)];
    }
    fields {
        /// Whether the call is answered first when it is not; true by default.
        auto_answer: Value<bool> = "auto_answer";
        /// Volume, from -40 to 40.
        volume: Value<Decibels> = "volume" [min(-40.0) max(40.0)];
        /// Voice of `say:`, like `Polly.Salli`.
        say_voice: String = "say_voice";
        /// Language of `say:`; `en-US` by default.
        say_language: String = "say_language";
        /// Gender of the voice of `say:`.
        say_gender: String = "say_gender";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Plays sounds and takes digits, speech or both.
    ///
    /// ```
    /// use switchhook_swml::Prompt;
    ///
    /// let prompt = Prompt::say("Press 1 for sales").max_digits(1);
    /// assert_eq!(prompt.view().max_digits(), Some(1.into()));
    /// ```
    Prompt of []
    make {
        /// Plays a sound, or several, and waits for input.
        play(play: Sounds = "play");
    }
    shapes {
        /// What is heard meanwhile: a sound or several.
        play: Sounds = "play" [required() form(Form::Uniform)];
    }
    fields {
        /// Volume, from -40 to 40.
        volume: Decibels = "volume" [min(-40.0) max(40.0)];
        /// Voice of `say:`, like `Polly.Salli`.
        say_voice: String = "say_voice";
        /// Language of `say:`; `en-US` by default.
        say_language: String = "say_language";
        /// Gender of the voice of `say:`.
        say_gender: String = "say_gender";
        /// Most digits to take; 1 by default.
        max_digits: Value<i64> = "max_digits";
        /// Digits that end it.
        terminators: String = "terminators";
        /// Longest pause between digits.
        digit_timeout: Value<DecimalSeconds> = "digit_timeout";
        /// Longest wait for the first input.
        initial_timeout: Value<DecimalSeconds> = "initial_timeout";
        /// Longest time of a speech result.
        speech_timeout: Value<DecimalSeconds> = "speech_timeout";
        /// Silence that ends an utterance.
        speech_end_timeout: Value<DecimalSeconds> = "speech_end_timeout";
        /// Language of the caller.
        speech_language: String = "speech_language";
        /// Words that the recogniser should expect.
        speech_hints: List<String> = "speech_hints";
        /// Engine that recognises speech.
        speech_engine: String = "speech_engine";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Records and waits until the recording ends, like voicemail.
    Record of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Whether both legs get a channel of their own.
        stereo: Value<bool> = "stereo";
        /// Format of the recording.
        format: RecordFormat = "format";
        /// Leg to record; `speak` by default.
        direction: RecordLeg = "direction";
        /// Digits that end it.
        terminators: String = "terminators";
        /// Whether there is a beep before.
        beep: Value<bool> = "beep";
        /// How quiet a sound still counts, 0 to 100.
        input_sensitivity: Value<f64> = "input_sensitivity";
        /// Longest wait for a sound; 4 seconds by default.
        initial_timeout: Value<DecimalSeconds> = "initial_timeout";
        /// Silence that ends it.
        end_silence_timeout: Value<DecimalSeconds> = "end_silence_timeout";
        /// Longest recording.
        max_length: Value<DecimalSeconds> = "max_length";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Records in the background.
    RecordCall of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Id to stop it by; made up when left out.
        control_id: String = "control_id";
        /// Whether both legs get a channel of their own.
        stereo: Value<bool> = "stereo";
        /// Format of the recording.
        format: RecordFormat = "format";
        /// Leg to record; `both` by default.
        direction: Legs = "direction";
        /// Digits that end it.
        terminators: String = "terminators";
        /// Whether there is a beep before.
        beep: Value<bool> = "beep";
        /// How quiet a sound still counts, 0 to 100.
        input_sensitivity: Value<f64> = "input_sensitivity";
        /// Longest wait for a sound; none by default.
        initial_timeout: Value<DecimalSeconds> = "initial_timeout";
        /// Silence that ends it.
        end_silence_timeout: Value<DecimalSeconds> = "end_silence_timeout";
        /// Longest recording.
        max_length: Value<DecimalSeconds> = "max_length";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Ends a recording in the background.
    StopRecordCall of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Id of the recording; the last one by default.
        control_id: String = "control_id";
    }

    /// Filters noise from now on.
    Denoise of []
    make {
        /// With nothing set.
        new();
    }
    fields {
    }

    /// Filters noise no more.
    StopDenoise of []
    make {
        /// With nothing set.
        new();
    }
    fields {
    }

    /// Streams the call's sound to a web socket, in the background.
    Stream of []
    make {
        /// To that `wss://` URL.
        new(url: String = "url");
    }
    fields {
        /// Where to: a `wss://` URL.
        url: String = "url" [required()];
        /// Id to stop it by; made up when left out.
        control_id: String = "control_id";
        /// Name of the stream.
        name: String = "name";
        /// Track to send; `inbound_track` by default.
        track: StreamTrack = "track";
        /// How the audio is encoded.
        codec: String = "codec";
        /// URL that gets the status.
        status_url: String = "status_url";
        /// Method of the requests to `status_url`; `POST` by default.
        status_url_method: CallbackMethod = "status_url_method";
        /// Token that the other side gets in `Authorization`.
        authorization_bearer_token: String = "authorization_bearer_token";
        /// Parameters of your own, in the first message of the socket.
        custom_parameters: Map<String> = "custom_parameters";
    }

    /// Ends a stream.
    StopStream of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Id of the stream; the last one by default.
        control_id: String = "control_id";
    }

    /// Copies the call's media to RTP or a web socket, in the background.
    Tap of []
    make {
        /// To `rtp://IP:port`, `ws://…` or `wss://…`.
        new(uri: String = "uri");
    }
    fields {
        /// Where to: `rtp://IP:port`, `ws://…` or `wss://…`.
        uri: String = "uri" [required()];
        /// Id to stop it by; made up when left out.
        control_id: String = "control_id";
        /// Leg to copy; `speak` by default.
        direction: Legs = "direction";
        /// How the audio is encoded.
        codec: TapCodec = "codec";
        /// Length of a packet, for RTP alone.
        rtp_ptime: Value<Milliseconds> = "rtp_ptime";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Ends a tap.
    StopTap of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Id of the tap; the last one by default.
        control_id: String = "control_id";
    }

    /// Joins a video room.
    JoinRoom of []
    make {
        /// Joins the room of that name; it is made when there is none.
        new(name: String = "name");
    }
    fields {
        /// Name of the room: letters, digits, `_` and `-`.
        name: String = "name" [required()];
    }

    /// Joins an audio conference.
    JoinConference of ["JoinConferenceObject"]
    make {
        /// Joins the conference of that name.
        new(name: String = "name");
    }
    fields {
        /// Name of the conference.
        name: String = "name" [required()];
        /// Whether the participant joins muted.
        muted: Value<bool> = "muted";
        /// Whether there is a beep.
        beep: ConferenceBeep = "beep";
        /// Whether the conference starts when this participant enters; true by default.
        start_on_enter: Value<bool> = "start_on_enter";
        /// Whether it ends when this participant leaves.
        end_on_exit: Value<bool> = "end_on_exit";
        /// URL of what is heard while waiting.
        wait_url: String = "wait_url";
        /// Most participants.
        max_participants: Value<i64> = "max_participants" [min(2.0) max(100_000.0)];
        /// Whether it is recorded.
        record: ConferenceRecord = "record";
        /// Region that mixes it.
        region: ConferenceRegion = "region";
        /// Whether silence at the ends is cut.
        trim: ConferenceTrim = "trim";
        /// Call id of the participant whom this one coaches.
        coach: String = "coach";
        /// Events to report, joined by blanks: `start`, `end`, `join`, `leave`, `mute`, `hold`,
        /// `modify`, `speaker`, `announcement`.
        status_callback_event: String = "status_callback_event";
        /// Form of the reports.
        status_callback_event_type: CallbackForm = "status_callback_event_type";
        /// URL that gets the status.
        status_callback: String = "status_callback";
        /// Method of the requests to `status_callback`; `POST` by default.
        status_callback_method: CallbackMethod = "status_callback_method";
        /// URL that gets the state of the recording.
        recording_status_callback: String = "recording_status_callback";
        /// Method of the requests to `recording_status_callback`; `POST` by default.
        recording_status_callback_method: CallbackMethod = "recording_status_callback_method";
        /// Events to report, joined by blanks: `in-progress`, `completed`, `absent`.
        recording_status_callback_event: String = "recording_status_callback_event";
        /// Form of the reports about the recording.
        recording_status_callback_event_type: CallbackForm = "recording_status_callback_event_type";
        /// What runs by the result: a switch, or conditions.
        result: ConferenceResult = "result";
        /// Audio stream of the conference.
        stream: ConferenceStream = "stream";
    }

    /// The audio stream of a conference.
    ConferenceStream of ["JoinConferenceStream"]
    make {
        /// To that `wss://` URL.
        new(url: String = "url");
    }
    fields {
        /// Where to: a `wss://` URL.
        url: String = "url" [required()];
        /// What the stream is called.
        name: String = "name";
        /// How the audio is encoded.
        codec: String = "codec";
        /// URL that gets the status.
        status_url: String = "status_url";
        /// Method of the requests to `status_url`; `POST` by default.
        status_url_method: CallbackMethod = "status_url_method";
        /// Whether sound goes both ways.
        realtime: Value<bool> = "realtime";
        /// Token that the other side gets in `Authorization`.
        authorization_bearer_token: String = "authorization_bearer_token";
        /// Parameters of your own, in the first message of the socket.
        custom_parameters: Map<String> = "custom_parameters";
    }
}
