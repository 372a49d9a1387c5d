use switchhook_dispatch::Route;

fn route(route: Route<()>) -> Route<()> {
    route.on(|name: String| println!("{name}"))
}

fn main() {}
