//! A bundle or a reply as QR codes that follow one another, over and over.

use crate::texts::courier as t;
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use thidua_domain::courier::frames::frames;

/// How long each code is shown: a cheap camera takes ten pictures a second, half of them blurred.
const EACH_MS: u32 = 400;
/// White modules around a code, by its standard.
const QUIET: usize = 4;

/// Shows the codes, one after the other.
#[component]
pub fn Codes(
    /// What they say together.
    bytes: Vec<u8>,
) -> impl IntoView {
    let Some(codes) = frames(&bytes) else {
        return view! { <p role="status">{t::too_many_codes()}</p> }.into_any();
    };
    let count = codes.len();
    let drawn: Vec<Drawing> = codes.iter().filter_map(|code| draw(code)).collect();
    let place = RwSignal::new(0_usize);
    let turning = StoredValue::new_local((count > 1).then(|| {
        Interval::new(EACH_MS, move || {
            place.try_update(|place| *place = (*place + 1) % count);
        })
    }));
    on_cleanup(move || {
        turning.try_update_value(Option::take);
    });
    let drawn = StoredValue::new(drawn);
    let code = move || {
        let drawing = drawn.with_value(|drawn| drawn.get(place.get()).cloned())?;
        let side = drawing.side;
        Some(view! {
            <svg
                class="codes__code"
                role="img"
                aria-label=t::qr_label()
                viewBox=format!("0 0 {side} {side}")
                shape-rendering="crispEdges"
                data-place=place.get().to_string()
            >
                <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
                <path d=drawing.path fill="#000"></path>
            </svg>
        })
    };
    view! {
        <figure class="codes" data-codes=count.to_string()>
            <p>{t::codes_lead()}</p>
            {code}
            <figcaption class="codes__place">
                {move || t::frame_of(place.get() + 1, count)}
            </figcaption>
        </figure>
    }
    .into_any()
}

/// A code as one path, with its side in modules.
#[derive(Clone)]
struct Drawing {
    side: usize,
    path: String,
}

fn draw(text: &str) -> Option<Drawing> {
    use std::fmt::Write as _;
    // M: a finger on the glass or the glare of a lamp may take 15 % of it.
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            // A string takes it.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(Drawing {
        side: width + 2 * QUIET,
        path,
    })
}
