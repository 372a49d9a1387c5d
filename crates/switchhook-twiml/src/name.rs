//! Names of elements and attributes, checked once.

/// A name. Those of the tables are right; others are checked when they are made, and
/// refused when they are written.
#[derive(Clone, Debug)]
pub(crate) enum Name {
    Known(&'static Spelling),
    Free(String),
    /// Not a name of XML.
    Wrong(String),
}

/// A name of the tables, put together for the writer while compiling.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub(crate) name: &'static str,
    /// With what comes before it and after it: `<Say` of a tag, ` voice="` of an attribute.
    pub(crate) opening: &'static str,
    /// `</Say>` of a tag; an attribute has none, its value is quoted by the writer.
    pub(crate) closing: &'static str,
}

/// The [`Spelling`] of a tag.
macro_rules! tag {
    ($name:literal) => {
        &$crate::name::Spelling {
            name: $name,
            opening: concat!("<", $name),
            closing: concat!("</", $name, ">"),
        }
    };
}

/// The [`Spelling`] of an attribute.
macro_rules! attribute {
    ($name:literal) => {
        &$crate::name::Spelling { name: $name, opening: concat!(" ", $name, "=\""), closing: "" }
    };
}

pub(crate) use {attribute, tag};

impl Name {
    pub(crate) fn free(text: String) -> Self {
        if is_name(&text) { Self::Free(text) } else { Self::Wrong(text) }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Known(spelling) => spelling.name,
            Self::Free(text) | Self::Wrong(text) => text,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Name {}

/// The production `Name` of XML 1.0.
pub(crate) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

fn starts_name(character: char) -> bool {
    matches!(character,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether XML 1.0 has the character at all.
pub(crate) fn is_xml_character(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn knows_names() {
        for name in ["Say", "xml:lang", "amazon:effect", "élément", "_x", "a-b.c1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", "a b", "a>", "a=\"", "a/", "\u{300}a", "a\0"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
