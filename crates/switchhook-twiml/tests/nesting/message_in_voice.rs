use switchhook_twiml::{Message, voice};

fn main() {
    let _ = voice::Response::new().with(Message::new("Hi"));
}
