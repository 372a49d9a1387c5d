//! Serves the appointments on port 8000. See the README beside this crate.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use video_appointments::{Config, app, store::Store};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let config = Config::from_env()?;
    let store = Store::open(&config.database)?;
    let address = SocketAddr::from((config.host, config.port));
    let app = app(&config, store)?;

    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(interrupted());
    tokio::select! {
        served = async { server.await } => served?,
        // A client that stalls must not hold the program up.
        () = async { interrupted().await; tokio::time::sleep(Duration::from_secs(3)).await } => {}
    }
    Ok(())
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
