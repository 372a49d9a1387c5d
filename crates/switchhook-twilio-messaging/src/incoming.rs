//! Messages that come in.

use crate::MessagingWebhook;

switchhook_core::form_webhooks! {
    params param;
    family MessagingWebhook;
    each documented [account_sid, from, to];
    each also [
        sms_sid, sms_message_sid, messaging_service_sid, body, num_media, num_segments, api_version,
        sms_status, from_city, from_state, from_zip, from_country, to_city, to_state, to_zip,
        to_country, add_ons, opt_out_type, profile_name, wa_id, external_user_id, message_type,
        channel_metadata, forwarded, frequently_forwarded, button_text, button_payload, list_id,
        list_title, latitude, longitude, address, label, referral_body, referral_headline,
        referral_source_id, referral_source_type, referral_source_url, referral_media_id,
        referral_media_content_type, referral_media_url, referral_ctwa_clid, referral_num_media,
        original_replied_message_sender, original_replied_message_sid
    ];

    /// Somebody sent a message: by SMS or MMS, WhatsApp, RCS or another channel, as the prefix of
    /// `From` tells.
    ///
    /// Answer with messaging TwiML, which may be empty, or with 204 for no reply, within 15 s.
    /// Twilio has itself answered a message with `opt_out_type`: do not reply. Twilio
    /// Conversations may tell of the same message.
    IncomingMessage = "incoming-message" {
        subject message_sid;
        documented;
        indexed media_url, media_content_type;
        key (message_sid);
        order ();
        events {
            "incoming-message.whatsapp" when (from starts "whatsapp:")
                sends from = "whatsapp:+15551234567", to = "whatsapp:+15559876543", body, num_media,
                    num_segments, sms_sid, sms_message_sid, sms_status, api_version, profile_name,
                    wa_id, message_type, referral_num_media;
            "incoming-message.rcs" when (from starts "rcs:")
                sends from = "rcs:+15551234567", to = "rcs:example_agent", body, num_media,
                    num_segments, sms_sid, sms_message_sid, sms_status, api_version;
            "incoming-message.mms" when (num_media within 1 to 10)
                sends body, num_media = "1", num_segments, sms_sid, sms_message_sid, sms_status,
                    api_version, from_city, from_state, from_zip, from_country
                adds "MediaUrl0" = "https://media.example.com/0",
                    "MediaContentType0" = "image/jpeg";
            "incoming-message.sms" when (sms_status = "received")
                sends body, num_media, num_segments, sms_sid, sms_message_sid, sms_status,
                    api_version, from_city, from_state, from_zip, from_country;
        }
    }

    /// The primary URL failed: the same message again, with why and where.
    ///
    /// Answered as an [`IncomingMessage`].
    MessageFallback = "message-fallback" {
        subject message_sid;
        documented error_code, error_url;
        indexed media_url, media_content_type;
        key (message_sid);
        order ();
        events {
            "message-fallback"
                sends body, num_media, num_segments, sms_sid, sms_message_sid, sms_status,
                    api_version, from_city, from_state, from_zip, from_country;
        }
    }
}
