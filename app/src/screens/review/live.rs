//! Live updates: the server tells which communes have news; pages that show them read again.

use leptos::prelude::*;
use thidua_domain::api::ChangeEvent;
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::season::Season;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

/// News by commune.
#[derive(Clone, Copy)]
pub struct Live {
    /// Whether the stream is open.
    pub connected: RwSignal<bool>,
    all: RwSignal<u64>,
    last: RwSignal<Vec<AreaCode>>,
}

impl Live {
    /// Opens the stream. The browser opens it again by itself when it breaks.
    pub fn start() -> Self {
        let live = Self {
            connected: RwSignal::new(false),
            all: RwSignal::new(0),
            last: RwSignal::new(Vec::new()),
        };
        let Ok(source) = EventSource::new("/api/events") else {
            return live;
        };
        let target: &web_sys::EventTarget = source.as_ref();
        crate::platform::on(target, "open", move || {
            live.connected.set(true);
            // Something may have happened while the stream was down.
            live.last.set(Vec::new());
            live.all.update(|count| *count += 1);
        });
        crate::platform::on(target, "error", move || live.connected.set(false));
        let on_change = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data().as_string().unwrap_or_default();
            if let Ok(change) = serde_json::from_str::<ChangeEvent>(&data) {
                live.last.set(change.communes);
                live.all.update(|count| *count += 1);
            }
        });
        let _ =
            source.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
        on_change.forget();
        on_cleanup({
            let source = StoredValue::new_local(source);
            move || source.with_value(EventSource::close)
        });
        live
    }

    /// A number that grows with news from the area that `area` names, and from everything below it.
    pub fn news_of(
        self,
        area: impl Fn() -> Option<AreaCode> + Send + Sync + 'static,
        season: Season,
    ) -> Memo<u64> {
        let tree = AreaTree::embedded();
        Memo::new(move |seen: Option<&u64>| {
            self.all.track();
            let seen = seen.copied().unwrap_or(0);
            let Some(area) = area() else { return seen };
            let touched = self.last.with(|last| {
                last.is_empty()
                    || last
                        .iter()
                        .any(|code| tree.contains(&area, code, season.date))
            });
            if touched { seen + 1 } else { seen }
        })
    }

    /// A number that grows when the province has set something.
    pub fn news_of_settings(self) -> Memo<u64> {
        let feed = thidua_domain::setting::feed();
        Memo::new(move |seen: Option<&u64>| {
            self.all.track();
            let seen = seen.copied().unwrap_or(0);
            let touched = self
                .last
                .with(|last| last.is_empty() || last.contains(&feed));
            if touched { seen + 1 } else { seen }
        })
    }
}
