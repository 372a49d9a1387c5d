//! The parameters of the forms: one row each.

switchhook_core::params! { form {
    /// The project: a UUID.
    account_sid: String = "AccountSid", sample "e3e02379-1e4a-4c8d-a0e4-acdb49c54fd7";
    /// The version of the API: `2010-04-01`, `v1` on faxes.
    api_version: String = "ApiVersion" | "APIVersion", sample "2010-04-01";
    /// The leg of the call, a UUID. Recordings give the leg that is recorded.
    call_sid: String = "CallSid", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// The state of the call.
    call_status: super::CallStatus = "CallStatus", sample "in-progress";
    /// Who has made the call.
    direction: super::Direction = "Direction", sample "inbound";
    /// Who calls or writes: E.164, a short code, a SIP URI or `client:NAME`.
    from: String = "From", sample "+15551234567";
    /// Who is called or written to: E.164, a short code, a SIP URI or `client:NAME`.
    to: String = "To", sample "+15559876543";
    /// The leg that made this leg; absent on a first leg.
    parent_call_sid: String = "ParentCallSid", sample "18df0ff9-03a9-40a0-a3e9-d5041fdc5227";
    /// When it happened.
    timestamp: switchhook_core::Timestamp = "Timestamp", sample "Tue, 04 Aug 2026 09:15:00 +0000";
    /// What the callback reports: `call-progress-events`.
    callback_source: String = "CallbackSource", sample "call-progress-events";
    /// The place among the callbacks about one call or conference, from 0. Documented as always
    /// sent, and often missing.
    sequence_number: u64 = "SequenceNumber", sample "0";
    /// How long the call lasted, in seconds; at its end alone.
    call_duration: switchhook_core::Seconds = "CallDuration", sample "94";
    /// What the caller is called, where the number was looked up.
    caller_name: String = "CallerName", sample "SAMPLE CALLER";
    /// The number that forwarded the call.
    forwarded_from: String = "ForwardedFrom", sample "+15550100777";
    /// The leg that hung up.
    hangup_by: String = "HangupBy", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// Which way the leg goes that hung up, such as `inbound`.
    hangup_direction: String = "HangupDirection", sample "inbound";
    /// The length of the recording, in seconds.
    recording_duration: switchhook_core::Seconds = "RecordingDuration", sample "12";
    /// The recording that it is about: a UUID.
    recording_sid: String = "RecordingSid", sample "d2cf8cf7-e8bb-42fb-a469-baaf135957f5";
    /// Where the recording is.
    recording_url: String = "RecordingUrl", sample "https://files.example.com/r/3";
    /// The state of the recording.
    recording_status: super::RecordingStatus = "RecordingStatus", sample "completed";
    /// The count of channels, 1 or 2.
    recording_channels: u64 = "RecordingChannels", sample "1";
    /// What has made the recording.
    recording_source: super::RecordingSource = "RecordingSource", sample "RecordVerb";
    /// The last SIP code of the call.
    sip_result_code: u64 = "SipResultCode", sample "200";
    /// The words of the answer to the INVITE.
    sip_invite_result_phrase: String = "SipInviteResultPhrase", sample "OK";
    /// The `Call-ID` of the INVITE.
    sip_call_id: String = "SipCallId", sample "a84b4c76e66710@pbx.example.com";
    /// The user that the INVITE went to.
    sip_user: String = "SipUser", sample "desk";
    /// The `X-` headers of the INVITE.
    sip_headers: String = "SipHeader_", sample "";
    /// How good the inbound audio was, as a mean opinion score up to 5.
    audio_in_mos: f64 = "AudioInMos", sample "4.3";
    /// The average length of inbound packets, in milliseconds; documented as a whole number.
    audio_in_average_ptime: f64 = "AudioInAveragePtime", sample "20.01";
    /// The greatest variance of the inbound jitter; documented as a whole number.
    audio_in_jitter_max_variance: f64 = "AudioInJitterMaxVariance", sample "85.95";
    /// The least variance of the inbound jitter; documented as a whole number.
    audio_in_jitter_min_variance: f64 = "AudioInJitterMinVariance", sample "0.16";
    /// How many packets with keys came in.
    audio_in_dtmf_packet_count: u64 = "AudioInDtmfPacketCount", sample "0";
    /// How many inbound packets were thrown away.
    audio_in_flush_packet_count: u64 = "AudioInFlushPacketCount", sample "2";
    /// The largest size of the jitter buffer, in packets.
    audio_in_largest_jb_size: u64 = "AudioInLargestJbSize", sample "4";
    /// How many packets of audio came in.
    audio_in_media_packet_count: u64 = "AudioInMediaPacketCount", sample "1842";
    /// How many inbound packets were skipped.
    audio_in_skip_packet_count: u64 = "AudioInSkipPacketCount", sample "1";
    /// How many packets with keys went out.
    audio_out_dtmf_packet_count: u64 = "AudioOutDtmfPacketCount", sample "0";
    /// How many packets of audio went out.
    audio_out_media_packet_count: u64 = "AudioOutMediaPacketCount", sample "1840";
    /// How many outbound packets were lost; not documented.
    audio_out_lost: u64 = "AudioOutLost", sample "0";
    /// The transcription that was made: a UUID.
    transcription_sid: String = "TranscriptionSid", sample "808ee988-c8ec-4c10-a057-2d4a0e4956eb";
    /// What was said.
    transcription_text: String = "TranscriptionText", sample "Hello, please call back.";
    /// How the transcription ended.
    transcription_status: super::TranscriptionStatus = "TranscriptionStatus", sample "completed";
    /// Where the transcription is.
    transcription_url: String = "TranscriptionUrl", sample "https://files.example.com/t/1";
    /// The conference in which it happened: a UUID.
    conference_sid: String = "ConferenceSid", sample "8fecb95d-b52d-413a-a429-7b597f0a85be";
    /// The name of the conference.
    friendly_name: String = "FriendlyName", sample "standup";
    /// What happened in the conference.
    status_callback_event: super::ConferenceEventType = "StatusCallbackEvent", sample "participant-join";
    /// Whether the participant is muted.
    muted: bool = "Muted", sample "false";
    /// Whether the participant is on hold.
    hold: bool = "Hold", sample "false";
    /// Whether the participant coaches another one.
    coaching: bool = "Coaching", sample "false";
    /// Whether the conference ends when the participant leaves.
    end_conference_on_exit: bool = "EndConferenceOnExit", sample "false";
    /// Whether the conference begins when the participant comes.
    start_conference_on_enter: bool = "StartConferenceOnEnter", sample "true";
    /// How long the conference lasted, in seconds.
    duration: switchhook_core::Seconds = "Duration", sample "61";
    /// The name of what happened, on the callback for recordings.
    event_name: String = "EventName", sample "conference-record-end";
    /// The size of the recording, in bytes.
    recording_file_size: u64 = "RecordingFileSize", sample "128000";
    /// Why the conference ended.
    reason_conference_ended: String = "ReasonConferenceEnded", sample "last-participant-left";
    /// The leg whose leaving ended the conference.
    call_sid_ending_conference: String = "CallSidEndingConference", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// The leg that is coached.
    call_sid_to_coach: String = "CallSidToCoach", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// How the dialled leg ended.
    dial_call_status: super::DialCallStatus = "DialCallStatus", sample "completed";
    /// The dialled leg. Verto dials write `DialCallSID`.
    dial_call_sid: String = "DialCallSid" | "DialCallSID", sample "3c7a8f98-e42b-4733-aeb1-aab220061178";
    /// How long the dialled leg lasted, in seconds.
    dial_call_duration: switchhook_core::Seconds = "DialCallDuration", sample "33";
    /// The `Call-ID` of the outgoing INVITE.
    dial_sip_call_id: String = "DialSipCallId", sample "abc@192.0.2.7";
    /// The SIP code of the dialled leg.
    dial_sip_response_code: u64 = "DialSipResponseCode", sample "486";
    /// The `X-` headers of the last SIP response.
    dial_sip_headers: String = "DialSipHeader_", sample "";
    /// Which way the dialled leg goes that hung up.
    dial_sip_hangup_direction: String = "DialSipHangupDirection", sample "inbound";
    /// The keys that were pressed. After `<Record>` the key that ended it, or `hangup`.
    digits: String = "Digits", sample "1";
    /// What was understood.
    speech_result: String = "SpeechResult", sample "zwei Karten, bitte";
    /// How sure the recognition is, from 0 to 1.
    confidence: f64 = "Confidence", sample "0.9234";
    /// The words so far, which may still change. No page confirms it.
    unstable_speech_result: String = "UnstableSpeechResult", sample "zwei";
    /// How the call left the queue.
    queue_result: super::QueueResult = "QueueResult", sample "bridged";
    /// The queue that the call is in, or was: a UUID.
    queue_sid: String = "QueueSid", sample "8b99f9aa-4bf2-4a47-ad82-3b85b242ac36";
    /// How long the call has waited, in seconds.
    queue_time: switchhook_core::Seconds = "QueueTime", sample "45";
    /// How long callers wait on average, in seconds.
    avg_queue_time: switchhook_core::Seconds = "AvgQueueTime", sample "40";
    /// How many calls wait.
    current_queue_size: u64 = "CurrentQueueSize", sample "3";
    /// The place in the queue, from 1.
    queue_position: u64 = "QueuePosition", sample "2";
    /// The leg that takes the caller out of the queue. The spelling is the provider's.
    dequeing_call_sid: String = "DequeingCallSid", sample "8b097732-e694-45e8-a242-31f1c2303bdc";
    /// The state of the call to the new party.
    refer_call_status: super::ReferCallStatus = "ReferCallStatus", sample "in-progress";
    /// The answer to the REFER; 202 when it was accepted.
    refer_sip_response_code: u64 = "ReferSipResponseCode", sample "202";
    /// The code in the last NOTIFY.
    notify_sip_response_code: u64 = "NotifySipResponseCode", sample "200";
    /// How the payment ended.
    result: super::PayResult = "Result", sample "success";
    /// The processor's confirmation.
    payment_confirmation_code: String = "PaymentConfirmationCode", sample "ch_test_0001";
    /// The token that stands for the means of payment.
    payment_token: String = "PaymentToken", sample "tok_x1";
    /// The processor's id of the payer.
    profile_id: String = "ProfileId", sample "cus_test";
    /// The number of the card, masked but for four digits.
    payment_card_number: String = "PaymentCardNumber", sample "xxxx-xxxx-xxxx-1111";
    /// The kind of card, such as `visa`.
    payment_card_type: String = "PaymentCardType", sample "visa";
    /// The postal code; not masked.
    payment_card_postal_code: String = "PaymentCardPostalCode", sample "10115";
    /// When the card ends, `MMYY`; not masked.
    expiration_date: String = "ExpirationDate", sample "1230";
    /// The security code, masked.
    security_code: String = "SecurityCode", sample "xxx";
    /// What is paid with, such as `credit-card`.
    payment_method: String = "PaymentMethod", sample "credit-card";
    /// What went wrong.
    payment_error: String = "PaymentError", sample "card declined";
    /// The code of what went wrong.
    pay_error_code: String = "PayErrorCode", sample "64022";
    /// What went wrong at the processor.
    connector_error: String = "ConnectorError", sample "declined";
    /// The number of the account, masked.
    bank_account_number: String = "BankAccountNumber", sample "*******89";
    /// The routing number of the bank; not masked.
    bank_routing_number: String = "BankRoutingNumber", sample "110000000";
    /// The stage of the payment: what is asked for.
    stage: super::PayFor = "For", sample "payment-card-number";
    /// Why the caller is asked again.
    error_type: super::PayErrorType = "ErrorType", sample "invalid-card-number";
    /// How often this was asked for, from 1.
    attempt: u64 = "Attempt", sample "2";
    /// The media stream that it is about: a UUID.
    stream_sid: String = "StreamSid", sample "ea93b373-c4dd-492a-acf2-30197662047d";
    /// What the stream was named in the cXML or by the API.
    stream_name: String = "StreamName", sample "s1";
    /// What happened to the stream.
    stream_event: super::StreamEvent = "StreamEvent", sample "stream-started";
    /// What went wrong.
    stream_error: super::StreamError = "StreamError", sample "connection_refused";
    /// Which track is streamed.
    stream_track: String = "StreamTrack", sample "inbound_track";
    /// The switch's id of the call.
    unique_id: String = "Unique-ID", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// Who or what has answered.
    answered_by: super::AnsweredBy = "AnsweredBy", sample "machine_end_beep";
    /// How long the detection took, in milliseconds. No page confirms it.
    machine_detection_duration: switchhook_core::Milliseconds = "MachineDetectionDuration", sample "4215";
    /// How the session with the virtual agent ended.
    virtual_agent_status: String = "VirtualAgentStatus", sample "transfer";
    /// What went wrong.
    virtual_agent_error: String = "VirtualAgentError", sample "Connector not reachable";
    /// The code of what went wrong.
    virtual_agent_error_code: String = "VirtualAgentErrorCode", sample "37104";
    /// Who runs the virtual agent, such as `dialogflow`.
    virtual_agent_provider: String = "VirtualAgentProvider", sample "dialogflow";
    /// What the provider of the virtual agent tells.
    virtual_agent_provider_data: switchhook_core::JsonText = "VirtualAgentProviderData", sample r#"{"ConversationId":"x"}"#;
    /// The message; on messages the same as `MessageSid`.
    sms_sid: String = "SmsSid", sample "d47163c9-54a9-4ea5-a5e7-929d3dc32555";
    /// The state of the message.
    sms_status: super::SmsVerbStatus = "SmsStatus", sample "sending";
    /// The message that came in or was sent: a UUID.
    message_sid: String = "MessageSid", sample "05020757-7592-4b8a-aaae-83d8164a77c9";
    /// The state of the message.
    message_status: super::MessageStatus = "MessageStatus", sample "delivered";
    /// The code of what went wrong.
    error_code: String = "ErrorCode", sample "30003";
    /// What went wrong.
    error_message: String = "ErrorMessage", sample "no answer tone";
    /// The text; empty or missing where there are media alone.
    body: String = "Body", sample "Hallo Welt";
    /// How many media the message has.
    num_media: u64 = "NumMedia", sample "0";
    /// How many segments the message has.
    num_segments: u64 = "NumSegments", sample "1";
    /// The media, in a spelling of templates; not documented.
    media_list: String = "Media", sample "[]";
    /// Where the media of the message are.
    media_urls: String = "MediaUrl", sample "";
    /// The types of the media, such as `image/jpeg`.
    media_content_types: String = "MediaContentType", sample "";
    /// The fax that came in or was sent: a UUID.
    fax_sid: String = "FaxSid", sample "97f51b34-c850-4de4-ae77-bc787ba73966";
    /// The state of the fax.
    fax_status: super::FaxStatus = "FaxStatus", sample "received";
    /// What the other fax machine calls itself.
    remote_station_id: String = "RemoteStationId", sample "+15551234567";
    /// How many pages the fax has.
    num_pages: u64 = "NumPages", sample "2";
    /// Where the fax is, as PDF.
    media_url: String = "MediaUrl", sample "https://files.example.com/f/1.pdf";
    /// The file of the fax.
    media_sid: String = "MediaSid", sample "29db41a6-d95c-4cd8-a81b-60aac4782805";
    /// Where the document is that was to be sent.
    original_media_url: String = "OriginalMediaUrl", sample "https://files.example.com/f/src.pdf";
} }
