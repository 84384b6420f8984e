//! The bar of an indicator: what is accepted, handed in and on this tablet, against the target line.

use leptos::prelude::*;

/// Parts of a whole, drawn one behind the other. Patterns tell them apart without colour; the numbers
/// stand in words beside it, so the drawing itself is hidden from screen readers.
#[component]
pub fn TargetBar(
    /// The whole.
    expected: i64,
    /// Accepted.
    accepted: i64,
    /// Handed in, waits for review.
    #[prop(optional)]
    submitted: i64,
    /// On this tablet only.
    #[prop(optional)]
    on_device: i64,
    /// The target, in percent of the whole.
    #[prop(optional_no_strip)]
    target_percent: Option<f64>,
) -> impl IntoView {
    let share = move |count: i64| {
        if expected > 0 {
            (count as f64 / expected as f64 * 100.0).clamp(0.0, 100.0)
        } else {
            0.0
        }
    };
    let accepted_width = share(accepted);
    let submitted_width = share(submitted);
    let device_width = share(on_device);
    let length = |value: f64| format!("{value:.2}%");
    view! {
        <svg class="target-bar" width="100%" height="24" aria-hidden="true" focusable="false">
            <rect class="target-bar__track" x="0" y="4" width="100%" height="16" rx="4"></rect>
            <rect
                class="target-bar__accepted"
                x="0"
                y="4"
                width=length(accepted_width)
                height="16"
                rx="4"
            ></rect>
            <rect
                class="target-bar__submitted"
                x=length(accepted_width)
                y="7"
                width=length(submitted_width)
                height="10"
            ></rect>
            <rect
                class="target-bar__device"
                x=length(accepted_width + submitted_width)
                y="10"
                width=length(device_width)
                height="4"
            ></rect>
            {target_percent
                .map(|percent| {
                    view! {
                        <line
                            class="target-bar__target"
                            x1=length(percent)
                            x2=length(percent)
                            y1="0"
                            y2="24"
                        ></line>
                    }
                })}
        </svg>
    }
}
