//! What a field has to hold beside its kind.

/// What holds for a field.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) presence: Presence,
    /// Of numbers.
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    /// 0 is fine although it is out of range.
    pub(crate) or_zero: bool,
    /// Of characters, entries or keys.
    pub(crate) shortest: usize,
    pub(crate) longest: usize,
    pub(crate) only_with: Option<&'static str>,
    /// The older schema takes it without that field.
    pub(crate) advised: bool,
    pub(crate) age: Age,
    pub(crate) form: Option<Form>,
}

/// Whether an object needs a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Free,
    /// One of the provider's schemas requires it.
    Expected,
    Required,
}

/// Whether the provider's newest pages still have it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    Current,
    /// Works, but something else is meant to be used.
    Deprecated,
    /// Only in the older schema.
    Older,
    /// The provider's own tools write it, and no schema has it.
    Unlisted,
}

/// Forms of texts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `1h45m30s`.
    Span,
    /// `next` is taken.
    StepName,
    /// A `http` or `https` URL.
    Http,
    /// A list whose sounds are either all variables or none.
    Uniform,
    /// Entries that differ.
    Unique,
    /// A section, a URL or a document.
    Destination,
    /// The same, but no section.
    Remote,
    /// A section and nothing else.
    Section,
    /// A label of the same section.
    Label,
    /// `JavaScript` of a bounded length.
    Expression,
}

impl Rules {
    pub(crate) const NONE: Self = Self {
        presence: Presence::Free,
        min: None,
        max: None,
        or_zero: false,
        shortest: 0,
        longest: usize::MAX,
        only_with: None,
        advised: false,
        age: Age::Current,
        form: None,
    };

    pub(crate) const fn required(self) -> Self {
        Self { presence: Presence::Required, ..self }
    }

    pub(crate) const fn expected(self) -> Self {
        Self { presence: Presence::Expected, ..self }
    }

    pub(crate) const fn min(self, min: f64) -> Self {
        Self { min: Some(min), ..self }
    }

    pub(crate) const fn max(self, max: f64) -> Self {
        Self { max: Some(max), ..self }
    }

    pub(crate) const fn or_zero(self) -> Self {
        Self { or_zero: true, ..self }
    }

    pub(crate) const fn shortest(self, shortest: usize) -> Self {
        Self { shortest, ..self }
    }

    pub(crate) const fn longest(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    pub(crate) const fn only_with(self, field: &'static str) -> Self {
        Self { only_with: Some(field), ..self }
    }

    pub(crate) const fn advised_with(self, field: &'static str) -> Self {
        Self { only_with: Some(field), advised: true, ..self }
    }

    pub(crate) const fn deprecated(self) -> Self {
        Self { age: Age::Deprecated, ..self }
    }

    pub(crate) const fn older(self) -> Self {
        Self { age: Age::Older, ..self }
    }

    pub(crate) const fn unlisted(self) -> Self {
        Self { age: Age::Unlisted, ..self }
    }

    pub(crate) const fn form(self, form: Form) -> Self {
        Self { form: Some(form), ..self }
    }
}
