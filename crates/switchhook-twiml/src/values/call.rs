//! Values of calls, streams and callbacks.

value_list! {
    /// Progress of a call to an application.
    ApplicationEvent closed {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

value_list! {
    /// Progress of a call to a client.
    ClientEvent closed {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

value_list! {
    /// When a conference beeps.
    ConferenceBeep closed {
        True = "true",
        False = "false",
        OnEnter = "onEnter",
        OnExit = "onExit",
    }
}

value_list! {
    /// Conference events to report.
    ConferenceEvent open {
        Start = "start",
        End = "end",
        Join = "join",
        Leave = "leave",
        Mute = "mute",
        Hold = "hold",
        Modify = "modify",
        Speaker = "speaker",
        Announcement = "announcement",
    }
}

value_list! {
    /// Jitter buffer of a participant: larger is smoother and later.
    ConferenceJitterBufferSize open {
        Large = "large",
        Medium = "medium",
        Small = "small",
        Off = "off",
    }
}

value_list! {
    /// Region that mixes a conference.
    ConferenceRegion open {
        Us1 = "us1",
        Us2 = "us2",
        Ie1 = "ie1",
        Sg1 = "sg1",
        Br1 = "br1",
        Au1 = "au1",
        Jp1 = "jp1",
        De1 = "de1",
    }
}

value_list! {
    /// Progress of a call into a conversation.
    ConversationEvent closed {
        CallInitiated = "call-initiated",
        CallRinging = "call-ringing",
        CallAnswered = "call-answered",
        CallCompleted = "call-completed",
    }
}

value_list! {
    /// Event streams that a dial opens.
    DialEvents open {
        CallProgressEvent = "call-progress-event",
    }
}

value_list! {
    /// Country whose ringing the caller hears.
    DialRingTone open {
        At = "at", Au = "au", Bg = "bg", Br = "br", Be = "be", Ch = "ch", Cl = "cl", Cn = "cn",
        Cz = "cz", De = "de", Dk = "dk", Ee = "ee", Es = "es", Fi = "fi", Fr = "fr", Gr = "gr",
        Hu = "hu", Il = "il", In = "in", It = "it", Lt = "lt", Jp = "jp", Mx = "mx", My = "my",
        Nl = "nl", No = "no", Nz = "nz", Ph = "ph", Pl = "pl", Pt = "pt", Ru = "ru", Se = "se",
        Sg = "sg", Th = "th", Uk = "uk", Us = "us", UsOld = "us-old", Tw = "tw", Ve = "ve",
        Za = "za",
    }
}

value_list! {
    /// What a gather listens for.
    GatherInput open {
        Dtmf = "dtmf",
        Speech = "speech",
    }
}

value_list! {
    /// Progress of a call to a phone number.
    NumberEvent closed {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

value_list! {
    /// What a rejected caller hears.
    RejectReason open {
        Rejected = "rejected",
        Busy = "busy",
    }
}

value_list! {
    /// Progress of a SIP call.
    SipEvent closed {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

value_list! {
    /// Which side of a call is sent to a SIPREC recorder.
    SiprecTrack closed {
        InboundTrack = "inbound_track",
        OutboundTrack = "outbound_track",
        BothTracks = "both_tracks",
    }
}

value_list! {
    /// Which side of a call is streamed.
    StreamTrack closed {
        InboundTrack = "inbound_track",
        OutboundTrack = "outbound_track",
        BothTracks = "both_tracks",
    }
}

value_list! {
    /// Which side of a call is transcribed.
    TranscriptionTrack closed {
        InboundTrack = "inbound_track",
        OutboundTrack = "outbound_track",
        BothTracks = "both_tracks",
    }
}

value_list! {
    /// Progress of a WhatsApp call.
    WhatsAppEvent closed {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

value_list! {
    /// File format of a received fax.
    ReceiveMediaType open {
        ApplicationPdf = "application/pdf",
        ImageTiff = "image/tiff",
    }
}

value_list! {
    /// Paper size of a received fax.
    ReceivePageSize closed {
        Letter = "letter",
        Legal = "legal",
        A4 = "a4",
    }
}

value_list! {
    /// HTTP method of a callback.
    HttpMethod closed {
        Get = "GET",
        Post = "POST",
    }
}

value_list! {
    /// How answering machines are detected.
    MachineDetection open {
        Enable = "Enable",
        DetectMessageEnd = "DetectMessageEnd",
    }
}

value_list! {
    /// Engine that transcribes a call.
    TranscriptionEngine open {
        Google = "google",
        Deepgram = "deepgram",
    }
}

value_list! {
    /// Model that recognises speech. Names that begin with `deepgram_` work too.
    GatherSpeechModel open {
        Default = "default",
        NumbersAndCommands = "numbers_and_commands",
        PhoneCall = "phone_call",
        ExperimentalConversations = "experimental_conversations",
        ExperimentalUtterances = "experimental_utterances",
        Googlev2Long = "googlev2_long",
        Googlev2Short = "googlev2_short",
        Googlev2Telephony = "googlev2_telephony",
        Googlev2TelephonyShort = "googlev2_telephony_short",
    }
}

value_list! {
    /// Method of the upload of a recording (SignalWire).
    StorageMethod closed {
        Post = "POST",
        Put = "PUT",
    }
}
