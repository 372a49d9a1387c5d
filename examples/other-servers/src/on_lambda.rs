//! AWS Lambda behind an HTTP API of API Gateway, a function URL, or a load balancer.
//!
//! A load balancer hands the query over as a map, and nobody can tell in what order and spelling
//! it came: behind one, give webhooks URLs without a query, or with one plain parameter.

use bytes::Bytes;
use http_body_util::Full;
use lambda_http::{
    Request, RequestExt, Response,
    http::{Uri, request::Parts},
    request::RequestContext,
};
use switchhook::{
    Connection,
    dispatch::{Endpoint, adapter},
};

/// Answers one event.
pub async fn answer(hooks: &impl Endpoint, event: Request) -> Response<Full<Bytes>> {
    let context = event.request_context_ref().cloned();
    let (mut head, body) = event.into_parts();
    let (mut peer, mut target) = (None, None);
    if let Some(RequestContext::ApiGatewayV2(context)) = context {
        peer = context.http.source_ip.and_then(|ip| ip.parse().ok());
        target = cut_stage(&mut head, context.stage.as_deref());
    }
    adapter::locate(&mut head, target, Connection { tls: true, peer });
    let response = adapter::serve(hooks, Request::from_parts(head, body)).await;
    response.map(Full::new)
}

/// Takes the stage off the path, so that the dispatcher's paths are the same on all stages. The
/// whole URI is what the provider has called.
fn cut_stage(head: &mut Parts, stage: Option<&str>) -> Option<Uri> {
    let stage = stage.filter(|stage| *stage != "$default")?;
    let path = head.uri.path_and_query()?.as_str();
    let below = path.strip_prefix('/')?.strip_prefix(stage)?;
    let below = below.starts_with('/').then(|| below.parse().ok())??;
    Some(std::mem::replace(&mut head.uri, below))
}
