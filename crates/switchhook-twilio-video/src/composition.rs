//! Compositions: one file of several recordings.

use crate::VideoEvent;

switchhook_core::form_events! {
    params param;
    family VideoEvent by "StatusCallbackEvent";
    /// A composition changed.
    group CompositionEvent = "composition",
        common account_sid, timestamp, room_sid, hook_sid;
    key (composition_sid percentage_done | composition_sid);
    order (timestamp of composition_sid);

    /// A composition hook put a composition into the queue.
    CompositionEnqueued = "composition-enqueued" {
        subject composition_sid;
        documented account_sid, timestamp, room_sid, composition_uri, hook_sid, hook_uri,
            hook_friendly_name;
        sample timestamp = "2026-03-04T10:20:00.000001Z";
    }

    /// A composition hook could not make a composition. There is no composition to name: the
    /// hook is the subject.
    CompositionHookFailed = "composition-hook-failed" {
        subject hook_sid;
        documented account_sid, timestamp, room_sid, hook_uri, hook_friendly_name,
            failed_operation, error_message;
        sample timestamp = "2026-03-04T10:20:00.000001Z", failed_operation = "CompositionCreate",
            error_message = "Room has no recordings";
        key (hook_sid room_sid);
        order (timestamp of hook_sid);
    }

    /// A composition is being made.
    CompositionStarted = "composition-started" {
        subject composition_sid;
        documented account_sid, timestamp, room_sid, composition_uri;
        also hook_sid, hook_uri, hook_friendly_name;
        sample timestamp = "2026-03-04T10:21:00.500000Z";
    }

    /// A composition can be fetched.
    CompositionAvailable = "composition-available" {
        subject composition_sid;
        documented account_sid, timestamp, room_sid, composition_uri, media_uri, duration, size;
        also media_external_location, hook_sid, hook_uri, hook_friendly_name;
        sample timestamp = "2026-03-04T10:23:00.500000Z",
            media_uri = "/v1/Compositions/CJ3f4a5b6c7d8e9f00112233445566778a/Media";
    }

    /// A composition got further. Comes repeatedly: the percentage tells deliveries apart.
    CompositionProgress = "composition-progress" {
        subject composition_sid;
        documented account_sid, timestamp, room_sid, composition_uri, percentage_done,
            seconds_remaining;
        also hook_sid, hook_uri, hook_friendly_name;
        sample timestamp = "2026-03-04T10:22:00.500000Z";
    }

    /// A composition could not be made.
    CompositionFailed = "composition-failed" {
        subject composition_sid;
        documented account_sid, timestamp, room_sid, composition_uri, failed_operation,
            error_message;
        also hook_sid, hook_uri, hook_friendly_name;
        sample timestamp = "2026-03-04T10:23:00.500000Z", failed_operation = "Processing";
    }
}
