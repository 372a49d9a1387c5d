//! Serves the desk on port 5000. See the README beside this crate.

use anyhow::Context;
use signalwire_desk::app;
use switchhook::{axum::serve, settings::Settings};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let settings = Settings::from_env();
    let address = settings.address(5000)?;
    let (app, worker) = app(&settings)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let server = serve(listener, app).beside(|stop| worker.run_until(stop));
    Ok(server.until_interrupted().await?)
}
