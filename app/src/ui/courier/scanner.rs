//! Reading codes from another screen with the camera.

use crate::platform::{
    self,
    camera::{self, Camera},
};
use crate::texts::courier as t;
use leptos::html::Video;
use leptos::prelude::*;
use thidua_domain::courier::frames::{Collector, Seen};

/// A pause between two looks, so that the page stays alive on a slow tablet.
const PAUSE_MS: i32 = 60;

/// Looks through the camera until all codes of a series were seen.
#[component]
pub fn Scanner(
    /// What they said together.
    on_whole: Callback<Vec<u8>>,
    /// There is no camera, or it may not be used.
    on_no_camera: Callback<()>,
) -> impl IntoView {
    let video = NodeRef::<Video>::new();
    let progress = RwSignal::new((0_usize, 0_usize));
    Effect::new(move |_| {
        let Some(video) = video.get() else { return };
        leptos::task::spawn_local(async move {
            let Ok(camera) = Camera::start(&video).await else {
                on_no_camera.try_run(());
                return;
            };
            look(&camera, progress, on_whole).await;
        });
    });
    let said = move || match progress.get() {
        (_, 0) => t::no_code_yet().to_owned(),
        (seen, count) => t::scanned(seen, count),
    };
    view! {
        <div class="scanner">
            <p>{t::scanning()}</p>
            <video node_ref=video class="scanner__view" playsinline=true muted=true></video>
            <p role="status" data-scanned=move || progress.get().0.to_string()>
                {said}
            </p>
            <progress
                aria-label=t::scan()
                max=move || progress.get().1.max(1).to_string()
                prop:value=move || progress.get().0 as f64
            ></progress>
        </div>
    }
}

/// Goes on until everything was seen or nobody looks any more; the camera is closed when it is dropped.
async fn look(camera: &Camera, progress: RwSignal<(usize, usize)>, on_whole: Callback<Vec<u8>>) {
    let mut reader = camera::Reader::new();
    let mut collector = Collector::default();
    loop {
        for text in reader.read(camera).await {
            match collector.see(&text) {
                Seen::Whole(bytes) => {
                    on_whole.try_run(bytes);
                    return;
                }
                Seen::Foreign | Seen::Again | Seen::New => {}
            }
        }
        let seen = (collector.seen(), collector.count());
        // The scanner is gone when its signal is.
        match progress.try_get_untracked() {
            Some(before) if before != seen => progress.set(seen),
            Some(_) => {}
            None => return,
        }
        platform::pause(PAUSE_MS).await;
    }
}
