//! The parameters of the envelope `{event_type, …, params}`, in which most events of calls come.

switchhook_core::params! { envelope {
    /// The channel that the event was sent on: `swml:` and the id of the script's session.
    event_channel: String = "event_channel", sample "swml:989f70b0-0cf6-43fc-a33e-1c8bfda34043";
    /// When the event was sent, in seconds since 1970, with a fraction.
    timestamp: EpochSeconds = "timestamp", sample "1785312000.123456";
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID.
    space_id: String = "space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// The call that the event is about, a UUID; of a conference the participant's.
    call_id: String = "params.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The node of the platform that handles the call, mostly a UUID with `@` and a region.
    node_id: String = "params.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// How far the call is.
    call_state: CallState = "params.call_state", sample "created";
    /// Whether the call or the message comes in or goes out.
    direction: CallDirection = "params.direction", sample "outbound";
    /// What is at the other end: a phone, a SIP endpoint, a browser; of a tap, what listens.
    device_type: DeviceType = "params.device.type", sample "phone";
    /// The id of the whole interaction; on the first leg it is the id of the call.
    segment_id: String = "params.segment_id", sample "2ed014a4-cd4b-4e4f-a278-da26481d99c9";
    /// What the client has tagged the call with, to know it again: a text, on older pages a list.
    /// Absent where no tag was set.
    tag: Json = "params.tag", sample "leg-1";
    /// Why the call ended. Sent only with the state `ended`; before that it may be null.
    end_reason: EndReason = "params.end_reason", sample "hangup";
    /// Who ended the call. No page confirms it.
    end_source: String = "params.end_source", sample "caller";
    /// How good the sound was (mean opinion score): a number, or a text with one. No page confirms
    /// it.
    audio_in_mos: Json = "params.audio_in_mos", sample "4.5";
    /// When the call started, in milliseconds since 1970.
    start_time: EpochMilliseconds = "params.start_time", sample "1785311900000";
    /// When it was answered, in milliseconds since 1970. No page confirms it.
    answer_time: EpochMilliseconds = "params.answer_time", sample "1785311904000";
    /// When the call ended, in milliseconds since 1970.
    end_time: EpochMilliseconds = "params.end_time", sample "1785312000000";
    /// What the parent call runs on; see `parent_call_id`.
    parent_device_type: DeviceType = "params.parent.device_type", sample "phone";
    /// The parent: the call that made this one, such as by a connect. Absent on a first leg.
    parent_call_id: String = "params.parent.call_id", sample "15f5bc9c-5742-4ddc-ae2b-a7f67b2ae0da";
    /// The node that handles the parent call, mostly a UUID with `@` and a region.
    parent_node_id: String = "params.parent.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The peer: the call that this one is connected to. Absent while there is none.
    peer_call_id: String = "params.peer.call_id", sample "6777adf5-ba81-4eeb-aad2-ab4843bd03e0";
    /// The node that handles the peer's call, mostly a UUID with `@` and a region.
    peer_node_id: String = "params.peer.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// What made the call. No page confirms it.
    created_by: CreatedBy = "params.created_by", sample "dial";
    /// Whether this leg was answered first where several were dialled. A text in the bodies of
    /// scripts.
    dial_winner: bool = "params.dial_winner", sample "true";
    /// The RELAY context, a queue of incoming work, that the call or message came in on.
    context: String = "params.context", sample "office";
    /// The number of the caller, where the device is a phone.
    device_from_number: String = "params.device.params.from_number", sample "+15551234567";
    /// The number that is called, where the device is a phone.
    device_to_number: String = "params.device.params.to_number", sample "+15559876543";
    /// SIP headers of the call; names can repeat.
    device_headers: JsonOf<Vec<SipHeader>> = "params.device.params.headers", sample r#"[{"name":"X-Ticket","value":"42"}]"#;
    /// The address of the caller, where the device is no phone: a SIP URI or a resource address.
    device_from: String = "params.device.params.from", sample "sip:alice@example.com";
    /// The address that the device calls, where it is no phone: a SIP URI or a resource address.
    device_to: String = "params.device.params.to", sample "sip:line@example.com";
    /// The name of the caller that the called side sees.
    device_from_name: String = "params.device.params.from_name", sample "text";
    /// The codecs that the device is offered, by name.
    device_codecs: JsonOf<Vec<String>> = "params.device.params.codecs", sample r#"["a"]"#;
    /// Whether the SIP device sends its sound by WebRTC.
    device_webrtc_media: bool = "params.device.params.webrtc_media", sample "true";
    /// How long the device rings before the call is given up, in seconds.
    device_timeout: Seconds = "params.device.params.timeout", sample "30";
    /// The longest that the call may last, in seconds; then it is ended.
    device_max_duration: Seconds = "params.device.params.max_duration", sample "1";
    /// Where the states of this device's call are posted to.
    device_call_state_url: String = "params.device.params.call_state_url", sample "text";
    /// The states that are posted there: `created`, `ringing`, `answered`, `ended`.
    device_call_state_events: JsonOf<Vec<String>> = "params.device.params.call_state_events", sample r#"["a"]"#;
    /// How far the connecting of the two calls is.
    connect_state: ConnectState = "params.connect_state", sample "connected";
    /// Why the calls could not be connected. Sent only where `connect_state` is `failed`; the page
    /// lists no words.
    failed_reason: String = "params.failed_reason", sample "no_answer";
    /// What the client has tagged the peer's call with.
    peer_tag: String = "params.peer.tag", sample "agent";
    /// The queue that the call is connected to, where the peer is one.
    peer_queue_id: String = "params.peer.queue_id", sample "text";
    /// The name of the queue that the call is connected to, where the peer is one.
    peer_queue_name: String = "params.peer.queue_name", sample "text";
    /// What the peer's call runs on.
    peer_device_type: DeviceType = "params.peer.device.type", sample "phone";
    /// The parameters of the peer's device, an object such as `from_number` and `to_number`.
    peer_device: Json = "params.peer.device.params", sample r#"{"from_number":"+15551234567","to_number":"+15550001111"}"#;
    /// How far the operation is.
    state: ControlState = "params.state", sample "success";
    /// The SIP URI that the other side was asked to call instead.
    sip_refer_to: String = "params.sip_refer_to", sample "sip:desk@example.com";
    /// The SIP status that answered the REFER itself, such as `202`. Absent while there is no
    /// answer.
    sip_refer_response_code: String = "params.sip_refer_response_code", sample "202";
    /// The SIP status of the call to `sip_refer_to`, as a NOTIFY told it, such as `200`. Absent
    /// while it is not told.
    sip_notify_response_code: String = "params.sip_notify_response_code", sample "200";
    /// What happened in the queue or the conference.
    status: QueueOrConferenceStatus = "params.status", sample "enqueue";
    /// Of a queue event the caller's entry in the queue, of a transcript the transcript: a UUID.
    id: String = "params.id", sample "1a039a1f-3555-4fb2-a779-81c048ea1009";
    /// The name that the queue, the conference or the stream was given.
    name: String = "params.name", sample "support";
    /// The caller's place in the queue; 0 once taken out of it.
    position: u64 = "params.position", sample "1";
    /// Of a recording its bytes, of a queue its waiting callers, of a conference its participants.
    size: u64 = "params.size", sample "1";
    /// The operation that is running, as the client or the script named it; a queue may send null.
    control_id: String = "params.control_id", sample "a2e4837c-3b34-46e4-a4f0-355dae6f0e81";
    /// How long callers wait on average, in seconds.
    avg_time: Seconds = "params.avg_time", sample "0";
    /// When the call was put into the queue, in microseconds since 1970; 0 with `dequeue`.
    enqueue_ts: EpochMicroseconds = "params.enqueue_ts", sample "1785312000000000";
    /// When the call was taken out of the queue, in microseconds since 1970; 0 but with `dequeue`.
    dequeue_ts: EpochMicroseconds = "params.dequeue_ts", sample "0";
    /// When the caller left the queue, in microseconds since 1970; 0 but with `leave`.
    leave_ts: EpochMicroseconds = "params.leave_ts", sample "0";
    /// Where the events of the operation are posted to, as the script set it.
    status_url: String = "params.status_url", sample "https://example.com/queue";
    /// What `id` is in the body: the name under which the server library reads it. No page confirms
    /// it.
    queue_id: String = "params.queue_id", sample "text";
    /// What `name` is in the body: the name under which the server library reads it. No page
    /// confirms it.
    queue_name: String = "params.queue_name", sample "text";
    /// The conference in which it happened: a UUID.
    conference_id: String = "params.conference_id", sample "6b09a0fc-4714-4ea3-ace9-30b5e372903b";
    /// The region of the world that hosts the conference, such as `us`.
    region: String = "params.region", sample "us";
    /// Whether the caller is muted.
    muted: bool = "params.muted", sample "false";
    /// Whether the caller is on hold.
    hold: bool = "params.hold", sample "false";
    /// Whether the conference starts when this caller joins.
    start_on_join: bool = "params.start_on_join", sample "true";
    /// Whether the conference ends when this caller leaves.
    end_on_leave: bool = "params.end_on_leave", sample "false";
    /// Whether the caller coaches another one.
    coaching: bool = "params.coaching", sample "false";
    /// Where the recording of the conference can be fetched. With `conference-end` and
    /// `record-stop`, where there is one.
    recording_url: String = "params.recording_url", sample "https://files.example.com/conf/1.wav";
    /// The size of the conference's recording, in bytes. With `conference-end` and `record-stop`.
    recording_file_size: u64 = "params.recording_file_size", sample "90112";
    /// How long the conference's recording is, in seconds. With `conference-end` and `record-stop`.
    recording_duration: DecimalSeconds = "params.recording_duration", sample "61";
    /// Why the conference ended, such as `last-participant-left`. With `conference-end`.
    reason_ended: String = "params.reason_ended", sample "last-participant-left";
    /// The call whose leaving ended the conference. With `conference-end`.
    call_id_ending_conf: String = "params.call_id_ending_conf", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the context was called in older versions.
    protocol: String = "params.protocol", sample "text";
    /// The project that the call belongs to; the envelope has it, too.
    call_project_id: String = "params.project_id", sample "text";
    /// How far the dialling is.
    dial_state: DialState = "params.dial_state", sample "answered";
    /// The call of the leg that won, or of the one that is tried.
    leg_call_id: String = "params.call.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The node that handles the leg, mostly a UUID with `@` and a region.
    leg_node_id: String = "params.call.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// What the client has tagged the leg's call with.
    leg_tag: String = "params.call.tag", sample "dial-7";
    /// What the leg runs on.
    leg_device_type: DeviceType = "params.call.device.type", sample "phone";
    /// The parameters of the leg's device, an object such as `from_number` and `to_number`.
    leg_device: Json = "params.call.device.params", sample r#"{"from_number":"+15551234567","to_number":"+15559876543","headers":[]}"#;
    /// Whether this leg was answered first where several were dialled.
    leg_dial_winner: bool = "params.call.dial_winner", sample "true";
    /// Why the message failed or was not delivered. A dialling may have one, too; no page lists its
    /// words.
    reason: String = "params.reason", sample "text";
    /// As sent with a dialling; no page says what it names.
    source: String = "params.source", sample "text";
    /// Whether the call is on hold, or echoed; the words are not published.
    hold_state: String = "params.state", sample "hold";
    /// The code of the error: a text, such as `404`.
    code: String = "params.code", sample "404";
    /// The error in words.
    message: String = "params.message", sample "call not found";
    /// What the sender has put into it.
    payload: Json = "params", sample r#"{"event":"cart_updated","items":3}"#;
    /// What was collected, or why nothing was.
    result_type: CollectResult = "params.result.type", sample "digit";
    /// The keys that were pressed, where digits were collected.
    result_digits: String = "params.result.params.digits", sample "0123";
    /// The key that ended the input, where digits were collected and one did.
    result_terminator: String = "params.result.params.terminator", sample "#";
    /// What was heard, where speech was collected.
    result_text: String = "params.result.params.text", sample "ja, für zwei Personen";
    /// How sure the recogniser is of the speech. SignalWire's pages give 0 to 100, such as 87.5;
    /// some engines send 0 to 1.
    result_confidence: f64 = "params.result.params.confidence", sample "87.5";
    /// Whether the collecting is over. Sent only where partial results were asked for.
    is_final: bool = "params.final", sample "true";
    /// Where the file of the recording is, or the WebSocket that a stream goes to.
    url: String = "params.url", sample "https://files.example.com/recordings/a1.wav";
    /// How long the recording is, in seconds.
    duration: DecimalSeconds = "params.duration", sample "17.42";
    /// The id of the recording in the REST API, once there is one.
    recording_id: String = "params.recording_id", sample "01c3018a-333c-4f23-aae8-90597bd7287b";
    /// When the recording started, in seconds since 1970; once it has ended.
    recording_start_time: EpochSeconds = "params.start_time", sample "1785311950.12";
    /// When the recording ended, in seconds since 1970; once it has ended.
    recording_end_time: EpochSeconds = "params.end_time", sample "1785311967.54";
    /// What is recorded during a pause. Sent only with the state `paused`.
    pause_behavior: PauseBehavior = "params.pause_behavior", sample "silence";
    /// The file format that the recording was asked for in.
    record_audio_format: RecordFormat = "params.record.audio.format", sample "wav";
    /// Whose sound is recorded.
    record_audio_direction: MediaDirection = "params.record.audio.direction", sample "both";
    /// Whether the two directions have a channel each.
    record_audio_stereo: bool = "params.record.audio.stereo", sample "true";
    /// Where the file of the recording is, as the pages of `record_call` have it.
    record_url: String = "params.record.url", sample "https://files.example.com/recordings/a2.mp3";
    /// How long the recording is, in seconds, as the pages of `record_call` have it.
    record_duration: DecimalSeconds = "params.record.duration", sample "4";
    /// How large the recording is, in bytes, as the pages of `record_call` have it.
    record_size: u64 = "params.record.size", sample "31000";
    /// The file format of the recording, as the pages of `record_call` have it.
    record_format: RecordFormat = "params.record.format", sample "mp3";
    /// What is listened for.
    detect_type: DetectType = "params.detect.type", sample "machine";
    /// What was found out: who answered, a tone, digits, or how far it is.
    detect_event: DetectEvent = "params.detect.params.event", sample "HUMAN";
    /// Whether the beep of an answering machine was heard; absent until then.
    detect_beep: bool = "params.detect.params.beep", sample "true";
    /// Whether a page was handled or the fax is done.
    fax_type: FaxEvent = "params.fax.type", sample "page";
    /// Whether the fax is sent or received.
    fax_direction: FaxDirection = "params.fax.params.direction", sample "send";
    /// How this fax station names itself, mostly a number.
    fax_identity: String = "params.fax.params.identity", sample "+15551234567";
    /// How the other fax station names itself, mostly a number.
    fax_remote_identity: String = "params.fax.params.remote_identity", sample "+15559876543";
    /// Where the fax can be fetched as a file.
    fax_document: String = "params.fax.params.document", sample "https://files.example.com/fax/1.pdf";
    /// How many pages went through; once the fax is done.
    fax_pages: u64 = "params.fax.params.pages", sample "2";
    /// Whether the fax went through.
    fax_success: bool = "params.fax.params.success", sample "true";
    /// The code of the outcome: 0 where all went well.
    fax_result: i64 = "params.fax.params.result", sample "0";
    /// The outcome in words, such as `OK`.
    fax_result_text: String = "params.fax.params.result_text", sample "OK";
    /// The file format of the document: `pdf`.
    fax_format: String = "params.fax.params.format", sample "pdf";
    /// Which page was just handled.
    fax_number: u64 = "params.fax.params.number", sample "1";
    /// What is tapped: `audio`.
    tap_type: String = "params.tap.type", sample "audio";
    /// Whose sound is tapped.
    tap_direction: MediaDirection = "params.tap.params.direction", sample "both";
    /// The IP address that an RTP tap sends to.
    device_addr: String = "params.device.params.addr", sample "192.0.2.10";
    /// The port that an RTP tap sends to.
    device_port: u64 = "params.device.params.port", sample "5050";
    /// The codec of the tapped sound, such as `PCMU`.
    device_codec: String = "params.device.params.codec", sample "PCMU";
    /// How much sound one packet of an RTP tap holds, in milliseconds.
    device_ptime: Milliseconds = "params.device.params.ptime", sample "20";
    /// The WebSocket that a tap sends to.
    device_uri: String = "params.device.params.uri", sample "wss://tap.example.com/in";
    /// The sample rate of the tapped sound, such as 8000; the page does not say the unit.
    device_rate: u64 = "params.device.params.rate", sample "8000";
    /// The step that the payment is in: what is asked for, or how it went. The wire name is `for`.
    stage: PayFor = "params.for", sample "payment-card-number";
    /// What went wrong in this step; absent where nothing did.
    error_type: PayErrorType = "params.error_type", sample "card-declined";
    /// What is paid with, such as `credit-card`.
    payment_method: String = "params.payment_method", sample "credit-card";
    /// The number of the card, masked. Never log it all the same.
    payment_card_number: String = "params.payment_card_number", sample "xxxx-xxxxxx-x0005";
    /// The brand of the card, such as `amex`.
    payment_card_type: String = "params.payment_card_type", sample "amex";
    /// The code on the card, masked. Never log it all the same.
    security_code: String = "params.security_code", sample "text";
    /// When the card expires: two digits of the month, two of the year, as in the page's `1225`.
    expiration_date: String = "params.expiration_date", sample "text";
    /// The postal code of the card's owner.
    payment_card_postal_code: String = "params.payment_card_postal_code", sample "text";
    /// How `status_url` is called.
    status_url_method: HttpMethod = "params.status_url_method", sample "POST";
    /// Whether noise is reduced from now on.
    denoised: bool = "params.denoised", sample "true";
    /// When the transcribed recording started, as sent; the page does not say the unit.
    transcription_start_time: Json = "params.start_time", sample "1785311900000";
    /// When the transcribed recording ended, as sent; the page does not say the unit.
    transcription_end_time: Json = "params.end_time", sample "1785312000000";
    /// What was said in the call. Absent where there is none; the transcript can be fetched by its
    /// `id`.
    text: String = "params.text", sample "Guten Tag, Sie sprechen mit dem Empfang.";
    /// The message that the event is about: a UUID.
    message_id: String = "params.message_id", sample "b819981e-3e38-409d-af0a-c6a7a5464e11";
    /// Who sent the message: a number in E.164 form or a short code.
    from_number: String = "params.from_number", sample "+15559876543";
    /// Who the message is for: a number in E.164 form or a short code.
    to_number: String = "params.to_number", sample "+15551234567";
    /// What the message says.
    body: String = "params.body", sample "Hi";
    /// Where the files of an MMS can be fetched, an address for each.
    media: JsonOf<Vec<String>> = "params.media", sample r#"["a"]"#;
    /// How many SMS the message was split into.
    segments: u64 = "params.segments", sample "1";
    /// How far the message is; `received` where it came in.
    message_state: MessageState = "params.message_state", sample "received";
    /// What the client has tagged the message with.
    tags: JsonOf<Vec<String>> = "params.tags", sample r#"["promo"]"#;
    /// The object that a sidecar posts over HTTP, see `AiSidecar`. No page confirms it.
    sidecar_event: Json = "params.sidecar_event", sample r#"{"type":"insight","raw":"caller sounds upset","iter":1,"total_iters":1}"#;
    /// What was said so far: a text or a list of turns. No page confirms it.
    conversation_log: Json = "params.conversation_log", sample r#"[{"role":"remote-caller","content":"hello"}]"#;
} }
