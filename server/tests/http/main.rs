//! The server as its clients meet it: a real port, a real client, a real database.

mod accounts;
mod areas;
mod assets;
mod books;
mod boundaries;
mod by_hand;
mod compare;
mod courier;
mod deeds;
mod events;
mod figures;
mod harness;
mod lists;
mod matrix;
mod open;
mod outliers;
mod packs;
mod photos;
mod queue;
mod reminders;
mod reports;
mod review;
mod sessions;
mod settings;
mod sync;
mod trend;
