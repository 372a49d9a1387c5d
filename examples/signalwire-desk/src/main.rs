//! Serves the desk on port 5000. See the README beside this crate.

use std::{future::pending, net::SocketAddr, time::Duration};

use anyhow::Context;
use signalwire_desk::{Config, app};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let config = Config::from_env()?;
    let address = SocketAddr::from((config.host, config.port));
    let (app, worker) = app(config)?;
    let listener = tokio::net::TcpListener::bind(address).await.context("cannot listen")?;
    tracing::info!("ready on http://{}", listener.local_addr()?);

    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(interrupted());
    let server = tokio::spawn(server.into_future());
    let worker = tokio::spawn(worker.run_until(interrupted()));
    interrupted().await;
    // A client that stalls must not hold the program up, and what is not handled now is the
    // next time.
    let ended = async { (server.await, worker.await) };
    let _ = tokio::time::timeout(Duration::from_secs(3), ended).await;
    Ok(())
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
}
