//! The decoder against the oracle, and every accessor on what it gives.

use std::collections::HashMap;

use switchhook_core::{Limits, Params};

pub fn check(form: &[u8]) {
    let limits = Limits::default().with_parameters(usize::MAX).with_body_bytes(usize::MAX);
    let params = Params::parse_within(form, &limits).expect("there is no limit");

    // The oracle replaces what is not UTF-8, ours keeps the bytes.
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let oracle: Vec<_> = form_urlencoded::parse(form).into_owned().collect();
    let bytes: Vec<_> = params.iter_bytes().map(|(n, v)| (lossy(n), lossy(v))).collect();
    assert_eq!(bytes, oracle);
    let replaced = params.clone().replace_invalid_text();
    let text: Vec<_> = replaced.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    assert_eq!(text, oracle);

    // Written and read again it is the same; withheld pairs are those that are not text.
    assert_eq!(Params::parse_within(params.to_form().as_bytes(), &limits).unwrap(), params);
    let readable = params
        .iter_bytes()
        .filter(|(n, v)| std::str::from_utf8(n).is_ok() && std::str::from_utf8(v).is_ok());
    assert_eq!(params.iter().count(), readable.count());

    let mut expected: Vec<_> = params.iter_bytes().collect();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(params.sorted().collect::<Vec<_>>(), expected);
    let joined: Vec<u8> = params.sorted().joined().flatten().copied().collect();
    assert_eq!(joined, expected.iter().flat_map(|(n, v)| [*n, *v].concat()).collect::<Vec<_>>());

    // serde sees the first value of each name, and all of them as a list.
    if !params.has_invalid_text() {
        let map: HashMap<String, Vec<String>> = params.deserialize().unwrap();
        assert_eq!(map.values().map(Vec::len).sum::<usize>(), params.len());
    }
    let _ = (params.indexed("a"), params.prefixed("a").count(), params.get("a"));

    // The limits hold.
    let few = Limits::default().with_parameters(3);
    assert_eq!(
        Params::parse_within(form, &few).is_ok(),
        params.len() <= 3 && form.len() <= few.body_bytes
    );
}
