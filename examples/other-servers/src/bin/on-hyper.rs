//! The webhooks on hyper.

use std::sync::Arc;

use other_servers::{address, hooks, on_hyper};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address()?).await?;
    println!("ready on http://{}", listener.local_addr()?);
    on_hyper::serve(listener, Arc::new(hooks()?)).await;
    Ok(())
}
