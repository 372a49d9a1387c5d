//! Faxes.

use super::CompatWebhook;

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// A fax comes in. Answer with cXML: `<Receive>` or `<Reject>`.
    FaxRequest = "fax.request", group "fax" {
        subject fax_sid;
        documented account_sid, from, to;
        also api_version;
        key (fax_sid);
        order ();
        events {
            "fax.request"
                sends api_version = "v1";
        }
    }

    /// The end of `<Receive>`: a fax came in, or did not. Answer with cXML.
    FaxReceived = "fax.received", group "fax" {
        subject fax_sid;
        documented fax_status;
        also account_sid, api_version, from, to, timestamp, error_code, error_message,
            remote_station_id, num_pages, media_url, media_sid;
        key (fax_sid fax_status);
        order (fax_status of fax_sid);
        events {
            "fax.received"
                sends account_sid, api_version = "v1", from, to, remote_station_id, num_pages,
                    media_url, media_sid, timestamp = "2026-08-04T09:15:00Z";
        }
    }

    /// A fax that was sent got further. Any 2xx acknowledges it.
    FaxStatusUpdate = "fax.status", group "fax" {
        subject fax_sid;
        documented fax_status;
        also account_sid, api_version, from, to, timestamp, error_code, error_message,
            remote_station_id, num_pages, media_url, media_sid, original_media_url;
        key (fax_sid fax_status);
        order (fax_status of fax_sid);
        events {
            "fax.status"
                sends account_sid, fax_status = "failed", error_code = "34001", error_message,
                    num_pages = "0", original_media_url;
        }
    }
}
