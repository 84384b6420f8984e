//! Live updates: the server tells which communes have news; pages that show them read again, those that add up
//! many areas only what has changed.

use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::{ChangeEvent, MAX_TOUCHED};
use thidua_domain::area::AreaCode;
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
        let tree = crate::areas::tree();
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

    /// A number that grows with news of one feed alone: what the province sets, figures of the province.
    pub fn news_of_feed(self, feed: AreaCode) -> Memo<u64> {
        Memo::new(move |seen: Option<&u64>| {
            self.all.track();
            let seen = seen.copied().unwrap_or(0);
            let touched = self
                .last
                .with(|last| last.is_empty() || last.contains(&feed));
            if touched { seen + 1 } else { seen }
        })
    }

    /// What changes in an area, from everything on.
    pub fn changes_in(self, area: AreaCode, season: Season) -> Changes {
        let changes = Changes {
            count: RwSignal::new(0),
            touched: StoredValue::new(Touched::Everything),
        };
        let tree = crate::areas::tree();
        Effect::new(move |before: Option<u64>| {
            let count = self.all.get();
            // What was told before the page opened is in the first answer.
            if before.is_some_and(|before| before != count) {
                let told = self.last.get_untracked();
                let mut within = told.iter().peekable();
                let everything = within.peek().is_none();
                let within: BTreeSet<_> = within
                    .filter(|code| tree.contains(&area, code, season.date))
                    .cloned()
                    .collect();
                if everything || !within.is_empty() {
                    changes.add(if everything {
                        Touched::Everything
                    } else {
                        Touched::Communes(within)
                    });
                    changes.count.update(|count| *count += 1);
                }
            }
            count
        });
        changes
    }
}

/// What has changed in an area since it was last read.
#[derive(Clone, Copy)]
pub struct Changes {
    count: RwSignal<u64>,
    touched: StoredValue<Touched>,
}

/// Where something has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// Nowhere.
    #[default]
    Nowhere,
    /// In these communes.
    Communes(BTreeSet<AreaCode>),
    /// Perhaps everywhere: the stream had been cut, or nothing has been read yet.
    Everything,
}

impl Changes {
    /// Runs whoever calls this from an effect again when there are more.
    pub fn track(self) {
        self.count.track();
    }

    /// Takes what there is, to read it. `None` once the page has been left.
    pub fn take(self) -> Option<Touched> {
        self.touched.try_update_value(std::mem::take)
    }

    /// Adds to what there is; also what was taken and could not be read.
    pub fn add(self, more: Touched) {
        self.touched.try_update_value(|held| held.join(more));
    }
}

impl Touched {
    fn join(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Communes(held), Self::Communes(more)) => held.extend(more),
            (Self::Everything, _) | (_, Self::Nowhere) => {}
            (_, more) => *self = more,
        }
    }

    /// The communes, for a query that names them; `None` where everything is to be read.
    pub fn listed(&self) -> Option<String> {
        match self {
            Self::Communes(communes) if communes.len() <= MAX_TOUCHED => {
                let codes = communes.iter().map(AreaCode::as_str);
                Some(codes.collect::<Vec<_>>().join(","))
            }
            _ => None,
        }
    }
}
