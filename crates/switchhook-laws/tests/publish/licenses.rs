//! Who depends on a published crate takes on no license that `.deny.toml` does not name.
//!
//! `cargo deny` says the same of every platform; this says it of one, in no time.

use std::fs;

use switchhook_laws::Workspace;

use crate::{dependencies::built_from, text};

fn allowed(workspace: &Workspace) -> Vec<String> {
    let rules = fs::read_to_string(workspace.root.join(".deny.toml")).unwrap();
    let (_, list) = rules.split_once("\nallow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met by the licenses of a list.
fn meets(expression: &str, allowed: &[String]) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let text = text.replace(" WITH ", "+");
    let mut words = text.split_whitespace().peekable();
    let met = any(&mut words, allowed);
    assert_eq!(words.next(), None, "{expression}");
    met
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed);
    }
    met
}

fn all(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let word = words.next().unwrap();
    if word != "(" {
        return allowed.iter().any(|license| license == word);
    }
    let met = any(words, allowed);
    assert_eq!(words.next(), Some(")"));
    met
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()];
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("ISC AND MIT", true),
        ("MIT AND GPL-3.0 OR ISC", true),
        ("MIT AND (GPL-3.0 OR ISC)", true),
        ("(MIT OR ISC) AND GPL-3.0", false),
        ("MIT WITH Classpath-exception-2.0", false),
    ] {
        assert_eq!(meets(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn every_license_is_one_that_is_allowed() {
    let workspace = Workspace::read();
    let (every, allowed) = (workspace.every_package(), allowed(&workspace));
    assert!(allowed.len() > 3 && allowed.contains(&"MIT".to_owned()), "{allowed:?}");
    let mut looked = 0;
    for package in workspace.published() {
        for needed in built_from(&workspace, package, true) {
            let license = text(&every[&needed], "license");
            assert!(meets(license, &allowed), "{needed}: {license}");
            looked += 1;
        }
    }
    assert!(looked > 300, "{looked}");
}
