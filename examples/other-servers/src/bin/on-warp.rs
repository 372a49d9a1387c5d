//! The webhooks on warp.

use std::sync::Arc;

use other_servers::{address, hooks, on_warp};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address()?).await?;
    println!("ready on http://{}", listener.local_addr()?);
    warp::serve(on_warp::hooks(Arc::new(hooks()?))).incoming(listener).run().await;
    Ok(())
}
