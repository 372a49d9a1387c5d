//! What may stand in what, and views of what was read.

use std::{fmt, marker::PhantomData, ops::Deref, str::FromStr};

use crate::{Element, grammar::ElementInfo};

/// Anything with an [`Element`] behind it: the typed elements and [`Custom`].
pub trait Markup {
    /// The element behind it.
    fn element(&self) -> &Element;

    /// The element behind it, for good.
    fn into_element(self) -> Element;
}

/// An element of the grammar.
pub trait Known: Markup {
    /// Its row of the grammar.
    const INFO: &'static ElementInfo;

    /// Its attributes, read back.
    ///
    /// ```
    /// use switchhook_twiml::{Known, Stream};
    ///
    /// let stream = Stream::new("wss://agent.example.com/media");
    /// assert_eq!(stream.view().url(), Some("wss://agent.example.com/media"));
    /// ```
    fn view(&self) -> View<'_, Self>
    where
        Self: Sized,
    {
        View { element: self.element(), kind: PhantomData }
    }
}

/// `Self` may stand inside `Parent`.
///
/// ```compile_fail
/// use switchhook_twiml::{Dial, Gather};
///
/// Gather::new().with(Dial::new());
/// ```
#[diagnostic::on_unimplemented(
    message = "<{Self}> cannot be nested inside <{Parent}>",
    label = "not an element that may stand inside `{Parent}`",
    note = "the grammar decides what stands where; `Custom::from(element)` goes around it"
)]
pub trait NestIn<Parent>: Markup {}

/// An element outside the grammar: any tag, anywhere, with anything inside.
///
/// ```
/// use switchhook_twiml::{Custom, Dial, Gather, Say};
///
/// let whisper = Custom::new("amazon:effect").attr("name", "whispered").text("psst");
/// let say = Say::new("a ").with(whisper).text(" b");
/// let forced = Gather::new().with(Custom::from(Dial::new()));
/// # let _ = (say, forced);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an element does nothing until it is nested or written"]
pub struct Custom(Element);

impl Custom {
    /// An element of that tag. A tag that is not an XML name is an error when written.
    pub fn new(tag: impl Into<String>) -> Self {
        Self(Element::new(tag))
    }

    /// Adds an attribute, or replaces one of that name.
    pub fn attr(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.set_attribute(name, value);
        self
    }

    /// Adds text after what is there already.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push_text(text);
        self
    }

    /// Adds a child.
    pub fn with<C: NestIn<Self>>(mut self, child: C) -> Self {
        self.0.push(child.into_element());
        self
    }

    /// Adds a comment. `--` in it, or `-` at its end, is an error when written.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.0.push_comment(text);
        self
    }
}

impl Markup for Custom {
    fn element(&self) -> &Element {
        &self.0
    }

    fn into_element(self) -> Element {
        self.0
    }
}

impl<Parent> NestIn<Parent> for Custom {}

impl From<Element> for Custom {
    fn from(element: Element) -> Self {
        Self(element)
    }
}

impl From<Custom> for Element {
    fn from(custom: Custom) -> Self {
        custom.0
    }
}

/// An element read as one of the grammar: getters named as the setters.
///
/// It is the [`Element`] too, for what the grammar does not have.
pub struct View<'a, T> {
    element: &'a Element,
    kind: PhantomData<fn() -> T>,
}

impl<'a, T> View<'a, T> {
    /// The element behind it.
    pub fn element(&self) -> &'a Element {
        self.element
    }

    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        self.element.attribute(name)
    }

    pub(crate) fn parse_attribute<V: FromStr>(
        self,
        attribute: &'static str,
        expected: &'static str,
    ) -> Result<Option<V>, AttributeError> {
        match self.attribute(attribute).map(str::parse) {
            None => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(_)) => Err(AttributeError { attribute, expected }),
        }
    }

    pub(crate) fn list(
        self,
        attribute: &str,
        separates: fn(&u8) -> bool,
    ) -> impl Iterator<Item = &'a str> + use<'a, T> {
        let list = self.attribute(attribute).unwrap_or_default();
        let entries = list.split(move |c: char| u8::try_from(c).is_ok_and(|byte| separates(&byte)));
        entries
            .map(|entry| entry.trim_matches([' ', '\t', '\r', '\n']))
            .filter(|entry| !entry.is_empty())
    }

    pub(crate) fn parse_list(
        self,
        attribute: &'static str,
        expected: &'static str,
    ) -> Result<Vec<u32>, AttributeError> {
        let numbers = self.list(attribute, u8::is_ascii_whitespace).map(str::parse);
        numbers.collect::<Result<_, _>>().map_err(|_| AttributeError { attribute, expected })
    }
}

impl<T> Deref for View<'_, T> {
    type Target = Element;

    fn deref(&self) -> &Element {
        self.element
    }
}

impl<T> Clone for View<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for View<'_, T> {}

impl<T> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.element, f)
    }
}

/// An attribute's value is not of the attribute's kind. Does not show the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeError {
    /// The attribute's name on the wire.
    pub attribute: &'static str,
    /// What it should be.
    pub expected: &'static str,
}

switchhook_core::error_texts! {
    AttributeError:
    Self { attribute, expected } => "the attribute `{attribute}` is not {expected}",
}

/// The element that was looked for is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotFound {
    /// The tag that was looked for.
    pub tag: &'static str,
}

switchhook_core::error_texts! { NotFound: Self { tag } => "there is no <{tag}>" }

impl Element {
    /// The element as one of the grammar, if its tag is that one's.
    ///
    /// ```
    /// use switchhook_twiml::{Element, Markup, Pause, Say};
    ///
    /// let pause = Pause::new().length(3).into_element();
    /// assert_eq!(pause.view::<Pause>().unwrap().length()?, Some(3));
    /// assert!(pause.view::<Say>().is_none());
    /// # Ok::<(), switchhook_twiml::AttributeError>(())
    /// ```
    pub fn view<T: Known>(&self) -> Option<View<'_, T>> {
        (self.tag() == T::INFO.tag()).then_some(View { element: self, kind: PhantomData })
    }

    /// The first element of that type inside, at any depth.
    ///
    /// Where types share a tag, the parent decides: a [`Sip`](crate::Sip) is found in a
    /// `<Dial>`, a [`ReferSip`](crate::ReferSip) in a `<Refer>`.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn find<T: Known>(&self) -> Result<View<'_, T>, NotFound> {
        self.find_all().next().ok_or(NotFound { tag: T::INFO.tag() })
    }

    /// Every element of that type inside, at any depth, in document order.
    pub fn find_all<T: Known>(&self) -> FindAll<'_, T> {
        FindAll { open: vec![(self, 0)], kind: PhantomData }
    }
}

/// The elements of one type, in document order; see [`Element::find_all`].
pub struct FindAll<'a, T> {
    /// The way down: each element with the place to go on at.
    open: Vec<(&'a Element, usize)>,
    kind: PhantomData<fn() -> T>,
}

impl<'a, T: Known> Iterator for FindAll<'a, T> {
    type Item = View<'a, T>;

    fn next(&mut self) -> Option<View<'a, T>> {
        while let Some((parent, at)) = self.open.last_mut() {
            let parent = *parent;
            let Some(node) = parent.nodes().get(*at) else {
                self.open.pop();
                continue;
            };
            *at += 1;
            let Some(child) = node.as_element() else { continue };
            self.open.push((child, 0));
            if child.tag() == T::INFO.tag() && stands_in(T::INFO, parent) {
                return Some(View { element: child, kind: PhantomData });
            }
        }
        None
    }
}

/// Whether an element of that tag, inside that parent, is the one meant. A tag that only
/// one element has may be looked for anywhere.
fn stands_in(info: &ElementInfo, parent: &Element) -> bool {
    let mut sharing = crate::grammar::elements().filter(|other| other.tag() == info.tag());
    if sharing.next().is_some() && sharing.next().is_none() {
        return true;
    }
    let holds = |name: &&str| {
        crate::grammar::elements().any(|e| e.name() == *name && e.tag() == parent.tag())
    };
    info.parents().iter().any(holds)
}
