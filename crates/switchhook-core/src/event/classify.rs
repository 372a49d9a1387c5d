//! Telling deliveries apart that do not carry their name.

use super::Certainty;
use crate::Params;

/// What a delivery was taken for that does not carry its name, and how sure that is.
///
/// What such a delivery is, is settled by the URL that the provider was given. Give each kind
/// its own URL, and let the route name the type; this is for those who have one URL for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Classification {
    /// The group of the table, such as `call-status`.
    pub group: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Classification {
    /// The group of the first rule whose clues all hold.
    #[doc(hidden)]
    pub fn by(rules: &[Rule], params: &Params) -> Option<Self> {
        let rule = rules.iter().find(|rule| rule.clues.iter().all(|clue| clue.holds(params)))?;
        Some(Self { group: rule.group, certainty: rule.certainty })
    }
}

/// A row of the order in which the groups are tried.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub group: &'static str,
    pub certainty: Certainty,
    pub clues: &'static [Clue],
}

/// Something that is in a delivery, or is not. An empty value counts as there.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Clue {
    Any(&'static [&'static str]),
    Without(&'static str),
    Equals(&'static str, &'static str),
}

impl Clue {
    fn holds(&self, params: &Params) -> bool {
        match self {
            Self::Any(names) => names.iter().any(|name| params.contains(name)),
            Self::Without(name) => !params.contains(name),
            Self::Equals(name, value) => params.get(name) == Some(value),
        }
    }
}
