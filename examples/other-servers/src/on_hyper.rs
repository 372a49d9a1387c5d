//! hyper, HTTP/1 and HTTP/2 on one port.

use std::{convert::Infallible, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use switchhook::{
    Connection,
    dispatch::{Endpoint, adapter},
};
use tokio::net::TcpListener;

/// Serves until the process ends.
pub async fn serve(listener: TcpListener, hooks: Arc<impl Endpoint + 'static>) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Such as too many open files: others may close theirs.
                eprintln!("cannot accept: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let hooks = Arc::clone(&hooks);
        let connection = Connection { tls: false, peer: Some(peer.ip()) };
        tokio::spawn(async move {
            let service =
                service_fn(move |request| answer(Arc::clone(&hooks), connection, request));
            let mut server = auto::Builder::new(TokioExecutor::new());
            // A head that never ends is given up, too.
            server.http1().timer(TokioTimer::new());
            // How a connection ends is its client's business.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(
    hooks: Arc<impl Endpoint>,
    connection: Connection,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (mut head, body) = request.into_parts();
    adapter::locate(&mut head, None, connection);
    let response = adapter::serve(&*hooks, Request::from_parts(head, body)).await;
    Ok(response.map(Full::new))
}
