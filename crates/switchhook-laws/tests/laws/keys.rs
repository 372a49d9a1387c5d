//! Beside the laws: a delivery is known by its key, and an event may go wherever it is handled.

use crate::{of_forms, of_json};

of_forms!(keys_tell_deliveries_apart events_can_cross_threads);
of_json!(json_keys_tell_deliveries_apart);
