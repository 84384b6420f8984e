//! The server of the emulation register: an HTTP API and the app's files over a [`store::Database`].
//!
//! What is decided is decided by `thidua_domain`; this crate brings the clock, the randomness, the
//! database and the network.

pub mod accounts;
pub mod areas;
pub mod audit;
pub mod books;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod http;
mod inspections;
pub mod kept;
pub mod keys;
pub mod office;
pub mod photos;
pub mod report;
pub mod roster;
pub mod store;
mod targets;
