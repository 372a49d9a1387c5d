//! Trees of TwiML.

use arbitrary::{Arbitrary, Unstructured};
use switchhook_twiml::{Element, grammar, read};

use crate::targets::twiml_round_trip::Tree;

impl<'a> Arbitrary<'a> for Tree {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        element(u, 6).map(Self)
    }

    /// What is a document already is the tree of it.
    fn arbitrary_take_rest(mut u: Unstructured<'a>) -> arbitrary::Result<Self> {
        match read(u.peek_bytes(u.len()).unwrap_or_default()) {
            Ok(document) => Ok(Self(document.root().clone())),
            Err(_) => Self::arbitrary(&mut u),
        }
    }
}

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
