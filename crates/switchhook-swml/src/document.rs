//! Documents.

use std::{borrow::Cow, fmt};

use crate::{
    Field, Findings, Json, Object, Problem, ReadError, Steps, StepsView,
    field::sealed::Sealed,
    grammar::Kind,
    json, lint,
    steps::{Named, Step},
    walk,
};

/// A document: sections of steps, `main` first.
///
/// Built here for calls and in [`messaging`](crate::messaging) for messages; read by
/// [`read`](crate::read) for both. All that was read is kept.
///
/// ```
/// use switchhook_swml::{Connect, Document, Prompt, Seconds};
///
/// let document = Document::new()
///     .main(|s| {
///         s.answer().say("Welcome back").connect(Connect::to("+15551111111").timeout(Seconds(20)))
///     })
///     .section("menu", |s| {
///         s.label("again")
///             .prompt(Prompt::say("Press 1 for sales").max_digits(1))
///             .switch("prompt_value", |c| {
///                 c.case("1", |s| s.transfer("sales")).otherwise(|s| s.goto("again"))
///             })
///     })
///     .section("sales", |s| s.connect("+15552222222"));
/// document.lint().into_result()?;
/// assert!(document.to_json().starts_with(
///     r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"play":{"url":"say:Welcome back"}},"#,
/// ));
/// # Ok::<(), switchhook_swml::Findings>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a document does nothing until it is written"]
pub struct Document {
    root: Json,
}

/// The only version that there is.
const VERSION: &str = "1.0.0";

impl Document {
    /// A document whose section `main` has no steps yet.
    #[allow(clippy::new_without_default, reason = "without steps it is none")]
    pub fn new() -> Self {
        let mut root = Object::with_capacity(2);
        root.push("version".into(), Json::Text(VERSION.into()));
        root.push("sections".into(), Json::Object(Object::new()));
        Self { root: Json::Object(root) }
    }

    /// Adds steps to `main`, which runs first and stands first.
    pub fn main(self, steps: impl FnOnce(Steps) -> Steps) -> Self {
        self.with_section("main".into(), steps(Steps::new()).into_json())
    }

    /// Adds steps to a section; a new one comes after those that are there.
    pub fn section(self, name: impl Into<String>, steps: impl FnOnce(Steps) -> Steps) -> Self {
        self.with_section(name.into().into(), steps(Steps::new()).into_json())
    }

    pub(crate) fn with_section(mut self, name: Cow<'static, str>, steps: Json) -> Self {
        // What was read may have no sections, or be no document at all.
        if self.root.as_object_mut().is_none() {
            self = Self::new();
        }
        let Some(root) = self.root.as_object_mut() else { return self };
        if root.get_mut("sections").and_then(|sections| sections.as_object_mut()).is_none() {
            root.set("sections", Object::new());
        }
        let sections = root.get_mut("sections").and_then(Json::as_object_mut);
        let Some(sections) = sections else { return self };
        match (sections.get_mut(&name), steps) {
            (Some(Json::List(there)), Json::List(more)) => there.extend(more),
            (Some(there), steps) => *there = steps,
            (None, steps) if name == "main" => sections.push_front(name, steps),
            (None, steps) => sections.push(name, steps),
        }
        self
    }

    /// The document as it is.
    pub fn json(&self) -> &Json {
        &self.root
    }

    /// The document as compact JSON.
    pub fn to_json(&self) -> String {
        let mut text = String::with_capacity(json::capacity(&self.root));
        json::write(&self.root, &mut text);
        text
    }

    /// The version that it says it has.
    pub fn version(&self) -> Option<&str> {
        self.root.get("version")?.as_str()
    }

    /// The sections that are lists, by name and in order.
    pub fn sections(&self) -> impl Iterator<Item = (&str, StepsView<'_>)> {
        let sections = self.root.get("sections").and_then(Json::as_object);
        let entries = sections.into_iter().flat_map(Object::iter);
        entries.filter_map(|(name, steps)| Some((name, <Steps as Field>::view(steps)?)))
    }

    /// The steps of a section.
    pub fn steps(&self, section: &str) -> Option<StepsView<'_>> {
        <Steps as Field>::view(self.root.get("sections")?.get(section)?)
    }

    /// Every step at any depth, in document order: also those in cases, branches and documents
    /// of actions, yet not those of documents that are embedded as text.
    pub fn all_steps(&self) -> impl Iterator<Item = Step<'_>> {
        let mut found = Vec::new();
        walk::steps(&self.root, &mut |step| found.push(step));
        found.into_iter()
    }

    /// What every step of a method takes, at any depth, in document order.
    pub fn find<M: Field + Named>(&self) -> impl Iterator<Item = M::View<'_>> {
        self.all_steps().filter_map(|step| step.view::<M>())
    }

    /// What the platform would object to.
    ///
    /// ```
    /// use switchhook_swml::{Severity, read};
    ///
    /// let document = read(r#"{"sections": {"main": [{"say": {"text": "Hello"}}]}}"#)?;
    /// let found = document.lint();
    /// assert_eq!(found[0].path, "/sections/main/0/say");
    /// assert_eq!(found[0].severity, Severity::Error);
    /// assert_eq!(found[0].instead.as_deref(), Some(r#"{"play": {"url": "say:TEXT"}}"#));
    /// # Ok::<(), switchhook_swml::ReadError>(())
    /// ```
    pub fn lint(&self) -> Findings {
        lint::lint(&self.root, None)
    }

    /// The same, as a document for calls or for messages: otherwise its methods tell.
    pub fn lint_as(&self, set: crate::grammar::StepSet) -> Findings {
        lint::lint(&self.root, Some(set))
    }

    /// Fields of known methods that are not of their form: their getters give `None`.
    ///
    /// ```
    /// use switchhook_swml::read;
    ///
    /// let document = read(r#"{"sections": {"main": [{"connect": {"to": 5, "new": 1}}, {"fly": 1}]}}"#)?;
    /// let problems = document.problems();
    /// assert_eq!(problems.len(), 1);
    /// assert_eq!(problems[0].to_string(), "/sections/main/0/connect/to: not a text");
    /// # Ok::<(), switchhook_swml::ReadError>(())
    /// ```
    pub fn problems(&self) -> Vec<Problem> {
        lint::problems(&self.root)
    }
}

/// A document that may be anything: reading and embedding take it as it is.
impl From<Json> for Document {
    fn from(root: Json) -> Self {
        Self { root }
    }
}

/// The document as text, as `transfer`, `execute` and others embed it.
impl From<Document> for String {
    fn from(document: Document) -> Self {
        document.to_json()
    }
}

impl From<Document> for Json {
    fn from(document: Document) -> Self {
        document.root
    }
}

impl std::str::FromStr for Document {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        crate::read(text)
    }
}

impl serde_core::Serialize for Document {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root.serialize(serializer)
    }
}

impl<'de> serde_core::Deserialize<'de> for Document {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.root, f)
    }
}

impl Sealed for Document {}

impl Field for Document {
    const KIND: Kind = Kind::Document;

    type View<'a> = Self;

    fn view(json: &Json) -> Option<Self> {
        Self::from_json(json)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_object().is_some().then(|| json.clone().into())
    }

    fn into_json(self) -> Json {
        self.root
    }
}
