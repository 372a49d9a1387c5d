//! Builder trees, and the XML that an official library makes of them.

use switchhook_twiml::{
    Dialect, Document, Element, Linter, Node, ReplyKind, Severity, dynamic::Tree, read,
};

#[derive(serde::Deserialize)]
struct Case {
    id: String,
    response: String,
    builder: Tree,
    xml: String,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("fixtures/corpus.jsonl").lines();
    let cases: Vec<Case> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 399);
    cases
}

/// The same tree with attributes sorted by name, as the canonical form has them.
fn sorted(element: &Element) -> Element {
    let mut copy = Element::new(element.tag());
    let mut attributes: Vec<_> = element.attributes().collect();
    attributes.sort_unstable();
    for (name, value) in attributes {
        copy.set_attribute(name, value);
    }
    for node in element.nodes() {
        match node {
            Node::Element(child) => copy.push(sorted(child)),
            Node::Text(text) => copy.push_text(&**text),
            Node::Comment(text) => copy.push_comment(&**text),
            other => panic!("a node of a new kind: {other:?}"),
        }
    }
    copy
}

/// Byte for byte: the library sorts attributes already, and escapes `>` everywhere, so
/// that ` />` is nothing but the end of an empty element.
fn canonical(xml: &str) -> String {
    let start = xml.find("?>").unwrap() + 2;
    let body = xml[start..].replace(" />", "/>").replace("&#09;", "&#9;");
    // The library leaves a carriage return in text as it is.
    xml[..start].to_owned() + &body.replace('\r', "&#13;")
}

#[test]
fn every_tree_is_written_as_the_official_library_writes_it() {
    for case in cases() {
        let built = case.builder.build(&ReplyKind::from(&*case.response));
        let document = Document::from(sorted(built.document.root()));
        assert_eq!(document.to_xml().unwrap(), canonical(&case.xml), "{}", case.id);
    }
}

#[test]
fn nothing_known_goes_in_as_custom() {
    let mut custom = Vec::new();
    for case in cases() {
        custom.extend(case.builder.build(&ReplyKind::from(&*case.response)).custom);
    }
    // What is left are inventions of the corpus.
    assert_eq!(
        custom,
        [
            "Custom",
            "Custom",
            "Inner",
            "Say@x-custom",
            "Say@data",
            "amazon:effect",
            "ConversationRelay@somethingNew",
            "Response/text()",
            "Response/text()",
            "Response/text()",
            "Response/text()",
            "élément",
        ]
    );
}

#[test]
fn every_document_reads_back_to_the_same_tree() {
    for case in cases() {
        let document = read(&case.xml).unwrap();
        let written = document.to_xml().unwrap();
        assert_eq!(read(&written).unwrap(), document, "{}", case.id);
        let built = case.builder.build(&ReplyKind::from(&*case.response));
        let twin = read(built.document.to_xml().unwrap()).unwrap();
        assert_eq!(sorted(twin.root()), sorted(document.root()), "{}", case.id);
    }
}

#[test]
fn what_the_official_library_makes_has_no_errors() {
    for case in cases() {
        let document = read(&case.xml).unwrap();
        for linter in [
            Linter::new(Dialect::Twilio),
            Linter::new(Dialect::Twilio).reply(ReplyKind::from(&*case.response)),
            Linter::new(Dialect::SignalWire),
        ] {
            let found = linter.lint(&document);
            let errors = found.iter().find(|found| found.severity == Severity::Error);
            assert!(errors.is_none(), "{}: {errors:?}", case.id);
        }
    }
}
