//! Dialling and bridging.

use super::{Confirm, ResultBranch, Ringback};
use crate::{
    CallState, CallbackMethod, Encryption, List, Map, Seconds, Steps, Value,
    grammar::{Form, Group},
};

crate::table::objects! {
    /// Dials and bridges: one destination, several in order or at once, or groups of them.
    ///
    /// ```
    /// use switchhook_swml::{Connect, Destination, Seconds};
    ///
    /// let one = Connect::to("+15550001111").timeout(Seconds(20));
    /// let any = Connect::parallel([Destination::new("+15550001111"), Destination::new("sip:a@example.com")]);
    /// assert_eq!(one.view().to(), Some("+15550001111"));
    /// assert_eq!(any.view().parallel().unwrap().len(), 2);
    /// ```
    Connect of ["ConnectDeviceSingle", "ConnectDeviceSerial", "ConnectDeviceParallel", "ConnectDeviceSerialParallel"] [groups(&[Group::One(&["to", "serial", "parallel", "serial_parallel"])])]
    make {
        /// Dials one destination: E.164, `sip:…`, `/resource/address`, `queue:NAME` or
        /// `stream:wss://…`.
        to(to: String = "to");
        /// Dials one after another.
        serial(serial: List<Destination> = "serial");
        /// Dials all at once: the first to answer gets the call.
        parallel(parallel: List<Destination> = "parallel");
        /// Dials group after group, all of a group at once.
        serial_parallel(serial_parallel: List<List<Destination>> = "serial_parallel");
    }
    shapes {
        /// Whom to dial: E.164, `sip:…`, `/resource/address`, `queue:NAME` or `stream:wss://…`.
        to: String = "to";
        /// Destinations, one after another.
        serial: List<Destination> = "serial";
        /// Destinations, all at once: the first to answer gets the call.
        parallel: List<Destination> = "parallel";
        /// Groups of destinations: group after group, all of a group at once.
        serial_parallel: List<List<Destination>> = "serial_parallel";
    }
    fields {
        /// Caller id; the calling party by default.
        from: String = "from";
        /// Caller's name, for SIP alone.
        from_name: String = "from_name";
        /// Headers of the SIP INVITE.
        headers: List<Header> = "headers";
        /// Codecs to offer, joined by commas: `PCMU`, `PCMA`, `G722`, `G729`, `AMR-WB`, `OPUS`,
        /// `VP8`, `H264`.
        codecs: String = "codecs";
        /// Whether media is `WebRTC`'s, for SIP alone.
        webrtc_media: Value<bool> = "webrtc_media";
        /// `Session-Expires` of SIP, 1 at least.
        session_timeout: Value<Seconds> = "session_timeout" [min(1.0)];
        /// What the caller hears until somebody answers.
        ringback: Ringback = "ringback";
        /// What runs by the result: a switch, or conditions.
        result: ResultBranch = "result";
        /// How long it rings; a minute by default.
        timeout: Value<Seconds> = "timeout";
        /// Longest time of the call; 4 hours by default.
        max_duration: Value<Seconds> = "max_duration";
        /// Whether the inbound leg is answered only when the other one is.
        answer_on_bridge: Value<bool> = "answer_on_bridge";
        /// What the called party hears before both are bridged: a URL, or steps.
        confirm: Confirm = "confirm";
        /// How long that may take; the same as `timeout` by default.
        confirm_timeout: Value<Seconds> = "confirm_timeout";
        /// Whether media is encrypted, for SIP alone.
        encryption: Encryption = "encryption";
        /// URL that gets the state of the outbound leg.
        call_state_url: String = "call_state_url";
        /// Where the call goes after the bridge: a URL or a document.
        transfer_after_bridge: String = "transfer_after_bridge" [form(Form::Remote)];
        /// States that `call_state_url` gets; `ended` by default.
        call_state_events: List<CallState> = "call_state_events";
        /// URL that gets the progress.
        status_url: String = "status_url";
        /// User name for SIP authentication.
        username: String = "username" [advised_with("to")];
        /// Password for SIP authentication.
        password: String = "password" [advised_with("to")];
        /// Name of the stream, for `stream:` alone.
        name: String = "name" [only_with("to")];
        /// Codec of the stream, for `stream:` alone, like `L16@24000h@40i`.
        codec: String = "codec" [only_with("to")];
        /// Whether sound goes both ways, for `stream:` alone.
        realtime: Value<bool> = "realtime" [only_with("to")];
        /// Method of the requests to `status_url`; `POST` by default.
        status_url_method: CallbackMethod = "status_url_method" [only_with("to")];
        /// Token that the other side gets in `Authorization`.
        authorization_bearer_token: String = "authorization_bearer_token" [only_with("to")];
        /// Parameters of your own, in the first message of the socket.
        custom_parameters: Map<String> = "custom_parameters" [only_with("to")];
    }

    /// One of several destinations of a [`Connect`].
    Destination of ["ConnectDestination"] [lenient()]
    make {
        /// Whom to dial: E.164, `sip:…`, `/resource/address` or `queue:NAME`.
        new(to: String = "to");
    }
    fields {
        /// Whom to dial: E.164, `sip:…`, `/resource/address`, `queue:NAME` or `stream:wss://…`.
        to: String = "to" [required()];
        /// Caller id; the calling party by default.
        from: String = "from";
        /// Caller's name, for SIP alone.
        from_name: String = "from_name";
        /// Headers of the SIP INVITE.
        headers: List<Header> = "headers";
        /// Codecs to offer, joined by commas: `PCMU`, `PCMA`, `G722`, `G729`, `AMR-WB`, `OPUS`,
        /// `VP8`, `H264`.
        codecs: String = "codecs";
        /// Whether media is `WebRTC`'s, for SIP alone.
        webrtc_media: Value<bool> = "webrtc_media";
        /// `Session-Expires` of SIP, 1 at least.
        session_timeout: Value<Seconds> = "session_timeout" [min(1.0)];
        /// User name for SIP authentication.
        username: String = "username";
        /// Password for SIP authentication.
        password: String = "password";
        /// How long it rings; a minute by default.
        timeout: Value<Seconds> = "timeout";
        /// States that `call_state_url` gets; `ended` by default.
        call_state_events: List<CallState> = "call_state_events";
        /// URL that gets the state of the outbound leg.
        call_state_url: String = "call_state_url";
        /// What the called party hears before both are bridged: a URL, or steps.
        confirm: Confirm = "confirm";
        /// How long that may take; the same as `timeout` by default.
        confirm_timeout: Value<Seconds> = "confirm_timeout";
        /// Whether media is encrypted, for SIP alone.
        encryption: Encryption = "encryption";
        /// What the stream is called.
        name: String = "name";
        /// How the audio is encoded.
        codec: String = "codec";
        /// Whether sound goes both ways.
        realtime: Value<bool> = "realtime";
        /// Method of the requests to `status_url`; `POST` by default.
        status_url_method: CallbackMethod = "status_url_method";
        /// Token that the other side gets in `Authorization`.
        authorization_bearer_token: String = "authorization_bearer_token";
        /// Parameters of your own, in the first message of the socket.
        custom_parameters: Map<String> = "custom_parameters";
    }

    /// A SIP header.
    Header of ["ConnectHeaders"]
    make {
        /// A header of that name.
        new(name: String = "name", value: String = "value");
    }
    fields {
        /// Name of the header.
        name: String = "name" [required()];
        /// What stands under the name.
        value: String = "value" [required()];
    }

    /// What the caller hears, in the form of a [`Play`](crate::Play): the older schema alone has it.
    RingbackPlay of ["ConnectRingback", "ConnectDeviceSingleRingback", "ConnectDeviceSerialRingback", "ConnectDeviceParallelRingback", "ConnectDeviceSerialParallelRingback"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// One sound.
        url: String = "url";
        /// Sounds, one after another.
        urls: List<String> = "urls";
        /// Volume, from -40 to 40.
        volume: f64 = "volume";
        /// Whether the call is answered first when it is not; true by default.
        auto_answer: bool = "auto_answer";
        /// Voice of `say:`, like `Polly.Salli`.
        say_voice: String = "say_voice";
        /// Language of `say:`; `en-US` by default.
        say_language: String = "say_language";
        /// Gender of the voice of `say:`.
        say_gender: String = "say_gender";
        /// URL that gets the status.
        status_url: String = "status_url";
        /// How often.
        repeat: i64 = "loop";
    }

    /// Branches on the value of one variable.
    ///
    /// ```
    /// use switchhook_swml::Switch;
    ///
    /// let menu = Switch::on("prompt_value").case("1", |s| s.transfer("sales")).otherwise(|s| s.hangup());
    /// assert_eq!(menu.view().case().unwrap()[0].0, "1");
    /// ```
    Switch of ["JoinConferenceResult", "JoinConferenceObjectResult"]
    make {
    }
    shapes {
        /// Steps by value.
        case: Map<Steps> = "case" [required()];
        /// Steps for every other value.
        default: Steps = "default";
    }
    fields {
        /// Name of the variable, without `${}`.
        variable: String = "variable" [required()];
    }

    /// Branches on the result of the method that it stands in, or on another variable.
    ResultSwitch of ["ConnectSwitch", "ExecuteSwitch"]
    make {
    }
    shapes {
        /// Steps by value.
        case: Map<Steps> = "case" [required()];
        /// Steps for every other value.
        default: Steps = "default";
    }
    fields {
        /// Name of the variable, without `${}`.
        variable: String = "variable";
    }

    /// A condition with its steps, or the steps for everything else.
    CondBranch of ["CondReg", "CondElse", "CondParams"] [groups(&[Group::Some(&["then", "else"])])]
    make {
    }
    shapes {
        /// Condition in JavaScript, with bare names and without `${}`.
        when: String = "when" [only_with("then") form(Form::Expression)];
        /// Steps that run when it is true.
        then: Steps = "then" [only_with("when")];
        /// Steps that run otherwise.
        otherwise: Steps = "else";
    }
    fields {
    }
}
