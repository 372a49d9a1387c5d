use serde_json::json;

use crate::App;

const ROOM: &str = "00616eaa-ede3-4dd7-a730-7482667839ff";

#[tokio::test]
async fn a_room_tells_its_story_in_any_order() {
    let at = |time: &str| format!("2025-01-15T{time}Z");
    let event = |path: &str, time: &str, member: Option<&str>| {
        let body = json!({ "room_id": ROOM, "room_name": "my-meeting", "timestamp": at(time),
            "member_id": member });
        (format!("/video/{path}"), body.to_string())
    };
    let mut events = vec![
        event("room-started", "10:30:00", None),
        // Two who come at one time are two.
        event("member-joined", "10:31:00", Some("ann")),
        event("member-joined", "10:31:00", Some("bob")),
        event("recording-started", "10:32:00", None),
        event("member-left", "10:59:00", Some("ann")),
        event("room-ended", "11:30:00", None),
    ];
    let recording = json!({ "room_id": ROOM, "recording_url": "https://example.com/rec/1.mp4",
        "duration": 3600 });
    events.push(("/video/recording-ready".into(), recording.to_string()));
    let mut stories = Vec::new();
    for turn in 0..events.len() {
        let app = App::start().await;
        events.rotate_left(turn);
        for (path, body) in events.iter().chain(&events[..3]) {
            assert_eq!(app.post(path, body).await, (200, json!({ "status": "ok" })));
        }
        stories.push(app.get(&format!("/api/rooms/{ROOM}/")).await);
        let mut subjects: Vec<_> =
            app.hook.mails().into_iter().map(|mail| mail.1["subject"].clone()).collect();
        subjects.sort_by_key(ToString::to_string);
        assert_eq!(subjects, ["Meeting my-meeting has started", "Recording ready"]);
    }
    let story = &stories[0];
    assert!(stories.iter().all(|other| other == story), "{stories:?}");
    assert_eq!(story["name"], "my-meeting");
    let recordings = json!([{ "url": "https://example.com/rec/1.mp4", "seconds": 3600.0 }]);
    assert_eq!(story["recordings"], recordings);
    assert_eq!(story["events"].as_array().unwrap().len(), 7);
    assert_eq!(
        story["events"][2],
        json!({ "event": "member.joined", "member": "ann", "at": at("10:31:00") })
    );
}

#[tokio::test]
async fn a_hook_that_is_down_keeps_no_recording_away() {
    let app = App::start().await;
    app.hook.refuse(true);
    let recording = json!({ "room_id": ROOM, "recording_url": "https://example.com/rec/1.mp4" });
    assert_eq!(app.post("/video/recording-ready", recording).await.0, 200);
    let room = app.get(&format!("/api/rooms/{ROOM}/")).await;
    assert_eq!(room["recordings"][0]["url"], "https://example.com/rec/1.mp4");
    assert!(app.hook.mails().is_empty());
}
