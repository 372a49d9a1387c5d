//! What writing costs in allocations.

use allocation_counter::measure;
use switchhook_twiml::{Connect, Parameter, Stream, voice};

fn reply() -> voice::Response {
    let stream = Stream::to_host("agent.example.com", "/api/v1/voice/media-stream").unwrap();
    voice::Response::new().with(Connect::new().with(stream.with_all([
        Parameter::new("From", "+15550100134"),
        Parameter::new("To", "+15550100187"),
        Parameter::new("CallSid", "CAfe4c0f30aa359c41d9f9a5f69c8c4e12"),
    ])))
}

#[test]
fn a_usual_reply_is_written_with_one_allocation() {
    let reply = reply();
    let mut xml = String::new();
    let writing = measure(|| xml = reply.to_xml().unwrap());
    assert_eq!(writing.count_total, 1);
    assert!(xml.capacity() - xml.len() <= 32, "room for a few escapes, no more");
}

#[test]
fn escapes_cost_one_more_at_most_and_a_few_cost_none() {
    let few = voice::Response::new()
        .with(Connect::new().with(Stream::new("wss://a.example.com/?a=1&b=2&c=3")));
    assert_eq!(measure(|| _ = few.to_xml().unwrap()).count_total, 1);

    let reply = voice::Response::new()
        .with(Connect::new().with(Stream::new("wss://a.example.com/?a=1&b=2&c=\"<3>\"")));
    let writing = measure(|| _ = reply.to_xml().unwrap());
    assert!(writing.count_total <= 2, "{}", writing.count_total);
}

#[test]
fn building_costs_a_few_for_each_element() {
    let building = measure(|| _ = reply());
    assert!(building.count_total <= 18, "{}", building.count_total);
    let length = measure(|| _ = switchhook_twiml::Document::from(reply()).xml_len().unwrap());
    assert_eq!(length.count_total, building.count_total, "the length is known without writing");
}
