//! What the tables are made of: parameters, keys, orders, conditions.

/// Declares the parameters of a family, for [`form_events!`](crate::form_events) to refer to.
///
/// The result is a macro of the given name, to be declared before the events. A parameter may
/// have other spellings after `|`.
///
/// See [`form_family!`](crate::form_family) for an example.
#[macro_export]
macro_rules! params {
    ($table:ident {
        $(
            $(#[doc = $doc:literal])*
            $field:ident: $type:ty = $wire:literal $(| $alias:literal)*, sample $sample:literal;
        )*
    }) => {
        #[allow(unused_macros, unused_macro_rules)]
        macro_rules! $table {
            $(
                (type $field) => { $type };
                (wire $field) => { $wire };
                (doc $field) => { concat!($($doc, "\n"),*) };
                (aliases $field) => { &[$($alias),*] };
                (sample $field) => { $sample };
            )*
        }
    };
}

/// How the idempotency key of an event is made. Called by the other tables.
///
/// `(a b | c)` takes the parameters `a` and `b` where a delivery has both, else `c`, else the
/// digest of all parameters. `; content` adds that digest in any case; `except d` after it, or
/// `, except d` without it, leaves parameters out of the digest that differ between tries.
#[doc(hidden)]
#[macro_export]
macro_rules! key_rule {
    ($table:ident, [$own:tt] $default:tt) => { $crate::key_rule!($table, $own) };
    ($table:ident, [] $default:tt) => { $crate::key_rule!($table, $default) };
    ($table:ident, ($( $($part:ident)+ )|* , except $($except:ident)+)) => {
        $crate::__private::KeyRule {
            parts: &[$( &[$( $table!(wire $part) ),+] ),*],
            content: false,
            except: &[$( $table!(wire $except) ),+],
        }
    };
    ($table:ident, ($( $($part:ident)+ )|* $(; $content:ident)? $(except $($except:ident)+)?)) => {
        $crate::__private::KeyRule {
            parts: &[$( &[$( $table!(wire $part) ),+] ),*],
            content: $crate::key_rule!(@is $($content)?),
            except: &[$( $( $table!(wire $except) ),+ )?],
        }
    };
    (@is content) => { true };
    (@is) => { false };
}

/// How an event is ordered among its like. Called by the other tables.
///
/// `(a of b | c of d)` orders by `a` what has the same `b`, and where there is no `a`, by `c`.
/// `a of b in "name"` is an order of its own, which does not compare with others of the same `b`.
#[doc(hidden)]
#[macro_export]
macro_rules! order_rules {
    ($table:ident, [$own:tt] $default:tt) => { $crate::order_rules!($table, $own) };
    ($table:ident, [] $default:tt) => { $crate::order_rules!($table, $default) };
    ($table:ident, ($( $by:ident of $scope:ident $(in $timeline:literal)? )|*)) => {
        &[$( $crate::__private::OrderRule::new::<$table!(type $by)>(
            $table!(wire $scope), $table!(wire $by),
        ) $(.timeline($timeline))? ),*]
    };
}

/// What tells an event from the others of its type. Called by the other tables.
#[doc(hidden)]
#[macro_export]
macro_rules! condition {
    ($table:ident, ($field:ident)) => {
        $crate::condition!(@test $table, $field, Present)
    };
    ($table:ident, ($field:ident = $($value:literal)|+)) => {
        $crate::condition!(@test $table, $field, OneOf(&[$($value),+]))
    };
    ($table:ident, ($field:ident starts $prefix:literal)) => {
        $crate::condition!(@test $table, $field, StartsWith($prefix))
    };
    ($table:ident, ($field:ident within $least:literal to $most:literal)) => {
        $crate::condition!(@test $table, $field, Within($least, $most))
    };
    (@test $table:ident, $field:ident, $($test:tt)*) => {
        $crate::__private::Condition {
            wire: $table!(wire $field),
            aliases: $table!(aliases $field),
            test: $crate::__private::Test::$($test)*,
        }
    };
}

/// `Some` of what is there, `None` of nothing. Called by the other tables.
#[doc(hidden)]
#[macro_export]
macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
