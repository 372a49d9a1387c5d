//! Trees that are made of any bytes, so that a fuzzer makes documents and no noise.

mod swml;
mod twiml;
