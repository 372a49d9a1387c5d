//! Any endpoint as a handler that actix-web can mount.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use actix_web::{Handler, HttpRequest, HttpResponse, ResponseError, web::Payload};
use switchhook_dispatch::{
    Endpoint,
    adapter::{self, WebhookRejection},
};

use crate::head::{announced, below_scope, head, read};

/// Makes a handler of an endpoint, for `web::to`: as the default service of a scope or of the
/// application, or of one resource.
///
/// ```
/// use actix_web::{App, web};
/// use switchhook_actix::service;
/// use switchhook_dispatch::Dispatcher;
///
/// let hooks = service(Dispatcher::new(()));
/// let app = App::new()
///     .service(web::scope("/hooks").default_service(web::to(hooks.clone())))
///     .route("/twilio/video", web::to(hooks));
/// ```
///
/// Heads are checked before their bodies are read. As the default service of a scope the
/// dispatcher's paths are those below the scope; a resource takes whole paths. Signatures are
/// checked against the URI as it arrived. With `web::to` the dispatcher says which methods there
/// are.
///
/// Make it once and clone it into each worker's application, so that all share one dispatcher.
pub fn service(endpoint: impl Endpoint + 'static) -> EndpointService {
    EndpointService(Arc::new(endpoint))
}

/// An endpoint that actix-web can mount, made by [`service`].
#[derive(Clone)]
pub struct EndpointService(Arc<dyn Endpoint>);

impl Handler<(HttpRequest, Payload)> for EndpointService {
    type Output = HttpResponse;
    type Future = Pin<Box<dyn Future<Output = HttpResponse>>>;

    fn call(&self, (request, payload): (HttpRequest, Payload)) -> Self::Future {
        let endpoint = Arc::clone(&self.0);
        Box::pin(async move {
            let arrived = head(&request).and_then(|head| below_scope(head, &request));
            let head = match arrived {
                Ok(head) => head,
                Err(refusal) => return WebhookRejection::from(refusal).error_response(),
            };
            let announced = announced(&request);
            let body = async |most| read(payload.into_inner(), announced, most).await;
            adapter::actix_response(adapter::answer(&*endpoint, head, body).await)
        })
    }
}

impl fmt::Debug for EndpointService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointService")
    }
}
