use switchhook_twiml::{Pause, Say};

fn main() {
    let _ = Pause::new().with(Say::new("Hi"));
}
