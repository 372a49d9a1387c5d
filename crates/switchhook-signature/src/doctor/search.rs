//! The search: bounded in MACs and in bytes, over at the first match.

use std::collections::HashSet;

use super::{
    Doctor, Stage, Step,
    claim::Claim,
    cover::{Cover, Taken},
    urls::Candidate,
};
use crate::{Key, cover::Suffix};

/// So many bytes are signed and made to be signed at most, whatever the number of MACs.
pub(super) const MOST_BYTES: usize = 32 << 20;

/// So many MACs are left for the verifier that confirms a match.
pub(super) const RESERVE: usize = 32;

/// A match.
pub(super) struct Hit {
    pub(super) claim: usize,
    pub(super) key: usize,
    pub(super) url: Candidate,
    pub(super) cover: Cover,
}

/// Why a stage goes no further. What makes texts ends with it, too.
pub(super) enum End {
    Hit(Hit),
    /// No MAC or no byte is left.
    Cut,
}

pub(super) struct Search<'a> {
    pub(super) keys: &'a [Key],
    pub(super) claims: &'a [Claim],
    /// What each claim is over by the rules of its provider.
    pub(super) bases: &'a [Cover],
    pub(super) steps: Vec<Step>,
    macs: usize,
    bytes: usize,
    /// Whether no bytes are left, to this stage and the next ones.
    spent: bool,
    /// URLs that were tried with the bases and all admitted keys.
    seen: HashSet<String>,
}

/// The search of one stage.
pub(super) struct Visit<'s, 'a> {
    search: &'s mut Search<'a>,
    /// How many keys are tried.
    keys: usize,
    /// The number of MACs at which the stage ends.
    until: usize,
    step: Step,
}

impl<'a> Search<'a> {
    pub(super) fn new(keys: &'a [Key], claims: &'a [Claim], bases: &'a [Cover]) -> Self {
        let (steps, seen) = (Vec::new(), HashSet::new());
        Self { keys, claims, bases, steps, macs: 0, bytes: 0, spent: false, seen }
    }

    pub(super) fn macs(&self) -> usize {
        self.macs
    }

    /// One stage with the first `keys` keys and `most` MACs.
    pub(super) fn stage(
        &mut self,
        stage: Stage,
        keys: usize,
        most: usize,
        visit: impl FnOnce(&mut Visit<'_, 'a>) -> Option<End>,
    ) -> Option<Hit> {
        let until = (self.macs + most).min(Doctor::MOST_MACS - RESERVE);
        let step = Step { stage, texts: 0, macs: 0, cut_short: self.spent };
        let before = self.macs;
        let mut visiting = Visit { search: self, keys, until, step };
        let end = if visiting.is_over() { Some(End::Cut) } else { visit(&mut visiting) };
        let mut step = visiting.step;
        step.macs = self.macs - before;
        if step.texts > 0 || step.cut_short {
            self.steps.push(step);
        }
        match end {
            Some(End::Hit(hit)) => Some(hit),
            Some(End::Cut) | None => None,
        }
    }
}

impl Visit<'_, '_> {
    fn is_over(&self) -> bool {
        self.step.cut_short
    }

    fn cut(&mut self) -> End {
        self.step.cut_short = true;
        End::Cut
    }

    /// Takes from the bytes that are left.
    fn spend(&mut self, bytes: usize) -> Option<End> {
        let all = self.search.bytes.saturating_add(bytes);
        if all > MOST_BYTES {
            self.search.spent = true;
            return Some(self.cut());
        }
        self.search.bytes = all;
        None
    }

    /// Tries a URL with what each claim is over by its provider's rules.
    pub(super) fn url(&mut self, url: &Candidate) -> Option<End> {
        if self.is_over() {
            return Some(End::Cut);
        }
        if !self.search.seen.insert(url.text.clone()) {
            return None;
        }
        self.step.texts += 1;
        let bases = self.search.bases;
        (0..self.search.claims.len()).find_map(|claim| self.one(claim, url, &bases[claim]))
    }

    /// Tries URLs with another cover than the provider's rules give. That it was made costs
    /// bytes, whether it is signed then or not.
    pub(super) fn cover(&mut self, urls: &[Candidate], cover: &Cover) -> Option<End> {
        if self.is_over() {
            return Some(End::Cut);
        }
        self.spend(cover.cost()).or_else(|| {
            urls.iter().find_map(|url| {
                self.step.texts += 1;
                self.covered(url, cover)
            })
        })
    }

    fn covered(&mut self, url: &Candidate, cover: &Cover) -> Option<End> {
        let same = |base: &Cover| base.bytes() == cover.bytes();
        let bases = self.search.bases;
        let claims = 0..self.search.claims.len();
        claims.filter(|&claim| !same(&bases[claim])).find_map(|claim| self.one(claim, url, cover))
    }

    fn one(&mut self, claim: usize, url: &Candidate, cover: &Cover) -> Option<End> {
        let digest = &self.search.claims[claim].digest;
        let suffix = Suffix::Bytes(cover.bytes());
        let length = url.text.len() + cover.bytes().len();
        let keys = self.search.keys;
        for (place, key) in keys.iter().enumerate().take(self.keys) {
            if self.search.macs >= self.until {
                return Some(self.cut());
            }
            if let Some(cut) = self.spend(length) {
                return Some(cut);
            }
            self.search.macs += 1;
            if key.verifies(&url.text, &suffix, digest) {
                let (url, cover) = (url.clone(), cover.clone());
                return Some(End::Hit(Hit { claim, key: place, url, cover }));
            }
        }
        None
    }
}

impl Hit {
    /// Whether the cover is the one that the provider's rules give.
    pub(super) fn is_by_the_rules(&self) -> bool {
        self.cover.cause.is_none() && self.cover.taken != Taken::KnownBody
    }
}
