/// `Display` and `Error` of an error, by a table: a text for each of its forms. For the crates
/// of this workspace alone.
///
/// A derive would be as short, and bring the six crates that each build of a derive waits for.
#[doc(hidden)]
#[macro_export]
macro_rules! error_texts {
    ($error:ident: $($form:pat => $text:literal),+ $(,)?) => {
        impl ::std::fmt::Display for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $( $form => ::std::write!(f, $text), )+
                }
            }
        }

        impl ::std::error::Error for $error {}
    };
}
