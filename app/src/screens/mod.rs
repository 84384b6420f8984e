//! The screens. `tablet` reads and writes the local store and never waits for the network; `review`
//! reads the merged data from the server.

pub mod review;
pub mod sign_in;
pub mod tablet;
