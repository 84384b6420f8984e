//! Pure rules of the emulation register (Sổ Thi Đua): what the directive asks, what a record is,
//! when a title is earned, how far an area is from its target, and how replicas agree.
//!
//! Nothing here does IO, reads a clock or draws a random number: time and randomness are arguments.

pub mod access;
pub mod api;
pub mod area;
pub mod book;
pub mod boundary;
pub mod catalogue;
pub mod chart;
pub mod courier;
pub mod criteria;
pub mod custody;
pub mod date;
pub mod delegation;
pub mod due;
pub mod duplicate;
pub mod english;
pub mod entry;
pub mod figure;
pub mod hex;
pub mod inspection;
pub mod outlier;
pub mod photo;
pub mod place;
pub mod progress;
pub mod quantity;
pub mod receipt;
pub mod recognition;
pub mod record;
pub mod reminder;
pub mod review;
pub mod season;
pub mod setting;
pub mod subject;
pub mod sync;
pub mod target;
pub mod text;
pub mod tiles;
pub mod trend;
pub mod trust;
pub mod vault;
