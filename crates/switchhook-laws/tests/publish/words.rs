//! What the pages say of a field or a value is more than its name.
//!
//! A row of a table is known by its form, `name: Type = "wire"` or `Variant = "wire"`, with its
//! doc above it.

use std::{fs, path::Path};

use switchhook_laws::{Workspace, files};

use crate::text;

/// The crates that are tables of a provider.
const TABLES: [&str; 4] =
    ["switchhook-signalwire", "switchhook-swml", "switchhook-twilio-", "switchhook-twiml"];

/// Words that say nothing beside a name.
const EMPTY: [&str; 9] = ["the", "a", "an", "of", "id", "its", "it", "is", "no"];

/// Words that stand for one of a name.
const SAME: [(&str, &str); 3] = [("address", "url"), ("identifier", "id"), ("kind", "type")];

#[test]
fn a_row_says_more_than_its_name() {
    let workspace = Workspace::read();
    let (mut looked, mut empty) = (0, Vec::new());
    for package in workspace.published() {
        let name = text(package, "name");
        if !TABLES.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let folder = Path::new(text(package, "manifest_path")).with_file_name("src");
        for file in files(&folder, "rs") {
            for (line, doc, names) in rows(&fs::read_to_string(&file).unwrap()) {
                looked += 1;
                if repeats(&doc, &names) {
                    empty.push(format!("{}:{line}: {doc}", file.display()));
                }
            }
        }
    }
    assert!(looked > 3_000, "{looked}");
    assert!(empty.is_empty(), "these repeat their names:\n{}", empty.join("\n"));
}

#[test]
fn what_repeats_a_name_is_found() {
    let source = r#"
        /// The max durations of
        /// the device.
        device_max_duration: u64 = "params.device.max_duration", sample "1";
        /// No answer.
        NoAnswer = "no_answer" rank 4,
        /// The address.
        url: String = "url";
        /// It rang until the time was up.
        NoAnswer = "no_answer",
        /// The longest that the call may last, in seconds.
        max_duration: Seconds = "max_duration";
    "#;
    let repeat: Vec<_> = rows(source).iter().map(|row| repeats(&row.1, &row.2)).collect();
    assert_eq!(repeat, [true, true, true, false, false]);
}

/// The rows of a table: the line, the doc and the names.
fn rows(source: &str) -> Vec<(usize, String, String)> {
    let (mut rows, mut doc) = (Vec::new(), String::new());
    for (line, row) in (1..).zip(source.lines()) {
        let row = row.trim();
        if let Some(more) = row.strip_prefix("///") {
            doc.push_str(more);
        } else if !row.starts_with("#[") {
            if let Some(names) = names(row).filter(|_| !doc.is_empty()) {
                rows.push((line, doc.trim().to_owned(), names));
            }
            doc.clear();
        }
    }
    rows
}

/// The names of a row in code and on the wire, `None` for what is no row.
fn names(row: &str) -> Option<String> {
    let (code, wire) = row.split_once(" = \"")?;
    let name = code.split(':').next()?.trim_start_matches("r#");
    let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let wire = wire.split('"').next()?;
    is_name(name).then(|| format!("{name} {wire}"))
}

/// Whether a doc has no word that its row's names do not have.
fn repeats(doc: &str, names: &str) -> bool {
    let names = words(names);
    words(&doc.replace("No page confirms it.", "")).iter().all(|word| names.contains(word))
}

/// The words of a doc or a name that say something, in small letters and without the plural's `s`.
fn words(text: &str) -> Vec<String> {
    let mut apart = String::new();
    for (index, letter) in text.char_indices() {
        let before = text[..index].chars().next_back();
        if letter.is_uppercase() && before.is_some_and(char::is_lowercase) {
            apart.push(' ');
        }
        apart.extend(letter.to_lowercase());
    }
    let words = apart.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| SAME.iter().find(|same| same.0 == word).map_or(word, |same| same.1))
        .filter(|word| !EMPTY.contains(word))
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect()
}
