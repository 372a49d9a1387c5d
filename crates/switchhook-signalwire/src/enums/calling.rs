//! The value lists of calls, messages and rooms.

use switchhook_core::open_enum;

open_enum! {
    /// State of a call.
    pub enum CallState {
        /// Waiting to be sent or dialled.
        Queued = "queued" rank 0,
        /// Created.
        Created = "created" rank 1,
        /// Ringing.
        Ringing = "ringing" rank 2,
        /// Answered.
        Answered = "answered" rank 3,
        /// About to end; on the socket alone.
        Ending = "ending" rank 4,
        /// Over.
        Ended = "ended" rank 5,
    }
}

open_enum! {
    /// Which way a call goes.
    pub enum CallDirection {
        /// Inbound.
        Inbound = "inbound",
        /// Outbound.
        Outbound = "outbound",
    }
}

open_enum! {
    /// Kind of a device, or of the target of a tap.
    pub enum DeviceType {
        /// Phone.
        Phone = "phone",
        /// SIP.
        Sip = "sip",
        /// WebRTC.
        Webrtc = "webrtc",
        /// An RTP target of a tap.
        Rtp = "rtp",
        /// A WebSocket target of a tap.
        Ws = "ws",
    }
}

open_enum! {
    /// Why a call ended.
    pub enum EndReason {
        /// Hangup.
        Hangup = "hangup",
        /// Busy.
        Busy = "busy",
        /// No answer.
        NoAnswer = "no_answer",
        /// Cancel.
        Cancel = "cancel",
        /// Declined.
        Declined = "declined",
        /// Error.
        Error = "error",
        /// No answer.
        NoAnswerCamel = "noAnswer",
        /// Decline.
        Decline = "decline",
        /// Abandoned.
        Abandoned = "abandoned",
        /// Max duration.
        MaxDuration = "max_duration",
        /// Not found.
        NotFound = "not_found",
    }
}

open_enum! {
    /// What made a call.
    pub enum CreatedBy {
        /// Dial.
        Dial = "dial",
        /// Connect.
        Connect = "connect",
        /// Receive.
        Receive = "receive",
    }
}

open_enum! {
    /// State of the connecting of two calls.
    pub enum ConnectState {
        /// Connecting.
        Connecting = "connecting" rank 0,
        /// Connected.
        Connected = "connected" rank 1,
        /// Failed.
        Failed = "failed" rank 1,
        /// Disconnected.
        Disconnected = "disconnected" rank 2,
    }
}

open_enum! {
    /// State of an operation in a call; which are possible depends on the event.
    pub enum ControlState {
        /// Playing.
        Playing = "playing",
        /// Paused.
        Paused = "paused",
        /// Finished.
        Finished = "finished",
        /// Error.
        Error = "error",
        /// Collecting.
        Collecting = "collecting",
        /// Recording.
        Recording = "recording",
        /// No input.
        NoInput = "no_input",
        /// Tapping.
        Tapping = "tapping",
        /// Streaming.
        Streaming = "streaming",
        /// Transcribing.
        Transcribing = "transcribing",
        /// Success.
        Success = "success",
    }
}

open_enum! {
    /// What was collected.
    pub enum CollectResult {
        /// Digit.
        Digit = "digit",
        /// Speech.
        Speech = "speech",
        /// No input.
        NoInput = "no_input",
        /// No match.
        NoMatch = "no_match",
        /// Start of input.
        StartOfInput = "start_of_input",
        /// Finished.
        Finished = "finished",
        /// Error.
        Error = "error",
    }
}

open_enum! {
    /// What a recording does while it is paused.
    pub enum PauseBehavior {
        /// Silence.
        Silence = "silence",
        /// Skip.
        Skip = "skip",
    }
}

open_enum! {
    /// Format of a recording.
    pub enum RecordFormat {
        /// WAV.
        Wav = "wav",
        /// MP3.
        Mp3 = "mp3",
        /// MP4.
        Mp4 = "mp4",
    }
}

open_enum! {
    /// Whose sound it is.
    pub enum MediaDirection {
        /// Speak.
        Speak = "speak",
        /// Listen.
        Listen = "listen",
        /// Both.
        Both = "both",
        /// Hear.
        Hear = "hear",
    }
}

open_enum! {
    /// What is looked for on a call.
    pub enum DetectType {
        /// Machine.
        Machine = "machine",
        /// Fax.
        Fax = "fax",
        /// Digit.
        Digit = "digit",
    }
}

open_enum! {
    /// What was found on a call. Of digits it is the digits, so that any text is possible.
    pub enum DetectEvent {
        /// Human.
        Human = "HUMAN",
        /// Machine.
        Machine = "MACHINE",
        /// Unknown.
        Unknown = "UNKNOWN",
        /// Ready.
        Ready = "READY",
        /// Not ready.
        NotReady = "NOT_READY",
        /// The tone of a fax that is called.
        Ced = "CED",
        /// The tone of a fax that calls.
        Cng = "CNG",
        /// Finished.
        Finished = "finished",
        /// Error.
        Error = "error",
    }
}

open_enum! {
    /// What a fax did.
    pub enum FaxEvent {
        /// Finished.
        Finished = "finished",
        /// Page.
        Page = "page",
        /// Error.
        Error = "error",
    }
}

open_enum! {
    /// Which way a fax goes.
    pub enum FaxDirection {
        /// Send.
        Send = "send",
        /// Receive.
        Receive = "receive",
    }
}

open_enum! {
    /// An HTTP method.
    pub enum HttpMethod {
        /// GET.
        Get = "GET",
        /// POST.
        Post = "POST",
        /// PUT.
        Put = "PUT",
        /// DELETE.
        Delete = "DELETE",
    }
}

open_enum! {
    /// Which step a payment is in.
    pub enum PayFor {
        /// Payment card number.
        PaymentCardNumber = "payment-card-number",
        /// Expiration date.
        ExpirationDate = "expiration-date",
        /// Security code.
        SecurityCode = "security-code",
        /// Postal code.
        PostalCode = "postal-code",
        /// Payment processing.
        PaymentProcessing = "payment-processing",
        /// Payment completed.
        PaymentCompleted = "payment-completed",
        /// Payment failed.
        PaymentFailed = "payment-failed",
        /// Payment canceled.
        PaymentCanceled = "payment-canceled",
    }
}

open_enum! {
    /// What went wrong with a payment.
    pub enum PayErrorType {
        /// Timeout.
        Timeout = "timeout",
        /// Invalid card number.
        InvalidCardNumber = "invalid-card-number",
        /// Invalid card type.
        InvalidCardType = "invalid-card-type",
        /// Invalid date.
        InvalidDate = "invalid-date",
        /// Invalid security code.
        InvalidSecurityCode = "invalid-security-code",
        /// Invalid postal code.
        InvalidPostalCode = "invalid-postal-code",
        /// Session in progress.
        SessionInProgress = "session-in-progress",
        /// Invalid bank routing number.
        InvalidBankRoutingNumber = "invalid-bank-routing-number",
        /// Invalid bank account number.
        InvalidBankAccountNumber = "invalid-bank-account-number",
        /// Input matching failed.
        InputMatchingFailed = "input-matching-failed",
        /// Card declined.
        CardDeclined = "card-declined",
    }
}

open_enum! {
    /// What happened in a queue or a conference.
    pub enum QueueOrConferenceStatus {
        /// Enqueue.
        Enqueue = "enqueue",
        /// Leave.
        Leave = "leave",
        /// Dequeue.
        Dequeue = "dequeue",
        /// Conference start.
        ConferenceStart = "conference-start",
        /// Conference end.
        ConferenceEnd = "conference-end",
        /// Participant join.
        ParticipantJoin = "participant-join",
        /// Participant leave.
        ParticipantLeave = "participant-leave",
        /// Participant mute.
        ParticipantMute = "participant-mute",
        /// Participant unmute.
        ParticipantUnmute = "participant-unmute",
        /// Participant hold.
        ParticipantHold = "participant-hold",
        /// Participant unhold.
        ParticipantUnhold = "participant-unhold",
        /// Participant speech start.
        ParticipantSpeechStart = "participant-speech-start",
        /// Participant speech stop.
        ParticipantSpeechStop = "participant-speech-stop",
        /// Participant modify.
        ParticipantModify = "participant-modify",
        /// Record start.
        RecordStart = "record-start",
        /// Record pause.
        RecordPause = "record-pause",
        /// Record resume.
        RecordResume = "record-resume",
        /// Record stop.
        RecordStop = "record-stop",
    }
}

open_enum! {
    /// State of the dialling of a call.
    pub enum DialState {
        /// Dialing.
        Dialing = "dialing" rank 0,
        /// Answered.
        Answered = "answered" rank 1,
        /// Failed.
        Failed = "failed" rank 1,
    }
}

open_enum! {
    /// State of a message, on the socket.
    pub enum MessageState {
        /// Waiting to be sent or dialled.
        Queued = "queued" rank 0,
        /// Initiated.
        Initiated = "initiated" rank 1,
        /// Sent.
        Sent = "sent" rank 2,
        /// Delivered.
        Delivered = "delivered" rank 3,
        /// Undelivered.
        Undelivered = "undelivered" rank 3,
        /// Failed.
        Failed = "failed" rank 3,
        /// Received.
        Received = "received",
    }
}

open_enum! {
    /// Status of a message.
    pub enum MessageStatus {
        /// Waiting to be sent or dialled.
        Queued = "queued" rank 0,
        /// Initiated.
        Initiated = "initiated" rank 1,
        /// Sending.
        Sending = "sending" rank 2,
        /// Sent.
        Sent = "sent" rank 3,
        /// Delivered.
        Delivered = "delivered" rank 4,
        /// Undelivered.
        Undelivered = "undelivered" rank 4,
        /// Failed.
        Failed = "failed" rank 4,
        /// Read by the receiver.
        Read = "read" rank 5,
    }
}

open_enum! {
    /// Which way a message goes.
    pub enum MessageDirection {
        /// Inbound.
        Inbound = "inbound",
        /// Outbound.
        Outbound = "outbound",
    }
}

open_enum! {
    /// Channel of a message.
    pub enum MessageType {
        /// SMS.
        Sms = "sms",
        /// MMS.
        Mms = "mms",
        /// WhatsApp.
        Whatsapp = "whatsapp",
    }
}

open_enum! {
    /// What a registration is of.
    pub enum TenDlcCategory {
        /// Brand.
        Brand = "brand",
        /// Campaign.
        Campaign = "campaign",
        /// Number assignment order.
        NumberAssignmentOrder = "number_assignment_order",
        /// Number assignment.
        NumberAssignment = "number_assignment",
    }
}

open_enum! {
    /// Kind of a member of a room.
    pub enum MemberType {
        /// Member.
        Member = "member",
        /// Screen.
        Screen = "screen",
        /// Device.
        Device = "device",
    }
}

open_enum! {
    /// State of the recording of a room.
    pub enum VideoRecordingState {
        /// Recording.
        Recording = "recording",
        /// Paused.
        Paused = "paused",
        /// Completed.
        Completed = "completed",
    }
}

open_enum! {
    /// State of a playback in a room.
    pub enum VideoPlaybackState {
        /// Playing.
        Playing = "playing",
        /// Paused.
        Paused = "paused",
        /// Completed.
        Completed = "completed",
    }
}

open_enum! {
    /// State of the stream of a room.
    pub enum VideoStreamState {
        /// Streaming.
        Streaming = "streaming",
        /// Completed.
        Completed = "completed",
    }
}
