//! What is written is read back, and what is read is written back: over the whole grammar,
//! over any text, and over any bytes.

use std::fmt::Write as _;

use proptest::{collection::vec, prelude::*, sample::select, string::string_regex};
use switchhook_twiml::{
    Dialect, Document, Element, Linter, Node, grammar, grammar::ElementInfo, pretty, pretty_fault,
    read,
};

#[test]
fn what_a_document_begins_with_makes_no_other_one() {
    let written = read("<Response><Say>x</Say></Response>").unwrap();
    for start in ["\u{FEFF}", " ", "\n\t"] {
        let document = read(format!("{start}<Response><Say>x</Say></Response>")).unwrap();
        assert_eq!(document, written, "{start:?}");
        assert_eq!(read(document.to_xml().unwrap()).unwrap(), document, "{start:?}");
    }
    assert_ne!(read("<!-- a --><Response/>").unwrap(), read("<Response/>").unwrap());
}

/// Any text that XML can hold.
fn text() -> impl Strategy<Value = String> {
    let special = select(vec![
        "&",
        "<",
        ">",
        "\"",
        "'",
        "]]>",
        "&amp;",
        "&#13;",
        "<!--",
        "-->",
        "\r",
        "\n",
        "\r\n",
        "\t",
        " ",
        "",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{FFFD}",
        "\u{FFFC}",
        "\u{1F44D}",
        "é",
        "{{x}}",
    ]);
    let any = any::<String>().prop_map(|text| text.chars().filter(|c| is_xml(*c)).collect());
    let pieces = prop_oneof![special.prop_map(str::to_owned), any, "[a-z ]{0,8}"];
    vec(pieces, 0..4).prop_map(|pieces| pieces.concat())
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn comment() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        let text = text.replace('\r', "").replace("--", "");
        text.trim_end_matches('-').replace("--", "")
    })
}

fn name() -> impl Strategy<Value = String> {
    string_regex("[A-Za-zé_][A-Za-z0-9é._-]{0,8}(:[a-z]{1,4})?").unwrap()
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Comment(String),
    Child(Element),
}

/// An element of the grammar with any of its attributes and children, and strangers too.
fn element(info: &'static ElementInfo, levels: u32) -> BoxedStrategy<Element> {
    let known: Vec<&str> = info.attributes().iter().map(grammar::AttributeInfo::name).collect();
    let attribute = if known.is_empty() {
        name().boxed()
    } else {
        prop_oneof![4 => select(known).prop_map(str::to_owned), 1 => name()].boxed()
    };
    let children: Vec<_> = info.children().collect();
    let stranger = (name(), text()).prop_map(|(tag, text)| {
        let mut element = Element::new(tag);
        element.push_text(text);
        element
    });
    let child = if children.is_empty() || levels == 0 {
        stranger.boxed()
    } else {
        let known = select(children).prop_flat_map(move |child| element(child, levels - 1));
        prop_oneof![8 => known, 1 => stranger].boxed()
    };
    let part = prop_oneof![
        3 => child.prop_map(Part::Child),
        2 => text().prop_map(Part::Text),
        1 => comment().prop_map(Part::Comment),
    ];
    (vec((attribute, text()), 0..4), vec(part, 0..4))
        .prop_map(move |(attributes, parts)| {
            let mut element = Element::new(info.tag());
            for (name, value) in attributes {
                element.set_attribute(name, value);
            }
            for part in parts {
                match part {
                    Part::Text(text) => element.push_text(text),
                    Part::Comment(text) => element.push_comment(text),
                    Part::Child(child) => element.push(child),
                }
            }
            element
        })
        .boxed()
}

fn reply() -> impl Strategy<Value = Element> {
    let roots: Vec<_> = grammar::elements().filter(|root| root.parents().is_empty()).collect();
    assert_eq!(roots.len(), 3);
    select(roots).prop_flat_map(|root| element(root, 4))
}

/// The same document as another hand would write it: other quotes, other references,
/// CDATA, blanks inside of tags.
fn other_hand(element: &Element, out: &mut String) {
    let quote = if element.tag().len().is_multiple_of(2) { '\'' } else { '"' };
    let _ = writeln!(out, "<{}", element.tag());
    for (name, value) in element.attributes() {
        let _ = write!(out, "\t{name} = {quote}");
        for c in value.chars() {
            match c {
                '&' | '<' | '\'' | '"' | '\t' | '\n' | '\r' => {
                    let _ = write!(out, "&#x{:x};", u32::from(c));
                }
                c => out.push(c),
            }
        }
        let _ = writeln!(out, "{quote}");
    }
    out.push('>');
    for node in element.nodes() {
        match node {
            Node::Element(child) => other_hand(child, out),
            Node::Comment(text) => {
                let _ = write!(out, "<!--{text}-->");
            }
            Node::Text(text) => {
                for (at, part) in text.split('\r').enumerate() {
                    if at > 0 {
                        out.push_str("&#13;");
                    }
                    if part.contains("]]>") {
                        out.push_str(
                            &part
                                .replace('&', "&amp;")
                                .replace('<', "&lt;")
                                .replace("]]>", "]]&gt;"),
                        );
                    } else {
                        let _ = write!(out, "<![CDATA[{part}]]>");
                    }
                }
            }
            other => panic!("a node of a new kind: {other:?}"),
        }
    }
    let _ = write!(out, "</{} >", element.tag());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_back(root in reply()) {
        let document = Document::from(root);
        let xml = document.to_xml().unwrap();
        prop_assert_eq!(xml.len(), document.xml_len().unwrap());
        let back = read(&xml).unwrap();
        prop_assert!(back == document, "{}", xml);
        prop_assert_eq!(back.to_xml().unwrap(), xml);
    }

    #[test]
    fn what_another_hand_wrote_means_the_same(root in reply()) {
        let mut xml = String::new();
        other_hand(&root, &mut xml);
        let document = read(&xml).unwrap();
        prop_assert!(document.root() == &root, "{}", xml);
    }

    #[test]
    fn any_reply_is_linted_and_shown(root in reply()) {
        let document = Document::from(root);
        for dialect in [Dialect::Twilio, Dialect::SignalWire] {
            let found = Linter::new(dialect).lint(&document);
            let page = pretty(&document, &found);
            prop_assert!(found.iter().all(|finding| page.contains(&finding.message)));
        }
    }

    #[test]
    fn any_text_is_written_or_refused(any in any::<String>()) {
        let mut element = Element::new("Response");
        element.push_text(&*any);
        element.set_attribute("a", &*any);
        let document = Document::from(element);
        match document.to_xml() {
            Ok(xml) => prop_assert!(read(xml).unwrap() == document),
            Err(_) => prop_assert!(!any.chars().all(is_xml)),
        }
        let lossy = read(document.to_xml_lossy().unwrap()).unwrap();
        let replaced: String = any.chars().map(|c| if is_xml(c) { c } else { '\u{FFFD}' }).collect();
        prop_assert_eq!(lossy.root().attribute("a"), Some(&*replaced));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        let _ = read(bytes);
    }

    #[test]
    fn damaged_documents_are_read_or_refused(
        root in reply(), at in any::<prop::sample::Index>(),
        piece in select(vec!["<", ">", "&", "\"", "/", "]]>", "<!--", "<![CDATA[", "<?", "\0", "", "<a>", "é", "="]),
    ) {
        let mut xml = Document::from(root).to_xml().unwrap();
        let mut place = at.index(xml.len());
        while !xml.is_char_boundary(place) {
            place -= 1;
        }
        let end = xml[place..].chars().next().map_or(place, |c| place + c.len_utf8());
        xml.replace_range(place..end, piece);
        match read(&xml) {
            Ok(document) => {
                let again = read(document.to_xml().unwrap()).unwrap();
                prop_assert!(again.root() == document.root());
            }
            Err(error) => prop_assert!(pretty_fault(&xml, &error).contains(&error.code().to_string())),
        }
    }
}
