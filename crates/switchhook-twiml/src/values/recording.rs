//! Values that belong to recordings.

value_list! {
    /// Whether a conference is recorded.
    ConferenceRecord closed {
        DoNotRecord = "do-not-record",
        RecordFromStart = "record-from-start",
    }
}

value_list! {
    /// Events of a conference recording to report.
    ConferenceRecordingEvent closed {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

value_list! {
    /// Whether silence at the ends of a conference recording is cut.
    ConferenceTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

value_list! {
    /// Whether and from when a call into a conversation is recorded.
    ConversationRecord open {
        DoNotRecord = "do-not-record",
        RecordFromAnswer = "record-from-answer",
        RecordFromRinging = "record-from-ringing",
        RecordFromAnswerDual = "record-from-answer-dual",
        RecordFromRingingDual = "record-from-ringing-dual",
        True = "true",
        False = "false",
    }
}

value_list! {
    /// Events of a conversation recording to report.
    ConversationRecordingEvent closed {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

value_list! {
    /// Whether silence at the ends of a conversation recording is cut.
    ConversationTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

value_list! {
    /// Whether and from when a dialled call is recorded; `-dual` has a channel for each party.
    DialRecord open {
        DoNotRecord = "do-not-record",
        RecordFromAnswer = "record-from-answer",
        RecordFromRinging = "record-from-ringing",
        RecordFromAnswerDual = "record-from-answer-dual",
        RecordFromRingingDual = "record-from-ringing-dual",
    }
}

value_list! {
    /// Events of a dial recording to report.
    DialRecordingEvent closed {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

value_list! {
    /// Which side of a dialled call is recorded.
    DialRecordingTrack closed {
        Both = "both",
        Inbound = "inbound",
        Outbound = "outbound",
    }
}

value_list! {
    /// Whether silence at the ends of a dial recording is cut.
    DialTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

value_list! {
    /// Events of a recording to report.
    RecordRecordingEvent closed {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

value_list! {
    /// Whether silence at the ends of a recording is cut.
    RecordTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

value_list! {
    /// Channels of a call recording.
    RecordingChannels closed {
        Mono = "mono",
        Dual = "dual",
    }
}

value_list! {
    /// Events of a call recording to report.
    RecordingEvent closed {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

value_list! {
    /// Which side of a call is recorded.
    RecordingTrack closed {
        Inbound = "inbound",
        Outbound = "outbound",
        Both = "both",
    }
}

value_list! {
    /// Whether silence at the ends of a call recording is cut.
    RecordingTrim closed {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}
