//! Serves the appointments on port 8000. See the README beside this crate.

use anyhow::Context;
use switchhook::{axum::serve, settings::Settings};
use video_appointments::app;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let settings = Settings::from_env();
    let address = settings.address(8000)?;
    let (app, worker) = app(&settings)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let server = serve(listener, app).beside(|stop| worker.run_until(stop));
    Ok(server.until_interrupted().await?)
}
