use switchhook_twiml::{Gather, ssml::Break};

fn main() {
    let _ = Gather::new().with(Break::new());
}
