//! The silent observer.

use super::{Section, SidecarPrompt};
use crate::{
    Json, Leg, List, Map, Milliseconds, Model, SpeechEngine, Summarize, Value,
    grammar::{Form, Group},
    swaig::{self, Defaults, McpServer},
};

crate::table::objects! {
    /// Attaches a silent observer that sends advice.
    AiSidecar of ["AISidecarObject"]
    make {
        /// In that language, with that prompt.
        new(lang: String = "lang", prompt: SidecarPrompt = "prompt");
    }
    fields {
        /// What the observer looks for.
        prompt: SidecarPrompt = "prompt" [expected()];
        /// Language, as BCP-47.
        lang: String = "lang" [required() shortest(1)];
        /// Which model does it, by name.
        model: Model = "model";
        /// Legs to listen to: both.
        direction: List<Leg> = "direction" [shortest(2) form(Form::Unique)];
        /// Leg that the customer is on; `remote-caller` by default.
        customer_role: Leg = "customer_role";
        /// URL that gets the advice; without it only the relay topic does.
        url: String = "url";
        /// Functions that the agent may call.
        swaig: SidecarSwaig = "SWAIG";
        /// What its functions may do.
        permissions: SidecarPermissions = "permissions";
        /// Data that the whole session shares.
        global_data: Map<Json> = "global_data";
        /// Words that the recogniser should expect.
        hints: List<String> = "hints" [shortest(1)];
        /// Settings.
        params: SidecarParams = "params";
        /// A single summary instead of a sidecar.
        action: SidecarAction = "action";
    }

    /// A prompt as text, in sections, or in a file.
    SidecarPromptSource of ["AISidecarPromptText", "AISidecarPromptPom", "AISidecarPromptFile", "AiSidecarPrompt_3"] [groups(&[Group::One(&["text", "pom", "file"])]) lenient()]
    make {
        /// A prompt as text.
        text(text: String = "text");
        /// A prompt in sections.
        pom(pom: List<Section> = "pom");
        /// A prompt in a file.
        file(file: String = "file");
    }
    shapes {
        /// Prompt as text.
        text: String = "text";
        /// Prompt in sections.
        pom: List<Section> = "pom" [shortest(1)];
        /// Where the prompt is read from.
        file: String = "file";
    }
    fields {
    }

    /// The functions of the observer.
    SidecarSwaig of ["AISidecarSWAIG"] [lenient()]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What holds for all functions.
        defaults: Defaults = "defaults";
        /// What the agent may call.
        functions: List<SidecarFunction> = "functions";
        /// MCP servers that offer functions.
        mcp_servers: List<McpServer> = "mcp_servers";
    }

    /// A function that the observer may call.
    SidecarFunction of ["AISidecarSWAIGFunction"] [lenient()]
    make {
        /// Of that name; `sidecar_skip` is taken.
        new(function: String = "function");
    }
    fields {
        /// Name of the function.
        function: String = "function" [required()];
        /// What it is for, in words that the model reads.
        description: String = "description";
        /// Older name of `description`.
        purpose: String = "purpose";
        /// What the function takes.
        parameters: swaig::Parameters = "parameters";
        /// URL that gets the calls of functions.
        web_hook_url: String = "web_hook_url";
        /// User name of those requests.
        web_hook_auth_user: String = "web_hook_auth_user";
        /// Password of those requests.
        web_hook_auth_password: String = "web_hook_auth_password";
    }

    /// What functions of the observer may do.
    SidecarPermissions of ["AISidecarPermissions"] [lenient()]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Whether functions may run documents; true by default.
        swaig_allow_swml: Value<bool> = "swaig_allow_swml";
        /// Whether functions may change settings; true by default.
        swaig_allow_settings: Value<bool> = "swaig_allow_settings";
        /// Whether functions may set global data; true by default.
        swaig_set_global_data: Value<bool> = "swaig_set_global_data";
    }

    /// Settings of the observer.
    SidecarParams of ["AISidecarParams"] [lenient()]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Pause in the talk after which the sidecar thinks.
        idle_timeout_ms: Value<Milliseconds> = "idle_timeout_ms" [min(50.0) max(5000.0)];
        /// Shortest time between two thoughts.
        min_interval_ms: Value<Milliseconds> = "min_interval_ms" [min(0.0) max(60000.0)];
        /// Most calls of functions in one thought.
        max_iters_per_tick: Value<i64> = "max_iters_per_tick" [min(1.0) max(20.0)];
        /// How much of the talk the model sees, in tokens.
        max_history_tokens: Value<i64> = "max_history_tokens" [min(1000.0) max(200_000.0)];
        /// Whether its functions act on the call.
        act_on_channel: Value<bool> = "act_on_channel";
        /// Whether there is a last advice at the end.
        final_summary: Value<bool> = "final_summary";
        /// Whether there is a summary at the end.
        ai_summary: Value<bool> = "ai_summary";
        /// Instruction for the summary.
        ai_summary_prompt: String = "ai_summary_prompt";
        /// Which model writes the summary, by name.
        summary_model: Model = "summary_model";
        /// Whether results are sent while people speak.
        live_events: Value<bool> = "live_events";
        /// Whether every utterance is reported.
        verbose_utterances: Value<bool> = "verbose_utterances";
        /// Engine that recognises speech.
        speech_engine: SpeechEngine = "speech_engine";
        /// Longest utterance.
        speech_timeout: Value<Milliseconds> = "speech_timeout" [min(0.0) max(600_000.0)];
        /// Silence that ends an utterance.
        vad_silence_ms: Value<Milliseconds> = "vad_silence_ms" [min(0.0) max(60000.0)];
        /// Loudness that counts as speech.
        vad_thresh: Value<i64> = "vad_thresh" [min(0.0) max(10000.0)];
        /// How much is logged.
        debug_level: Value<i64> = "debug_level" [min(0.0) max(100.0)];
        /// Whether, or how much, is logged.
        debug: Value<bool> = "debug";
        /// Instruction to the recogniser.
        transcribe_prompt: String = "transcribe_prompt";
    }

    /// A single summary.
    SidecarAction of ["AISidecarSummarizeAction"]
    make {
        /// Summarises what was said.
        summarize(summarize: Summarize = "summarize");
    }
    shapes {
        /// A summary.
        summarize: Summarize = "summarize" [required()];
    }
    fields {
    }
}
