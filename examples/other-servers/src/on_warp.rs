//! warp, whose filters take a request apart: here it is put together again.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header::CONTENT_LENGTH};
use switchhook::{
    Connection,
    dispatch::{Endpoint, adapter},
};
use warp::{Filter, Rejection, path::FullPath};

/// A filter for `warp::serve`, which takes every request.
pub fn hooks(
    hooks: Arc<impl Endpoint + 'static>,
) -> impl Filter<Extract = (Response<Bytes>,), Error = Rejection> + Clone {
    let query = warp::query::raw().map(Some).or_else(|_| async { Ok::<_, Infallible>((None,)) });
    warp::method()
        .and(warp::path::full())
        .and(query)
        .and(warp::host::optional())
        .and(warp::header::headers_cloned())
        .and(warp::addr::remote())
        .and(warp::body::stream())
        .then(move |method, path: FullPath, query, host, headers, peer, body| {
            let hooks = Arc::clone(&hooks);
            async move {
                let Some(uri) = uri(host, &path, query) else {
                    return status(StatusCode::BAD_REQUEST);
                };
                answer(&*hooks, (method, uri, headers, peer), body).await
            }
        })
}

type Head = (Method, Uri, HeaderMap, Option<SocketAddr>);

async fn answer(
    hooks: &impl Endpoint,
    (method, uri, headers, peer): Head,
    body: impl Stream<Item = Result<impl Buf, warp::Error>>,
) -> Response<Bytes> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|text| text.to_str().ok()?.parse().ok());
    let (mut head, ()) = Request::new(()).into_parts();
    (head.method, head.uri, head.headers) = (method, uri, headers);
    let connection = Connection { tls: false, peer: peer.map(|peer| peer.ip()) };
    adapter::locate(&mut head, None, connection);
    adapter::answer(hooks, head, async |most| {
        let mut body = pin!(body);
        adapter::read_pieces(most, announced, |context| {
            body.as_mut().poll_next(context).map_ok(|mut piece| {
                let length = piece.remaining();
                piece.copy_to_bytes(length)
            })
        })
        .await
    })
    .await
}

/// The request's URI to the byte; the authority is that of HTTP/2, or of the `Host` header.
fn uri(host: Option<warp::host::Authority>, path: &FullPath, query: Option<String>) -> Option<Uri> {
    let path = match query {
        Some(query) => format!("{}?{query}", path.as_str()),
        None => path.as_str().to_owned(),
    };
    let uri = Uri::builder().path_and_query(path);
    match host {
        Some(host) => uri.scheme("http").authority(host.as_str()).build().ok(),
        None => uri.build().ok(),
    }
}

fn status(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}
