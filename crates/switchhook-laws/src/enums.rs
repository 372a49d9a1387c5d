//! The laws of open enums, read from the rows of the families: no list of types is needed.

use std::collections::BTreeSet;

use switchhook_core::{
    Decoded, EventInfo, Family, Field, Format, Kind, Params, Payload, WireValue,
};

use crate::{Table, strings};

/// The sample of an event with one more value, or another one.
fn with(info: &EventInfo, name: &str, value: &str) -> Payload {
    let sample = info.sample();
    let others = sample.iter().filter(|(sent, _)| *sent != name);
    let values = others.chain([(name, value)]);
    match info.format {
        Format::Form => values.collect::<Params>().into(),
        _ => info.json_of(values).into(),
    }
}

/// What a field is read as on an event: its text, and whether it is known.
fn read<F: Family>(info: &EventInfo, field: &Field, text: &str) -> (String, bool) {
    let event = F::decode_as(info.name, &with(info, field.wire, text));
    let Decoded::Event(data) = event.decoded() else {
        panic!("{} by {text}: {event:?}", info.name)
    };
    assert_eq!(data.problems(), [], "{}: {} = {text}", info.name, field.wire);
    let mut found = None;
    data.visit(&mut |seen, value| {
        if seen.wire == field.wire
            && let Some(WireValue::Token { text, recognized }) = value
        {
            found = Some((text.to_owned(), recognized));
        }
    });
    found.unwrap_or_else(|| panic!("{} on {} is not read", field.wire, info.name))
}

/// Every field that is an enum, on one event of each type that has it.
fn fields<F: Family>() -> impl Iterator<Item = (&'static EventInfo, &'static Field)> {
    F::TABLE.iter().flat_map(|rows| {
        let fields = rows[0].fields.iter();
        let enums = fields.filter(|field| matches!(field.kind, Kind::Enum(_)));
        enums.map(|field| (&rows[0], field))
    })
}

/// Law: an enum takes any text, gives it back, and says that it does not know it.
///
/// # Panics
///
/// When the law does not hold.
pub fn open_enums_take_values_of_tomorrow<F: Family>() {
    let mut asked = 0;
    for (info, field) in fields::<F>() {
        for text in ["a value of tomorrow", "\u{1F4DE}", "-1", " "] {
            let (read, recognized) = read::<F>(info, field, text);
            assert_eq!((&*read, recognized), (text, false), "{} on {}", field.wire, info.name);
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}

impl Table {
    /// Every value that the table has for an enum is known where it stands, and of the values of
    /// all other enums of the table none is that this one lacks. A known value is spelled as the
    /// table spells it.
    ///
    /// # Panics
    ///
    /// When the model and the table differ.
    pub fn enums_are_read<F: Family>(&self) {
        let enums = self.part("enums");
        let every: BTreeSet<&str> = enums
            .values()
            .flat_map(|row| strings(&row["values"]))
            .filter(|v| !v.is_empty())
            .collect();
        let mut asked = BTreeSet::new();
        for (info, field) in fields::<F>() {
            let Some(name) = self.type_on(info, field.wire).strip_prefix("enum:") else {
                panic!("{} on {} is no enum of the table", field.wire, info.name)
            };
            if !asked.insert((format!("{:?}", field.kind), name)) {
                continue;
            }
            let listed = strings(&enums[name]["values"]);
            for value in &every {
                let (spelled, recognized) = read::<F>(info, field, value);
                let is_listed = listed.contains(value);
                assert!(recognized || !is_listed, "{} does not know {value}", field.wire);
                assert!(
                    !recognized || listed.contains(&spelled.as_str()),
                    "{} knows {spelled}, which {name} lacks",
                    field.wire
                );
            }
        }
        assert!(!asked.is_empty(), "{} has no enums", F::NAME);
    }

    /// The type of a parameter on an event.
    fn type_on(&self, info: &EventInfo, wire: &str) -> &str {
        let refined = self.part("events")[info.name].get("refine").and_then(|all| all.get(wire));
        match refined.and_then(|refined| refined.as_str()) {
            Some(refined) => refined,
            None => self.type_of(wire, info.group),
        }
    }
}
