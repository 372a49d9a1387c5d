use switchhook_dispatch::{Interactive, Route};
use switchhook_twilio_video::RoomEnded;

fn route(route: Route<(), Interactive>) -> Route<(), Interactive> {
    route.on(|ended: RoomEnded| println!("{}", ended.room_sid))
}

fn main() {}
