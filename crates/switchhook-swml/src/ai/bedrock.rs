//! The agent of Amazon Bedrock.

use super::{PostPrompt, Section};
use crate::{
    BedrockVoice, Json, List, Map, Milliseconds, NativeFunction, Value,
    grammar::{Form, Group, Kind},
    swaig::{self, Defaults, Include},
};

crate::table::objects! {
    /// Hands the call to a voice agent of Amazon Bedrock.
    AmazonBedrock of ["AmazonBedrockObject"]
    make {
        /// With that prompt.
        new(prompt: BedrockPrompt = "prompt");
    }
    fields {
        /// Data that the whole session shares.
        global_data: Map<Json> = "global_data";
        /// Settings.
        params: BedrockParams = "params";
        /// What the model is asked when the session has ended.
        post_prompt: PostPrompt = "post_prompt";
        /// URL that gets the report at the end; may carry `user:password@`.
        post_prompt_url: String = "post_prompt_url";
        /// What the agent is and does.
        prompt: BedrockPrompt = "prompt" [required()];
        /// Functions that the agent may call.
        swaig: BedrockSwaig = "SWAIG";
    }

    /// What the agent is and does: text, or sections.
    BedrockPrompt of ["BedrockPromptText", "BedrockPromptPom", "BedrockPrompt"] [groups(&[Group::One(&["text", "pom"])])]
    make {
        /// A prompt as text.
        text(text: String = "text");
        /// A prompt in sections.
        pom(pom: List<Section> = "pom");
    }
    shapes {
        /// Prompt as text.
        text: String = "text";
        /// Prompt in sections.
        pom: List<Section> = "pom" [shortest(1)];
    }
    fields {
        /// Who speaks, as the engine names it.
        voice_id: BedrockVoice = "voice_id";
        /// Longest answer of the model, in tokens.
        max_tokens: i64 = "max_tokens" [min(0.0) max(4096.0)];
        /// How freely the model chooses.
        temperature: Value<f64> = "temperature" [min(0.0) max(1.5)];
        /// Share of likely words that it chooses from.
        top_p: Value<f64> = "top_p" [min(0.0) max(1.0)];
        /// How sure the recogniser has to be.
        confidence: Value<f64> = "confidence" [min(0.0) max(1.0)];
        /// How much new topics are preferred.
        presence_penalty: Value<f64> = "presence_penalty" [min(-2.0) max(2.0)];
        /// How much repetition is avoided.
        frequency_penalty: Value<f64> = "frequency_penalty" [min(-2.0) max(2.0)];
    }

    /// Settings of the agent. Others go in by [`field`](Self::field).
    BedrockParams of ["BedrockParams"] [open(Kind::Any)]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Silence after which the agent asks whether somebody is there; 0 for never.
        attention_timeout: Value<Milliseconds> = "attention_timeout" [min(10000.0) max(600_000.0) or_zero()];
        /// Longest session, like `1h45m30s`.
        hard_stop_time: String = "hard_stop_time" [form(Form::Span)];
        /// Silence that ends the session.
        inactivity_timeout: Value<Milliseconds> = "inactivity_timeout" [min(10000.0) max(3_600_000.0)];
        /// URL of the video while listening.
        video_listening_file: String = "video_listening_file";
        /// URL of the video while idle.
        video_idle_file: String = "video_idle_file";
        /// URL of the video while talking.
        video_talking_file: String = "video_talking_file";
        /// Instruction for the end at `hard_stop_time`.
        hard_stop_prompt: String = "hard_stop_prompt";
    }

    /// The functions of an agent.
    BedrockSwaig of ["BedrockSWAIG"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What the agent may call.
        functions: List<BedrockFunction> = "functions";
        /// What holds for all functions.
        defaults: Defaults = "defaults";
        /// Functions of the platform to switch on.
        native_functions: List<NativeFunction> = "native_functions" [older()];
        /// Functions that a URL offers.
        includes: List<Include> = "includes" [older()];
    }

    /// A function that the agent may call.
    BedrockFunction of ["BedrockSWAIGFunction_1", "BedrockSWAIGFunction_2", "BedrockSWAIGFunction_3", "BedrockSWAIGFunction_4", "BedrockSWAIGFunction", "PickPropertiesUserSWAIGFunctionPickedSWAIGFunctionProps", "PickPropertiesStartUpHookSWAIGFunctionPickedSWAIGFunctionProps", "PickPropertiesHangUpHookSWAIGFunctionPickedSWAIGFunctionProps", "PickPropertiesSummarizeConversationSWAIGFunctionPickedSWAIGFunctionProps"]
    make {
        /// A function: its name, and when to call it.
        new(function: String = "function", description: String = "description");
    }
    fields {
        /// What it is for, in words that the model reads.
        description: String = "description" [required()];
        /// What the function takes.
        parameters: swaig::Parameters = "parameters";
        /// Whether it can be called; true by default.
        active: Value<bool> = "active";
        /// Data that calls of the function share.
        meta_data: Map<Json> = "meta_data";
        /// Which functions share that data.
        meta_data_token: String = "meta_data_token";
        /// URL that gets the calls of functions.
        web_hook_url: String = "web_hook_url";
        /// Name of the function.
        function: String = "function" [required()];
        /// Requests that the platform makes itself instead of calling you.
        data_map: swaig::DataMap = "data_map";
    }
}
