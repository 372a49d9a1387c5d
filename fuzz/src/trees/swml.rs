//! Documents of SWML.

use arbitrary::{Arbitrary, Unstructured};
use switchhook_swml::{
    Json, Object,
    grammar::{self, Kind, ObjectInfo, StepSet},
    read,
};

use crate::targets::swml_round_trip::Tree;

impl<'a> Arbitrary<'a> for Tree {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        document(u, 8).map(Self)
    }

    /// What is a document already is this document.
    fn arbitrary_take_rest(mut u: Unstructured<'a>) -> arbitrary::Result<Self> {
        let bytes = u.peek_bytes(u.len()).unwrap_or_default();
        match read(bytes) {
            Ok(read) if bytes.starts_with(b"{") => Ok(Self(read.into())),
            _ => Self::arbitrary(&mut u),
        }
    }
}

/// A value that mostly has the form.
fn value(u: &mut Unstructured<'_>, kind: Kind, levels: usize) -> arbitrary::Result<Json> {
    if levels == 0 || u.ratio(1, 12)? {
        return anything(u, levels.min(2));
    }
    Ok(match kind {
        Kind::Flag => bool::arbitrary(u)?.into(),
        Kind::Integer => i64::arbitrary(u)?.into(),
        Kind::Number => f64::arbitrary(u)?.into(),
        Kind::Null => Json::Null,
        Kind::Variable => Json::from("${vars.x}"),
        Kind::Sound => Json::from("say:x"),
        Kind::One(list) => Json::from(*u.choose(list.values())?),
        Kind::List(kind) => list(u, |u| value(u, *kind, levels - 1))?,
        Kind::Map(kind) => {
            let mut object = Object::new();
            for _ in 0..u.int_in_range(0..=2)? {
                object.set(String::arbitrary(u)?, value(u, *kind, levels - 1)?);
            }
            Json::Object(object)
        }
        Kind::Object(info) => Json::Object(self::object(u, info(), levels - 1)?),
        Kind::Steps(set) => list(u, |u| step(u, set, levels - 1))?,
        Kind::Document => document(u, levels - 1)?,
        Kind::Either(kinds) => {
            let kind = *u.choose(kinds)?;
            value(u, kind, levels)?
        }
        _ => anything(u, 1)?,
    })
}

fn list(
    u: &mut Unstructured<'_>,
    mut entry: impl FnMut(&mut Unstructured<'_>) -> arbitrary::Result<Json>,
) -> arbitrary::Result<Json> {
    let length = u.int_in_range(0..=3)?;
    Ok(Json::List((0..length).map(|_| entry(u)).collect::<Result<_, _>>()?))
}

fn object(
    u: &mut Unstructured<'_>,
    info: &'static ObjectInfo,
    levels: usize,
) -> arbitrary::Result<Object> {
    let mut object = Object::new();
    for _ in 0..u.int_in_range(0..=4)? {
        if info.fields().is_empty() || u.ratio(1, 10)? {
            object.set(String::arbitrary(u)?, anything(u, 1)?);
        } else {
            let field = u.choose(info.fields())?;
            object.set(field.name(), value(u, field.kind(), levels)?);
        }
    }
    Ok(object)
}

fn step(u: &mut Unstructured<'_>, set: StepSet, levels: usize) -> arbitrary::Result<Json> {
    if u.ratio(1, 16)? {
        return anything(u, 2);
    }
    let methods: Vec<_> = grammar::methods(set).collect();
    let method = u.choose(&methods)?;
    Ok(Json::from([(method.name(), value(u, method.argument(), levels)?)]))
}

fn document(u: &mut Unstructured<'_>, levels: usize) -> arbitrary::Result<Json> {
    let set = *u.choose(&[StepSet::Calling, StepSet::Messaging])?;
    let mut sections = Object::new();
    sections.set("main", value(u, Kind::Steps(set), levels)?);
    if bool::arbitrary(u)? {
        sections.set(String::arbitrary(u)?, value(u, Kind::Steps(set), levels)?);
    }
    Ok(Json::from([("version", Json::from("1.0.0")), ("sections", Json::Object(sections))]))
}

fn anything(u: &mut Unstructured<'_>, levels: usize) -> arbitrary::Result<Json> {
    Ok(match u.int_in_range(0..=if levels > 0 { 6 } else { 4 })? {
        0 => Json::Null,
        1 => bool::arbitrary(u)?.into(),
        2 => f64::arbitrary(u)?.into(),
        3 => u64::arbitrary(u)?.into(),
        4 => String::arbitrary(u)?.into(),
        5 => list(u, |u| anything(u, levels - 1))?,
        _ => Json::from([(String::arbitrary(u)?, anything(u, levels - 1)?)]),
    })
}
