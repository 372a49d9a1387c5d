//! The handlers of one family on one route.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::ready,
    marker::PhantomData,
    time::Duration,
};

use bytes::Bytes;
use http::Response;
use switchhook_core::{
    Decoded, Delivery, EventData, Extra, Family, FromFamily, IdempotencyKey, Order, Params,
    Payload, Selection,
};
use switchhook_signature::Verified;

use crate::{BoxFuture, Context, Handler, Read, Reply};

/// The handlers of some family, the family's type forgotten.
pub(crate) trait Handlers<S>: Send + Sync {
    /// The type of the family.
    fn family(&self) -> TypeId;

    /// Reads the delivery and finds its handler, which is not called yet. `details` is whether
    /// anybody asks for its identity and its subject.
    fn read(&self, delivery: &Verified<Delivery>, details: bool) -> Pending<'_, S>;
}

/// A delivery that was read, before anybody handles it.
pub(crate) struct Pending<'a, S> {
    /// What the delivery turned out to be.
    pub(crate) read: Read,
    /// What it is known by and where it stands; only where somebody wants details.
    pub(crate) identity: Option<Identity>,
    /// How long its provider waits for an answer.
    pub(crate) patience: Duration,
    /// Calls the handler with the event, where a handler takes it.
    pub(crate) call: Option<Call<'a, S>>,
    /// What a failure is answered with, where the route does not say.
    pub(crate) fallback: Option<&'a dyn Fallback>,
}

/// What a delivery is known by, whatever its route.
pub(crate) struct Identity {
    pub(crate) key: IdempotencyKey,
    pub(crate) order: Option<Order>,
    /// What of the query belongs to the URL, where the event's own parameters stand there, too.
    pub(crate) query: Option<String>,
}

impl Identity {
    /// An event has its own key; of what is no event, everything that was sent is the key.
    fn of<F: Family>(decoded: &Decoded<'_>, delivery: &Delivery) -> Self {
        match decoded {
            Decoded::Event(event) => Self {
                key: event.idempotency_key(),
                order: event.order(),
                query: own_query(*event, delivery),
            },
            _ => Self::of_no_event(F::NAME, delivery),
        }
    }

    fn of_no_event(family: &str, delivery: &Delivery) -> Self {
        let (method, url) = (delivery.method().as_str(), delivery.url());
        let parts = [family, "no event", method, url].map(str::as_bytes);
        let parts = parts.into_iter().chain([&delivery.body()[..]]);
        Self { key: IdempotencyKey::of(parts), order: None, query: None }
    }
}

/// What is the URL's own in the query of a GET, which has the parameters of the event as well:
/// those tell one try from the next, such as Conversations' `RetryCount`, and are the key's
/// business.
fn own_query(event: &dyn EventData, delivery: &Delivery) -> Option<String> {
    let in_query = |params: &&Params| !params.is_empty() && delivery.body().is_empty();
    let params = event.params().filter(in_query)?;
    Some(Extra::new(event.info(), params).collect::<Params>().to_form())
}

impl<S> Pending<'_, S> {
    /// A delivery on a route without handlers, which knows no family to read it with.
    pub(crate) fn unread(delivery: &Delivery) -> Self {
        Self {
            read: Read::default(),
            identity: Some(Identity::of_no_event("", delivery)),
            patience: Duration::from_secs(15),
            call: None,
            fallback: None,
        }
    }
}

/// Something that knows what its failure is answered with.
pub(crate) trait Fallback: Send + Sync {
    /// The answer, where the route does not say.
    fn fallback(&self) -> Option<Response<Bytes>>;
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

    pub(crate) fn insert<E, H, K, M>(&mut self, handler: H)
    where
        E: FromFamily<Family = F>,
        H: Handler<E, S, K, M>,
        K: 'static,
        M: 'static,
    {
        let place = self.handlers.len();
        self.handlers.push(Box::new(Typed { handler, types: PhantomData::<fn() -> (E, S, K, M)> }));
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
        let of_event = |name| self.events.get(name).map(|entry| entry.0).or(self.all);
        let (place, announced) = match &decoded {
            Decoded::Event(data) => (of_event(data.name()), None),
            // Nobody may take it, and yet the handler of the event knows how to fail.
            Decoded::Malformed { info, .. } => (self.malformed.or(self.all), of_event(info.name)),
            _ => (self.unknown.or(self.all), None),
        };
        let read = Read::of::<F>(&decoded, details);
        let identity = details.then(|| Identity::of::<F>(&decoded, delivery));
        let call = place.map(|place| -> Call<'_, S> {
            let handler = &self.handlers[place];
            Box::new(move |context| handler.call(event, context))
        });
        let fallback = place.or(announced).map(|place| -> &dyn Fallback { &*self.handlers[place] });
        Pending { read, identity, patience: F::PATIENCE, call, fallback }
    }
}

/// A handler, the type of its argument forgotten.
trait Erased<F, S>: Fallback {
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> BoxFuture<'a, Reply>;
}

struct Typed<H, T> {
    handler: H,
    types: PhantomData<T>,
}

impl<F, S, E, H, K, M> Erased<F, S> for Typed<H, fn() -> (E, S, K, M)>
where
    F: Family,
    E: FromFamily<Family = F>,
    H: Handler<E, S, K, M>,
{
    fn call<'a>(&'a self, event: F, context: &Context<'_, S>) -> BoxFuture<'a, Reply> {
        match E::from_family(event) {
            Ok(event) => self.handler.call(event, context),
            // The lookup rules this out, unless a family contradicts its own selection.
            Err(_) => Box::pin(ready(Err("the event is not of the handler's type".into()))),
        }
    }
}

impl<S, E, H, K, M> Fallback for Typed<H, fn() -> (E, S, K, M)>
where
    H: Handler<E, S, K, M>,
{
    fn fallback(&self) -> Option<Response<Bytes>> {
        self.handler.fallback()
    }
}

/// [`Handlers`] that can be downcast to those of their family.
pub(crate) trait ErasedHandlers<S>: Handlers<S> {
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<S: 'static, T: Handlers<S> + 'static> ErasedHandlers<S> for T {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
