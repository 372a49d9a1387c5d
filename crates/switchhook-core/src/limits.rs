/// How much of a request is read before it is refused.
///
/// ```
/// let limits = switchhook_core::Limits::default().with_parameters(64);
/// assert_eq!((limits.body_bytes, limits.parameters), (262_144, 64));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest body or query in bytes: 256 KiB unless told otherwise.
    pub body_bytes: usize,
    /// The most form parameters, repeats included: 512 unless told otherwise.
    pub parameters: usize,
    /// The most lists and objects around a JSON value: 64 unless told otherwise, and 128 at most,
    /// whatever stands here.
    pub json_depth: usize,
    /// The most JSON values, names of members included: 32,768 unless told otherwise.
    pub json_values: usize,
}

impl Limits {
    /// No reader goes deeper, whatever it is told: its stack has an end.
    pub(crate) const DEEPEST: usize = 128;

    /// The same limits with another length of bodies.
    #[must_use]
    pub const fn with_body_bytes(mut self, most: usize) -> Self {
        self.body_bytes = most;
        self
    }

    /// The same limits with another number of parameters.
    #[must_use]
    pub const fn with_parameters(mut self, most: usize) -> Self {
        self.parameters = most;
        self
    }

    /// The same limits with another depth of JSON, of 128 at most: reading goes that deep.
    #[must_use]
    pub const fn with_json_depth(mut self, most: usize) -> Self {
        self.json_depth = if most < Self::DEEPEST { most } else { Self::DEEPEST };
        self
    }

    /// The same limits with another number of JSON values.
    #[must_use]
    pub const fn with_json_values(mut self, most: usize) -> Self {
        self.json_values = most;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes: 256 * 1024, parameters: 512, json_depth: 64, json_values: 32 * 1024 }
    }
}
