//! What every implementation of [`super::Database`] has to do.
