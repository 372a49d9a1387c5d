use switchhook_twiml::{Say, messaging};

fn main() {
    let _ = messaging::Response::new().with(Say::new("Hi"));
}
