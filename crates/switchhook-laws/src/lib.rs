//! What every model of events has to hold, as tests for the model crates.
//!
//! The functions are the laws of a family, as property tests: nothing is lost, nothing new
//! fails a delivery, nothing private is shown; `tests/laws/` asks them of every family, a file for
//! each law. [`Table`] holds a model against a copy of the provider's table, in both directions.

mod enums;
mod json;
mod json_table;
mod keys;
mod laws;
mod table;
mod workspace;

pub use self::{
    enums::open_enums_take_values_of_tomorrow,
    json::{
        any_json_reads_as_something, debug_shows_nothing_of_json_texts,
        documented_members_are_optional, json_changes_stay_where_they_are, json_goes_through_serde,
        json_keys_tell_deliveries_apart, json_novelty_never_fails_a_delivery,
        json_samples_are_whole,
    },
    json_table::paths_of,
    laws::{
        any_text_reads_as_something, debug_shows_nothing_of_free_text,
        documented_fields_are_optional_on_the_wire, events_can_cross_threads,
        json_gives_the_same_pairs_back, keys_tell_deliveries_apart,
        novelty_never_fails_a_delivery_and_no_pair_is_lost, samples_are_whole,
        views_and_events_agree,
    },
    table::{Sample, Table, strings},
    workspace::{TARGET, Workspace, files},
};

/// The samples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The known values of open enums, by the names of the enums.
#[macro_export]
macro_rules! known {
    ($($name:ident),* $(,)?) => {
        &[$((
            stringify!($name),
            $name::KNOWN.iter().map($name::as_str).collect::<Vec<_>>(),
        )),*]
    };
}
