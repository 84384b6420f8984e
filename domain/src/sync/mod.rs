//! The sync protocol: how a tablet and the server come to hold the same records.
//!
//! - [`clock`]: readings that order what nobody ordered.
//! - [`edit`]: what a person did to one record at one moment; the atom of transport and storage.
//! - [`register`]: one field's value, with what was written concurrently kept beside it.
//! - [`state`]: a record as a set of registers.
//! - [`replica`]: the tablet's side, planned purely; the shell executes the plan in one transaction.
//! - [`memory`]: a shell around it over plain memory.
//! - `shell`: what every such shell has to do, as cases for tests (feature `shell-contract`).
//! - [`hub`]: the server's side, likewise.
//! - [`wire`]: the two messages, their frame and their limits.

pub mod carried;
pub mod clock;
pub mod edit;
pub mod hub;
pub mod memory;
mod receipts;
pub mod register;
pub mod replica;
#[cfg(feature = "shell-contract")]
pub mod shell;
pub mod state;
pub mod wire;
