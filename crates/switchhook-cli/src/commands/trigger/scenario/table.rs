//! The scenarios: data, read from a table.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{exit::usage, families::unknown};

/// A lifecycle: what a provider sends about one thing, from its beginning to its end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) name: String,
    /// What happens, in a few words.
    pub(super) about: String,
    /// The family of its events.
    pub(super) family: String,
    /// What each run makes anew, in this order: a value may be made of those before it.
    pub(super) values: Texts,
    /// Parameters that each event gets whose sample has them.
    pub(super) common: Texts,
    pub(super) steps: Vec<Step>,
}

/// An event that comes whatever has been answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) event: String,
    /// Seconds after the beginning.
    pub(super) at: u32,
    /// Parameters of its own; null takes one away that the sample has.
    #[serde(default)]
    pub(super) set: Texts,
    /// Where the answer is TwiML: what becomes of its verbs.
    #[serde(default)]
    pub(super) follow: Follow,
}

/// What becomes of a verb, by its name: the events of each visit, the last for all further ones.
pub(super) type Follow = BTreeMap<String, Vec<Vec<Visit>>>;

/// An event that a verb asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visit {
    pub(super) event: String,
    #[serde(default)]
    pub(super) to: Attribute,
    /// What `statusCallbackEvent` has to list for it.
    pub(super) listed: Option<String>,
    /// An attribute without whose `true` it does not come.
    pub(super) asked: Option<String>,
    #[serde(default)]
    pub(super) set: Texts,
}

/// Where a verb says to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Attribute {
    /// `action`, or the text of a `<Redirect>`: the call goes on with the answer.
    #[default]
    Action,
    /// `statusCallback`, of the verb or of what is in it.
    StatusCallback,
}

/// Names with the templates of their values, in order.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(super) struct Texts(pub(super) Vec<(String, Option<String>)>);

impl TryFrom<Map<String, Value>> for Texts {
    type Error = &'static str;

    fn try_from(map: Map<String, Value>) -> Result<Self, Self::Error> {
        let text = |(name, value)| match value {
            Value::String(text) => Ok((name, Some(text))),
            Value::Null => Ok((name, None)),
            _ => Err("a value is neither a text nor null"),
        };
        map.into_iter().map(text).collect::<Result<_, _>>().map(Self)
    }
}

/// All scenarios.
pub(super) fn scenarios() -> &'static [Scenario] {
    static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
        // The table is part of the program, and each of its tests reads it.
        serde_json::from_str(include_str!("table.json")).expect("the table of scenarios is whole")
    });
    &SCENARIOS
}

/// The scenario of this name, or an error that suggests one.
pub(super) fn scenario(name: &str) -> anyhow::Result<&'static Scenario> {
    let names = scenarios().iter().map(|scenario| scenario.name.as_str());
    let found = scenarios().iter().find(|scenario| scenario.name == name);
    found.ok_or_else(|| usage(unknown("scenario", name, names)))
}
