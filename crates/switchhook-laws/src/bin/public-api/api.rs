//! What of a crate its users see, from rustdoc's JSON.

use std::collections::BTreeSet;

use serde_json::Value;

/// The public items of a crate, and what of other crates they name.
#[derive(Debug, Default)]
pub(crate) struct Api {
    /// Each item as its kind and path.
    pub(crate) items: BTreeSet<String>,
    pub(crate) foreign: BTreeSet<Foreign>,
}

/// An item of another crate, where users of this one see it. The standard library is at home
/// everywhere, and what our own crates show is told of each.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Foreign {
    /// The item's path in its own crate, such as `http::header::map::HeaderMap`.
    pub(crate) path: String,
    /// The public item that names it.
    pub(crate) place: String,
}

impl Api {
    /// Reads what rustdoc has written about a crate.
    pub(crate) fn of(docs: &Value) -> Self {
        let (seen, within) = (BTreeSet::new(), Vec::new());
        let mut walk = Walk { docs, seen, within, api: Self::default() };
        let root = id_of(&docs["root"]).expect("a root");
        let name = walk.item(&root).and_then(|item| item["name"].as_str()).expect("a name");
        walk.visit(&root, name);
        walk.api
    }
}

struct Walk<'a> {
    docs: &'a Value,
    /// Ids of items and the paths by which they were reached.
    seen: BTreeSet<(String, String)>,
    /// Ids of the items that are being visited: modules may re-export each other.
    within: Vec<String>,
    api: Api,
}

impl<'a> Walk<'a> {
    fn item(&self, id: &str) -> Option<&'a Value> {
        self.docs["index"].get(id)
    }

    /// An item that users reach as `path`, and all that they reach through it.
    fn visit(&mut self, id: &str, path: &str) {
        let Some((kind, inner)) = self.item(id).and_then(kind_of) else { return };
        if !self.seen.insert((id.to_owned(), path.to_owned())) {
            return;
        }
        match kind {
            "use" => self.re_export(inner, path),
            "impl" => self.implementation(inner, path),
            _ => {
                self.api.items.insert(format!("{} {path}", kind.replace('_', " ")));
                self.names(inner, path);
                self.inside(id, path);
            }
        }
    }

    fn inside(&mut self, id: &str, path: &str) {
        let Some((kind, inner)) = self.item(id).and_then(kind_of) else { return };
        if !self.within.iter().any(|within| within == id) {
            self.within.push(id.to_owned());
            self.children(kind, inner, path);
            self.within.pop();
        }
    }

    fn children(&mut self, kind: &str, inner: &Value, path: &str) {
        let below: &[&str] = match kind {
            "module" => &["/items"],
            "struct" => &["/kind/plain/fields", "/kind/tuple", "/impls"],
            "enum" => &["/variants", "/impls"],
            "union" => &["/fields", "/impls"],
            "variant" => &["/kind/struct/fields", "/kind/tuple"],
            "trait" => &["/items", "/implementations"],
            _ => &[],
        };
        for list in below {
            let ids = inner.pointer(list).and_then(Value::as_array).into_iter().flatten();
            for id in ids.filter_map(id_of) {
                let Some(item) = self.item(&id) else { continue };
                // Of a trait of this crate it is told at the trait: if that is private, its
                // implementations are, too.
                if kind != "trait" && self.is_local(&item["inner"]["impl"]["trait"]["id"]) {
                    continue;
                }
                let name = item["name"].as_str();
                let path = name.map_or_else(|| path.to_owned(), |name| format!("{path}::{name}"));
                self.visit(&id, &path);
            }
        }
    }

    fn is_local(&self, id: &Value) -> bool {
        id_of(id).and_then(|id| self.item(&id)).is_some_and(|item| item["crate_id"] == 0)
    }

    /// An impl block. Those that the compiler makes by itself, and those of other crates for all
    /// types, tell nothing about this crate.
    fn implementation(&mut self, inner: &Value, path: &str) {
        if inner["is_synthetic"] == true || !inner["blanket_impl"].is_null() {
            return;
        }
        let of = inner["trait"]["path"].as_str();
        // A trait's implementations are reached from the trait.
        let subject = inner.pointer("/for/resolved_path/path").and_then(Value::as_str);
        let subject = subject.unwrap_or(path);
        let place = of.map_or_else(|| path.to_owned(), |of| format!("impl {of} for {subject}"));
        for part in ["trait", "for", "generics"] {
            self.names(&inner[part], &place);
        }
        for id in inner["items"].as_array().into_iter().flatten().filter_map(id_of) {
            let Some(item) = self.item(&id) else { continue };
            let name = item["name"].as_str().unwrap_or_default();
            if of.is_none() {
                self.visit(&id, &format!("{path}::{name}"));
            } else {
                self.names(&item["inner"], &format!("{place}: {name}"));
            }
        }
    }

    /// A `use` in the module that users reach as `path`.
    fn re_export(&mut self, inner: &Value, path: &str) {
        let name = inner["name"].as_str().unwrap_or_default();
        let id = id_of(&inner["id"]);
        let local = id.as_deref().and_then(|id| self.item(id));
        match (local, id) {
            (Some(_), Some(id)) if inner["is_glob"] == true => self.inside(&id, path),
            (Some(_), Some(id)) => self.visit(&id, &format!("{path}::{name}")),
            (None, Some(id)) if !self.docs["paths"][&id].is_null() => {
                self.name(&id, &format!("use {path}::{name}"));
            }
            // A whole crate, which has no path: its name is all there is.
            _ => {
                let source = inner["source"].as_str().unwrap_or_default();
                self.found(source.trim_start_matches("::"), &format!("use {path}::{name}"));
            }
        }
    }

    /// Notes whatever is named anywhere in a signature: rustdoc writes a path as an object that
    /// has an `id` and a `path`.
    fn names(&mut self, part: &Value, place: &str) {
        match part {
            Value::Object(members) => {
                if let (Some(id), Some(_)) =
                    (members.get("id").and_then(id_of), members.get("path"))
                {
                    self.name(&id, place);
                }
                members.values().for_each(|member| self.names(member, place));
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.names(part, place)),
            _ => {}
        }
    }

    fn name(&mut self, id: &str, place: &str) {
        let summary = &self.docs["paths"][id];
        if summary.is_null() || summary["crate_id"] == 0 {
            return;
        }
        let parts = summary["path"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.found(&parts.collect::<Vec<_>>().join("::"), place);
    }

    fn found(&mut self, path: &str, place: &str) {
        let name = path.split("::").next().unwrap_or_default();
        if ["core", "alloc", "std"].contains(&name) || name.starts_with("switchhook") {
            return;
        }
        let foreign = Foreign { path: path.to_owned(), place: place.to_owned() };
        self.api.foreign.insert(foreign);
    }
}

/// What an item is, and what is written about it as such.
fn kind_of(item: &Value) -> Option<(&str, &Value)> {
    let (kind, inner) = item["inner"].as_object()?.iter().next()?;
    Some((kind, inner))
}

/// Ids are numbers, and as keys of an object text.
fn id_of(value: &Value) -> Option<String> {
    value.as_u64().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Items = Vec<(u64, &'static str, Value)>;

    const HTTP: u64 = 90;
    const CORE: u64 = 91;

    /// What is seen of `http` in a crate of these items, whose root has those of `at_root`.
    fn seen(at_root: &[u64], items: &[(u64, &str, Value)]) -> Vec<String> {
        let root = (0, "ours", json!({ "module": { "items": at_root } }));
        let index = items.iter().chain([&root]).map(|(id, name, inner)| {
            let name = Some(*name).filter(|name| !name.is_empty());
            (id.to_string(), json!({ "crate_id": 0, "name": name, "inner": inner }))
        });
        let docs = json!({
            "root": 0,
            "index": index.collect::<serde_json::Map<_, _>>(),
            "paths": {
                HTTP.to_string(): { "crate_id": 7, "path": ["http", "Method"] },
                CORE.to_string(): { "crate_id": 8, "path": ["core", "option", "Option"] },
            },
        });
        Api::of(&docs).foreign.into_iter().map(|foreign| foreign.place).collect()
    }

    fn path(id: u64) -> Value {
        json!({ "resolved_path": { "path": "Name", "id": id, "args": null } })
    }

    fn module(items: &[u64]) -> Value {
        json!({ "module": { "items": items } })
    }

    fn structure(fields: &[u64], impls: &[u64]) -> Value {
        json!({ "struct": { "kind": { "plain": { "fields": fields } }, "impls": impls } })
    }

    /// An implementation for the structure 1.
    fn implementation(of: &Value, items: &[u64]) -> Value {
        json!({ "impl": {
            "is_synthetic": false,
            "blanket_impl": null,
            "generics": {},
            "trait": of,
            "for": { "resolved_path": { "path": "Ours", "id": 1 } },
            "items": items,
        } })
    }

    #[test]
    fn types_of_other_crates_are_seen_wherever_users_see_them() {
        let method = || json!({ "function": { "sig": { "inputs": [["self", path(HTTP)]] } } });
        let field = |inner: Value| json!({ "struct_field": inner });
        let option = json!({ "resolved_path": {
            "path": "Option", "id": CORE, "args": { "angle_bracketed": { "args": [{ "type": path(HTTP) }] } },
        } });
        let from = json!({ "path": "From", "id": CORE, "args": { "angle_bracketed": { "args": [path(HTTP)] } } });
        let none = Value::Null;
        let cases: [(&str, &[u64], Items, &[&str]); 8] = [
            ("a function", &[1], vec![(1, "go", method())], &["ours::go"]),
            (
                "a field",
                &[1],
                vec![(1, "Ours", structure(&[2], &[])), (2, "kind", field(path(HTTP)))],
                &["ours::Ours::kind"],
            ),
            (
                "an argument of a type of the standard library",
                &[1],
                vec![(1, "Ours", structure(&[2], &[])), (2, "kind", field(option))],
                &["ours::Ours::kind"],
            ),
            (
                "a method",
                &[1],
                vec![
                    (1, "Ours", structure(&[], &[2])),
                    (2, "", implementation(&none, &[3])),
                    (3, "kind", method()),
                ],
                &["ours::Ours::kind"],
            ),
            (
                "a conversion",
                &[1],
                vec![(1, "Ours", structure(&[], &[2])), (2, "", implementation(&from, &[]))],
                &["impl From for Ours"],
            ),
            (
                "a trait that is implemented",
                &[1],
                vec![
                    (1, "Ours", structure(&[], &[2])),
                    (2, "", implementation(&json!({ "path": "Tell", "id": HTTP }), &[])),
                ],
                &["impl Tell for Ours"],
            ),
            (
                "a re-export",
                &[1],
                vec![(
                    1,
                    "",
                    json!({ "use": { "source": "http::Method", "name": "Verb", "id": HTTP, "is_glob": false } }),
                )],
                &["use ours::Verb"],
            ),
            (
                "what a glob brings out of a private module",
                &[1],
                vec![
                    (
                        1,
                        "",
                        json!({ "use": { "source": "inner", "name": "inner", "id": 2, "is_glob": true } }),
                    ),
                    (2, "inner", module(&[3, 4])),
                    (3, "go", method()),
                    // And that of a module that brings it back.
                    (
                        4,
                        "",
                        json!({ "use": { "source": "super", "name": "super", "id": 2, "is_glob": true } }),
                    ),
                ],
                &["ours::go"],
            ),
        ];
        for (what, at_root, items, places) in cases {
            assert_eq!(seen(at_root, &items), places, "{what}");
        }
    }

    #[test]
    fn what_no_user_can_reach_is_none_of_theirs() {
        let method = || json!({ "function": { "sig": { "inputs": [["self", path(HTTP)]] } } });
        let tells = json!({ "path": "Tell", "id": 4 });
        let items = [
            (1, "Ours", structure(&[], &[2])),
            // A trait that is in no public module, and its implementation.
            (2, "", implementation(&tells, &[3])),
            (3, "tell", method()),
            (4, "Tell", json!({ "trait": { "items": [5], "implementations": [2] } })),
            (5, "tell", method()),
            (6, "private", method()),
        ];
        assert_eq!(seen(&[1], &items), Vec::<String>::new());
        assert_eq!(seen(&[1, 4], &items), ["impl Tell for Ours: tell", "ours::Tell::tell"]);
    }
}
