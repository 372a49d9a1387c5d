//! Which appointment a room belongs to.

/// The appointment's id in a room name `apt-{id}-{timestamp}-{random}`, or any shorter form
/// that starts with `apt-{id}-`.
///
/// ```
/// use video_appointments::appointment::id_of;
///
/// assert_eq!(id_of("apt-48-1767000000-k3v9"), Some(48));
/// assert_eq!(id_of("apt-48-test-room"), Some(48));
/// assert_eq!(id_of("standup"), None);
/// ```
pub fn id_of(room_name: &str) -> Option<i64> {
    let (id, _) = room_name.strip_prefix("apt-")?.split_once('-')?;
    id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn other_rooms_belong_to_no_appointment() {
        for name in [
            "",
            "apt-",
            "apt-48",
            "apt--x",
            "apt-4x-y",
            "apt-+4-x",
            "APT-48-x",
            "xapt-48-y",
            "apt-99999999999999999999-x",
        ] {
            assert_eq!(id_of(name), None, "{name}");
        }
    }
}
