//! A document: the root, and what stands around it.

use crate::{
    Element, FindAll, Known, NotFound, View, WriteError,
    write::{DECLARATION, Forbidden, Length, Sink, Writer, capacity},
};

/// A whole reply, as it was read or is to be written.
///
/// ```
/// use switchhook_twiml::{Gather, GatherInput, Say, read};
///
/// let reply = read(
///     "<Response><Gather input='speech' timeout='5'><Say>Yes?</Say></Gather></Response>",
/// )?;
/// let gather = reply.find::<Gather>()?;
/// assert_eq!(gather.input(), [GatherInput::Speech]);
/// assert_eq!(gather.timeout()?, Some(5));
/// assert_eq!(gather.find::<Say>()?.text(), "Yes?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) root: Element,
    /// Comments before and after the root.
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) start: Start,
}

/// What a document begins with. Only the linter asks: it is not written back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    Clean,
    Mark,
    Blanks,
}

/// What is written: how a document began that was read makes no other one of it.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        (&self.root, &self.before, &self.after) == (&other.root, &other.before, &other.after)
    }
}

impl Eq for Document {}

impl Document {
    /// The root element: a `<Response>`, unless the linter says otherwise.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// The root element, for good.
    pub fn into_root(self) -> Element {
        self.root
    }

    /// The elements directly in the root, in order: the verbs.
    ///
    /// ```
    /// use switchhook_twiml::{Hangup, Say, read};
    ///
    /// let reply = read("<Response><Say>Bye</Say><Hangup/></Response>")?;
    /// let verbs: Vec<_> = reply.verbs().collect();
    /// assert!(verbs[0].view::<Say>().is_some() && verbs[1].view::<Hangup>().is_some());
    /// # Ok::<(), switchhook_twiml::ReadError>(())
    /// ```
    pub fn verbs(&self) -> impl Iterator<Item = &Element> {
        self.root.elements()
    }

    /// The first element of that type, at any depth.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn find<T: Known>(&self) -> Result<View<'_, T>, NotFound> {
        self.root.find()
    }

    /// Every element of that type, at any depth, in document order.
    pub fn find_all<T: Known>(&self) -> FindAll<'_, T> {
        self.root.find_all()
    }

    /// The document as XML, with the declaration.
    ///
    /// # Errors
    ///
    /// A character that XML does not have, a name that is not valid, `--` in a comment.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        self.string(Forbidden::Refuse)
    }

    /// The same, with U+FFFD in place of characters that XML does not have.
    ///
    /// # Errors
    ///
    /// A name that is not valid, `--` in a comment.
    pub fn to_xml_lossy(&self) -> Result<String, WriteError> {
        self.string(Forbidden::Replace)
    }

    /// The length of [`to_xml`](Self::to_xml) in bytes, without writing it. The providers
    /// take 64 kB.
    ///
    /// # Errors
    ///
    /// As `to_xml`.
    pub fn xml_len(&self) -> Result<usize, WriteError> {
        let mut length = Length(0);
        self.write(&mut length, Forbidden::Refuse)?;
        Ok(length.0)
    }

    fn string(&self, forbidden: Forbidden) -> Result<String, WriteError> {
        let comments: usize =
            self.before.iter().chain(&self.after).map(|text| text.len() + 7).sum();
        let mut xml = String::with_capacity(comments + capacity(&self.root));
        self.write(&mut xml, forbidden)?;
        Ok(xml)
    }

    fn write<S: Sink>(&self, sink: &mut S, forbidden: Forbidden) -> Result<(), WriteError> {
        sink.put(DECLARATION);
        let mut writer = Writer::new(sink, forbidden);
        self.before.iter().try_for_each(|text| writer.outer_comment(text))?;
        writer.element(&self.root)?;
        self.after.iter().try_for_each(|text| writer.outer_comment(text))
    }
}

impl From<Element> for Document {
    fn from(root: Element) -> Self {
        Self { root, before: Vec::new(), after: Vec::new(), start: Start::Clean }
    }
}

/// One element as a document of its own.
pub(crate) fn element_xml(root: &Element, forbidden: Forbidden) -> Result<String, WriteError> {
    let mut xml = String::with_capacity(capacity(root));
    xml.put(DECLARATION);
    Writer::new(&mut xml, forbidden).element(root)?;
    Ok(xml)
}
