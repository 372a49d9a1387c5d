/// Why a setting cannot be used, with the name of its variable. It shows no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    name: Box<str>,
    why: Box<str>,
}

switchhook_core::error_texts! { SettingError: Self { name, why } => "{name}: {why}" }

impl SettingError {
    pub(crate) fn new(name: &str, why: &(impl ToString + ?Sized)) -> Self {
        Self { name: name.into(), why: why.to_string().into() }
    }

    /// The name of the variable.
    pub fn name(&self) -> &str {
        &self.name
    }
}
