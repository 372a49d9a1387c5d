use switchhook_dispatch::Route;
use switchhook_twilio_video::RoomEnded;

fn route(route: Route<()>) -> Route<()> {
    route.on(|ended: RoomEnded| ended.room_name)
}

fn main() {}
