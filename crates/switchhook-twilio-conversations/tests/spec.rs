//! The model against the provider's table, in both directions.

use serde_json::Value;
use switchhook_core::{Event, Family, FromFamily, JsonText, Params, Payload};
use switchhook_laws::{Table, strings};
use switchhook_twilio_conversations::{
    BindingType, Changes, ConversationAdd, ConversationAdded, ConversationChanges,
    ConversationRemove, ConversationState, ConversationStateUpdated, ConversationUpdate,
    ConversationsWebhook, Decision, DeliveryStatus, EmailLevel, MessageAdd, MessageAdded,
    MessageChanges, MessageDecision, MessageRemove, MessageUpdate, ParticipantAdd,
    ParticipantAdded, ParticipantRemove, ParticipantUpdate, PreEvent, Source, StateReason,
    UserUpdate, UserUpdated,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/twilio-conversations.json"))
}

fn payload(form: &str) -> Payload {
    Payload::from(Params::parse(form.as_bytes()).unwrap())
}

fn read<E: FromFamily<Family = ConversationsWebhook>>(form: &str) -> E {
    E::read(&payload(form)).unwrap()
}

#[test]
fn events_are_those_of_the_table() {
    table().has_the_events_of::<ConversationsWebhook>(23);
}

#[test]
fn fields_are_those_of_the_table() {
    table().has_the_fields_of::<ConversationsWebhook>(&[], &[]);
    table().has_the_parameters_of::<ConversationsWebhook>(45);
}

#[test]
fn enums_have_the_values_of_the_table() {
    let table = table();
    let names: Vec<_> = ConversationsWebhook::events().map(|info| info.name).collect();
    assert_eq!(names, strings(&table.part("enums")["EventType"]["values"]));
    table.has_the_enums(
        switchhook_laws::known!(
            Source,
            ConversationState,
            StateReason,
            DeliveryStatus,
            BindingType,
            EmailLevel
        ),
        // The second is of the configuration.
        &["EventType", "WebhookTarget"],
    );
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    table().samples_decode::<ConversationsWebhook>(36, &[]);
}

/// The name of a pre-event, and what it says can be changed.
fn changes<E: PreEvent>() -> (&'static str, Vec<&'static str>) {
    (E::EVENTS[0].name, E::Changes::FIELDS.to_vec())
}

#[test]
fn pre_events_can_change_what_the_table_says() {
    let ours = [
        changes::<MessageAdd>(),
        changes::<MessageUpdate>(),
        changes::<MessageRemove>(),
        changes::<ConversationAdd>(),
        changes::<ConversationUpdate>(),
        changes::<ConversationRemove>(),
        changes::<ParticipantAdd>(),
        changes::<ParticipantUpdate>(),
        changes::<ParticipantRemove>(),
        changes::<UserUpdate>(),
    ];
    let table = table();
    let theirs: Vec<_> = table
        .part("events")
        .iter()
        .filter(|(_, event)| event["phase"] == "pre")
        .map(|(name, event)| (name.as_str(), strings(&event["modifiable"])))
        .collect();
    assert_eq!(ours.to_vec(), theirs);
}

#[test]
fn answers_are_those_of_the_table() {
    let table = table();
    let contract = table.part("response");
    for example in contract["examples"].as_array().unwrap() {
        let json = &example["json"];
        let text = |name: &str| json[name].as_str().unwrap_or_default();
        let response = match example["event"].as_str().unwrap() {
            "onMessageAdd" => MessageDecision::modify(
                MessageChanges::new()
                    .body(text("body"))
                    .author(text("author"))
                    .attributes(text("attributes")),
            )
            .into_response(),
            "onConversationAdd" => {
                Decision::modify(ConversationChanges::new().friendly_name(text("friendly_name")))
                    .into_response()
            }
            other => panic!("{other}"),
        };
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], contract["content_type"].as_str().unwrap());
        assert_eq!(serde_json::from_slice::<Value>(response.body()).unwrap(), *json);
    }

    let accepted = <Decision>::accept().into_response();
    assert_eq!((accepted.status().as_u16(), accepted.body().len()), (200, 0));
    let rejected = <Decision>::reject().into_response();
    assert!(rejected.status().is_client_error() && rejected.body().is_empty());
    // Nothing changed is the other spelling of acceptance.
    let unchanged = MessageDecision::modify(MessageChanges::new()).into_response();
    assert_eq!((unchanged.status().as_u16(), &unchanged.body()[..]), (200, &b"{}"[..]));
}

#[test]
fn changes_escape_what_they_are_given_and_show_nothing_of_it() {
    let attributes = JsonText::of(&serde_json::json!({"from": "Desk \"A\""})).unwrap();
    let changes = MessageChanges::new().body("canary \"\u{2028}\n+1555").attributes(attributes);
    let shown = format!("{changes:?}");
    assert!(!shown.contains("canary") && !shown.contains("Desk"), "{shown}");
    let answer = MessageDecision::modify(changes).into_response();
    let json: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(json["body"], "canary \"\u{2028}\n+1555");
    let inner: Value = serde_json::from_str(json["attributes"].as_str().unwrap()).unwrap();
    assert_eq!(inner["from"], "Desk \"A\"");
    assert_eq!(json.get("author"), None);
}

/// Endpoints for one event each, whose bodies do not name it.
#[test]
fn routes_name_the_event_of_a_body_that_does_not() {
    fn route<E: Event<Family = ConversationsWebhook>>(table: &Table) -> (&'static str, E) {
        let name = E::EVENTS[0].name;
        let samples = table.samples();
        let nameless = samples.iter().filter(|sample| sample.event == name).map(|sample| {
            let fields = sample.body.split('&').filter(|pair| !pair.starts_with("EventType="));
            fields.collect::<Vec<_>>().join("&")
        });
        let events = nameless.map(|form| {
            assert!(matches!(
                ConversationsWebhook::decode(&payload(&form)),
                ConversationsWebhook::Unknown(unknown) if unknown.name().is_none()
            ));
            let event = E::read(&payload(&form)).unwrap();
            let written = event.to_payload().params().unwrap().to_form();
            assert!(written.starts_with(&format!("EventType={name}&")), "{written}");
            event
        });
        (name, events.collect::<Vec<_>>().pop().expect("the table has samples"))
    }
    let table = table();
    let (added, _) = route::<MessageAdded>(&table);
    let (updated, _) = route::<ConversationStateUpdated>(&table);
    let (joined, participant) = route::<ParticipantAdded>(&table);
    let routes: Vec<_> = table.part("routes").values().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(routes, [added, updated, joined]);
    assert!(participant.participant_sid.is_canonical());

    // A body of another event is not believed to be this one.
    let other = MessageAdded::read(&payload("EventType=onMessageRemoved&MessageSid=IM1"));
    assert!(matches!(other, Err(ConversationsWebhook::MessageRemoved(_))));
    let malformed = MessageAdded::read(&payload("ConversationSid=CH1"));
    assert!(matches!(malformed, Err(ConversationsWebhook::Malformed(_))));
}

#[test]
fn a_message_has_its_media_and_its_senders_label() {
    let form = "MessageSid=IM1&Media=%5B%7B%22Sid%22%3A%22ME1%22%2C%22Filename%22%3A%22plan+%26+price.png%22\
        %2C%22Size%22%3A92724%2C%22ContentType%22%3A%22image%2Fpng%22%2C%22New%22%3A1%7D%2C%7B%22Sid%22%3A%22ME2%22%7D%5D";
    let media = read::<MessageAdded>(form).media_items().unwrap();
    let media: Vec<_> = media.into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(media.len(), 2);
    assert_eq!((media[0].sid.as_str(), media[0].size), ("ME1", Some(92_724)));
    assert_eq!(media[0].filename.as_deref(), Some("plan & price.png"));
    assert_eq!(media[0].content_type.as_deref(), Some("image/png"));
    assert_eq!((media[1].sid.as_str(), &media[1].filename), ("ME2", &None));
    assert!(!format!("{media:?}").contains("plan"));

    assert_eq!(read::<MessageAdded>("MessageSid=IM1").media_items(), Ok(vec![]));
    for (broken, is_shape) in [("%5B", false), ("%7B%7D", true), ("7", true)] {
        let added = read::<MessageAdded>(&format!("MessageSid=IM1&Media={broken}"));
        assert_eq!(added.media_items().unwrap_err().is_shape(), is_shape, "{broken}");
        assert!(added.problems().is_empty());
    }
}

#[test]
fn a_file_that_is_none_costs_the_others_nothing() {
    let list = r#"[{"Sid":"ME1"},{"Filename":"x"},{"Sid":"ME2","Size":"big"},null,{"Sid":"ME3"}]"#;
    let params = [("EventType", "onMessageAdded"), ("MessageSid", "IM1"), ("Media", list)];
    let payload = Payload::from(params.into_iter().collect::<Params>());
    let media = MessageAdded::read(&payload).unwrap().media_items().unwrap();
    assert_eq!(
        media.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert!(media[1].as_ref().is_err_and(switchhook_core::JsonError::is_shape));
    let sids: Vec<_> = media.into_iter().flatten().map(|item| item.sid.to_string()).collect();
    assert_eq!(sids, ["ME1", "ME3"]);
}

#[test]
fn the_new_state_is_read_in_both_spellings() {
    let state = |form: &str| {
        read::<ConversationStateUpdated>(&format!("ConversationSid=CHtest123&{form}"))
            .new_state()
            .cloned()
    };
    assert_eq!(state("ConversationState=active"), Some(ConversationState::Active));
    assert_eq!(state("StateFrom=active&StateTo=closed"), Some(ConversationState::Closed));
    assert_eq!(state("ConversationState=active&StateTo=closed"), Some(ConversationState::Closed));
    assert_eq!(state("StateFrom=active"), None);
}

#[test]
fn spellings_that_differ_are_read() {
    let user = read::<UserUpdated>("UserSid=US1&isOnline=true&IsNotifiable=false");
    assert_eq!((user.is_online, user.is_notifiable), (Some(true), Some(false)));
    assert_eq!((user.extra().count(), user.problems().len()), (0, 0));
    let form =
        "EventType=onParticipantAdded&ParticipantSid=MB1&Source=sms&MessagingBinding.Type=SMS";
    let participant = read::<ParticipantAdded>(form);
    assert_eq!(participant.messaging_binding_type, Some(BindingType::Sms));
    assert_eq!(participant.source, Some(Source::Sms));
    assert_eq!(participant.to_params().to_form(), form);
    let group = "MessagingBinding.Address=%2B15550100001%2C+%2B15550100002";
    let group = read::<ConversationAdded>(&format!("ConversationSid=CH1&{group}"));
    assert_eq!(group.addresses().collect::<Vec<_>>(), ["+15550100001", "+15550100002"]);
}

#[test]
fn events_of_other_products_are_unknown() {
    for name in ["onMessageSent", "onChannelAdded", "reservation.created", "onmessageadded"] {
        let form = format!("EventType={name}&MessageSid=IM1&AccountSid=AC1");
        let ConversationsWebhook::Unknown(unknown) = ConversationsWebhook::decode(&payload(&form))
        else {
            panic!("{name} is known")
        };
        assert_eq!(unknown.name(), Some(name));
        assert_eq!(unknown.params().unwrap().to_form(), form);
    }
}
