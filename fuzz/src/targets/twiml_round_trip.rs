//! Trees of the grammar and of anything else: what can be written is read back the same.

use switchhook_twiml::{Document, Element, read};

/// A tree, mostly of the grammar.
pub struct Tree(pub Element);

pub fn check(tree: Tree) {
    let document = Document::from(tree.0);
    // Names that are none and characters that XML has not are errors, not broken documents.
    let Ok(xml) = document.to_xml() else { return };
    assert_eq!(document.xml_len().unwrap(), xml.len());
    let again = read(&xml).expect("what was written can be read");
    assert_eq!(again.to_xml().unwrap(), xml);
    assert_eq!(text_of(again.root()), text_of(document.root()));
}

/// The text of the whole tree: pieces of text may join when they are read.
fn text_of(element: &Element) -> String {
    let inner: String = element.elements().map(text_of).collect();
    format!("{}({})[{inner}]", element.tag(), element.text())
}
