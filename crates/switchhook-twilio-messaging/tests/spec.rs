//! The model against the provider's table, in both directions.

use switchhook_core::{Certainty, Degrees, Family, FromFamily, Params, Payload};
use switchhook_laws::{Table, strings};
use switchhook_twilio_messaging::{
    Channel, ChannelEventType, IncomingMessage, MessageAction, MessageFallback, MessageStatus,
    MessageStatusUpdate, MessageType, MessagingWebhook, OptOutType, classify,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/twilio-messaging.json"))
}

fn payload(form: &str) -> Payload {
    Payload::from(Params::parse(form.as_bytes()).unwrap())
}

fn read<E: FromFamily<Family = MessagingWebhook>>(form: &str) -> E {
    E::read(&payload(form)).unwrap()
}

#[test]
fn events_are_those_of_the_table() {
    table().has_the_events_of::<MessagingWebhook>(17);
}

#[test]
fn fields_are_those_of_the_table() {
    table().has_the_fields_of::<MessagingWebhook>(&[], &[]);
    table().has_the_parameters_of::<MessagingWebhook>(62);
}

#[test]
fn enums_have_the_values_of_the_table() {
    table().has_the_enums(
        switchhook_laws::known!(MessageStatus, OptOutType, ChannelEventType, MessageType),
        &[],
    );
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    table().samples_decode::<MessagingWebhook>(20, &[]);
}

#[test]
fn every_body_is_classified_as_what_it_is() {
    let table = table();
    let samples = table.samples().into_iter().map(|sample| (sample.event, sample.body));
    let ours = MessagingWebhook::events().map(|info| (info.name.into(), info.sample().to_form()));
    for (name, form) in samples.chain(ours) {
        let group = MessagingWebhook::info(&name).unwrap().group;
        let found = classify(&Params::parse(form.as_bytes()).unwrap()).unwrap();
        assert_eq!(found.group, group, "{form}");
        // An action and a status callback cannot be told apart for sure.
        let certain = group != "message-action";
        assert_eq!(found.certainty == Certainty::Certain, certain, "{form}");
        assert_eq!(MessagingWebhook::decode(&payload(&form)).name(), Some(name.as_str()));
    }
    for (group, row) in table.part("groups") {
        // What tells a group, on a bare body.
        let names = strings(&row["distinctive_params"]);
        let bare = ["MessageSid", "From"].into_iter().chain(names);
        let found = classify(&bare.map(|name| (name, "1")).collect()).unwrap();
        // A bare action is a status callback.
        let expected = if group == "message-action" { "message-status" } else { group };
        assert_eq!(found.group, expected);
    }
}

#[test]
fn a_classification_says_how_sure_it_is() {
    let found = |form: &str| {
        classify(&Params::parse(form.as_bytes()).unwrap()).map(|c| (c.group, c.certainty))
    };
    for (form, expected) in [
        ("MessageSid=SM1&MessageStatus=sent", Some(("message-status", Certainty::Likely))),
        ("MessageSid=SM1&SmsStatus=sent", Some(("message-status", Certainty::Likely))),
        (
            "MessageSid=SM1&MessageStatus=sent&NumMedia=0",
            Some(("message-action", Certainty::Guess)),
        ),
        ("MessageSid=SM1&SmsStatus=received", Some(("incoming-message", Certainty::Likely))),
        ("MessageSid=SM1&From=1&Body=", Some(("incoming-message", Certainty::Guess))),
        ("MessageSid=SM1&ErrorUrl=", Some(("message-fallback", Certainty::Certain))),
        // Of Voice, of Conversations, of nobody.
        ("CallSid=CA1&ErrorUrl=https%3A%2F%2Fx.example.com", None),
        ("CallSid=CA1&SmsSid=SM1&SmsStatus=sent", None),
        ("EventType=onMessageAdded&MessageSid=IM1&Body=Hi", None),
        ("", None),
    ] {
        assert_eq!(found(form), expected, "{form}");
        assert_eq!(
            matches!(MessagingWebhook::decode(&payload(form)), MessagingWebhook::Unknown(_)),
            expected.is_none()
        );
    }
}

#[test]
fn the_most_specific_row_names_the_event() {
    for (form, name) in [
        ("From=whatsapp%3A%2B1555&NumMedia=1&SmsStatus=received", "incoming-message.whatsapp"),
        ("From=rcs%3A%2B1555&NumMedia=1&SmsStatus=received", "incoming-message.rcs"),
        ("From=%2B1555&NumMedia=1&SmsStatus=received", "incoming-message.mms"),
        ("From=%2B1555&NumMedia=11&SmsStatus=received", "incoming-message.sms"),
        ("From=%2B1555&NumMedia=0", "incoming-message"),
    ] {
        let message = read::<IncomingMessage>(&format!("MessageSid=SM1&{form}"));
        assert_eq!(message.name(), name, "{form}");
    }
    let update = read::<MessageStatusUpdate>("MessageSid=SM1&MessageStatus=teleported");
    assert_eq!(update.name(), "message-status");
    assert!(!update.message_status.unwrap().is_recognized());
}

#[test]
fn media_are_paired_by_their_numbers() {
    let form = "MessageSid=MM1&NumMedia=1&MediaContentType10=c10&MediaUrl2=u2&MediaUrl10=u10\
        &MediaUrl0=u0&MediaContentType0=c0&MediaUrl1=&MediaContentType2=&MediaUrlx=no&MediaUrl=no";
    let expected = [(0, "u0", Some("c0")), (2, "u2", None), (10, "u10", Some("c10"))];
    let message = read::<IncomingMessage>(form);
    let media: Vec<_> = message.media().iter().map(|m| (m.index, m.url, m.content_type)).collect();
    assert_eq!(media, expected);
    assert_eq!(read::<MessageFallback>(form).media().len(), 3);
    assert_eq!(read::<MessageAction>(form).media().len(), 3);
    assert!(!format!("{:?}", message.media()).contains("u10"));
    let extra: Vec<_> = message.extra().map(|(name, _)| name).collect();
    assert_eq!(extra, ["MediaUrlx", "MediaUrl"]);
}

#[test]
fn the_channel_is_the_prefix() {
    for (address, channel, rest) in [
        ("+15550001111", Channel::Sms, "+15550001111"),
        ("12345", Channel::Sms, "12345"),
        ("MyCompany", Channel::Sms, "MyCompany"),
        ("whatsapp:+15550001111", Channel::WhatsApp, "+15550001111"),
        ("whatsapp:US.123", Channel::WhatsApp, "US.123"),
        ("rcs:example_agent", Channel::Rcs, "example_agent"),
        ("messenger:1", Channel::Messenger, "1"),
    ] {
        assert_eq!(Channel::split(address), (channel, rest));
    }
    assert!(!Channel::of("pigeon:7").is_recognized());
    assert_eq!(read::<IncomingMessage>("MessageSid=SM1").channel(), None);
    let update = read::<MessageStatusUpdate>("MessageSid=SM1&To=rcs%3A%2B1555");
    assert_eq!(update.channel(), Some(Channel::Rcs));
}

#[test]
fn debug_does_not_show_where_somebody_is() {
    let message =
        read::<IncomingMessage>("MessageSid=SM1&Latitude=37.7879277&Longitude=-122.3937508");
    let shown = format!("{message:?}");
    assert!(shown.contains("Latitude: <10 bytes>"), "{shown}");
    assert!(!shown.contains("37.78") && !shown.contains("122.39"), "{shown}");
    assert_eq!(serde_json::to_value(&message).unwrap()["Latitude"], 37.787_927_7);
}

#[test]
fn typed_values_are_those_of_the_wire() {
    let form = "MessageSid=SM1&OptOutType=STOP&Latitude=37.7879277&Longitude=-122.3937508\
        &Forwarded=true&ReferralNumMedia=0&AddOns=%7B%22status%22%3A%22successful%22%7D";
    let message = read::<IncomingMessage>(form);
    assert_eq!(message.opt_out_type, Some(OptOutType::Stop));
    let place = (Some(Degrees(37.787_927_7)), Some(Degrees(-122.393_750_8)));
    assert_eq!((message.latitude, message.longitude), place);
    assert_eq!((message.forwarded, message.referral_num_media), (Some(true), Some(0)));
    let add_ons: serde_json::Value = message.add_ons.as_ref().unwrap().parse().unwrap();
    assert_eq!(add_ons["status"], "successful");
    let failed = read::<MessageStatusUpdate>("MessageSid=SM1&MessageStatus=failed&ErrorCode=21610");
    assert_eq!(
        (failed.message_status, failed.error_code),
        (Some(MessageStatus::Failed), Some(21_610))
    );
}
