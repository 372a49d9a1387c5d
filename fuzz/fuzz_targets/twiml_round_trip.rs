//! Trees of the grammar and of anything else: what can be written is read back the same.

#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;
use switchhook_twiml::{Document, Element, grammar, read};

/// A tree whose names are mostly those of the grammar.
fn element(u: &mut Unstructured<'_>, levels: usize) -> arbitrary::Result<Element> {
    let known: Vec<_> = grammar::elements().collect();
    let info = u.choose(&known)?;
    let mut element =
        if u.ratio(1, 8)? { Element::new(String::arbitrary(u)?) } else { Element::new(info.tag()) };
    for _ in 0..u.int_in_range(0..=3)? {
        let attributes = info.attributes();
        let name = if attributes.is_empty() || u.ratio(1, 8)? {
            String::arbitrary(u)?
        } else {
            u.choose(attributes)?.name().to_owned()
        };
        element.set_attribute(name, String::arbitrary(u)?);
    }
    for _ in 0..u.int_in_range(0..=3)? {
        match u.int_in_range(0..=3)? {
            0 => element.push_text(String::arbitrary(u)?),
            1 => element.push_comment(String::arbitrary(u)?),
            _ if levels > 0 => element.push(self::element(u, levels - 1)?),
            _ => {}
        }
    }
    Ok(element)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(root) = element(&mut Unstructured::new(bytes), 6) else { return };
    let document = Document::from(root);
    // Names that are none and characters that XML has not are errors, not broken documents.
    let Ok(xml) = document.to_xml() else { return };
    assert_eq!(document.xml_len().unwrap(), xml.len());
    let again = read(&xml).expect("what was written can be read");
    assert_eq!(again.to_xml().unwrap(), xml);
    assert_eq!(text_of(again.root()), text_of(document.root()));
});

/// The text of the whole tree: pieces of text may join when they are read.
fn text_of(element: &Element) -> String {
    let inner: String = element.elements().map(text_of).collect();
    format!("{}({})[{inner}]", element.tag(), element.text())
}
