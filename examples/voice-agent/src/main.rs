//! Serves the agent on port 8000. See the README beside this crate.

use anyhow::Context;
use switchhook::{axum::serve, settings::Settings};
use voice_agent::{Config, app};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let config = Config::of(&Settings::from_env())?;
    let address = config.address;
    let (app, worker) = app(config)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!("ready on http://{}", listener.local_addr()?);
    let server = serve(listener, app).beside(|stop| worker.run_until(stop));
    Ok(server.until_interrupted().await?)
}
