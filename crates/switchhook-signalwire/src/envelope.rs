//! The parameters of the envelope `{event_type, …, params}`, in which most events of calls come.

switchhook_core::params! { envelope {
    /// The channel of the event, such as `swml:` and an id.
    event_channel: String = "event_channel", sample "swml:989f70b0-0cf6-43fc-a33e-1c8bfda34043";
    /// When it happened, in seconds since 1970.
    timestamp: EpochSeconds = "timestamp", sample "1785312000.123456";
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The id of the space.
    space_id: String = "space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// The id of the call.
    call_id: String = "params.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The id of the node, mostly with `@` and a region behind it.
    node_id: String = "params.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// State of the call.
    call_state: CallState = "params.call_state", sample "created";
    /// Which way it goes.
    direction: CallDirection = "params.direction", sample "outbound";
    /// The type of the device.
    device_type: DeviceType = "params.device.type", sample "phone";
    /// The id of the whole interaction; on the first leg it is the id of the call.
    segment_id: String = "params.segment_id", sample "2ed014a4-cd4b-4e4f-a278-da26481d99c9";
    /// What the client has tagged the operation with: a text, on older pages a list.
    tag: Json = "params.tag", sample "leg-1";
    /// Why the call ended.
    end_reason: EndReason = "params.end_reason", sample "hangup";
    /// Who ended the call. No page confirms it.
    end_source: String = "params.end_source", sample "caller";
    /// How good the sound was (mean opinion score): a number, or a text with one. No page confirms
    /// it.
    audio_in_mos: Json = "params.audio_in_mos", sample "4.5";
    /// When it started, in milliseconds since 1970.
    start_time: EpochMilliseconds = "params.start_time", sample "1785311900000";
    /// When it was answered, in milliseconds since 1970. No page confirms it.
    answer_time: EpochMilliseconds = "params.answer_time", sample "1785311904000";
    /// When it ended, in milliseconds since 1970.
    end_time: EpochMilliseconds = "params.end_time", sample "1785312000000";
    /// Kind of the device.
    parent_device_type: DeviceType = "params.parent.device_type", sample "phone";
    /// The id of the call.
    parent_call_id: String = "params.parent.call_id", sample "15f5bc9c-5742-4ddc-ae2b-a7f67b2ae0da";
    /// The id of the node, mostly with `@` and a region behind it.
    parent_node_id: String = "params.parent.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The id of the call.
    peer_call_id: String = "params.peer.call_id", sample "6777adf5-ba81-4eeb-aad2-ab4843bd03e0";
    /// The id of the node, mostly with `@` and a region behind it.
    peer_node_id: String = "params.peer.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// What made the call. No page confirms it.
    created_by: CreatedBy = "params.created_by", sample "dial";
    /// Whether this leg won the dialling.
    dial_winner: bool = "params.dial_winner", sample "true";
    /// The context of the work that comes in.
    context: String = "params.context", sample "office";
    /// Who calls: a number or an address.
    device_from_number: String = "params.device.params.from_number", sample "+15551234567";
    /// Who is called: a number or an address.
    device_to_number: String = "params.device.params.to_number", sample "+15559876543";
    /// SIP headers; names can repeat.
    device_headers: JsonOf<Vec<SipHeader>> = "params.device.params.headers", sample r#"[{"name":"X-Ticket","value":"42"}]"#;
    /// The from of the device.
    device_from: String = "params.device.params.from", sample "sip:alice@example.com";
    /// The to of the device.
    device_to: String = "params.device.params.to", sample "sip:line@example.com";
    /// The from name of the device.
    device_from_name: String = "params.device.params.from_name", sample "text";
    /// The codecs of the device.
    device_codecs: JsonOf<Vec<String>> = "params.device.params.codecs", sample r#"["a"]"#;
    /// Whether the sound goes by WebRTC.
    device_webrtc_media: bool = "params.device.params.webrtc_media", sample "true";
    /// The timeout of the device, in seconds.
    device_timeout: Seconds = "params.device.params.timeout", sample "30";
    /// The max duration of the device.
    device_max_duration: u64 = "params.device.params.max_duration", sample "1";
    /// The call state address of the device.
    device_call_state_url: String = "params.device.params.call_state_url", sample "text";
    /// The call state events of the device.
    device_call_state_events: JsonOf<Vec<String>> = "params.device.params.call_state_events", sample r#"["a"]"#;
    /// The connect state.
    connect_state: ConnectState = "params.connect_state", sample "connected";
    /// The failed reason.
    failed_reason: String = "params.failed_reason", sample "no_answer";
    /// The tag of the peer.
    peer_tag: String = "params.peer.tag", sample "agent";
    /// The queue id of the peer.
    peer_queue_id: String = "params.peer.queue_id", sample "text";
    /// The queue name of the peer.
    peer_queue_name: String = "params.peer.queue_name", sample "text";
    /// The type of the device.
    peer_device_type: DeviceType = "params.peer.device.type", sample "phone";
    /// The device of the peer.
    peer_device: Json = "params.peer.device.params", sample r#"{"from_number":"+15551234567","to_number":"+15550001111"}"#;
    /// State of the operation.
    state: ControlState = "params.state", sample "success";
    /// The SIP refer to.
    sip_refer_to: String = "params.sip_refer_to", sample "sip:desk@example.com";
    /// The SIP refer response code.
    sip_refer_response_code: String = "params.sip_refer_response_code", sample "202";
    /// The SIP notify response code.
    sip_notify_response_code: String = "params.sip_notify_response_code", sample "200";
    /// What became of it.
    status: QueueOrConferenceStatus = "params.status", sample "enqueue";
    /// Its id.
    id: String = "params.id", sample "1a039a1f-3555-4fb2-a779-81c048ea1009";
    /// Its name.
    name: String = "params.name", sample "support";
    /// The position.
    position: u64 = "params.position", sample "1";
    /// How large it is: of a recording in bytes, of a queue or a conference in callers.
    size: u64 = "params.size", sample "1";
    /// The id of the operation that is running.
    control_id: String = "params.control_id", sample "a2e4837c-3b34-46e4-a4f0-355dae6f0e81";
    /// How long callers wait on average, in seconds.
    avg_time: Seconds = "params.avg_time", sample "0";
    /// When the call was put into the queue, in microseconds since 1970; 0 where it has not happened.
    enqueue_ts: EpochMicroseconds = "params.enqueue_ts", sample "1785312000000000";
    /// When the call was taken out of the queue, in microseconds since 1970; 0 where it has not happened.
    dequeue_ts: EpochMicroseconds = "params.dequeue_ts", sample "0";
    /// When the call was lost from the queue, in microseconds since 1970; 0 where it has not happened.
    leave_ts: EpochMicroseconds = "params.leave_ts", sample "0";
    /// The status address.
    status_url: String = "params.status_url", sample "https://example.com/queue";
    /// The queue id. No page confirms it.
    queue_id: String = "params.queue_id", sample "text";
    /// The queue name. No page confirms it.
    queue_name: String = "params.queue_name", sample "text";
    /// The conference id.
    conference_id: String = "params.conference_id", sample "6b09a0fc-4714-4ea3-ace9-30b5e372903b";
    /// The region.
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
    /// The recording address.
    recording_url: String = "params.recording_url", sample "https://files.example.com/conf/1.wav";
    /// The recording file size.
    recording_file_size: u64 = "params.recording_file_size", sample "90112";
    /// The recording duration, in seconds.
    recording_duration: DecimalSeconds = "params.recording_duration", sample "61";
    /// Why the conference ended.
    reason_ended: String = "params.reason_ended", sample "last-participant-left";
    /// The call id ending conf.
    call_id_ending_conf: String = "params.call_id_ending_conf", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The older name of the context.
    protocol: String = "params.protocol", sample "text";
    /// The id of the project: whose event it is.
    call_project_id: String = "params.project_id", sample "text";
    /// The dial state.
    dial_state: DialState = "params.dial_state", sample "answered";
    /// The id of the call.
    leg_call_id: String = "params.call.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The id of the node, mostly with `@` and a region behind it.
    leg_node_id: String = "params.call.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// What the client has tagged the operation with: a text, on older pages a list.
    leg_tag: String = "params.call.tag", sample "dial-7";
    /// The type of the device.
    leg_device_type: DeviceType = "params.call.device.type", sample "phone";
    /// The device.
    leg_device: Json = "params.call.device.params", sample r#"{"from_number":"+15551234567","to_number":"+15559876543","headers":[]}"#;
    /// Whether this leg won the dialling.
    leg_dial_winner: bool = "params.call.dial_winner", sample "true";
    /// Why.
    reason: String = "params.reason", sample "text";
    /// The source.
    source: String = "params.source", sample "text";
    /// State of the operation.
    hold_state: String = "params.state", sample "hold";
    /// The code.
    code: String = "params.code", sample "404";
    /// The error in words.
    message: String = "params.message", sample "call not found";
    /// What the sender has put into it.
    payload: Json = "params", sample r#"{"event":"cart_updated","items":3}"#;
    /// The type of the result.
    result_type: CollectResult = "params.result.type", sample "digit";
    /// The digits of the result.
    result_digits: String = "params.result.params.digits", sample "0123";
    /// The terminator of the result.
    result_terminator: String = "params.result.params.terminator", sample "#";
    /// The text of the result.
    result_text: String = "params.result.params.text", sample "ja, für zwei Personen";
    /// The confidence of the result.
    result_confidence: f64 = "params.result.params.confidence", sample "87.5";
    /// Whether it is the last result of several.
    is_final: bool = "params.final", sample "true";
    /// Where it is.
    url: String = "params.url", sample "https://files.example.com/recordings/a1.wav";
    /// How long it lasted, in seconds.
    duration: DecimalSeconds = "params.duration", sample "17.42";
    /// The recording id.
    recording_id: String = "params.recording_id", sample "01c3018a-333c-4f23-aae8-90597bd7287b";
    /// When it started, in seconds since 1970.
    recording_start_time: EpochSeconds = "params.start_time", sample "1785311950.12";
    /// When it ended, in seconds since 1970.
    recording_end_time: EpochSeconds = "params.end_time", sample "1785311967.54";
    /// The pause behavior.
    pause_behavior: PauseBehavior = "params.pause_behavior", sample "silence";
    /// The format of the audio.
    record_audio_format: RecordFormat = "params.record.audio.format", sample "wav";
    /// The direction of the audio.
    record_audio_direction: MediaDirection = "params.record.audio.direction", sample "both";
    /// Whether the two directions have a channel each.
    record_audio_stereo: bool = "params.record.audio.stereo", sample "true";
    /// The address of the record.
    record_url: String = "params.record.url", sample "https://files.example.com/recordings/a2.mp3";
    /// How long it lasted, in seconds.
    record_duration: DecimalSeconds = "params.record.duration", sample "4";
    /// How large it is: of a recording in bytes, of a queue or a conference in callers.
    record_size: u64 = "params.record.size", sample "31000";
    /// The format of the record.
    record_format: RecordFormat = "params.record.format", sample "mp3";
    /// The type of the detect.
    detect_type: DetectType = "params.detect.type", sample "machine";
    /// The event of the detect.
    detect_event: DetectEvent = "params.detect.params.event", sample "HUMAN";
    /// Whether a beep was heard.
    detect_beep: bool = "params.detect.params.beep", sample "true";
    /// The type of the fax.
    fax_type: FaxEvent = "params.fax.type", sample "page";
    /// The direction of the fax.
    fax_direction: FaxDirection = "params.fax.params.direction", sample "send";
    /// The identity of the fax.
    fax_identity: String = "params.fax.params.identity", sample "+15551234567";
    /// The remote identity of the fax.
    fax_remote_identity: String = "params.fax.params.remote_identity", sample "+15559876543";
    /// The document of the fax.
    fax_document: String = "params.fax.params.document", sample "https://files.example.com/fax/1.pdf";
    /// The pages of the fax.
    fax_pages: u64 = "params.fax.params.pages", sample "2";
    /// Whether the fax went through.
    fax_success: bool = "params.fax.params.success", sample "true";
    /// The result of the fax.
    fax_result: i64 = "params.fax.params.result", sample "0";
    /// The result text of the fax.
    fax_result_text: String = "params.fax.params.result_text", sample "OK";
    /// The format of the fax.
    fax_format: String = "params.fax.params.format", sample "pdf";
    /// The number of the fax.
    fax_number: u64 = "params.fax.params.number", sample "1";
    /// The type of the tap.
    tap_type: String = "params.tap.type", sample "audio";
    /// The direction of the tap.
    tap_direction: MediaDirection = "params.tap.params.direction", sample "both";
    /// The addr of the device.
    device_addr: String = "params.device.params.addr", sample "192.0.2.10";
    /// The port of the device.
    device_port: u64 = "params.device.params.port", sample "5050";
    /// The codec of the device.
    device_codec: String = "params.device.params.codec", sample "PCMU";
    /// The ptime of the device.
    device_ptime: u64 = "params.device.params.ptime", sample "20";
    /// The uri of the device.
    device_uri: String = "params.device.params.uri", sample "wss://tap.example.com/in";
    /// The rate of the device.
    device_rate: u64 = "params.device.params.rate", sample "8000";
    /// The for.
    stage: PayFor = "params.for", sample "payment-card-number";
    /// The error type.
    error_type: PayErrorType = "params.error_type", sample "card-declined";
    /// The payment method.
    payment_method: String = "params.payment_method", sample "credit-card";
    /// The payment card number.
    payment_card_number: String = "params.payment_card_number", sample "xxxx-xxxxxx-x0005";
    /// The payment card type.
    payment_card_type: String = "params.payment_card_type", sample "amex";
    /// The security code.
    security_code: String = "params.security_code", sample "text";
    /// The expiration date.
    expiration_date: String = "params.expiration_date", sample "text";
    /// The payment card postal code.
    payment_card_postal_code: String = "params.payment_card_postal_code", sample "text";
    /// The status address method.
    status_url_method: HttpMethod = "params.status_url_method", sample "POST";
    /// Whether noise is reduced.
    denoised: bool = "params.denoised", sample "true";
    /// When it started.
    transcription_start_time: Json = "params.start_time", sample "1785311900000";
    /// When it ended.
    transcription_end_time: Json = "params.end_time", sample "1785312000000";
    /// The text.
    text: String = "params.text", sample "Guten Tag, Sie sprechen mit dem Empfang.";
    /// The id of the message.
    message_id: String = "params.message_id", sample "b819981e-3e38-409d-af0a-c6a7a5464e11";
    /// Who calls: a number or an address.
    from_number: String = "params.from_number", sample "+15559876543";
    /// Who is called: a number or an address.
    to_number: String = "params.to_number", sample "+15551234567";
    /// The text.
    body: String = "params.body", sample "Hi";
    /// The files of the message.
    media: JsonOf<Vec<String>> = "params.media", sample r#"["a"]"#;
    /// The segments.
    segments: u64 = "params.segments", sample "1";
    /// The message state.
    message_state: MessageState = "params.message_state", sample "received";
    /// The tags.
    tags: JsonOf<Vec<String>> = "params.tags", sample r#"["promo"]"#;
    /// The sidecar event. No page confirms it.
    sidecar_event: Json = "params.sidecar_event", sample r#"{"type":"insight","raw":"caller sounds upset","iter":1,"total_iters":1}"#;
    /// The conversation log. No page confirms it.
    conversation_log: Json = "params.conversation_log", sample r#"[{"role":"remote-caller","content":"hello"}]"#;
} }
