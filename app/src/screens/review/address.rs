//! What a page's address says after the question mark: filters that can be shared as a link.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// The filters of a page.
#[derive(Clone, Copy)]
pub struct Address {
    query: Memo<ParamsMap>,
    path: StoredValue<String>,
    names: StoredValue<Vec<&'static str>>,
}

impl Address {
    /// The filters `names` of the page at `path`.
    pub fn of(path: &str, names: &[&'static str]) -> Self {
        Self {
            query: use_query_map(),
            path: StoredValue::new(path.to_owned()),
            names: StoredValue::new(names.to_vec()),
        }
    }

    /// A filter; empty where the address does not say. Reading it in a view subscribes to it.
    pub fn get(self, name: &str) -> String {
        self.query.with(|query| query.get(name)).unwrap_or_default()
    }

    /// The page with a filter changed, from its first row.
    pub fn with(self, name: &str, value: &str) -> String {
        self.build(Some((name, value)), None)
    }

    /// The page with the same filters, continued after a row.
    pub fn with_after(self, after: &str) -> String {
        self.build(None, Some(after))
    }

    /// The page with the same filters, from its first row.
    pub fn without_after(self) -> String {
        self.build(None, None)
    }

    fn build(self, changed: Option<(&str, &str)>, after: Option<&str>) -> String {
        let mut pairs = Vec::new();
        for name in self.names.get_value() {
            let value = match changed {
                Some((other, value)) if other == name => value.to_owned(),
                _ => self.get(name),
            };
            pairs.push((name, value));
        }
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        let query: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        let path = self.path.get_value();
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }
}

/// A value as it stands in an address.
pub fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
