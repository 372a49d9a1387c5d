//! Events looked at where they lie: texts of the parameters under the names of the fields.

use std::{fmt, marker::PhantomData, ops::Deref, sync::Arc};

use super::{
    Event, EventInfo, Extra, Field, IdempotencyKey, Order, Problem, Reason,
    flat::flat,
    read::{Reader, is_named_otherwise},
};
use crate::{Params, Payload, WireType};

/// An event that comes as a form, so that there is a [`View`] of it.
///
/// Declared by [`form_events!`](crate::form_events) and
/// [`form_webhooks!`](crate::form_webhooks).
#[diagnostic::on_unimplemented(
    message = "there is no view of `{Self}`",
    label = "expected an event that comes as a form",
    note = "events in JSON, groups of events and families are read whole, by `event_of`"
)]
pub trait FormEvent: Event {
    /// The fields of a [`View`]: those of the event under the same names, a [`TextOf`] where
    /// the event has an `Option`, a [`SubjectOf`] where it has the subject. What comes under
    /// many names, such as headers, is a method, as it is on the event.
    type Fields<'a>;

    /// The fields of an event of which nothing was sent.
    #[doc(hidden)]
    fn fields(params: &Params) -> Self::Fields<'_>;

    /// Finds the first text of each field in one pass over the pairs, and sees to the subject.
    ///
    /// # Errors
    ///
    /// [`Reason`] when the subject is missing or cannot be read.
    #[doc(hidden)]
    fn collect<'a>(
        fields: &mut Self::Fields<'a>,
        params: &'a Params,
        reader: &mut Reader,
    ) -> Result<(), Reason>;

    /// Reads each text as the type of its field.
    ///
    /// # Errors
    ///
    /// [`Reason`] when the subject cannot be read.
    #[doc(hidden)]
    fn from_fields(
        fields: &Self::Fields<'_>,
        reader: Reader,
        params: &Arc<Params>,
    ) -> Result<Self, Reason>;

    /// The texts in the order of the table.
    #[doc(hidden)]
    fn visit_fields<'a>(
        fields: &Self::Fields<'a>,
        visitor: &mut dyn FnMut(&'static Field, Option<&'a str>),
    );
}

/// An event as it lies in the parameters: nothing is copied, and a field is read as its type
/// when somebody asks for it.
///
/// For programs that look at a few fields of many deliveries and keep few of them: a view
/// costs one pass over the parameters, and an allocation only where a name comes twice or is
/// not text. Where most fields are used, or the event outlives its delivery, take the event
/// itself.
///
/// The fields have the names that they have on the event `E`: they are its
/// [`Fields`](FormEvent::Fields), to which a view dereferences. There is a view of all that can
/// be read as the event and of nothing else, since the event is made of the same fields.
///
/// Events that come in JSON have no view: their text is looked at where it lies by
/// [`Json`](crate::Json).
///
/// ```
/// use switchhook_core::{Params, Payload, Seconds, View, form_events, form_family, params};
///
/// params! { param {
///     /// The door.
///     door_sid: String = "DoorSid", sample "DR1";
///     /// How long it stood open, in seconds.
///     open: Seconds = "Open", sample "3";
/// } }
///
/// form_events! {
///     params param;
///     family DoorWebhook by "Event";
///     /// What happens to doors.
///     group DoorEvent = "door", common door_sid;
///     key (door_sid open);
///     order ();
///
///     /// A door was closed.
///     DoorClosed = "door-closed" { subject door_sid; documented open; }
/// }
///
/// form_family! {
///     params param;
///     /// Everything that a door sends.
///     pub enum DoorWebhook = "example.door" by "Event", common door_sid { DoorClosed }
/// }
///
/// let payload = Payload::from(Params::parse(b"Event=door-closed&DoorSid=DR7&Open=42")?);
/// let view = View::<DoorClosed>::read(&payload).expect("a closed door");
/// assert_eq!(view.door_sid.as_str(), "DR7");
/// assert_eq!((view.open.as_str(), view.open.read()), (Some("42"), Some(Seconds(42))));
/// // Of those that matter, all of it.
/// let event: DoorClosed = view.to_event()?;
/// assert_eq!(event.open, Some(Seconds(42)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct View<'a, E: FormEvent> {
    fields: E::Fields<'a>,
    params: &'a Arc<Params>,
    reader: Reader,
}

impl<'a, E: FormEvent> View<'a, E> {
    /// Looks at a payload of which the caller knows that it is this event, as
    /// [`Event::from_payload`] reads it.
    ///
    /// # Errors
    ///
    /// [`Reason`] when the subject is missing or cannot be read, the same as of the event.
    #[inline]
    pub fn from_payload(payload: &'a Payload) -> Result<Self, Reason> {
        let mut view = Self::over(params_of(payload)?);
        // Written in its place: a view is some hundred bytes.
        E::collect(&mut view.fields, view.params, &mut view.reader)?;
        Ok(view)
    }

    /// Looks at a delivery of which a route says that it is this event, as
    /// [`FromFamily::read`](crate::FromFamily::read) reads it: an event of another name is not
    /// believed to be the one.
    ///
    /// # Errors
    ///
    /// The family's enum when it is something else.
    #[inline]
    pub fn read(payload: &'a Payload) -> Result<Self, E::Family> {
        let Ok(params) = params_of(payload) else { return Err(E::in_family(payload)) };
        let mut view = Self::over(params);
        if is_named_otherwise::<E>(payload)
            || E::collect(&mut view.fields, params, &mut view.reader).is_err()
        {
            return Err(E::in_family(payload));
        }
        Ok(view)
    }

    #[inline]
    fn over(params: &'a Arc<Params>) -> Self {
        Self { fields: E::fields(params), params, reader: Reader::default() }
    }

    /// The row of the family's table.
    pub fn info(&self) -> &'static EventInfo {
        fitting::<E>(self.params)
    }

    /// The name of the event in the table.
    pub fn name(&self) -> &'static str {
        self.info().name
    }

    /// The parameters as they were received.
    pub fn params(&self) -> &'a Params {
        self.params
    }

    /// The pairs that the model does not name, in order.
    pub fn extra(&self) -> Extra<'a> {
        Extra::new(self.info(), self.params)
    }

    /// What this delivery has in common with a second delivery of the same event.
    pub fn idempotency_key(&self) -> IdempotencyKey {
        self.info().idempotency_key((&**self.params).into())
    }

    /// The place of the delivery among those about the same thing, where there is one.
    pub fn order(&self) -> Option<Order> {
        self.info().order((&**self.params).into())
    }

    /// What does not fit the model and yet does not fail the delivery. Reads every field to
    /// find out, which costs what the event costs.
    pub fn problems(&self) -> Vec<Problem> {
        self.to_event().map(|event| event.problems().to_vec()).unwrap_or_default()
    }

    /// Calls `visitor` with each field in the order of the table and the text that was sent
    /// for it, absent ones included.
    pub fn visit(&self, visitor: &mut dyn FnMut(&'static Field, Option<&'a str>)) {
        E::visit_fields(&self.fields, visitor);
    }

    /// The event itself, which owns what it is made of.
    ///
    /// # Errors
    ///
    /// [`Reason`] where the subject's type cannot read what it said that it
    /// [fits](WireType::fits). No type of this library does that.
    pub fn to_event(&self) -> Result<E, Reason> {
        E::from_fields(&self.fields, self.reader.clone(), self.params)
    }
}

impl<'a, E: FormEvent> Deref for View<'a, E> {
    type Target = E::Fields<'a>;

    fn deref(&self) -> &E::Fields<'a> {
        &self.fields
    }
}

/// Shows what the event shows: of all that may be private only the length.
impl<E: FormEvent> fmt::Debug for View<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_event() {
            Ok(event) => f.debug_tuple("View").field(&event).finish(),
            Err(reason) => f.debug_tuple("View").field(&reason).finish(),
        }
    }
}

/// A field of a [`View`]: the text that was sent for it, read as `T` when somebody asks.
pub struct TextOf<'a, T> {
    /// The first that was sent, be it empty.
    text: Option<&'a str>,
    read: PhantomData<fn() -> T>,
}

impl<'a, T> TextOf<'a, T> {
    /// The text; `None` where nothing was sent, nothing but an empty text, or what is not
    /// UTF-8.
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        self.text.filter(|text| !text.is_empty())
    }

    /// For [`form_event!`](crate::form_event) alone.
    #[doc(hidden)]
    #[inline]
    pub fn slot(&mut self) -> &mut Option<&'a str> {
        &mut self.text
    }
}

impl<T: WireType> TextOf<'_, T> {
    /// The value, as the event has it; `None` where there is no text or one that does not fit.
    #[inline]
    pub fn read(self) -> Option<T> {
        T::from_wire(self.as_str()?)
    }
}

impl<T> Clone for TextOf<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for TextOf<'_, T> {}

impl<T> Default for TextOf<'_, T> {
    #[inline]
    fn default() -> Self {
        Self { text: None, read: PhantomData }
    }
}

/// Shows what the value shows, and of a text that does not fit its length.
impl<T: WireType> fmt::Debug for TextOf<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.as_str(), self.read()) {
            (None, _) => f.write_str("absent"),
            (Some(_), Some(value)) => value.to_wire().fmt(f),
            (Some(text), None) => write!(f, "<{} bytes>", text.len()),
        }
    }
}

/// The subject of a [`View`]: a text that is there, fits its type `T`, and is read when somebody
/// asks.
pub struct SubjectOf<'a, T>(TextOf<'a, T>);

impl<'a, T> SubjectOf<'a, T> {
    /// The text, which is not empty.
    #[inline]
    pub fn as_str(self) -> &'a str {
        // Without a text there is no view.
        self.0.text.unwrap_or_default()
    }

    /// For [`form_event!`](crate::form_event) alone.
    #[doc(hidden)]
    #[inline]
    pub fn slot(&mut self) -> &mut Option<&'a str> {
        self.0.slot()
    }
}

impl<'a, T: From<&'a str>> SubjectOf<'a, T> {
    /// The subject as its type.
    #[inline]
    pub fn read(self) -> T {
        T::from(self.as_str())
    }
}

impl<T> Clone for SubjectOf<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for SubjectOf<'_, T> {}

impl<T> Default for SubjectOf<'_, T> {
    #[inline]
    fn default() -> Self {
        Self(TextOf::default())
    }
}

/// Shows what the value shows.
impl<T: WireType> fmt::Debug for SubjectOf<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn params_of(payload: &Payload) -> Result<&Arc<Params>, Reason> {
    match payload {
        Payload::Params(params) => Ok(params),
        Payload::Json(_) | Payload::Other(_) => Err(Reason::NoParameters),
    }
}

/// The event itself, for [`Event::from_payload`].
#[doc(hidden)]
pub fn from_payload<E: FormEvent>(payload: &Payload) -> Result<E, Reason> {
    match flat::<E::Family>(payload) {
        None => from_params(params_of(payload)?, Reader::default()),
        Some((json, params)) => from_params(&params, Reader::of_json(json)),
    }
}

fn from_params<E: FormEvent>(params: &Arc<Params>, mut reader: Reader) -> Result<E, Reason> {
    let mut fields = E::fields(params);
    E::collect(&mut fields, params, &mut reader)?;
    E::from_fields(&fields, reader, params)
}

/// The row that fits these parameters.
#[doc(hidden)]
pub fn fitting<E: Event>(params: &Params) -> &'static EventInfo {
    EventInfo::select(E::EVENTS, params).or(E::UNLISTED).unwrap_or(&E::EVENTS[0])
}

/// Visits the view of a payload, for code that has only the row of the table.
#[doc(hidden)]
pub type Visit = fn(&Payload, &mut dyn FnMut(&'static Field, Option<&str>)) -> Result<(), Reason>;

/// See [`Visit`].
#[doc(hidden)]
pub fn visit<E: FormEvent>(
    payload: &Payload,
    visitor: &mut dyn FnMut(&'static Field, Option<&str>),
) -> Result<(), Reason> {
    View::<E>::from_payload(payload).map(|view| view.visit(visitor))
}
