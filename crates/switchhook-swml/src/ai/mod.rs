//! AI agents: prompts, languages, settings, contexts, the observer, Amazon Bedrock.
//!
//! The functions that they call are in [`swaig`](crate::swaig).

mod action;
mod agent;
mod bedrock;
mod data_map;
mod functions;
mod params;
mod shapes;
mod sidecar;
mod voice;

pub use self::{
    agent::{Ai, Context, ContextStep, Contexts, PostPrompt, Prompt, Section},
    bedrock::{AmazonBedrock, BedrockFunction, BedrockParams, BedrockPrompt, BedrockSwaig},
    params::Params,
    shapes::{
        ContextFillers, FillerForm, Fillers, FlagOrNames, FlagOrNumber, HintForm, SidecarPrompt,
    },
    sidecar::{
        AiSidecar, SidecarAction, SidecarFunction, SidecarParams, SidecarPermissions,
        SidecarPromptSource, SidecarSwaig,
    },
    voice::{
        Hint, Language, LanguageParams, Message, Multilingual, MultilingualLanguage, Pronounce,
    },
};

/// What `swaig` re-exports.
pub(crate) mod functions_of_agents {
    pub use super::{
        action::Action,
        data_map::{
            BackgroundPlayback, ContextSwitch, DataMap, Expression, Foreach, FunctionToggle,
            HoldOptions, Output, ToolResult, Webhook,
        },
        functions::{
            Defaults, Function, Include, InternalFillers, McpServer, Parameters, Schema, Swaig,
        },
        shapes::{
            ActionTransfer, Actions, ContextSwitchForm, Hold, Names, NumberOrText, OneOrMany,
            Playback, Response, WaitForUser,
        },
    };
}
