//! A test as the inspector copies it, below the line; above it what the application brings.

use switchhook::{
    Keys, PublicUrl, Verifier,
    dispatch::{Dispatcher, notify},
    twilio::video::RoomEnded,
};

fn hooks() -> Dispatcher {
    let url = PublicUrl::origin("https://hooks.example.com").unwrap();
    let verifier = Verifier::twilio(Keys::new("an auth token").unwrap(), url);
    let ended = |ended: RoomEnded| assert!(ended.room_name.is_some());
    Dispatcher::new(()).at("/twilio/video", notify(verifier).on(ended))
}

// ---
use switchhook::{Key, Params, Signer, dispatch::Endpoint};

#[tokio::test]
async fn takes_room_ended() -> Result<(), Box<dyn std::error::Error>> {
    // The key and the public URL that `hooks` is made with in tests.
    let signer = Signer::twilio(Key::new("an auth token")?);
    let params = Params::from_pairs([
        ("StatusCallbackEvent", "room-ended"),
        ("RoomSid", "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7"),
        ("AccountSid", "AC5ac27bd10c1fe7a0b05d9c2d50e6ae9d"),
        ("Timestamp", "2026-03-04T10:11:12.131Z"),
        ("RoomName", "apt-48-1767000000-k3v9"),
        ("RoomStatus", "completed"),
        ("RoomType", "group"),
        ("SequenceNumber", "4"),
        ("RoomDuration", "312"),
    ]);
    let request = signer.form("https://hooks.example.com/twilio/video", &params)?;
    let response = hooks().serve(request).await;
    assert_eq!(response.status(), 204);
    Ok(())
}
