//! The webhooks on poem.

use other_servers::{address, hooks, on_poem::Hooks};
use poem::{Route, Server, listener::TcpAcceptor};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address()?).await?;
    println!("ready on http://{}", listener.local_addr()?);
    let app = Route::new().nest("/", Hooks::new(hooks()?));
    Ok(Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?).run(app).await?)
}
