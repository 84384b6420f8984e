//! What the browser lost of the register on this device, said on every screen until it was read.

use crate::tablet::Tablet;
use crate::ui::{Banner, Icon};
use crate::words;
use leptos::prelude::*;
use thidua_domain::text;

/// What is missing, what comes back by itself, and what to do.
#[component]
pub fn LossNotice() -> impl IntoView {
    let tablet = Tablet::here();
    let loss = tablet.store().loss();
    let acknowledge = move |_| tablet.store().acknowledge_loss();
    move || {
        loss.get().map(|loss| {
            let said = format!(
                "Trình duyệt đã làm mất sổ lưu trên máy này (phát hiện lúc {}). \
                 Những gì máy chủ đã nhận vẫn còn và đang được tải về lại.",
                words::moment(loss.noticed_ms)
            );
            let todo = match loss.unsent {
                0 => "Theo sổ ghi của máy, lúc đó không còn thay đổi nào chưa gửi.".to_owned(),
                count => format!(
                    "Ít nhất {} thay đổi chưa kịp gửi không còn trên máy. \
                     Xin xem lại những mục nhập gần đây và nhập lại phần còn thiếu.",
                    text::format_int(count.into())
                ),
            };
            view! {
                <div class="frame-notice" data-notice="loss">
                    <Banner tone="danger" icon="warning">
                        <p>
                            <strong>{said}</strong>
                        </p>
                        <p>{todo}</p>
                        <button class="button" on:click=acknowledge>
                            <Icon name="check" />
                            "Tôi đã biết"
                        </button>
                    </Banner>
                </div>
            }
        })
    }
}
