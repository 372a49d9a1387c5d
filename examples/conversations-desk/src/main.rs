//! Serves the desk on port 8000. See the README beside this crate.

use std::net::SocketAddr;

use anyhow::Context;
use conversations_desk::{Config, app};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let config = Config::from_env()?;
    let (app, worker) = app(&config)?;
    let address = SocketAddr::from((config.host, config.port));
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    // What is cut off at the end is not lost: acknowledged is only what is kept, and Twilio waits
    // for an answer before anything happens.
    tokio::select! {
        ended = axum::serve(listener, app).into_future() => ended?,
        () = worker.run_until(interrupted()) => {}
    }
    Ok(())
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
