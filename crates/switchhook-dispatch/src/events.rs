//! The handlers of one family on one route.

use std::{any::TypeId, collections::HashMap, marker::PhantomData};

use switchhook_core::{Decoded, Family, FromFamily, Selection};

use crate::{BoxFuture, Context, Handler, Read, Reply};

/// The handlers of some family, the family's type forgotten.
pub(crate) trait Handlers<S>: Send + Sync {
    /// The type of the family.
    fn family(&self) -> TypeId;

    /// Reads the delivery and finds its handler.
    fn find<'a>(&'a self, context: &Context<'_, S>, details: bool) -> Found<'a>;
}

/// What a delivery turned out to be, and who takes it.
pub(crate) struct Found<'a> {
    pub(crate) read: Read,
    pub(crate) reply: Option<BoxFuture<'a, Reply>>,
}

/// The handlers of the family `F`, found by the kind and name of an event.
pub(crate) struct FamilyHandlers<F, S> {
    handlers: Vec<Box<dyn Erased<F, S>>>,
    /// Places in `handlers`, and how many events the handler's type takes: the fewer, the
    /// closer the fit.
    events: HashMap<&'static str, (usize, usize)>,
    unknown: Option<usize>,
    malformed: Option<usize>,
    all: Option<usize>,
}

impl<F: Family, S: 'static> FamilyHandlers<F, S> {
    pub(crate) fn new() -> Self {
        Self {
            handlers: Vec::new(),
            events: HashMap::new(),
            unknown: None,
            malformed: None,
            all: None,
        }
    }

    pub(crate) fn insert<E, H, M>(&mut self, handler: H)
    where
        E: FromFamily<Family = F>,
        H: Handler<E, S, M>,
        M: 'static,
    {
        let place = self.handlers.len();
        self.handlers.push(Box::new(Typed { handler, types: PhantomData::<fn() -> (E, M)> }));
        match E::SELECTION {
            Selection::Events(names) => {
                for name in names {
                    let entry = self.events.entry(name).or_insert((place, names.len()));
                    if names.len() <= entry.1 {
                        *entry = (place, names.len());
                    }
                }
            }
            Selection::Unknown => self.unknown = Some(place),
            Selection::Malformed => self.malformed = Some(place),
            _ => self.all = Some(place),
        }
    }
}

impl<F: Family, S: 'static> Handlers<S> for FamilyHandlers<F, S> {
    fn family(&self) -> TypeId {
        TypeId::of::<F>()
    }

    fn find<'a>(&'a self, context: &Context<'_, S>, details: bool) -> Found<'a> {
        let event: F = context.delivery.event();
        let decoded = event.decoded();
        let place = match &decoded {
            Decoded::Event(data) => self.events.get(data.name()).map(|entry| entry.0),
            Decoded::Malformed { .. } => self.malformed,
            _ => self.unknown,
        };
        let read = Read::of::<F>(&decoded, details);
        let handler = place.or(self.all).map(|place| &self.handlers[place]);
        let reply = handler.and_then(|handler| handler.call(event, context));
        Found { read, reply }
    }
}

/// A handler, the type of its argument forgotten.
trait Erased<F, S>: Send + Sync {
    /// `None` when the event is not of the handler's type, which the lookup rules out.
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> Option<BoxFuture<'a, Reply>>;
}

struct Typed<H, T> {
    handler: H,
    types: PhantomData<T>,
}

impl<F, S, E, H, M> Erased<F, S> for Typed<H, fn() -> (E, M)>
where
    F: Family,
    E: FromFamily<Family = F>,
    H: Handler<E, S, M>,
{
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> Option<BoxFuture<'a, Reply>> {
        let event = E::from_family(event).ok()?;
        Some(self.handler.call(event, context))
    }
}
