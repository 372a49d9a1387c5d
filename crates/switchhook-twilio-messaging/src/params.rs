//! The parameters of Twilio Messaging, each named once.

switchhook_core::params! { param {
    /// The message: `SM…` for text, `MM…` for media.
    message_sid: String = "MessageSid", sample "SMb45890e9e6853d2d2491d218e2b20b80";
    /// The message by an old name: the same value.
    sms_sid: String = "SmsSid", sample "SMb45890e9e6853d2d2491d218e2b20b80";
    /// The message by an older name, on what comes in: the same value.
    sms_message_sid: String = "SmsMessageSid", sample "SMb45890e9e6853d2d2491d218e2b20b80";
    /// The account that sent or got the message: `AC` and 32 hex digits.
    account_sid: switchhook_core::AccountSid = "AccountSid",
        sample "AC07ca36756e3594406917764baaa992d3";
    /// The messaging service, where one is involved.
    messaging_service_sid: switchhook_core::MessagingServiceSid = "MessagingServiceSid",
        sample "MG03a94ef7bc94ac08b5cbdc18346652dc";
    /// Who sent it: a number, a short code, a name, or an address with its channel, such as
    /// `whatsapp:+15550001111`. See [`Channel`](crate::Channel).
    from: String = "From", sample "+15551234567";
    /// Who it is for: a number, a short code, or an address with its channel.
    to: String = "To", sample "+15559876543";
    /// The text, in any script; missing or empty where there is only media or a place.
    body: String = "Body", sample "Hello there";
    /// How many media the message has. The numbered parameters are what counts.
    num_media: u64 = "NumMedia", sample "0";
    /// How many segments the text takes.
    num_segments: u64 = "NumSegments", sample "1";
    /// Where the media are. Fetching one needs the account's credentials.
    media_url: String = "MediaUrl", sample "";
    /// The media types of the media, such as `image/jpeg`.
    media_content_type: String = "MediaContentType", sample "";
    /// The version of Twilio's API.
    api_version: String = "ApiVersion", sample "2010-04-01";
    /// The message's state by an old name: `received` on what comes in, else the same as
    /// `MessageStatus`.
    sms_status: crate::MessageStatus = "SmsStatus", sample "received";
    /// The message's state.
    message_status: crate::MessageStatus = "MessageStatus", sample "sent";

    /// The sender's city: a guess from the number, often empty. SMS and MMS only.
    from_city: String = "FromCity", sample "CHICOPEE";
    /// The sender's state or province: a guess from the number. SMS and MMS only.
    from_state: String = "FromState", sample "MA";
    /// The sender's postal code: a guess from the number. SMS and MMS only.
    from_zip: String = "FromZip", sample "01022";
    /// The sender's country: a guess from the number. SMS and MMS only.
    from_country: String = "FromCountry", sample "US";
    /// The recipient's city: a guess from the number. SMS and MMS only.
    to_city: String = "ToCity", sample "SAN FRANCISCO";
    /// The recipient's state or province: a guess from the number. SMS and MMS only.
    to_state: String = "ToState", sample "CA";
    /// The recipient's postal code: a guess from the number. SMS and MMS only.
    to_zip: String = "ToZip", sample "94016";
    /// The recipient's country: a guess from the number. SMS and MMS only.
    to_country: String = "ToCountry", sample "US";
    /// What add-ons found, as JSON.
    add_ons: switchhook_core::JsonText = "AddOns", sample "{\"status\":\"successful\"}";
    /// The keyword that the sender used to leave, to join or to get help. Twilio has answered it.
    opt_out_type: crate::OptOutType = "OptOutType", sample "STOP";

    /// Why the delivery, or the primary URL, failed, by Twilio's list of errors.
    error_code: u64 = "ErrorCode", sample "11210";
    /// Why the delivery failed, for people.
    error_message: String = "ErrorMessage", sample "Unreachable destination handset";
    /// The URL that failed.
    error_url: String = "ErrorUrl", sample "https://down.example.com/hook/sms";
    /// The carrier's own time of delivery, `YYMMDDhhmm`, in a zone that it does not tell.
    raw_dlr_done_date: String = "RawDlrDoneDate", sample "2602120908";
    /// The channel: `whatsapp`, `rcs`, `messenger`, `sms`.
    channel_prefix: String = "ChannelPrefix", sample "whatsapp";
    /// The sender's installation on the channel.
    channel_install_sid: crate::ChannelInstallSid = "ChannelInstallSid",
        sample "XEddcc41238790f64519b4e6c6a7bc8771";
    /// The recipient on the channel, partly masked on WhatsApp.
    channel_to_address: String = "ChannelToAddress", sample "+1555010XXXX";
    /// What the channel says about a failure.
    channel_status_message: String = "ChannelStatusMessage", sample "Unreachable";
    /// What the channel reports.
    event_type: crate::ChannelEventType = "EventType", sample "READ";
    /// Whether the message was a structured one; WhatsApp.
    structured_message: bool = "StructuredMessage", sample "false";

    /// The sender's name on WhatsApp, in any script.
    profile_name: String = "ProfileName", sample "Test User";
    /// The sender's number on WhatsApp: digits without a plus.
    wa_id: String = "WaId", sample "15551234567";
    /// The sender's id on WhatsApp for this business alone: `whatsapp:CC.id`.
    external_user_id: String = "ExternalUserId", sample "whatsapp:US.1234567890";
    /// The kind of the message; not documented.
    message_type: crate::MessageType = "MessageType", sample "text";
    /// What the channel tells, as JSON; repeats `ProfileName`, `WaId`, `ButtonText` and others.
    channel_metadata: switchhook_core::JsonText = "ChannelMetadata",
        sample "{\"type\":\"whatsapp\",\"data\":{\"context\":{}}}";
    /// Whether the message was forwarded.
    forwarded: bool = "Forwarded", sample "true";
    /// Whether the message was forwarded many times.
    frequently_forwarded: bool = "FrequentlyForwarded", sample "true";
    /// The label of the button that was pressed.
    button_text: String = "ButtonText", sample "Yes";
    /// The developer's own id of the button that was pressed.
    button_payload: String = "ButtonPayload", sample "confirm";
    /// The id of the item that was picked from a list.
    list_id: String = "ListId", sample "item-1";
    /// The title of the item that was picked from a list.
    list_title: String = "ListTitle", sample "First item";
    /// Degrees north of the place that was sent.
    latitude: switchhook_core::Degrees = "Latitude", sample "37.7879277";
    /// Degrees east of the place that was sent.
    longitude: switchhook_core::Degrees = "Longitude", sample "-122.3937508";
    /// The address of the place that was sent.
    address: String = "Address", sample "375 Example St, Springfield";
    /// The name of the place that was sent.
    label: String = "Label", sample "Office";

    /// The text of the ad that led to WhatsApp; on the first message alone, as all of these.
    referral_body: String = "ReferralBody", sample "20 % off";
    /// The headline of the ad.
    referral_headline: String = "ReferralHeadline", sample "Summer sale";
    /// The id of the ad.
    referral_source_id: String = "ReferralSourceId", sample "120200000000000000";
    /// The kind of the source, such as `ad`.
    referral_source_type: String = "ReferralSourceType", sample "ad";
    /// Where the ad is.
    referral_source_url: String = "ReferralSourceUrl", sample "https://ads.example.com/1";
    /// The id of the ad's media.
    referral_media_id: String = "ReferralMediaId", sample "1";
    /// The media type of the ad's media.
    referral_media_content_type: String = "ReferralMediaContentType", sample "image/jpeg";
    /// Where the ad's media are.
    referral_media_url: String = "ReferralMediaUrl", sample "https://ads.example.com/1.jpg";
    /// The id of the click on the ad.
    referral_ctwa_clid: String = "ReferralCtwaClid", sample "ARx0_test";
    /// How many media the ad has; 0 on most messages, also without an ad.
    referral_num_media: u64 = "ReferralNumMedia", sample "0";
    /// Who wrote the message that this one replies to.
    original_replied_message_sender: String = "OriginalRepliedMessageSender",
        sample "whatsapp:+15559876543";
    /// The message that this one replies to: `SM…` or `MM…`.
    original_replied_message_sid: String = "OriginalRepliedMessageSid",
        sample "SM1a3511e5996136afbe048ad13d83b25c";
} }
