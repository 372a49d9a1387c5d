use switchhook_twiml::{Dial, ReferSip};

fn main() {
    let _ = Dial::new().with(ReferSip::new("sip:a@example.com"));
}
