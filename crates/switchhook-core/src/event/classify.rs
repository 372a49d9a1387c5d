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
        let names = Names::of(params);
        let rule = rules.iter().find(|rule| rule.clues.iter().all(|clue| clue.holds(&names)))?;
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
    fn holds(&self, names: &Names<'_>) -> bool {
        match self {
            Self::Any(any) => any.iter().any(|name| names.contains(name)),
            Self::Without(name) => !names.contains(name),
            Self::Equals(name, value) => {
                names.contains(name) && names.params.get(name) == Some(value)
            }
        }
    }
}

/// The names of a delivery. Most clues ask for names that are not there, and a set of bits says
/// so of most of these without a look at the names.
struct Names<'a> {
    params: &'a Params,
    bits: u64,
}

impl<'a> Names<'a> {
    fn of(params: &'a Params) -> Self {
        let bits = params.iter_bytes().fold(0, |bits, (name, _)| bits | Self::bit(name));
        Self { params, bits }
    }

    fn contains(&self, name: &str) -> bool {
        self.bits & Self::bit(name.as_bytes()) != 0 && self.params.contains(name)
    }

    fn bit(name: &[u8]) -> u64 {
        match name {
            [first, .., last] => 1 << ((usize::from(first ^ (last << 2)) + name.len()) % 64),
            _ => 1,
        }
    }
}
