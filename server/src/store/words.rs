//! Words of the domain as databases keep them: those that are sent, too.

use super::{StoreError, StoreResult};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

/// The word for a value that is a word.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("not a word: {other:?}"),
    }
}

/// The value of a word; `what` says what was being read.
pub(crate) fn value<T: DeserializeOwned>(word: &str, what: &'static str) -> StoreResult<T> {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(word).map_err(|_| StoreError::Damaged { what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_domain::catalogue::SubjectKind;
    use thidua_domain::sync::wire::RejectReason;

    #[test]
    fn words_are_read_back() {
        assert_eq!(word(&SubjectKind::ResidentialArea), "residential-area");
        let kind: SubjectKind = value("residential-area", "kind").unwrap();
        assert_eq!(kind, SubjectKind::ResidentialArea);
        assert_eq!(word(&RejectReason::NotYourArea), "not-your-area");
        assert!(value::<RejectReason>("unheard-of", "reason").is_err());
    }
}
