//! Conferences.

use super::CompatWebhook;

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// Something happened in a conference. Any 2xx acknowledges it.
    ///
    /// SWML's `join_conference` sends the same where its events are asked for as `cxml`.
    ConferenceEvent = "conference.status", group "conference" {
        subject conference_sid;
        documented status_callback_event;
        also account_sid, call_sid, timestamp, sequence_number, recording_duration, recording_url,
            friendly_name, muted, hold, coaching, end_conference_on_exit,
            start_conference_on_enter, duration, event_name, recording_file_size,
            reason_conference_ended, call_sid_ending_conference, call_sid_to_coach;
        key (
            conference_sid sequence_number
            | conference_sid status_callback_event call_sid timestamp
            | conference_sid status_callback_event timestamp
        );
        order (sequence_number of conference_sid | timestamp of conference_sid);
        events {
            "conference.status"
                sends account_sid, friendly_name, status_callback_event = "conference-start",
                    timestamp;
        }
    }

    /// A conference ended, on the old callback. Any 2xx acknowledges it.
    ///
    /// No page confirms the parameters.
    ConferenceEnded = "conference.event_callback", group "conference" {
        subject conference_sid;
        documented;
        also account_sid, call_sid, timestamp, recording_url, friendly_name, duration,
            recording_file_size;
        key (conference_sid);
        order ();
        events {
            "conference.event_callback"
                sends recording_url = "https://files.example.com/c/1", duration;
        }
    }
}

call_webhooks! {
    /// What to play until the conference begins. Answer with cXML.
    ///
    /// No page confirms the parameters.
    ConferenceWait = "conference.wait", group "conference" {
        subject call_sid;
        documented;
        also conference_sid, friendly_name;
        key (call_sid; content);
        order ();
        events {
            "conference.wait"
                sends account_sid, api_version, direction, from, to, call_status;
        }
    }
}
