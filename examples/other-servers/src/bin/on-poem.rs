//! The webhooks on poem.

use other_servers::{address, hooks, on_poem::Hooks};
use poem::{Route, Server, listener::TcpListener};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let address = address()?;
    println!("ready on http://{address}");
    let app = Route::new().nest("/", Hooks::new(hooks()?));
    Ok(Server::new(TcpListener::bind(address)).run(app).await?)
}
