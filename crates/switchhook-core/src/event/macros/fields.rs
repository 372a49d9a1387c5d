//! The fields of one webhook as texts, and how the event is made of them.

/// The view of one webhook type. Called by [`form_event!`](crate::form_event).
#[doc(hidden)]
#[macro_export]
macro_rules! form_event_fields {
    (
        table $table:ident, by [$($discriminator:literal)?], type [$event:ident],
        subject [$($subject:ident)?], documented [$($documented:ident)*], also [$($also:ident)*],
        prefixed [$($prefixed:ident)*], indexed [$($indexed:ident)*]
    ) => {
        /// The fields as they were sent. What they are is told where the event is declared.
        #[allow(missing_docs, unreachable_pub, reason = "found by way of `FormEvent::Fields`")]
        pub struct Fields<'a> {
            $( pub $subject: $crate::SubjectOf<'a, $table!(type $subject)>, )?
            $( pub $documented: $crate::TextOf<'a, $table!(type $documented)>, )*
            $( pub $also: $crate::TextOf<'a, $table!(type $also)>, )*
            params: &'a $crate::Params,
        }

        #[allow(missing_docs, unreachable_pub, reason = "found by way of `FormEvent::Fields`")]
        impl<'a> Fields<'a> {
            $(
                pub fn $prefixed(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
                    $crate::__private::prefixed(self.params, $table!(wire $prefixed))
                }
            )*
            $(
                pub fn $indexed(&self) -> Vec<(u32, &'a str)> {
                    self.params.indexed($table!(wire $indexed))
                }
            )*
        }

        /// The wire names as bytes, which a match tells apart byte by byte; it would compare
        /// with one text after the other.
        struct Wire;

        #[allow(non_upper_case_globals, reason = "named as the fields are")]
        impl Wire {
            $( const $subject: &'static [u8] = $table!(wire $subject).as_bytes(); )?
            $( const $documented: &'static [u8] = $table!(wire $documented).as_bytes(); )*
            $( const $also: &'static [u8] = $table!(wire $also).as_bytes(); )*
            $( const DISCRIMINATOR: &'static [u8] = $discriminator.as_bytes(); )?
        }

        impl $crate::FormEvent for $event {
            type Fields<'a> = Fields<'a>;

            #[inline]
            fn fields(params: &$crate::Params) -> Fields<'_> {
                Fields {
                    $( $subject: $crate::SubjectOf::default(), )?
                    $( $documented: $crate::TextOf::default(), )*
                    $( $also: $crate::TextOf::default(), )*
                    params,
                }
            }

            fn collect<'a>(
                fields: &mut Fields<'a>,
                params: &'a $crate::Params,
                reader: &mut $crate::__private::Reader,
            ) -> Result<(), $crate::Reason> {
                $( let mut discriminator = $crate::__private::slot($discriminator); )?
                for (name, value) in params.iter_all() {
                    let (slot, wire) = match name {
                        $( Wire::$subject => (fields.$subject.slot(), $table!(wire $subject)), )?
                        $( Wire::$documented =>
                            (fields.$documented.slot(), $table!(wire $documented)), )*
                        $( Wire::$also => (fields.$also.slot(), $table!(wire $also)), )*
                        $( Wire::DISCRIMINATOR => (&mut discriminator, $discriminator), )?
                        // Few parameters have aliases; where none has, nothing is compared.
                        $( name if $crate::__private::is_one_of($table!(aliases $subject), name) =>
                            (fields.$subject.slot(), $table!(wire $subject)), )?
                        $( name if $crate::__private::is_one_of($table!(aliases $documented), name) =>
                            (fields.$documented.slot(), $table!(wire $documented)), )*
                        $( name if $crate::__private::is_one_of($table!(aliases $also), name) =>
                            (fields.$also.slot(), $table!(wire $also)), )*
                        _ => continue,
                    };
                    reader.collect(slot, wire, value);
                }
                $( reader.check(fields.$subject, $table!(wire $subject), params)?; )?
                Ok(())
            }

            fn from_fields(
                fields: &Fields<'_>,
                mut reader: $crate::__private::Reader,
                params: &std::sync::Arc<$crate::Params>,
            ) -> Result<Self, $crate::Reason> {
                $( reader.check_indexed(params, $table!(wire $indexed)); )*
                Ok(Self {
                    $( $subject: reader.subject(fields.$subject, $table!(wire $subject))?, )?
                    $( $documented:
                        reader.optional(fields.$documented, $table!(wire $documented)), )*
                    $( $also: reader.optional(fields.$also, $table!(wire $also)), )*
                    received: reader.finish(params),
                })
            }

            fn visit_fields<'a>(
                fields: &Fields<'a>,
                visitor: &mut dyn FnMut(&'static Field, Option<&'a str>),
            ) {
                let texts = [
                    $( Some(fields.$subject.as_str()), )?
                    $( fields.$documented.as_str(), )*
                    $( fields.$also.as_str(), )*
                ];
                for (field, text) in FIELDS.iter().zip(texts) {
                    visitor(field, text);
                }
            }
        }
    };
}
