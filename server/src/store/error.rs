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
    /// A paper of this area, kind, year and number has been issued.
    #[error("a paper of this number has been issued already")]
    NumberTaken,
    /// No token has this id.
    #[error("there is no token of this id")]
    UnknownToken,
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
    #[error("the database reports: {}", causes(.0.as_ref()))]
    Backend(#[source] Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    /// Wraps a database's own error.
    pub fn backend(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Backend(Arc::new(error))
    }
}

/// An error with what caused it: a database's client says what happened only there.
pub(crate) fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_said_once() {
        #[derive(Debug, Error)]
        #[error("no connection")]
        struct Outer(#[source] std::io::Error);

        let refused = std::io::Error::other("refused");
        let error = StoreError::backend(Outer(refused));
        assert_eq!(
            error.to_string(),
            "the database reports: no connection: refused"
        );
        assert_eq!(causes(&error), error.to_string());
    }
}
