//! What a handler writes together with the end of its delivery.

use std::sync::{Arc, Mutex, PoisonError};

use switchhook_core::Timestamp;
use switchhook_dispatch::{Context, FromContext, NoInbox};

/// The effects of a handler in the inbox's own database: committed together with the end of the
/// delivery, all or none, exactly once.
///
/// A handler asks for it as an argument. [`execute`](Self::execute) notes a statement; when the
/// handler has succeeded, its statements are executed in their order, in the transaction that
/// marks the delivery as done. When one is refused, that counts as a failure of the handler, and
/// nothing has happened. No lock is held while the handler runs, so it may take its time; the
/// statements may not: after a few seconds they are refused, since others wait.
///
/// Only the worker of an inbox hands it out: elsewhere it is a failure.
///
/// ```
/// use switchhook_inbox::Transaction;
/// use switchhook_twilio_video::RecordingCompleted;
///
/// async fn recorded(done: RecordingCompleted, effects: Transaction) {
///     effects.execute(
///         "insert into recordings (sid, url, seconds) values ($1, $2, $3)",
///         (done.recording_sid.as_str(), done.media_uri, done.duration.map(|d| d.0)),
///     );
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Transaction(Arc<Mutex<Vec<Statement>>>);

impl Transaction {
    /// Notes a statement with its values, which it calls `$1`, `$2` and so on.
    pub fn execute(&self, sql: impl Into<String>, values: impl Values) {
        let statement = Statement { sql: sql.into(), values: values.into_values() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
    }

    /// Takes what was noted.
    pub(crate) fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S> FromContext<S> for Transaction {
    type Error = NoInbox;

    fn from_context(context: &Context<'_, S>) -> Result<Self, NoInbox> {
        context.head().extensions.get::<Self>().cloned().ok_or(NoInbox)
    }
}

/// A statement in SQL with its values.
#[derive(Clone, PartialEq)]
pub struct Statement {
    /// The text, in the database's own SQL.
    pub sql: String,
    /// The values, `$1` first.
    pub values: Vec<Value>,
}

/// Shows the text: the values may be anybody's message.
impl std::fmt::Debug for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Statement")
            .field("sql", &self.sql)
            .field("values", &self.values.len())
            .finish()
    }
}

/// A value of a statement.
///
/// On PostgreSQL a value takes the type that the statement gives its place: a text may be a
/// date, a number a `numeric`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `null`.
    Null,
    /// A truth value; 0 or 1 in SQLite.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Shows the kind alone.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean",
            Self::Integer(_) => "Integer",
            Self::Real(_) => "Real",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
        })
    }
}

/// Something that can be a value of a statement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of a statement",
    note = "give text, bytes, a truth value, a number, or an `Option` of one; of a SID its text"
)]
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

macro_rules! values_of {
    ($($type:ty => $value:expr;)*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value {
                let convert: fn($type) -> Value = $value;
                convert(self)
            }
        }
    )*};
}

values_of! {
    bool => Value::Boolean;
    i8 => |number| Value::Integer(number.into());
    i16 => |number| Value::Integer(number.into());
    i32 => |number| Value::Integer(number.into());
    i64 => Value::Integer;
    u8 => |number| Value::Integer(number.into());
    u16 => |number| Value::Integer(number.into());
    u32 => |number| Value::Integer(number.into());
    // What SQL has no integer for stays exact as a text.
    u64 => |number| i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Integer);
    f64 => Value::Real;
    String => Value::Text;
    &String => |text| Value::Text(text.clone());
    &str => |text| Value::Text(text.to_owned());
    Box<str> => |text| Value::Text(text.into());
    Vec<u8> => Value::Bytes;
    &[u8] => |bytes| Value::Bytes(bytes.to_vec());
    Timestamp => |time| Value::Text(time.as_str().to_owned());
    &Timestamp => |time| Value::Text(time.as_str().to_owned());
}

/// The values of a statement: a tuple, `()` for none, or a list of [`Value`]s.
pub trait Values {
    /// The values in their order.
    fn into_values(self) -> Vec<Value>;
}

impl Values for () {
    fn into_values(self) -> Vec<Value> {
        Vec::new()
    }
}

impl Values for Vec<Value> {
    fn into_values(self) -> Vec<Value> {
        self
    }
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        impl<$first: IntoValue, $($rest: IntoValue),*> Values for ($first, $($rest,)*) {
            #[allow(non_snake_case, reason = "one name for a type and its value")]
            fn into_values(self) -> Vec<Value> {
                let ($first, $($rest,)*) = self;
                vec![$first.into_value(), $($rest.into_value()),*]
            }
        }
        tuples!($($rest)*);
    };
    () => {};
}

tuples!(A B C D E F G H I J K L);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuples_are_values_in_their_order() {
        let values = ("a", 1_u32, None::<bool>, Some(2.5), vec![1_u8], u64::MAX).into_values();
        let expected = [
            Value::Text("a".into()),
            Value::Integer(1),
            Value::Null,
            Value::Real(2.5),
            Value::Bytes(vec![1]),
            Value::Text("18446744073709551615".into()),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn debug_shows_no_value() {
        let effects = Transaction::default();
        effects.execute("insert into t values ($1)", ("canary",).into_values());
        let shown = format!("{effects:?} {:?}", ("canary",).into_values());
        assert!(shown.contains("insert") && !shown.contains("canary"), "{shown}");
        assert_eq!(effects.take().len(), 1);
        assert_eq!(effects.take().len(), 0);
    }
}
