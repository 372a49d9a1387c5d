use switchhook_twiml::{Dial, Gather};

fn main() {
    let _ = Gather::new().with(Dial::new());
}
