//! The value lists of calls, messages and rooms.

use switchhook_core::open_enum;

open_enum! {
    /// State of a call.
    pub enum CallState {
        /// Waiting to be dialled. Only in SignalWire's older examples.
        Queued = "queued" rank 0,
        /// The call exists; nothing rings yet.
        Created = "created" rank 1,
        /// The called phone rings.
        Ringing = "ringing" rank 2,
        /// The called side has picked up; both can talk.
        Answered = "answered" rank 3,
        /// About to end; only on the socket.
        Ending = "ending" rank 4,
        /// Over.
        Ended = "ended" rank 5,
    }
}

open_enum! {
    /// Which way a call goes.
    pub enum CallDirection {
        /// Somebody calls the platform.
        Inbound = "inbound",
        /// The platform calls somebody.
        Outbound = "outbound",
    }
}

open_enum! {
    /// Kind of a device, or of the target of a tap.
    pub enum DeviceType {
        /// A number in the telephone network.
        Phone = "phone",
        /// A SIP endpoint.
        Sip = "sip",
        /// A browser or an app, by WebRTC.
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
        /// A side hung up after they had talked.
        Hangup = "hangup",
        /// The called side was busy.
        Busy = "busy",
        /// It rang until the time was up. Scripts send `no_answer`, the socket `noAnswer`.
        NoAnswer = "no_answer" | "noAnswer",
        /// Given up before anybody answered.
        Cancel = "cancel",
        /// The called side turned the call down. Scripts send `declined`, the socket `decline`.
        Declined = "declined" | "decline",
        /// The platform or a carrier failed.
        Error = "error",
        /// The caller hung up before anybody answered. From the list of the socket.
        Abandoned = "abandoned",
        /// The call was as long as it was allowed to be. From the list of the socket.
        MaxDuration = "max_duration",
        /// There is nobody at that address. From the list of the socket.
        NotFound = "not_found",
    }
}

open_enum! {
    /// What made a call.
    pub enum CreatedBy {
        /// A client or the REST API dialled it.
        Dial = "dial",
        /// Another call was connected to it.
        Connect = "connect",
        /// It came in.
        Receive = "receive",
    }
}

open_enum! {
    /// State of the connecting of two calls.
    pub enum ConnectState {
        /// The other side is being called.
        Connecting = "connecting" rank 0,
        /// Both sides can talk.
        Connected = "connected" rank 1,
        /// The other side could not be reached.
        Failed = "failed" rank 1,
        /// The calls are apart again.
        Disconnected = "disconnected" rank 2,
    }
}

open_enum! {
    /// State of an operation in a call; which are possible depends on the event.
    pub enum ControlState {
        /// Sound is being played.
        Playing = "playing",
        /// The playback or the recording pauses.
        Paused = "paused",
        /// The operation is done.
        Finished = "finished",
        /// The operation failed.
        Error = "error",
        /// Keys or speech are awaited.
        Collecting = "collecting",
        /// The call is being recorded.
        Recording = "recording",
        /// The recording ended, for nothing was heard.
        NoInput = "no_input",
        /// The sound is being sent to a tap.
        Tapping = "tapping",
        /// The sound is being sent to a WebSocket.
        Streaming = "streaming",
        /// The speech is being written down.
        Transcribing = "transcribing",
        /// The call was handed over by a SIP REFER.
        Success = "success",
    }
}

open_enum! {
    /// What was collected.
    pub enum CollectResult {
        /// Keys were pressed.
        Digit = "digit",
        /// Something was said.
        Speech = "speech",
        /// Nothing came in time.
        NoInput = "no_input",
        /// Something came that was not asked for.
        NoMatch = "no_match",
        /// The caller has begun; the result is still to come.
        StartOfInput = "start_of_input",
        /// The collecting is over.
        Finished = "finished",
        /// The collecting failed.
        Error = "error",
    }
}

open_enum! {
    /// What a recording does while it is paused.
    pub enum PauseBehavior {
        /// The pause is recorded as silence.
        Silence = "silence",
        /// The pause is left out.
        Skip = "skip",
    }
}

open_enum! {
    /// Format of a recording.
    pub enum RecordFormat {
        /// A WAV file, not compressed.
        Wav = "wav",
        /// An MP3 file, compressed.
        Mp3 = "mp3",
        /// An MP4 file, compressed.
        Mp4 = "mp4",
    }
}

open_enum! {
    /// Whose sound it is.
    pub enum MediaDirection {
        /// What the party says.
        Speak = "speak",
        /// What the party hears.
        Listen = "listen",
        /// What the party says and hears.
        Both = "both",
        /// What the party hears; today's pages say `listen`.
        Hear = "hear",
    }
}

open_enum! {
    /// What is looked for on a call.
    pub enum DetectType {
        /// Whether a person or an answering machine has picked up.
        Machine = "machine",
        /// The tones of a fax.
        Fax = "fax",
        /// Keys that are pressed.
        Digit = "digit",
    }
}

open_enum! {
    /// What was found on a call. Of digits it is the digits, so that any text is possible.
    pub enum DetectEvent {
        /// A person has picked up.
        Human = "HUMAN",
        /// An answering machine has picked up.
        Machine = "MACHINE",
        /// It could not be told who has picked up.
        Unknown = "UNKNOWN",
        /// The machine has stopped talking: a message can be left.
        Ready = "READY",
        /// The machine talks again: a message has to wait.
        NotReady = "NOT_READY",
        /// The tone of a fax that is called.
        Ced = "CED",
        /// The tone of a fax that calls.
        Cng = "CNG",
        /// Nothing more is listened for.
        Finished = "finished",
        /// The detection failed.
        Error = "error",
    }
}

open_enum! {
    /// What a fax did.
    pub enum FaxEvent {
        /// The fax is done, well or not.
        Finished = "finished",
        /// A page was handled.
        Page = "page",
        /// The fax failed.
        Error = "error",
    }
}

open_enum! {
    /// Which way a fax goes.
    pub enum FaxDirection {
        /// The fax goes out.
        Send = "send",
        /// The fax comes in.
        Receive = "receive",
    }
}

open_enum! {
    /// An HTTP method.
    pub enum HttpMethod {
        /// The method GET.
        Get = "GET",
        /// The method POST.
        Post = "POST",
        /// The method PUT.
        Put = "PUT",
        /// The method DELETE.
        Delete = "DELETE",
    }
}

open_enum! {
    /// Which step a payment is in.
    pub enum PayFor {
        /// The caller types the number on the card.
        PaymentCardNumber = "payment-card-number",
        /// The caller types when the card expires.
        ExpirationDate = "expiration-date",
        /// The caller types the code on the card.
        SecurityCode = "security-code",
        /// The caller types the postal code of the card's owner.
        PostalCode = "postal-code",
        /// The payment is being made.
        PaymentProcessing = "payment-processing",
        /// The payment went through.
        PaymentCompleted = "payment-completed",
        /// The payment did not go through.
        PaymentFailed = "payment-failed",
        /// The caller gave up.
        PaymentCanceled = "payment-canceled",
    }
}

open_enum! {
    /// What went wrong with a payment.
    pub enum PayErrorType {
        /// The caller typed nothing in time.
        Timeout = "timeout",
        /// No card has such a number.
        InvalidCardNumber = "invalid-card-number",
        /// Cards of this brand are not taken.
        InvalidCardType = "invalid-card-type",
        /// There is no such date, or the card has expired.
        InvalidDate = "invalid-date",
        /// The code on the card has another form.
        InvalidSecurityCode = "invalid-security-code",
        /// A postal code has another form.
        InvalidPostalCode = "invalid-postal-code",
        /// The call is paying already.
        SessionInProgress = "session-in-progress",
        /// No bank has such a routing number.
        InvalidBankRoutingNumber = "invalid-bank-routing-number",
        /// No account has such a number.
        InvalidBankAccountNumber = "invalid-bank-account-number",
        /// What was typed did not match; the page does not say what it is compared with.
        InputMatchingFailed = "input-matching-failed",
        /// The card's bank turned the payment down.
        CardDeclined = "card-declined",
    }
}

open_enum! {
    /// What happened in a queue or a conference.
    pub enum QueueOrConferenceStatus {
        /// A call was put into the queue.
        Enqueue = "enqueue",
        /// A caller left the queue.
        Leave = "leave",
        /// A call was taken out of the queue to be served.
        Dequeue = "dequeue",
        /// The conference began.
        ConferenceStart = "conference-start",
        /// The conference is over.
        ConferenceEnd = "conference-end",
        /// Somebody joined the conference.
        ParticipantJoin = "participant-join",
        /// Somebody left the conference.
        ParticipantLeave = "participant-leave",
        /// Somebody can no longer be heard.
        ParticipantMute = "participant-mute",
        /// Somebody can be heard again.
        ParticipantUnmute = "participant-unmute",
        /// Somebody was put on hold.
        ParticipantHold = "participant-hold",
        /// Somebody was taken off hold.
        ParticipantUnhold = "participant-unhold",
        /// Somebody began to speak.
        ParticipantSpeechStart = "participant-speech-start",
        /// Somebody stopped speaking.
        ParticipantSpeechStop = "participant-speech-stop",
        /// How somebody takes part was changed.
        ParticipantModify = "participant-modify",
        /// The conference is being recorded.
        RecordStart = "record-start",
        /// The recording pauses.
        RecordPause = "record-pause",
        /// The recording goes on.
        RecordResume = "record-resume",
        /// The recording is over.
        RecordStop = "record-stop",
    }
}

open_enum! {
    /// State of the dialling of a call.
    pub enum DialState {
        /// The legs are being called.
        Dialing = "dialing" rank 0,
        /// A leg was answered: it won.
        Answered = "answered" rank 1,
        /// No leg was answered.
        Failed = "failed" rank 1,
    }
}

open_enum! {
    /// State of a message, on the socket.
    pub enum MessageState {
        /// Waiting to be sent.
        Queued = "queued" rank 0,
        /// The sending has begun.
        Initiated = "initiated" rank 1,
        /// The carrier has the message.
        Sent = "sent" rank 2,
        /// The receiver's phone has the message.
        Delivered = "delivered" rank 3,
        /// The carrier could not deliver the message.
        Undelivered = "undelivered" rank 3,
        /// The message could not be sent.
        Failed = "failed" rank 3,
        /// The message came in.
        Received = "received",
    }
}

open_enum! {
    /// Status of a message.
    pub enum MessageStatus {
        /// Waiting to be sent.
        Queued = "queued" rank 0,
        /// The sending has begun.
        Initiated = "initiated" rank 1,
        /// On its way to the carrier. Only in SignalWire's older examples.
        Sending = "sending" rank 2,
        /// The carrier has the message.
        Sent = "sent" rank 3,
        /// The receiver's phone has the message.
        Delivered = "delivered" rank 4,
        /// The carrier could not deliver the message.
        Undelivered = "undelivered" rank 4,
        /// The message could not be sent.
        Failed = "failed" rank 4,
        /// Read by the receiver.
        Read = "read" rank 5,
    }
}

open_enum! {
    /// Which way a message goes.
    pub enum MessageDirection {
        /// Somebody writes to the platform.
        Inbound = "inbound",
        /// The platform writes to somebody.
        Outbound = "outbound",
    }
}

open_enum! {
    /// Channel of a message.
    pub enum MessageType {
        /// Text alone, by SMS.
        Sms = "sms",
        /// Text and files, by MMS.
        Mms = "mms",
        /// By WhatsApp. No page confirms it.
        Whatsapp = "whatsapp",
    }
}

open_enum! {
    /// What a registration is of.
    pub enum TenDlcCategory {
        /// A brand: who sends.
        Brand = "brand",
        /// A campaign of a brand: what for.
        Campaign = "campaign",
        /// An order to assign several numbers to a campaign.
        NumberAssignmentOrder = "number_assignment_order",
        /// The assignment of one number to a campaign.
        NumberAssignment = "number_assignment",
    }
}

open_enum! {
    /// Kind of a member of a room.
    pub enum MemberType {
        /// A person.
        Member = "member",
        /// A screen that a person shares.
        Screen = "screen",
        /// Another camera or microphone of a person.
        Device = "device",
    }
}

open_enum! {
    /// State of the recording of a room.
    pub enum VideoRecordingState {
        /// The session is being recorded.
        Recording = "recording",
        /// The recording pauses and may go on.
        Paused = "paused",
        /// The recording is over.
        Completed = "completed",
    }
}

open_enum! {
    /// State of a playback in a room.
    pub enum VideoPlaybackState {
        /// The file is being played.
        Playing = "playing",
        /// The playback pauses and may go on.
        Paused = "paused",
        /// The playback is over.
        Completed = "completed",
    }
}

open_enum! {
    /// State of the stream of a room.
    pub enum VideoStreamState {
        /// The session is being streamed.
        Streaming = "streaming",
        /// The stream is over.
        Completed = "completed",
    }
}
