//! The table, by subject.

mod bodies;
mod connections;
mod heads;
mod proofs;
mod replies;
mod urls;

use crate::case::Case;

/// All cases.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [bodies::CASES, heads::CASES, proofs::CASES, urls::CASES, replies::CASES, connections::CASES]
        .into_iter()
        .flatten()
}
