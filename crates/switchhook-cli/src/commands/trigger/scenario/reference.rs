//! References in answers, such as the `action` of a verb.

/// The URL that `reference` stands for in a document of `base`, as RFC 3986 resolves it, without
/// its fragment. Nothing is encoded anew: a signature covers the URL to the byte.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (reference, base) = (without_fragment(reference).trim(), without_fragment(base));
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("http", base));
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let (authority, place) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (path, query) = split_query(place);
    let (to, to_query) = split_query(reference);
    let (path, query) = if to.is_empty() {
        (path.to_owned(), if to_query.is_empty() { query } else { to_query })
    } else if to.starts_with('/') {
        (without_dots(to), to_query)
    } else {
        let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
        (without_dots(&format!("{folder}{to}")), to_query)
    };
    format!("{scheme}://{authority}{path}{query}")
}

fn without_fragment(text: &str) -> &str {
    text.split_once('#').map_or(text, |(text, _)| text)
}

/// Path and query, each with its mark.
fn split_query(text: &str) -> (&str, &str) {
    text.split_at(text.find('?').unwrap_or(text.len()))
}

fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// A path from the root without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                // A folder stays one.
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 3986, section 5.4, without fragments.
    #[test]
    fn references_are_resolved() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"),
            ("g?y#s", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("g;x?y#s", "http://a/b/c/g;x?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
        assert_eq!(resolve("https://a:8443", "g?x=%2F"), "https://a:8443/g?x=%2F");
        assert_eq!(resolve("https://a?q", " /g "), "https://a/g");
        assert_eq!(resolve("http://a/menu", "next?to=a:b"), "http://a/next?to=a:b");
    }

    /// Whatever stands in an answer: it is resolved once, and stays where it belongs.
    #[test]
    fn any_text_is_resolved() {
        const PARTS: [&str; 14] =
            ["/", "/", "..", ".", "?", "#", ":", "a", "é", " ", "http", "%2F", "@", "\\"];
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..5_000 {
            let count = random.usize(0..9);
            let reference: String = (0..count).filter_map(|_| random.choice(PARTS)).collect();
            let base = "http://a.example/b/c?d";
            let resolved = resolve(base, &reference);
            assert_eq!(resolve(base, &resolved), resolved, "{reference:?}");
            let text = reference.trim();
            if !has_scheme(text.split('#').next().unwrap()) && !text.starts_with("//") {
                assert!(resolved.starts_with("http://a.example/"), "{reference:?}: {resolved}");
            }
        }
    }
}
