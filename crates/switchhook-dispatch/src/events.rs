//! The handlers of one family on one route.

use std::{any::TypeId, collections::HashMap, future::ready, marker::PhantomData};

use switchhook_core::{Decoded, Delivery, Family, FromFamily, Payload, Selection};
use switchhook_signature::Verified;

use crate::{BoxFuture, Context, Handler, Read, Reply};

/// The handlers of some family, the family's type forgotten.
pub(crate) trait Handlers<S>: Send + Sync {
    /// The type of the family.
    fn family(&self) -> TypeId;

    /// Reads the delivery and finds its handler, which is not called yet.
    fn read(&self, delivery: &Verified<Delivery>, details: bool) -> Pending<'_, S>;
}

/// A delivery that was read, before anybody handles it.
pub(crate) struct Pending<'a, S> {
    /// What the delivery turned out to be.
    pub(crate) read: Read,
    /// Calls the handler with the event, where a handler takes it.
    pub(crate) call: Option<Call<'a, S>>,
}

type Call<'a, S> = Box<dyn FnOnce(&Context<'_, S>) -> BoxFuture<'a, Reply> + Send + 'a>;

/// The handlers of the family `F`, found by the kind and name of an event.
pub(crate) struct FamilyHandlers<F, S> {
    handlers: Vec<Box<dyn Erased<F, S>>>,
    /// Places in `handlers`, and how many events the handler's type takes: the fewer, the
    /// closer the fit.
    events: HashMap<&'static str, (usize, usize)>,
    unknown: Option<usize>,
    malformed: Option<usize>,
    all: Option<usize>,
    /// How a route reads whose deliveries do not say what they are.
    named: Option<fn(&Payload) -> F>,
}

impl<F: Family, S: 'static> FamilyHandlers<F, S> {
    pub(crate) fn new() -> Self {
        Self {
            handlers: Vec::new(),
            events: HashMap::new(),
            unknown: None,
            malformed: None,
            all: None,
            named: None,
        }
    }

    /// Takes what does not carry its name for an `E`.
    pub(crate) fn name<E: FromFamily<Family = F>>(&mut self) {
        self.named = Some(E::in_family);
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

    fn read(&self, delivery: &Verified<Delivery>, details: bool) -> Pending<'_, S> {
        let event: F = match self.named {
            Some(read) => read(delivery.payload()),
            None => delivery.event(),
        };
        let decoded = event.decoded();
        let place = match &decoded {
            Decoded::Event(data) => self.events.get(data.name()).map(|entry| entry.0),
            Decoded::Malformed { .. } => self.malformed,
            _ => self.unknown,
        };
        let read = Read::of::<F>(&decoded, details);
        let call = place.or(self.all).map(|place| -> Call<'_, S> {
            let handler = &self.handlers[place];
            Box::new(move |context| handler.call(event, context))
        });
        Pending { read, call }
    }
}

/// A handler, the type of its argument forgotten.
trait Erased<F, S>: Send + Sync {
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> BoxFuture<'a, Reply>;
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
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> BoxFuture<'a, Reply> {
        match E::from_family(event) {
            Ok(event) => self.handler.call(event, context),
            // The lookup rules this out, unless a family contradicts its own selection.
            Err(_) => Box::pin(ready(Err("the event is not of the handler's type".into()))),
        }
    }
}
