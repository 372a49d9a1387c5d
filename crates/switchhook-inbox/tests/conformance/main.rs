//! What every store has to do, one suite for all of them.

mod suite;

use switchhook_inbox::MemoryInbox;

suite::conforms!(memory: async || MemoryInbox::new());
