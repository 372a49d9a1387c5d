//! Versions of a store's tables.

use switchhook_dispatch::{StoreError, StoreErrorKind};

/// Refuses tables that would have to be made or migrated first, in a store that is to stay as it
/// is; 0 is a store without tables.
pub(crate) fn expect_newest(version: usize, newest: usize) -> Result<(), StoreError> {
    let text = match version {
        0 => "there is no inbox in it".to_owned(),
        version if version < newest => format!(
            "its tables have version {version}, this program knows {newest} and may not migrate \
             them"
        ),
        _ => return Ok(()),
    };
    Err(StoreError::new(StoreErrorKind::Incompatible, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_have_to_be_made_or_migrated_is_refused() {
        for (version, text) in [
            (0, "there is no inbox in it"),
            (1, "its tables have version 1, this program knows 2 and may not migrate them"),
        ] {
            let error = expect_newest(version, 2).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Incompatible);
            assert!(error.to_string().contains(text), "{error}");
        }
        assert!(expect_newest(2, 2).is_ok());
    }
}
