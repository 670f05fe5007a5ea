//! What the tests, the headless phone and the benches share.

pub mod demo;
pub mod headless;
pub mod life;
pub mod proxy;
pub mod scenario;
