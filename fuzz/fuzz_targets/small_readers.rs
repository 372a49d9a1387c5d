#![cfg_attr(fuzzing, no_main)]

switchhook_fuzz::target!(small_readers);
