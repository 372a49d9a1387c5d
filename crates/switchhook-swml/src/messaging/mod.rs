//! Replies to messages: documents with a set of methods of its own.
//!
//! ```
//! use switchhook_swml::messaging::{Document, Reply};
//!
//! let document = Document::new().main(|s| {
//!     s.switch("message.body", |c| {
//!         c.case("help", |s| s.reply("Call us.")).otherwise(|s| s.receive())
//!     })
//! });
//! assert!(document.lint().is_empty());
//! ```

mod methods;

pub use self::methods::*;
use crate::{
    Field, Json, Object, Steps, Variable,
    field::sealed::Sealed,
    grammar::{Kind, StepSet, Unit},
    methods::{branches, from_text, methods, new, plain},
    steps::{Messaging, MethodOf, Named, Step, shared_shorthands},
    table::{unions, value_list},
};

value_list! {
    /// Method of a request.
    HttpMethod closed {
        Get = "GET",
        Post = "POST",
        Put = "PUT",
        Patch = "PATCH",
        Delete = "DELETE",
    }
}

value_list! {
    /// What is done to a value before it is compared.
    Transform closed of ["SwitchTransform"] {
        Lowercase = "lowercase",
        Uppercase = "uppercase",
        Trim = "trim",
        LowercaseTrim = "lowercase_trim",
        UppercaseTrim = "uppercase_trim",
    }
}

plain! {
    /// Marks a place that a [`Goto`] jumps to.
    Label(String);
    /// Leaves the section with a value.
    Return(Json);
}

new! {
    /// A label of that name.
    Label: String;
    /// With that value; `()` for none.
    Return: Json;
}

unions! {
    /// A reply: its text alone, or all of it.
    ReplyForm {
        /// Its text.
        Text(String) from [String, &str],
        /// All of it.
        Reply(Reply) from [Reply],
    }
}

methods! {
    /// What a step of a message does, by type.
    pub enum Method of Messaging in METHODS {
        Reply as ReplyForm = "reply",
        Receive = "receive",
        Request = "request",
        Execute = "execute",
        Transfer = "transfer" ends,
        Switch = "switch",
        Goto = "goto",
        Return = "return" ends,
        Label = "label",
    }
}

branches! {
    Switch, Steps<Messaging>;
}

impl Switch {
    /// On the value of that variable: its name without `%{}`.
    pub fn on(variable: impl Into<String>) -> Self {
        Self(Object::single("variable".into(), Json::from(variable.into())))
    }
}

from_text! { Execute::new, Goto::new, Transfer::new, Reply::text }

shared_shorthands!(Messaging, Switch, Execute, Transfer, Goto, Label, Return);

impl Steps<Messaging> {
    /// Sends a message back.
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        self.with(reply.into())
    }

    /// Accepts the message and says nothing.
    pub fn receive(self) -> Self {
        self.with(Receive::new())
    }

    /// Asks a web API.
    pub fn request(self, request: impl Into<Request>) -> Self {
        self.with(request.into())
    }
}

/// The variable `%{path}`: messages have no `${…}`.
///
/// ```
/// use switchhook_swml::messaging::{Document, var};
///
/// let document = Document::new().main(|s| s.reply(var("message.body")));
/// assert!(document.to_json().contains("%{message.body}"));
/// ```
pub fn var(path: &str) -> Variable {
    Variable::marked("%{", path)
}

/// A document for messages. [`crate::Document`] reads such, and checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a document does nothing until it is written"]
pub struct Document(crate::Document);

impl Document {
    /// A document whose section `main` has no steps yet.
    #[allow(clippy::new_without_default, reason = "without steps it is none")]
    pub fn new() -> Self {
        Self(crate::Document::new())
    }

    /// Adds steps to `main`, which runs first.
    pub fn main(self, steps: impl FnOnce(Steps<Messaging>) -> Steps<Messaging>) -> Self {
        self.section("main", steps)
    }

    /// Adds steps to a section; a new one comes after those that are there.
    pub fn section(
        self,
        name: impl Into<String>,
        steps: impl FnOnce(Steps<Messaging>) -> Steps<Messaging>,
    ) -> Self {
        Self(self.0.with_section(name.into().into(), steps(Steps::default()).into_json()))
    }

    /// The document as JSON.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// What the platform would object to.
    pub fn lint(&self) -> crate::Findings {
        self.0.lint_as(StepSet::Messaging)
    }
}

impl From<Document> for crate::Document {
    fn from(document: Document) -> Self {
        document.0
    }
}
