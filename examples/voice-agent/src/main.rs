//! Serves the agent on port 8000. See the README beside this crate.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use tokio::sync::watch;
use voice_agent::{Config, app};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let config = Config::from_env()?;
    let address = SocketAddr::from((config.host, config.port));
    let (app, worker) = app(config)?;

    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let (stop, stopped) = watch::channel(());
    let stopping = |mut stopped: watch::Receiver<()>| async move {
        let _ = stopped.changed().await;
    };
    let worker = tokio::spawn(worker.run_until(stopping(stopped.clone())));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(stopping(stopped));
    let server = tokio::spawn(async move { server.await });

    interrupted().await;
    stop.send_replace(());
    // A client that stalls must not hold the program up, and what is not handled now is the
    // next time.
    let ended = async { (server.await, worker.await) };
    let _ = tokio::time::timeout(Duration::from_secs(3), ended).await;
    Ok(())
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
