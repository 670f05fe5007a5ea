//! What the tests, the headless phone and the benches share.

pub mod proxy;
