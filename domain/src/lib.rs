//! Pure rules of the emulation register (Sổ Thi Đua): what the directive asks, what a record is,
//! when a title is earned, how far an area is from its target, and how replicas agree.
//!
//! Nothing here does IO, reads a clock or draws a random number: time and randomness are arguments.

