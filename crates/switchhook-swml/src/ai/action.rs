//! What a function can make the platform do.

use crate::{
    Document, Field, FlagOrText, Json, List, Map, Milliseconds, TextOrObject, Value,
    grammar::Group,
    swaig::{
        ActionTransfer, ContextSwitchForm, FunctionToggle, Hold, Names, Playback, WaitForUser,
    },
};

/// All of them: an object has one, yet the last may stand beside the first.
const ALL: &[&str] = &[
    "SWML",
    "add_dynamic_hints",
    "back_to_back_functions",
    "change_context",
    "change_step",
    "clear_dynamic_hints",
    "context_switch",
    "end_of_speech_timeout",
    "extensive_data",
    "functions_on_speaker_timeout",
    "hangup",
    "hold",
    "playback_bg",
    "replace_in_history",
    "say",
    "set_global_data",
    "set_meta_data",
    "settings",
    "speech_event_timeout",
    "stop",
    "stop_playback_bg",
    "toggle_functions",
    "unset_global_data",
    "unset_meta_data",
    "user_event",
    "user_input",
    "wait_for_user",
    "transfer",
];
const TRANSFER: usize = ALL.len() - 1;

crate::table::objects! {
    /// Something that a function makes the platform do.
    ///
    /// ```
    /// use switchhook_swml::{Document, swaig::Action};
    ///
    /// let say = Action::say("One moment");
    /// let over = Action::hand_over(Document::new().main(|s| s.hangup()));
    /// assert_eq!(say.view().say(), Some("One moment"));
    /// assert!(over.view().swml().is_some() && over.view().transfer().is_some());
    /// ```
    Action of [
        "SWMLAction", "ChangeContextAction", "ChangeStepAction", "ContextSwitchAction",
        "HangupAction", "HoldAction", "PlaybackBGAction", "SayAction",
        "SetGlobalDataAction", "SetMetaDataAction", "StopAction", "StopPlaybackBGAction",
        "ToggleFunctionsAction", "UnsetGlobalDataAction", "UnsetMetaDataAction",
        "UserInputAction", "Action",
    ] [groups(&[
        Group::Some(ALL), Group::Most(ALL.split_at(TRANSFER).0), Group::Most(ALL.split_at(1).1),
    ])]
    make {
        /// Runs a document.
        swml(value: Document = "SWML");
        /// Adds words that the recogniser should expect.
        add_dynamic_hints(value: List<TextOrObject> = "add_dynamic_hints");
        /// Lets functions run one after another, or stops that.
        back_to_back_functions(value: FlagOrText = "back_to_back_functions");
        /// Goes to a context.
        change_context(value: String = "change_context");
        /// Goes to a step of the context.
        change_step(value: String = "change_step");
        /// Removes the words that were added.
        clear_dynamic_hints(value: Map<Json> = "clear_dynamic_hints");
        /// Gives the agent a new prompt.
        context_switch(value: ContextSwitchForm = "context_switch");
        /// Changes the silence that ends an utterance.
        end_of_speech_timeout(value: Milliseconds = "end_of_speech_timeout");
        /// Sends functions more data.
        extensive_data(value: bool = "extensive_data");
        /// Lets functions run when nobody speaks.
        functions_on_speaker_timeout(value: bool = "functions_on_speaker_timeout");
        /// Ends the call.
        hangup(value: Value<bool> = "hangup");
        /// Puts the caller on hold.
        hold(value: Hold = "hold");
        /// Plays a recording in the background.
        playback_bg(value: Playback = "playback_bg");
        /// Replaces the call of the function in what the model sees.
        replace_in_history(value: FlagOrText = "replace_in_history");
        /// Says a text.
        say(value: String = "say");
        /// Changes the data of the session.
        set_global_data(value: Map<Json> = "set_global_data");
        /// Changes the data of the function.
        set_meta_data(value: Map<Json> = "set_meta_data");
        /// Changes settings of the agent.
        settings(value: Map<Json> = "settings");
        /// Changes the silence that ends a speech event.
        speech_event_timeout(value: Milliseconds = "speech_event_timeout");
        /// Ends the session.
        stop(value: Value<bool> = "stop");
        /// Stops the recording in the background.
        stop_playback_bg(value: Value<bool> = "stop_playback_bg");
        /// Switches functions on and off.
        toggle_functions(value: List<FunctionToggle> = "toggle_functions");
        /// Hands the call over, or says beside `SWML` that the document takes it over.
        transfer(value: ActionTransfer = "transfer");
        /// Removes data of the session.
        unset_global_data(value: Names = "unset_global_data");
        /// Removes data of the function.
        unset_meta_data(value: Names = "unset_meta_data");
        /// Sends an event to the client.
        user_event(value: Map<Json> = "user_event");
        /// Acts as if the user had said a text.
        user_input(value: String = "user_input");
        /// Waits until the user speaks.
        wait_for_user(value: WaitForUser = "wait_for_user");
    }
    shapes {
        /// The document that runs.
        swml: Document = "SWML";
        /// Words that the recogniser should expect.
        add_dynamic_hints: List<TextOrObject> = "add_dynamic_hints";
        /// Whether functions may run one after another; `forever` to keep it.
        back_to_back_functions: FlagOrText = "back_to_back_functions";
        /// The context to go to.
        change_context: String = "change_context";
        /// The step to go to.
        change_step: String = "change_step";
        /// An empty object.
        clear_dynamic_hints: Map<Json> = "clear_dynamic_hints";
        /// The new prompt.
        context_switch: ContextSwitchForm = "context_switch";
        /// Silence that ends an utterance.
        end_of_speech_timeout: Milliseconds = "end_of_speech_timeout" [min(1.0)];
        /// Whether functions get more data.
        extensive_data: bool = "extensive_data";
        /// Whether functions may run when nobody speaks.
        functions_on_speaker_timeout: bool = "functions_on_speaker_timeout";
        /// Whether the call ends.
        hangup: Value<bool> = "hangup";
        /// How long the caller is on hold.
        hold: Hold = "hold" [max(900.0)];
        /// The recording.
        playback_bg: Playback = "playback_bg";
        /// What stands there instead; `true` for nothing.
        replace_in_history: FlagOrText = "replace_in_history";
        /// The text.
        say: String = "say";
        /// What is set, by key.
        set_global_data: Map<Json> = "set_global_data";
        /// What is set, by key.
        set_meta_data: Map<Json> = "set_meta_data";
        /// What is changed, by name.
        settings: Map<Json> = "settings";
        /// Silence that ends a speech event.
        speech_event_timeout: Milliseconds = "speech_event_timeout" [min(1.0)];
        /// Whether the session ends.
        stop: Value<bool> = "stop";
        /// Whether it stops.
        stop_playback_bg: Value<bool> = "stop_playback_bg";
        /// What is switched on or off.
        toggle_functions: List<FunctionToggle> = "toggle_functions";
        /// Where to, or whether the document takes the call over.
        transfer: ActionTransfer = "transfer";
        /// Names of the data.
        unset_global_data: Names = "unset_global_data";
        /// Names of the data.
        unset_meta_data: Names = "unset_meta_data";
        /// What the browser client gets.
        user_event: Map<Json> = "user_event";
        /// The text.
        user_input: String = "user_input";
        /// Whether, how long, or `answer_first`.
        wait_for_user: WaitForUser = "wait_for_user";
    }
    fields {}
}

impl Action {
    /// Talks with another voice, `engine.voice:model`. The platform's functions take it, its
    /// schema of documents does not have it.
    pub fn change_voice(voice: impl Into<String>) -> Self {
        Self::custom("change_voice", voice.into())
    }

    /// An action of any name: for what the constructors do not say, or what the platform learns
    /// tomorrow.
    pub fn custom(name: impl Into<String>, value: impl Into<Json>) -> Self {
        Self(crate::Object::single(name.into().into(), value.into()))
    }

    /// Runs a document that takes the call over for good.
    pub fn hand_over(document: impl Into<Document>) -> Self {
        let mut action = crate::Object::single("transfer".into(), true.into());
        action.set("SWML", document.into().into_json());
        Self(action)
    }
}
