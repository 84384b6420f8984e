//! The browser's Cache Storage as a shelf for small files: a store of the site's own that has nothing to do
//! with IndexedDB, and does not go when that goes.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Request, Response};

/// Files by name. Cheap to clone.
#[derive(Clone)]
pub struct Shelf(Cache);

/// Names are paths of addresses that nobody ever asks the server for.
const PREFIX: &str = "/kept/";

impl Shelf {
    /// Opens the shelf of this name, making it if there is none. The service worker's own caches begin with
    /// `so-thi-dua-`, and it throws away those it does not know.
    pub async fn open(name: &str) -> Result<Self, JsValue> {
        let caches = super::window().caches()?;
        let cache = JsFuture::from(caches.open(name)).await?;
        Ok(Self(cache.unchecked_into()))
    }

    /// Keeps a file. When this returns, it outlives the browser's end.
    pub async fn put(&self, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
        let body = Uint8Array::from(bytes);
        let response = Response::new_with_opt_js_u8_array(Some(&body))?;
        JsFuture::from(self.0.put_with_str(&path(name), &response)).await?;
        Ok(())
    }

    /// A file, if it is there.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, JsValue> {
        let found = JsFuture::from(self.0.match_with_str(&path(name))).await?;
        let Ok(response) = found.dyn_into::<Response>() else {
            return Ok(None);
        };
        let bytes = JsFuture::from(response.array_buffer()?).await?;
        Ok(Some(Uint8Array::new(&bytes).to_vec()))
    }

    /// The names of all files.
    pub async fn names(&self) -> Result<Vec<String>, JsValue> {
        let requests: Array = JsFuture::from(self.0.keys()).await?.unchecked_into();
        let names = requests.iter().filter_map(|request| {
            let url = request.unchecked_into::<Request>().url();
            Some(url.split_once(PREFIX)?.1.to_owned())
        });
        Ok(names.collect())
    }

    /// Throws a file away.
    pub async fn remove(&self, name: &str) -> Result<(), JsValue> {
        JsFuture::from(self.0.delete_with_str(&path(name))).await?;
        Ok(())
    }
}

fn path(name: &str) -> String {
    format!("{PREFIX}{name}")
}
