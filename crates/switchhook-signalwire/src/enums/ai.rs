//! The value lists of the AI.

use switchhook_core::open_enum;

open_enum! {
    /// Content type that the body states of itself.
    pub enum AiContentType {
        /// Text/swaig.
        TextSwaig = "text/swaig",
        /// Text/json.
        TextJson = "text/json",
    }
}

open_enum! {
    /// What the body says that it is.
    pub enum ContentDisposition {
        /// Swaig function.
        SwaigFunction = "SWAIG Function",
        /// Agent function.
        AgentFunction = "agent.function",
        /// Function signature request.
        FunctionSignatureRequest = "function signature request",
        /// Agent summary.
        AgentSummary = "agent.summary",
        /// Agent load conversation.
        AgentLoadConversation = "agent.load_conversation",
        /// Post data.
        PostData = "post_data",
    }
}

open_enum! {
    /// Kind of a conversation.
    pub enum ConversationType {
        /// Voice.
        Voice = "voice",
        /// Chat.
        Chat = "chat",
    }
}

open_enum! {
    /// Why a conversation failed.
    pub enum AiErrorReason {
        /// Token exhaustion.
        TokenExhaustion = "token_exhaustion",
        /// Llm fatal.
        LlmFatal = "llm_fatal",
        /// Llm max retries.
        LlmMaxRetries = "llm_max_retries",
    }
}

open_enum! {
    /// What is asked of the server.
    pub enum AiAction {
        /// Get signature.
        GetSignature = "get_signature",
        /// Post conversation.
        PostConversation = "post_conversation",
        /// Fetch conversation.
        FetchConversation = "fetch_conversation",
    }
}

open_enum! {
    /// Why a session ended.
    pub enum SessionEndReason {
        /// Normal.
        Normal = "normal",
        /// Hard timeout.
        HardTimeout = "hard_timeout",
        /// End call.
        EndCall = "end_call",
        /// Error.
        Error = "error",
    }
}

open_enum! {
    /// How the caller broke in.
    pub enum BargeType {
        /// Transparent.
        Transparent = "transparent",
        /// Normal.
        Normal = "normal",
    }
}

open_enum! {
    /// How an answer ended.
    pub enum CompletionType {
        /// Normal.
        Normal = "normal",
        /// Barged.
        Barged = "barged",
    }
}

open_enum! {
    /// What a filler covers.
    pub enum FillerType {
        /// Function.
        Function = "function",
        /// Thinking.
        Thinking = "thinking",
    }
}

open_enum! {
    /// Whether a call was put on hold or taken off.
    pub enum HoldEvent {
        /// Hold.
        Hold = "hold",
        /// Unhold.
        Unhold = "unhold",
    }
}

open_enum! {
    /// How a function was called again and again.
    pub enum LoopType {
        /// Consecutive.
        Consecutive = "consecutive",
        /// Repeated.
        Repeated = "repeated",
    }
}

open_enum! {
    /// What moved the conversation on.
    pub enum FlowTrigger {
        /// Ai function.
        AiFunction = "ai_function",
        /// Webhook action.
        WebhookAction = "webhook_action",
        /// Gather complete.
        GatherComplete = "gather_complete",
        /// Auto advance.
        AutoAdvance = "auto_advance",
    }
}

open_enum! {
    /// Why an answer was not taken.
    pub enum GatherRejectReason {
        /// Missing answer.
        MissingAnswer = "missing_answer",
        /// Confirmation required.
        ConfirmationRequired = "confirmation_required",
    }
}

open_enum! {
    /// What went wrong with the model.
    pub enum LlmErrorEvent {
        /// Token exhaustion.
        TokenExhaustion = "token_exhaustion",
        /// Llm fatal.
        LlmFatal = "llm_fatal",
        /// Llm max retries.
        LlmMaxRetries = "llm_max_retries",
        /// Reasoning only retry.
        ReasoningOnlyRetry = "reasoning_only_retry",
        /// Empty response nudge retry.
        EmptyResponseNudgeRetry = "empty_response_nudge_retry",
        /// Empty response effort bump retry.
        EmptyResponseEffortBumpRetry = "empty_response_effort_bump_retry",
        /// Llm retry.
        LlmRetry = "llm_retry",
    }
}

open_enum! {
    /// Which way a text is normalised.
    pub enum NormalizeDirection {
        /// From written to spoken.
        Tn = "tn",
        /// From spoken to written.
        Itn = "itn",
    }
}

open_enum! {
    /// What went wrong with a voice.
    pub enum VoiceErrorEvent {
        /// Voice config error.
        VoiceConfigError = "voice_config_error",
        /// Voice runtime error.
        VoiceRuntimeError = "voice_runtime_error",
    }
}

open_enum! {
    /// What a sidecar did.
    pub enum SidecarEventType {
        /// Start.
        Start = "start",
        /// Turn.
        Turn = "turn",
        /// Request.
        Request = "request",
        /// Thought.
        Thought = "thought",
        /// Insight.
        Insight = "insight",
        /// Skip.
        Skip = "skip",
        /// Tool call.
        ToolCall = "tool_call",
        /// Tool result.
        ToolResult = "tool_result",
        /// Action.
        Action = "action",
        /// Global data change.
        GlobalDataChange = "global_data_change",
        /// History pruned.
        HistoryPruned = "history_pruned",
        /// Error.
        Error = "error",
        /// Ask request.
        AskRequest = "ask_request",
        /// Ask answer.
        AskAnswer = "ask_answer",
        /// Stop.
        Stop = "stop",
        /// Final.
        Final = "final",
    }
}

open_enum! {
    /// Who said it.
    pub enum UtteranceRole {
        /// Remote caller.
        RemoteCaller = "remote-caller",
        /// Local caller.
        LocalCaller = "local-caller",
    }
}
