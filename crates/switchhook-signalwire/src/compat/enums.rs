//! The value lists that differ from Twilio's, all of them open.

use switchhook_core::open_enum;

open_enum! {
    /// The state of a call, ranked by how far it is.
    pub enum CallStatus {
        /// Waiting to be made.
        Queued = "queued" rank 0,
        /// Being made.
        Initiated = "initiated" rank 1,
        /// The called phone rings.
        Ringing = "ringing" rank 2,
        /// Answered; the `answered` that is asked for arrives so.
        InProgress = "in-progress" rank 3,
        /// Answered, as it is called where events are asked for.
        Answered = "answered" rank 3,
        /// Ended after it was answered.
        Completed = "completed" rank 4,
        /// The line was busy.
        Busy = "busy" rank 4,
        /// It could not be made.
        Failed = "failed" rank 4,
        /// Nobody answered.
        NoAnswer = "no-answer" rank 4,
        /// Given up before it was answered.
        Canceled = "canceled" rank 4,
    }
}

open_enum! {
    /// Who has made a call.
    pub enum Direction {
        /// A caller.
        Inbound = "inbound",
        /// The REST API.
        OutboundApi = "outbound-api",
        /// A `<Dial>` in another call.
        OutboundDial = "outbound-dial",
        /// Whoever: not told.
        Outbound = "outbound",
    }
}

open_enum! {
    /// The state of a recording, ranked by how far it is.
    pub enum RecordingStatus {
        /// It is being made.
        InProgress = "in-progress" rank 0,
        /// It can be fetched.
        Completed = "completed" rank 1,
        /// There was nothing to record.
        Absent = "absent" rank 1,
        /// It failed; of a guide alone.
        Failed = "failed" rank 1,
    }
}

open_enum! {
    /// What has made a recording. The pages differ in the case of its letters.
    pub enum RecordingSource ignore case {
        /// `<Dial record>`.
        DialVerb = "DialVerb",
        /// `<Conference record>`.
        Conference = "Conference",
        /// The REST API, when it made the call.
        OutBoundApi = "OutBoundApi",
        /// A SIP trunk.
        Trunking = "Trunking",
        /// A `<Record>` in the document of the call.
        RecordVerb = "RecordVerb",
        /// The REST API, in a call.
        StartCallRecordingApi = "StartCallRecordingApi",
        /// The REST API, in a conference.
        StartConferenceRecording = "StartConferenceRecording",
    }
}

open_enum! {
    /// What happened in a conference.
    pub enum ConferenceEventType {
        /// It began.
        ConferenceStart = "conference-start",
        /// It ended.
        ConferenceEnd = "conference-end",
        /// A participant came.
        ParticipantJoin = "participant-join",
        /// A participant left.
        ParticipantLeave = "participant-leave",
        /// A participant was muted.
        ParticipantMute = "participant-mute",
        /// A participant was unmuted.
        ParticipantUnmute = "participant-unmute",
        /// A participant was put on hold.
        ParticipantHold = "participant-hold",
        /// A participant was taken from hold.
        ParticipantUnhold = "participant-unhold",
        /// A participant began to speak.
        ParticipantSpeechStart = "participant-speech-start",
        /// A participant stopped speaking.
        ParticipantSpeechStop = "participant-speech-stop",
    }
}

open_enum! {
    /// How a call left a queue.
    pub enum QueueResult {
        /// It was connected.
        Bridged = "bridged",
        /// It is being connected.
        BridgingInProgress = "bridging-in-progress",
        /// The queue could not be entered.
        Error = "error",
        /// The caller hung up.
        Hangup = "hangup",
        /// The document that it waited with said `<Leave>`.
        Leave = "leave",
        /// It was redirected while it waited.
        Redirected = "redirected",
        /// It was redirected while it was connected.
        RedirectedFromBridged = "redirected-from-bridged",
        /// The queue was full.
        QueueFull = "queue-full",
        /// The provider failed.
        SystemError = "system-error",
    }
}

open_enum! {
    /// The state of the call to the party that a caller was referred to.
    pub enum ReferCallStatus {
        /// It goes on.
        InProgress = "in-progress",
        /// The line was busy.
        Busy = "busy",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// Given up before it was answered.
        Canceled = "canceled",
        /// It could not be made.
        Failed = "failed",
    }
}

open_enum! {
    /// What a payment asks for.
    pub enum PayFor {
        /// The digits on the front of the card.
        PaymentCardNumber = "payment-card-number",
        /// When the card ends.
        ExpirationDate = "expiration-date",
        /// The code on the card, of three or four digits.
        SecurityCode = "security-code",
        /// The postal code of the card's owner.
        PostalCode = "postal-code",
        /// The number by which banks know the caller's bank.
        BankRoutingNumber = "bank-routing-number",
        /// The number of the caller's account.
        BankAccountNumber = "bank-account-number",
        /// Nothing: the payment is being made.
        PaymentProcessing = "payment-processing",
    }
}

open_enum! {
    /// Why a caller is asked again.
    pub enum PayErrorType {
        /// Nothing was typed in time.
        InputTimeout = "input-timeout",
        /// There is no such card.
        InvalidCardNumber = "invalid-card-number",
        /// The card is of a kind that is not taken.
        InvalidCardType = "invalid-card-type",
        /// There is no such date, or it is past.
        InvalidDate = "invalid-date",
        /// There is no such code.
        InvalidSecurityCode = "invalid-security-code",
        /// There is no such code.
        InvalidPostalCode = "invalid-postal-code",
        /// There is no such bank.
        InvalidBankRoutingNumber = "invalid-bank-routing-number",
        /// There is no such account.
        InvalidBankAccountNumber = "invalid-bank-account-number",
        /// There is a session already.
        SessionInProgress = "session-in-progress",
    }
}

open_enum! {
    /// Why a media stream failed.
    pub enum StreamError {
        /// The URL of the stream is not a WebSocket's.
        InvalidUrl = "invalid_url",
        /// There is no URL.
        MissingUrl = "missing_url",
        /// There is no such track.
        InvalidTrack = "invalid_track",
        /// The audio could not be converted.
        CodecError = "codec_error",
        /// The server took no connection.
        ConnectionRefused = "connection_refused",
        /// The server took no connection in time, or not by TLS.
        ConnectionRefusedTimeoutOrSslError = "connection_refused_timeout_or_ssl_error",
        /// Something else.
        GeneralError = "general_error",
        /// There is a stream with this id.
        DuplicatedStreamId = "Duplicated stream ID",
        /// There is a stream with this name.
        DuplicatedStreamName = "Duplicated stream name",
    }
}

open_enum! {
    /// Who or what has answered.
    pub enum AnsweredBy {
        /// A person.
        Human = "human",
        /// A machine; of the REST API.
        Machine = "machine",
        /// A machine, after its beep.
        MachineEndBeep = "machine_end_beep",
        /// A machine, after its greeting.
        MachineEndSilence = "machine_end_silence",
        /// A machine, after its greeting, by another sign.
        MachineEndOther = "machine_end_other",
        /// Nobody could tell.
        Unknown = "unknown",
    }
}

open_enum! {
    /// The state of a message of `<Sms>`, ranked by how far it is.
    pub enum SmsVerbStatus {
        /// It is being sent.
        Sending = "sending" rank 0,
        /// It cannot be sent.
        Invalid = "invalid" rank 1,
        /// It was sent.
        Sent = "sent" rank 1,
        /// It could not be sent.
        Failed = "failed" rank 1,
    }
}

open_enum! {
    /// State of a message. A message that goes out gets from rank to rank; the states of one that
    /// comes in have none.
    pub enum MessageStatus {
        /// It waits to be sent.
        Queued = "queued" rank 0,
        /// It is taken; of the REST API alone.
        Initiated = "initiated" rank 0,
        /// It is on its way to the carrier.
        Sending = "sending" rank 1,
        /// The carrier has it: the last state of an MMS.
        Sent = "sent" rank 2,
        /// The recipient has it.
        Delivered = "delivered" rank 3,
        /// It was not delivered; `error_code` has why.
        Undelivered = "undelivered" rank 3,
        /// It could not be sent; `error_code` has why.
        Failed = "failed" rank 3,
        /// It is coming in.
        Receiving = "receiving",
        /// It came in.
        Received = "received",
    }
}

open_enum! {
    /// The state of a fax, ranked by how far it is.
    pub enum FaxStatus {
        /// It waits to be sent.
        Queued = "queued" rank 0,
        /// It is being prepared.
        Processing = "processing" rank 1,
        /// It is being sent.
        Sending = "sending" rank 2,
        /// The other machine has it.
        Delivered = "delivered" rank 3,
        /// It is coming in.
        Receiving = "receiving" rank 2,
        /// It came in.
        Received = "received" rank 3,
        /// Nobody answered.
        NoAnswer = "no-answer" rank 3,
        /// The line was busy.
        Busy = "busy" rank 3,
        /// It failed; `error_code` has why.
        Failed = "failed" rank 3,
        /// Given up.
        Canceled = "canceled" rank 3,
    }
}

open_enum! {
    /// What a message of a media stream is.
    pub enum StreamMessage {
        /// The connection stands.
        Connected = "connected",
        /// The stream begins.
        Start = "start",
        /// A piece of audio.
        Media = "media",
        /// A key was pressed.
        Dtmf = "dtmf",
        /// A mark was reached.
        Mark = "mark",
        /// The stream is over.
        Stop = "stop",
    }
}

open_enum! {
    /// How the audio of a stream is written down.
    pub enum Encoding {
        /// µ-law.
        Mulaw = "audio/x-mulaw",
        /// 16 bits, linear.
        L16 = "audio/x-L16",
    }
}
