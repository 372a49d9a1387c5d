//! Conferences.

use crate::VoiceWebhook;

call_webhooks! {
    /// What to play until the conference begins. Answer with TwiML or audio.
    ConferenceWait = "conference-wait" {
        subject call_sid;
        documented account_sid;
        also from, to, call_status, api_version, direction, parent_call_sid, conference_sid,
            friendly_name;
        key (call_sid; content);
        order ();
        events {
            "conference-wait";
        }
    }
}

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// Something happened in a conference. Any 2xx acknowledges it.
    ConferenceEvent = "conference-status" {
        subject conference_sid;
        documented;
        also call_sid, account_sid, recording_length, timestamp, sequence_number, recording_url,
            recording_file_size, event_name, friendly_name, status_callback_event, muted, hold,
            coaching, end_conference_on_exit, start_conference_on_enter, participant_label,
            call_sid_ending_conference, participant_label_ending_conference,
            reason_conference_ended, reason, reason_announcement_failed, announce_url,
            participant_call_status, reason_participant_left;
        key (conference_sid sequence_number | conference_sid call_sid timestamp | conference_sid timestamp);
        order (sequence_number of conference_sid | timestamp of conference_sid);
        events {
            "conference-start" when (status_callback_event = "conference-start")
                sends account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "conference-start";
            "conference-end" when (status_callback_event = "conference-end")
                sends account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "conference-end", reason_conference_ended;
            "participant-join" when (status_callback_event = "participant-join")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event, muted, hold, coaching, end_conference_on_exit,
                    start_conference_on_enter;
            "participant-leave" when (status_callback_event = "participant-leave")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-leave", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-mute" when (status_callback_event = "participant-mute")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-mute", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-unmute" when (status_callback_event = "participant-unmute")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-unmute", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-hold" when (status_callback_event = "participant-hold")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-hold", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-unhold" when (status_callback_event = "participant-unhold")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-unhold", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-modify" when (status_callback_event = "participant-modify")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-modify", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-speech-start" when (status_callback_event = "participant-speech-start")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-speech-start", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "participant-speech-stop" when (status_callback_event = "participant-speech-stop")
                sends call_sid, account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "participant-speech-stop", muted, hold, coaching,
                    end_conference_on_exit, start_conference_on_enter;
            "announcement-end" when (status_callback_event = "announcement-end")
                sends account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "announcement-end", announce_url;
            "announcement-fail" when (status_callback_event = "announcement-fail")
                sends account_sid, timestamp, sequence_number, friendly_name,
                    status_callback_event = "announcement-fail", announce_url;
            "conference-record-end" when (event_name = "conference-record-end")
                sends recording_url, event_name;
        }
    }
}
