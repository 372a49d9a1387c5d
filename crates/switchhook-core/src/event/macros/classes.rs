//! The order in which groups are tried.

/// Declares how the groups of a family are told apart by their parameters: a function `classify`,
/// and `group`, which gives [`form_family!`](crate::form_family) the name alone.
///
/// The rows are tried in their order, and the clues of a row have to hold all: `any` of these
/// names is there, if only with an empty value; a delivery is `without` a name; a parameter
/// `equals` a text.
///
/// ```
/// use switchhook_core::{Certainty, Params, classify};
///
/// classify! {
///     /// Takes a delivery for one of the kinds of post.
///     pub fn classify;
///
///     "parcel" Certain if any("Weight" | "Size");
///     "postcard" Likely if any("Picture") & without("Envelope");
///     "letter" Guess if equals("By", "post");
/// }
///
/// let sure = classify(&Params::parse(b"By=post&Size=")?).unwrap();
/// assert_eq!((sure.group, sure.certainty), ("parcel", Certainty::Certain));
/// let guess = classify(&Params::parse(b"By=post&Picture=1&Envelope=1")?).unwrap();
/// assert_eq!((guess.group, guess.certainty), ("letter", Certainty::Guess));
/// assert_eq!(classify(&Params::parse(b"By=air")?), None);
/// # Ok::<(), switchhook_core::ParamsError>(())
/// ```
#[macro_export]
macro_rules! classify {
    (
        $(#[$meta:meta])*
        $vis:vis fn classify;
        $( $group:literal $certainty:ident if $( $clue:ident($($argument:tt)+) )&+; )+
    ) => {
        $(#[$meta])*
        $vis fn classify(params: &$crate::Params) -> Option<$crate::Classification> {
            const RULES: &[$crate::__private::Rule] = &[$( $crate::__private::Rule {
                group: $group,
                certainty: $crate::Certainty::$certainty,
                clues: &[$( $crate::classify!(@clue $clue($($argument)+)) ),+],
            } ),+];
            $crate::Classification::by(RULES, params)
        }

        /// The name of the group, for the family's enum.
        #[allow(dead_code, reason = "for families alone")]
        pub(crate) fn group(payload: &$crate::Payload) -> Option<&'static str> {
            classify(payload.params()?).map(|classification| classification.group)
        }
    };
    (@clue any($($name:literal)|+)) => { $crate::__private::Clue::Any(&[$($name),+]) };
    (@clue without($name:literal)) => { $crate::__private::Clue::Without($name) };
    (@clue equals($name:literal, $value:literal)) => {
        $crate::__private::Clue::Equals($name, $value)
    };
}
