#![cfg_attr(fuzzing, no_main)]

switchhook_fuzz::target!(ws_messages);
