//! What every model of events has to hold, as tests for the model crates.
//!
//! [`hold!`] makes the laws of a family into property tests: nothing is lost, nothing new
//! fails a delivery, nothing private is shown. [`Table`] holds the model against a copy of the
//! provider's table, in both directions.

mod json;
mod json_table;
mod keys;
mod laws;
mod table;

pub use self::{
    json::{
        any_json_reads_as_something, debug_shows_nothing_of_json_texts,
        documented_members_are_optional, json_changes_stay_where_they_are, json_goes_through_serde,
        json_keys_tell_deliveries_apart, json_novelty_never_fails_a_delivery,
        json_samples_are_whole,
    },
    laws::{
        any_text_reads_as_something, debug_shows_nothing_of_free_text,
        documented_fields_are_optional_on_the_wire, json_gives_the_same_pairs_back,
        keys_tell_deliveries_apart, novelty_never_fails_a_delivery_and_no_pair_is_lost,
        samples_are_whole,
    },
    table::{Sample, Table, strings},
};

/// The laws as tests, over every event of a family.
///
/// ```ignore
/// switchhook_laws::hold!(VideoEvent);
/// ```
///
/// `hold!(json SignalWireEvent)` has the laws of the events in JSON, beside those of forms.
#[macro_export]
macro_rules! hold {
    ($family:ty) => {
        $crate::hold!(@tests $family;
            novelty_never_fails_a_delivery_and_no_pair_is_lost
            json_gives_the_same_pairs_back
            any_text_reads_as_something
            debug_shows_nothing_of_free_text
            documented_fields_are_optional_on_the_wire
            keys_tell_deliveries_apart
            samples_are_whole
        );

        #[test]
        fn events_can_cross_threads() {
            fn check<T: Send + Sync + 'static>() {}
            check::<$family>();
        }
    };
    (json $family:ty) => {
        $crate::hold!(@tests $family;
            json_novelty_never_fails_a_delivery
            json_goes_through_serde
            json_changes_stay_where_they_are
            any_json_reads_as_something
            debug_shows_nothing_of_json_texts
            documented_members_are_optional
            json_keys_tell_deliveries_apart
            json_samples_are_whole
        );
    };
    (@tests $family:ty; $($law:ident)+) => {
        $(
            #[test]
            fn $law() {
                $crate::$law::<$family>();
            }
        )+
    };
}

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
