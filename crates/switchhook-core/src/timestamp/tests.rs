use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Option<(i64, u32)> {
    text.parse().ok().map(|at: Timestamp| at.instant())
}

#[test]
fn reads_what_providers_write() {
    for (text, expected) in [
        ("1970-01-01T00:00:00Z", (0, 0)),
        ("2025-11-16T10:00:00Z", (1_763_287_200, 0)),
        ("2023-08-14T20:03:25.609Z", (1_692_043_405, 609_000_000)),
        ("2023-08-14T20:29:13.206015Z", (1_692_044_953, 206_015_000)),
        ("2023-08-14T20:29:13.206015999+00:00", (1_692_044_953, 206_015_999)),
        ("2023-08-14T22:29:13.2+0200", (1_692_044_953, 200_000_000)),
        ("2023-08-14T15:59:13-04:30", (1_692_044_953, 0)),
        ("2024-02-29 23:59:60Z", (1_709_251_200, 0)),
        ("1969-12-31T23:59:59.5Z", (-1, 500_000_000)),
        ("0000-01-01T00:00:00Z", (-62_167_219_200, 0)),
        ("Fri, 21 Nov 2025 10:11:12 +0000", (1_763_719_872, 0)),
        ("21 Nov 2025 10:11:12 GMT", (1_763_719_872, 0)),
        ("Fri, 21 nov 2025 05:11 -0500", (1_763_719_860, 0)),
        ("Sun,  2 Nov 2025 10:11:12 +0000", (1_762_078_272, 0)),
    ] {
        assert_eq!(parse(text), Some(expected), "{text}");
    }
}

#[test]
fn refuses_what_is_no_time() {
    for text in [
        "",
        "2025",
        "yesterday",
        "2025-11-16",
        "2025-11-16T10:00:00",
        "2025-11-16T10:00Z",
        "2025-13-16T10:00:00Z",
        "2025-02-29T10:00:00Z",
        "2025-00-10T10:00:00Z",
        "2025-11-16T24:00:00Z",
        "2025-11-16T10:60:00Z",
        "2025-11-16T10:00:61Z",
        "2025-11-16T10:00:00.Z",
        "2025-11-16T10:00:00.1234567890Z",
        "2025-11-16T10:00:00+1",
        "2025-11-16T10:00:00+24:00",
        "2025-11-16T10:00:00+ab:cd",
        "2025-11-16T10:00:00ZZ",
        "+025-11-16T10:00:00Z",
        "2025-11-16T10:00:00 Z",
        "Xyz, 21 Nov 2025 10:11:12 +0000",
        "Fri, 21 Nov 2025 10:11:12",
        "Fri, 31 Nov 2025 10:11:12 +0000",
        "1 Nov 25 1:1:1 GMT",
        "Fri, 21 Nov 2025 10:11:12 +0000 (UTC)",
        "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}-",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn compares_by_instant_and_keeps_the_text() {
    let here: Timestamp = "2025-11-16T10:00:00Z".parse().unwrap();
    let there: Timestamp = "2025-11-16T12:00:00.000+02:00".parse().unwrap();
    assert_eq!(here, there);
    assert_eq!(serde_json::to_string(&there).unwrap(), "\"2025-11-16T12:00:00.000+02:00\"");
    assert_eq!(here.to_system_time(), there.to_system_time());
    let early: Timestamp = "1969-12-31T23:59:59.5Z".parse().unwrap();
    let before = SystemTime::UNIX_EPOCH.duration_since(early.to_system_time().unwrap()).unwrap();
    assert_eq!(before, Duration::from_millis(500));
}

proptest! {
    #[test]
    fn agrees_with_jiff(seconds in -62_167_219_200_i64..=253_402_207_200, nanos in 0..1_000_000_000_i64) {
        let oracle = jiff::Timestamp::new(seconds, 0).unwrap() + jiff::SignedDuration::from_nanos(nanos);
        let at: Timestamp = oracle.to_string().parse().unwrap();
        prop_assert_eq!(at.instant(), (seconds, nanos.try_into().unwrap()));
    }

    #[test]
    fn agrees_with_jiff_on_rfc_2822(seconds in -62_167_219_200_i64..=253_402_207_200) {
        let oracle = jiff::Timestamp::from_second(seconds).unwrap();
        let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&oracle).unwrap();
        prop_assert_eq!(parse(&text), Some((seconds, 0)));
    }

    #[test]
    fn never_panics(text in "[0-9TZ:.+ ,a-zé-]{0,40}") {
        let _ = parse(&text);
    }
}

#[cfg(all(feature = "jiff", feature = "chrono", feature = "time"))]
#[test]
fn converts_to_other_crates() {
    let at: Timestamp = "2023-08-14T20:29:13.206015Z".parse().unwrap();
    assert_eq!(jiff::Timestamp::try_from(&at).unwrap().to_string(), at.as_str());
    let chrono = chrono::DateTime::<chrono::Utc>::try_from(&at).unwrap();
    assert_eq!(chrono.timestamp_subsec_nanos(), 206_015_000);
    let time = time::OffsetDateTime::try_from(&at).unwrap();
    assert_eq!((time.unix_timestamp(), time.nanosecond()), (1_692_044_953, 206_015_000));
}
