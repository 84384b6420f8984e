//! Why the store could not do what it was asked.

use std::error::Error;
use std::sync::Arc;
use thiserror::Error;

/// A failure of the store. Cloneable, since one failed commit is the answer to several callers.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The database was written by a newer program. Nothing was touched.
    #[error("the database has schema {found}, this program knows {known}")]
    NewerSchema {
        /// What the database says.
        found: i64,
        /// The newest this program can read.
        known: i64,
    },
    /// The database is not one this program may be run on.
    #[error("{0}")]
    Unsuitable(&'static str),
    /// An account of this name exists.
    #[error("there is an account of this name already")]
    AccountExists,
    /// No account has this name.
    #[error("there is no account of this name")]
    UnknownAccount,
    /// Something stored is not of the form it was written in.
    #[error("stored data is damaged: {what}")]
    Damaged {
        /// What was being read.
        what: &'static str,
    },
    /// The store has been closed, or a fault ended the work on this call.
    #[error("the store has stopped")]
    Stopped,
    /// The database reports a failure.
    #[error("the database reports: {0}")]
    Backend(#[source] Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    /// Wraps a database's own error.
    pub fn backend(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Backend(Arc::new(error))
    }
}
