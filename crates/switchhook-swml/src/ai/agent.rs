//! The agent.

use super::{ContextFillers, HintForm, Language, Multilingual, Params, Pronounce};
use crate::{
    Field, Json, List, Map, Value,
    grammar::{Form, Group},
    swaig::Swaig,
};

crate::table::objects! {
    /// Hands the call to an AI agent.
    ///
    /// ```
    /// use switchhook_swml::{Document, ai::{Ai, Language, Prompt}};
    ///
    /// let document = Document::new().main(|s| s.answer().ai(
    ///     Ai::new(Prompt::text("You take orders for pizza.").temperature(0.3))
    ///         .languages([Language::new("English", "en-US", "Polly.Joanna")]),
    /// ));
    /// assert!(document.lint().is_empty());
    /// ```
    Ai of ["AIObject"]
    make {
        /// With that prompt.
        new(prompt: Prompt = "prompt");
    }
    fields {
        /// Data that the whole session shares.
        global_data: Map<Json> = "global_data";
        /// Words that the recogniser should expect.
        hints: List<HintForm> = "hints";
        /// Languages that the agent speaks.
        languages: List<Language> = "languages";
        /// Recognition of several languages at once; `languages` is ignored then.
        multilingual: Multilingual = "multilingual";
        /// Settings of the agent.
        params: Params = "params";
        /// What the model is asked when the session has ended.
        post_prompt: PostPrompt = "post_prompt";
        /// URL that gets the report at the end; may carry `user:password@`.
        post_prompt_url: String = "post_prompt_url";
        /// Words that are to be spoken otherwise than written.
        pronounce: List<Pronounce> = "pronounce";
        /// What the agent is and does.
        prompt: Prompt = "prompt" [required()];
        /// Functions that the agent may call.
        swaig: Swaig = "SWAIG";
    }

    /// What the agent is and does: text, or sections.
    Prompt of ["AIPromptText", "AIPromptPom", "AIPrompt"] [groups(&[Group::One(&["text", "pom"])])]
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
        /// Contexts that the conversation moves between.
        contexts: Contexts = "contexts";
        /// How sure the recogniser has to be to interrupt.
        barge_confidence: f64 = "barge_confidence" [unlisted()];
    }

    /// What the model is asked when the session has ended.
    PostPrompt of ["AIPostPromptText", "AIPostPromptPom", "AIPostPrompt", "BedrockPostPromptText", "BedrockPostPromptPom", "BedrockPostPrompt"] [groups(&[Group::One(&["text", "pom"])])]
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

    /// A section of a prompt, with text, bullets or both.
    Section of ["PomSectionBodyContent", "PomSectionBulletsContent", "POM"] [groups(&[Group::Some(&["body", "bullets"])])]
    make {
        /// With text.
        body(body: String = "body");
        /// With bullets.
        bullets(bullets: List<String> = "bullets");
    }
    shapes {
        /// Text of the section.
        body: String = "body";
        /// Points of the section, one after the other.
        bullets: List<String> = "bullets" [shortest(1)];
    }
    fields {
        /// Heading of the section.
        title: String = "title" [shortest(1)];
        /// Sections inside.
        subsections: List<Section> = "subsections" [shortest(1)];
        /// Whether it is numbered.
        numbered: Value<bool> = "numbered";
        /// Whether its bullets are numbered.
        numbered_bullets: Value<bool> = "numberedBullets";
    }

    /// Contexts by name, one of them the first.
    Contexts of ["Contexts"] [open(Context::KIND)]
    make {
        /// With the context to begin with.
        new(default: Context = "default");
    }
    fields {
        /// The context to begin with.
        default: Context = "default" [required()];
    }

    /// A context: steps of the conversation, with a prompt of their own.
    Context of ["ContextsPOMObject", "ContextsTextObject", "ContextsObject"] [groups(&[Group::Most(&["text", "pom"])])]
    make {
        /// With these steps.
        new(steps: List<ContextStep> = "steps");
    }
    fields {
        /// Steps, in order.
        steps: List<ContextStep> = "steps" [required()];
        /// Whether it forgets what was said before.
        isolated: bool = "isolated";
        /// What is said on entering.
        enter_fillers: ContextFillers = "enter_fillers";
        /// What is said on leaving.
        exit_fillers: ContextFillers = "exit_fillers";
        /// Prompt in sections.
        pom: List<Section> = "pom" [shortest(1)];
        /// Prompt as text.
        text: String = "text";
    }

    /// A step of a conversation.
    ContextStep of ["ContextPOMSteps", "ContextTextSteps", "ContextSteps"] [groups(&[Group::One(&["text", "pom"])])]
    make {
        /// A step with its prompt as text.
        text(name: String = "name", text: String = "text");
        /// A step with its prompt in sections.
        pom(name: String = "name", pom: List<Section> = "pom");
    }
    shapes {
        /// What to do in this step.
        text: String = "text";
        /// What to do in this step, in sections.
        pom: List<Section> = "pom";
    }
    fields {
        /// Name of the step; `next` is taken.
        name: String = "name" [required() form(Form::StepName)];
        /// When the step is done.
        step_criteria: String = "step_criteria";
        /// Names of the functions that may be called.
        functions: List<String> = "functions";
        /// Contexts that may follow.
        valid_contexts: List<String> = "valid_contexts";
        /// Whether the agent goes on without the user's turn.
        skip_user_turn: Value<bool> = "skip_user_turn";
        /// Whether the conversation ends after it.
        end: bool = "end";
        /// Steps that may follow.
        valid_steps: List<String> = "valid_steps";
        /// Data to gather; the provider's own tools write it.
        gather_info: Json = "gather_info" [unlisted()];
    }
}
