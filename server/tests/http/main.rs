//! The server as its clients meet it: a real port, a real client, a real database.

mod assets;
mod books;
mod by_hand;
mod deeds;
mod events;
mod figures;
mod harness;
mod lists;
mod open;
mod queue;
mod reminders;
mod reports;
mod review;
mod sessions;
mod sync;
