//! Values of calls and what answers them.

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
        /// Answered; the callbacks' `answered` event arrives so.
        InProgress = "in-progress" rank 3,
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
        /// A caller; so are the calls of Voice SDK clients.
        Inbound = "inbound",
        /// The REST API.
        OutboundApi = "outbound-api",
        /// A `<Dial>` in another call.
        OutboundDial = "outbound-dial",
    }
}

open_enum! {
    /// What a callback reports.
    pub enum CallbackSource {
        /// How far a call is.
        CallProgressEvents = "call-progress-events",
    }
}

open_enum! {
    /// The SHAKEN/STIR result of a call.
    pub enum StirVerstat {
        /// The signature is good, the caller is known and may use the number.
        TnValidationPassedA = "TN-Validation-Passed-A",
        /// The signature is good, the caller is known.
        TnValidationPassedB = "TN-Validation-Passed-B",
        /// The signature is good, the caller is not known.
        TnValidationPassedC = "TN-Validation-Passed-C",
        /// The signature is good, the caller is known and may use the number; the call was diverted.
        TnValidationPassedADiverted = "TN-Validation-Passed-A-Diverted",
        /// The signature is good, the caller is known; the call was diverted.
        TnValidationPassedBDiverted = "TN-Validation-Passed-B-Diverted",
        /// The signature is good, the caller is not known; the call was diverted.
        TnValidationPassedCDiverted = "TN-Validation-Passed-C-Diverted",
        /// The signature is good, the caller is known and may use the number; the call was passed through.
        TnValidationPassedAPassthrough = "TN-Validation-Passed-A-Passthrough",
        /// The signature is good, the caller is known; the call was passed through.
        TnValidationPassedBPassthrough = "TN-Validation-Passed-B-Passthrough",
        /// The signature is good, the caller is not known; the call was passed through.
        TnValidationPassedCPassthrough = "TN-Validation-Passed-C-Passthrough",
        /// The signature is not good, the caller is known and may use the number.
        TnValidationFailedA = "TN-Validation-Failed-A",
        /// The signature is not good, the caller is known.
        TnValidationFailedB = "TN-Validation-Failed-B",
        /// The signature is not good, the caller is not known.
        TnValidationFailedC = "TN-Validation-Failed-C",
        /// The signature is not good.
        TnValidationFailed = "TN-Validation-Failed",
        /// Nothing could be checked.
        NoTnValidation = "No-TN-Validation",
    }
}

open_enum! {
    /// The attestation of an outbound call.
    pub enum StirStatus {
        /// The caller is known and may use the number.
        A = "A",
        /// The caller is known, its right to the number is not.
        B = "B",
        /// The caller is not known.
        C = "C",
    }
}

open_enum! {
    /// Who or what has answered.
    pub enum AnsweredBy {
        /// A person.
        Human = "human",
        /// A machine, at the beginning of its greeting.
        MachineStart = "machine_start",
        /// A machine, after its beep.
        MachineEndBeep = "machine_end_beep",
        /// A machine, after its greeting.
        MachineEndSilence = "machine_end_silence",
        /// A machine, after its greeting, by another sign.
        MachineEndOther = "machine_end_other",
        /// The tone of a fax.
        Fax = "fax",
        /// Nobody could tell.
        Unknown = "unknown",
    }
}

open_enum! {
    /// How a dialled leg ended.
    pub enum DialCallStatus {
        /// It was answered and ended.
        Completed = "completed",
        /// A conference was dialled.
        Answered = "answered",
        /// The line was busy.
        Busy = "busy",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// It could not be made.
        Failed = "failed",
        /// Given up before it was answered.
        Canceled = "canceled",
    }
}
