//! The parameters of voice webhooks: one row each.

switchhook_core::params! { param {
    /// The call leg that the request is about. Recording and payment callbacks give the parent leg.
    call_sid: crate::CallSid = "CallSid", sample "CA4c381ade02507e00631f8278c10e3f19";
    /// The account, or the subaccount, that owns the call.
    account_sid: switchhook_core::AccountSid = "AccountSid", sample "AC07ca36756e3594406917764baaa992d3";
    /// Who calls: E.164, `client:NAME`, a SIP URI, or a stand-in such as `anonymous`.
    from: String = "From", sample "+15551234567";
    /// Who is called: E.164, `client:NAME` or a SIP URI; may be empty for calls of a TwiML App.
    to: String = "To", sample "+15559876543";
    /// The state of the call.
    call_status: crate::CallStatus = "CallStatus", sample "ringing";
    /// The version of the API, `2010-04-01` on all but very old numbers.
    api_version: String = "ApiVersion", sample "2010-04-01";
    /// Who has made the call.
    direction: crate::Direction = "Direction", sample "inbound";
    /// The same as `To`; not documented.
    called: String = "Called", sample "+15559876543";
    /// The same as `From`; not documented.
    caller: String = "Caller", sample "+15551234567";
    /// The number that the call was forwarded by; comes with `ForwardedFrom`.
    called_via: String = "CalledVia", sample "+15550100777";
    /// The number that forwarded the call, where the carrier tells.
    forwarded_from: String = "ForwardedFrom", sample "+15550100777";
    /// The name of the caller, where caller-name lookup is switched on.
    caller_name: String = "CallerName", sample "SAMPLE CALLER";
    /// The leg that made this leg; absent on a first leg.
    parent_call_sid: crate::CallSid = "ParentCallSid", sample "CAa7b811b93c79ef66af60e58e06677856";
    /// The TwiML App that handled the call.
    application_sid: crate::ApplicationSid = "ApplicationSid", sample "AP95e80f5d4474f7443352b8a0359c60a4";
    /// A token for the REST API that keeps the caller id of a forwarded call. May exceed 2 kB.
    call_token: switchhook_core::JsonText = "CallToken", sample "{\"parentCallInfoToken\":\"eyJhbGciOiJFUzI1NiJ9.e30.c2ln\",\"identityHeaderTokens\":[]}";
    /// The SHAKEN/STIR result of an inbound call; absent without a PASSporT.
    stir_verstat: crate::StirVerstat = "StirVerstat", sample "TN-Validation-Passed-A";
    /// The SHAKEN PASSporT of the inbound call, a JWT.
    stir_passport_token: String = "StirPassportToken", sample "eyJhbGciOiJFUzI1NiIsInBwdCI6InNoYWtlbiJ9.eyJhdHRlc3QiOiJBIn0.c2ln";
    /// The attestation that an outbound call was given.
    stir_status: crate::StirStatus = "StirStatus", sample "A";
    /// The results of marketplace add-ons.
    add_ons: switchhook_core::JsonText = "AddOns", sample "{\"status\":\"successful\",\"message\":null,\"code\":null,\"results\":{}}";
    /// The city of the caller, guessed from the number; often empty.
    from_city: String = "FromCity", sample "SPRINGFIELD";
    /// The state or province of the caller, guessed from the number; often empty.
    from_state: String = "FromState", sample "IL";
    /// The postal code of the caller, guessed from the number; often empty.
    from_zip: String = "FromZip", sample "62701";
    /// The country of the caller, guessed from the number; often empty. ISO 3166 alpha-2.
    from_country: String = "FromCountry", sample "US";
    /// The city of the called party, guessed from the number; often empty.
    to_city: String = "ToCity", sample "CARSON CITY";
    /// The state or province of the called party, guessed from the number; often empty.
    to_state: String = "ToState", sample "NV";
    /// The postal code of the called party, guessed from the number; often empty.
    to_zip: String = "ToZip", sample "89701";
    /// The country of the called party, guessed from the number; often empty. ISO 3166 alpha-2.
    to_country: String = "ToCountry", sample "US";
    /// The city of the caller, guessed from the number; often empty. The same as `FromCity`.
    caller_city: String = "CallerCity", sample "SPRINGFIELD";
    /// The state or province of the caller, guessed from the number; often empty. The same as
    /// `FromState`.
    caller_state: String = "CallerState", sample "IL";
    /// The postal code of the caller, guessed from the number; often empty. The same as `FromZip`.
    caller_zip: String = "CallerZip", sample "62701";
    /// The country of the caller, guessed from the number; often empty. ISO 3166 alpha-2. The same
    /// as `FromCountry`.
    caller_country: String = "CallerCountry", sample "US";
    /// The city of the called party, guessed from the number; often empty. The same as `ToCity`.
    called_city: String = "CalledCity", sample "CARSON CITY";
    /// The state or province of the called party, guessed from the number; often empty. The same as
    /// `ToState`.
    called_state: String = "CalledState", sample "NV";
    /// The postal code of the called party, guessed from the number; often empty. The same as
    /// `ToZip`.
    called_zip: String = "CalledZip", sample "89701";
    /// The country of the called party, guessed from the number; often empty. ISO 3166 alpha-2. The
    /// same as `ToCountry`.
    called_country: String = "CalledCountry", sample "US";
    /// The SIP domain that the INVITE went to.
    sip_domain: String = "SipDomain", sample "acme.sip.example.com";
    /// The SIP domain that the INVITE went to.
    sip_domain_sid: crate::SipDomainSid = "SipDomainSid", sample "SD6c8375276c646ef646cc5099e51c9e1a";
    /// The user of the credential list, where one authenticates.
    sip_username: String = "SipUsername", sample "alice";
    /// The `Call-ID` of the INVITE.
    sip_call_id: String = "SipCallId", sample "a84b4c76e66710@pbx.example.com";
    /// The address that the signalling came from.
    sip_source_ip: String = "SipSourceIp", sample "192.0.2.17";
    /// The custom headers of the INVITE, `X-` ones and `User-to-User`.
    sip_headers: String = "SipHeader_", sample "";
    /// The last SIP code of the call, such as 404 (unreachable) or 486 (busy).
    sip_response_code: u64 = "SipResponseCode", sample "200";
    /// What went wrong; 0 in recording callbacks means that nothing did.
    error_code: u64 = "ErrorCode", sample "11200";
    /// The URL that failed.
    error_url: String = "ErrorUrl", sample "https://app.example.com/api/v1/webhooks/incoming-call";
    /// The text of the error code.
    error_message: String = "ErrorMessage", sample "Network connection to WebSocket server failed.";
    /// How long the whole call lasted, in seconds; at its end alone.
    call_duration: switchhook_core::Seconds = "CallDuration", sample "45";
    /// The MINUTES that are billed, rounded up; at the end of the call alone. The seconds are in
    /// `CallDuration`.
    duration: switchhook_core::Minutes = "Duration", sample "1";
    /// The length of the recording, in SECONDS, on the old callback for recorded conferences.
    recording_length: switchhook_core::Seconds = "Duration", sample "301";
    /// When it happened.
    timestamp: switchhook_core::Timestamp = "Timestamp", sample "Wed, 04 Mar 2026 10:20:00 +0000";
    /// What the callback reports; marks call progress callbacks.
    callback_source: crate::CallbackSource = "CallbackSource", sample "call-progress-events";
    /// The place among the callbacks of one call (from 0) or conference (from 1).
    sequence_number: u64 = "SequenceNumber", sample "0";
    /// Who or what has answered.
    answered_by: crate::AnsweredBy = "AnsweredBy", sample "human";
    /// How long the detection took, in milliseconds.
    machine_detection_duration: switchhook_core::Milliseconds = "MachineDetectionDuration", sample "4215";
    /// The keys that were pressed, without the finish key. After `<Record>` the key that ended it,
    /// or `hangup`.
    digits: String = "Digits", sample "1";
    /// The key that ended the input; empty when the count of digits or the time did.
    finished_on_key: String = "FinishedOnKey", sample "#";
    /// What was understood.
    speech_result: String = "SpeechResult", sample "I would like to book an appointment, please.";
    /// How sure the recognition is, from 0 to 1.
    confidence: f64 = "Confidence", sample "0.91";
    /// The language that was recognized.
    language: String = "Language", sample "en-US";
    /// `Gather End` in captured requests; not documented.
    msg: String = "msg", sample "Gather End";
    /// The words so far, which may still change.
    unstable_speech_result: String = "UnstableSpeechResult", sample "I would like to";
    /// The words that will not change; not documented.
    stable_speech_result: String = "StableSpeechResult", sample "I would";
    /// How stable the words are, from 0 to 1.
    stability: f64 = "Stability", sample "0.9";
    /// The recording that it is about: `RE` and 32 hex digits.
    recording_sid: crate::RecordingSid = "RecordingSid", sample "REcbfcff160da85fa8f960a2d8665c2004";
    /// Where the recording is, without an extension: WAV, or MP3 with `.mp3`. It may not be there
    /// yet.
    recording_url: String = "RecordingUrl", sample "https://api.example.com/2010-04-01/Accounts/AC07ca36756e3594406917764baaa992d3/Recordings/REcbfcff160da85fa8f960a2d8665c2004";
    /// The state of the recording.
    recording_status: crate::RecordingStatus = "RecordingStatus", sample "completed";
    /// The length of the recording, in seconds.
    recording_duration: switchhook_core::Seconds = "RecordingDuration", sample "17";
    /// The count of channels, 1 or 2.
    recording_channels: u64 = "RecordingChannels", sample "1";
    /// When the recording began.
    recording_start_time: switchhook_core::Timestamp = "RecordingStartTime", sample "Mon, 12 Jan 2026 06:59:25 +0000";
    /// What has made the recording.
    recording_source: crate::RecordingSource = "RecordingSource", sample "RecordVerb";
    /// Which track was recorded.
    recording_track: crate::RecordingTrack = "RecordingTrack", sample "both";
    /// The size of the file, in bytes.
    recording_file_size: u64 = "RecordingFileSize", sample "90786";
    /// `conference-record-end`, on the old callback for recorded conferences.
    event_name: String = "EventName", sample "conference-record-end";
    /// The transcription that it is about: `TR` and 32 hex digits after `<Record>`, `GT` in real
    /// time.
    transcription_sid: crate::TranscriptionSid = "TranscriptionSid", sample "TRb4c88dc191a4a0d5c3efd78cf261c200";
    /// The session of a transcription in real time; its prefix is another one.
    session_sid: crate::TranscriptionSessionSid = "TranscriptionSid", sample "GTfe79a93001c32618d75a82dbc74e5766";
    /// What was said; may be empty where it failed.
    transcription_text: String = "TranscriptionText", sample "Hi, please call me back about the orange pineapple order.";
    /// The state of the transcription.
    transcription_status: crate::TranscriptionStatus = "TranscriptionStatus", sample "completed";
    /// Where the transcription is.
    transcription_url: String = "TranscriptionUrl", sample "https://api.example.com/2010-04-01/Accounts/AC07ca36756e3594406917764baaa992d3/Transcriptions/TRb4c88dc191a4a0d5c3efd78cf261c200";
    /// How it was transcribed, such as `fast`; not documented.
    transcription_type: String = "TranscriptionType", sample "fast";
    /// The URL of the callback itself; not documented.
    url: String = "url", sample "https://hooks.example.com/voicemail/transcribed";
    /// How the dialled leg ended.
    dial_call_status: crate::DialCallStatus = "DialCallStatus", sample "completed";
    /// The dialled leg; not sent after a conference.
    dial_call_sid: crate::CallSid = "DialCallSid", sample "CAe2ebe0e246f1c4aaa3cc0e896ff0b30a";
    /// How long the dialled leg lasted, in seconds.
    dial_call_duration: switchhook_core::Seconds = "DialCallDuration", sample "31";
    /// Whether both legs were really connected.
    dial_bridged: bool = "DialBridged", sample "true";
    /// The `Call-ID` of the outgoing INVITE.
    dial_sip_call_id: String = "DialSipCallId", sample "7c1d@198.51.100.4";
    /// The SIP code of the dialled leg.
    dial_sip_response_code: u64 = "DialSipResponseCode", sample "200";
    /// The `X-` headers of the last SIP response.
    dial_sip_headers: String = "DialSipHeader_", sample "";
    /// What came of dialling a queue.
    dequeue_result: crate::DequeueResult = "DequeueResult", sample "bridged";
    /// The leg that was taken out of the queue.
    dequeued_call_sid: crate::CallSid = "DequeuedCallSid", sample "CA231939232009502c0cba3c103c6bb7e7";
    /// How long that leg has waited, in seconds.
    dequeued_call_queue_time: switchhook_core::Seconds = "DequeuedCallQueueTime", sample "42";
    /// How long that leg was talked to, in seconds.
    dequeued_call_duration: switchhook_core::Seconds = "DequeuedCallDuration", sample "180";
    /// The conference in which it happened: `CF` and 32 hex digits.
    conference_sid: crate::ConferenceSid = "ConferenceSid", sample "CFb409e9d6e38e991b10748a5678119ae8";
    /// The name of the conference, any text.
    friendly_name: String = "FriendlyName", sample "MyConf";
    /// What happened in the conference.
    status_callback_event: crate::ConferenceEventType = "StatusCallbackEvent", sample "participant-join";
    /// What happened between the caller and the virtual agent.
    virtual_agent_event: String = "StatusCallbackEvent", sample "agent-reply";
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
    /// The label of the participant, unique in the conference.
    participant_label: String = "ParticipantLabel", sample "customer";
    /// The leg whose leaving ended the conference.
    call_sid_ending_conference: crate::CallSid = "CallSidEndingConference", sample "CAbc16a5c7ae5fb0955baae1353486ba9a";
    /// The label of the participant whose leaving ended the conference.
    participant_label_ending_conference: String = "ParticipantLabelEndingConference", sample "agent";
    /// Why the conference ended.
    reason_conference_ended: crate::ReasonConferenceEnded = "ReasonConferenceEnded", sample "last-participant-left";
    /// A sentence for people.
    reason: String = "Reason", sample "Participant left the conference";
    /// Why the announcement failed.
    reason_announcement_failed: String = "ReasonAnnouncementFailed", sample "Internal error";
    /// What was to be announced.
    announce_url: String = "AnnounceUrl", sample "https://media.example.com/notice.xml";
    /// How the leg of the participant ended.
    participant_call_status: crate::ParticipantCallStatus = "ParticipantCallStatus", sample "completed";
    /// Why the participant left.
    reason_participant_left: crate::ReasonParticipantLeft = "ReasonParticipantLeft", sample "participant_hung_up";
    /// How the call left the queue.
    queue_result: crate::QueueResult = "QueueResult", sample "bridged";
    /// The queue that the call is in, or was: `QU` and 32 hex digits.
    queue_sid: crate::QueueSid = "QueueSid", sample "QUd007fb14225d05cf18062751fbf7a048";
    /// How long the call has waited, in seconds.
    queue_time: switchhook_core::Seconds = "QueueTime", sample "42";
    /// The place in the queue, from 1.
    queue_position: u64 = "QueuePosition", sample "3";
    /// How long callers wait on average, in seconds.
    avg_queue_time: switchhook_core::Seconds = "AvgQueueTime", sample "55";
    /// How many calls wait.
    current_queue_size: u64 = "CurrentQueueSize", sample "4";
    /// How many calls may wait.
    max_queue_size: u64 = "MaxQueueSize", sample "100";
    /// The leg that takes the caller out of the queue. The spelling is the provider's.
    dequeing_call_sid: crate::CallSid = "DequeingCallSid", sample "CA761837694bc8f63c8ff6badf68cc9739";
    /// The ConversationRelay session that it is about: `VX` and 32 hex digits.
    session_id: crate::SessionSid = "SessionId", sample "VXcdba9d0a7b6e6921d9e97b6fb1b59091";
    /// How the session ended.
    session_status: crate::SessionStatus = "SessionStatus", sample "ended";
    /// How long the session lasted, in seconds.
    session_duration: switchhook_core::Seconds = "SessionDuration", sample "25";
    /// What the application sent with `end`; usually JSON.
    handoff_data: String = "HandoffData", sample "{\"reason\":\"The caller asked for a person\",\"score\":42}";
    /// How the session with the virtual agent ended.
    virtual_agent_status: crate::VirtualAgentStatus = "VirtualAgentStatus", sample "live-agent-handoff";
    /// Who runs the virtual agent, such as `DialogflowCX`.
    virtual_agent_provider: String = "VirtualAgentProvider", sample "DialogflowCX";
    /// What the provider of the virtual agent tells.
    virtual_agent_provider_data: switchhook_core::JsonText = "VirtualAgentProviderData", sample "{\"ConversationId\":\"c-1\",\"ReplyText\":\"How can I help?\",\"LanguageCode\":\"en\"}";
    /// What went wrong.
    virtual_agent_error: String = "VirtualAgentError", sample "Connector not reachable";
    /// The code of what went wrong.
    virtual_agent_error_code: u64 = "VirtualAgentErrorCode", sample "37104";
    /// The media stream that it is about: `MZ` and 32 hex digits.
    stream_sid: crate::StreamSid = "StreamSid", sample "MZ3ab4bc86de2b405c0551a67298b06bc6";
    /// The name of the stream; its SID where it was given none.
    stream_name: String = "StreamName", sample "agent-audio";
    /// What happened to the stream.
    stream_event: crate::StreamEvent = "StreamEvent", sample "stream-started";
    /// What went wrong; may be empty.
    stream_error: String = "StreamError", sample "Stream - Handshake - Server returned 404";
    /// The SIPREC session.
    siprec_sid: crate::SiprecSid = "SiprecSid", sample "SR57cdd4620e92734e68ca526e106141dc";
    /// The name of the session.
    siprec_name: String = "SiprecName", sample "my-first-siprec";
    /// What happened to the session.
    siprec_event: crate::SiprecEvent = "SiprecEvent", sample "siprec-started";
    /// What went wrong.
    siprec_error: String = "SiprecError", sample "Connector rejected the session";
    /// The code of what went wrong.
    siprec_error_code: u64 = "SiprecErrorCode", sample "32107";
    /// What happened to the transcription.
    transcription_event: crate::TranscriptionEvent = "TranscriptionEvent", sample "transcription-content";
    /// The words: `transcript`, and `confidence` where they are final.
    transcription_data: switchhook_core::JsonText = "TranscriptionData", sample "{\"transcript\":\"Incoming call, connecting now.\",\"confidence\":0.968}";
    /// Whether the words will not change.
    is_final: bool = "Final", sample "true";
    /// Which track was heard; a custom label may take its place.
    track: crate::Track = "Track", sample "both_tracks";
    /// The place among all events of the session, from 1.
    sequence_id: u64 = "SequenceId", sample "1";
    /// The language that is listened for.
    language_code: String = "LanguageCode", sample "en-US";
    /// Whether words are sent before they are final.
    partial_results: bool = "PartialResults", sample "false";
    /// Who listens.
    transcription_engine: crate::TranscriptionEngine = "TranscriptionEngine", sample "google";
    /// The settings of the engine, all of them texts.
    provider_configuration: switchhook_core::JsonText = "ProviderConfiguration", sample "{\"profanityFilter\":\"true\",\"speechModel\":\"telephony\",\"enableAutomaticPunctuation\":\"true\"}";
    /// The name that the session was given.
    session_name: String = "Name", sample "support call";
    /// What the TwiML calls the one who is heard on the inbound track.
    inbound_track_label: String = "InboundTrackLabel", sample "caller";
    /// What the TwiML calls the one who is heard on the outbound track.
    outbound_track_label: String = "OutboundTrackLabel", sample "agent";
    /// Word times and whatever else the engine tells, where asked for.
    transcription_provider_data: switchhook_core::JsonText = "TranscriptionProviderData", sample "{\"words\":[]}";
    /// The code of what went wrong, 32650 to 32655.
    transcription_error_code: u64 = "TranscriptionErrorCode", sample "32655";
    /// What went wrong.
    transcription_error: String = "TranscriptionError", sample "Provider Unavailable";
    /// How the payment ended.
    result: crate::PayResult = "Result", sample "success";
    /// The token that stands for the means of payment.
    payment_token: String = "PaymentToken", sample "tok_test_0001";
    /// The processor's confirmation.
    payment_confirmation_code: String = "PaymentConfirmationCode", sample "ch_test_0001";
    /// The processor's id of the payer.
    profile_id: String = "ProfileId", sample "cus_test";
    /// What is paid with.
    payment_method: crate::PaymentMethod = "PaymentMethod", sample "credit-card";
    /// The number of the card, masked but for four digits.
    payment_card_number: String = "PaymentCardNumber", sample "xxxx-xxxxxx-x4001";
    /// The brand of the card, such as `visa`.
    payment_card_type: crate::PaymentCardType = "PaymentCardType", sample "amex";
    /// When the card ends, `MMYY`; not masked.
    expiration_date: String = "ExpirationDate", sample "0527";
    /// The security code, masked.
    security_code: String = "SecurityCode", sample "***";
    /// The postal code; not masked.
    payment_card_postal_code: String = "PaymentCardPostalCode", sample "94109";
    /// The number of the account, masked but for two digits.
    bank_account_number: String = "BankAccountNumber", sample "*******89";
    /// The routing number of the bank; not masked.
    bank_routing_number: String = "BankRoutingNumber", sample "110000000";
    /// Whose bank account it is, and for what.
    bank_account_type: crate::BankAccountType = "BankAccountType", sample "consumer-checking";
    /// What went wrong.
    payment_error: String = "PaymentError", sample "invalid-date";
    /// The code of what went wrong.
    pay_error_code: u64 = "PayErrorCode", sample "64001";
    /// What went wrong at the processor.
    connector_error: String = "ConnectorError", sample "card_declined";
    /// The stage of the payment: what is asked for.
    stage: crate::PayFor = "For", sample "payment-card-number";
    /// Why the caller is asked again.
    error_type: crate::PayErrorType = "ErrorType", sample "input-timeout";
    /// How often this was asked for, from 1.
    attempt: u64 = "Attempt", sample "1";
    /// The payment session.
    payment_sid: crate::PaymentSid = "PaymentSid", sample "PK694b469e1c791a5bc74da23909631a48";
    /// What is being taken down.
    capture: crate::PayFor = "Capture", sample "payment-card-number";
    /// What is still missing; empty when nothing is.
    required: switchhook_core::CommaList = "Required", sample "expiration-date,security-code,postal-code";
    /// Whether digits are still coming in.
    partial_result: bool = "PartialResult", sample "false";
    /// What is charged; 0 where the card is only stored.
    charge_amount: f64 = "ChargeAmount", sample "10.50";
    /// When the session changed; the format is not confirmed.
    date_updated: String = "DateUpdated", sample "2026-03-04T10:20:00Z";
    /// Where to refer to: a `sip:` or `tel:` URI, often in angle brackets.
    refer_transfer_target: String = "ReferTransferTarget", sample "<sip:+15550100400@pbx.example.com?X-Key=abc>";
    /// The state of the new call, as a NOTIFY told it.
    refer_call_status: crate::CallStatus = "ReferCallStatus", sample "in-progress";
    /// The answer to the REFER; 202 when it was accepted.
    refer_sip_response_code: u64 = "ReferSipResponseCode", sample "202";
    /// The code in the last NOTIFY.
    notify_sip_response_code: u64 = "NotifySipResponseCode", sample "200";
    /// The message.
    sms_sid: crate::SmsSid = "SmsSid", sample "SM4f72211a98ffe7e951184d3a6c6a8e5c";
    /// The state of the message.
    sms_status: String = "SmsStatus", sample "sending";
} }
