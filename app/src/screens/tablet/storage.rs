//! How much room there is on this device, how safely it keeps what is entered, and what to do.

use crate::app::Worker;
use crate::model::room::{Room, Tightness};
use crate::platform::persistence::{self, Persistence};
use crate::tablet::Tablet;
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use thidua_domain::text;

/// Measures the room at the start, after each sync and every so many edits.
pub fn watch_room(tablet: Tablet) {
    let sync = tablet.sync();
    let (completed, replica) = (sync.completed(), tablet.store().replica());
    let edits = Memo::new(move |_| replica.with(|replica| replica.last_seq / MEASURED_EVERY));
    Effect::new(move |_| {
        completed.track();
        edits.track();
        measure(tablet);
    });
}

const MEASURED_EVERY: u32 = 25;

fn measure(tablet: Tablet) {
    leptos::task::spawn_local(async move {
        if let Some((used, quota)) = persistence::room().await {
            tablet.room.try_set(Some(Room { used, quota }));
        }
    });
}

/// Says well before the end that room is running out, on every screen.
#[component]
pub fn RoomWarning() -> impl IntoView {
    let tablet = Tablet::here();
    let tight = Memo::new(move |_| {
        let room = tablet.room.get()?;
        (room.tightness() > Tightness::Ample).then(|| (room.tightness(), room.left_megabytes()))
    });
    move || {
        tight.get().map(|(tightness, left)| {
            let left = text::format_int(left);
            let (tone, said) = match tightness {
                Tightness::NearlyFull => (
                    "danger",
                    format!("Bộ nhớ dành cho sổ chỉ còn {left} MB, sắp không lưu được nữa. Mọi thứ đã lưu vẫn còn."),
                ),
                _ => (
                    "warning",
                    format!("Bộ nhớ dành cho sổ còn {left} MB. Vẫn nhập được; nên giải phóng bớt trong vài ngày tới."),
                ),
            };
            view! {
                <div class="frame-notice room-warning">
                    <Banner tone icon="warning">
                        <p>{said}</p>
                        <a class="button" href="/bo-nho">
                            "Xem cần làm gì"
                        </a>
                    </Banner>
                </div>
            }
        })
    }
}

/// The storage page.
#[component]
pub fn StorageScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let worker = expect_context::<Worker>();
    let replica = tablet.store().replica();
    measure(tablet);
    let kept = move || match tablet.persistence.get() {
        None => "Đang hỏi trình duyệt…",
        Some(Persistence::Granted) => "Có. Trình duyệt cam kết giữ dữ liệu, chỉ bạn mới xóa được.",
        Some(Persistence::Denied) => {
            "Chưa. Trình duyệt có thể xóa dữ liệu khi máy đầy. Hãy cài sổ ra màn hình chính, rồi bấm “Xin giữ dữ liệu lâu dài”."
        }
        Some(Persistence::Unsupported) => "Trình duyệt không cho biết. Hãy đồng bộ thường xuyên.",
    };
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            tablet.persistence.set(Some(persistence::ask().await));
        });
    };
    let used = move || {
        tablet.room.get().map(|room| {
            let said = format!(
                "Đã dùng {} MB trong {} MB, còn {} MB",
                text::format_int(room.used_megabytes()),
                text::format_int(room.quota_megabytes()),
                text::format_int(room.left_megabytes()),
            );
            view! {
                <p data-fact="room">
                    <strong>{said}</strong>
                </p>
                <meter
                    class="room-meter"
                    aria-label="Bộ nhớ đã dùng"
                    min="0"
                    max="100"
                    value=room.percent().to_string()
                ></meter>
            }
        })
    };
    let records = move || text::format_int(tablet.store().records().len() as i64);
    let waiting = move || {
        let waiting = replica.with(|replica| replica.waiting());
        match waiting {
            0 => "Không. Mọi thay đổi đã ở trên máy chủ.".to_owned(),
            count => format!(
                "{} thay đổi chỉ có trên máy này. Hãy đồng bộ trước khi dọn máy.",
                text::format_int(count.into())
            ),
        }
    };
    view! {
        <section class="page" aria-labelledby="storage-title">
            <nav class="breadcrumb" aria-label="Vị trí">
                <a href="/dong-bo">"Đồng bộ"</a>
            </nav>
            <h1 id="storage-title" class="page__title">"Bộ nhớ của máy"</h1>
            {used}
            <dl class="facts facts--wide">
                <div>
                    <dt>"Giữ dữ liệu lâu dài"</dt>
                    <dd data-fact="persistence">{kept}</dd>
                </div>
                <div>
                    <dt>"Mở khi mất mạng"</dt>
                    <dd data-fact="offline-ready">
                        {move || {
                            if worker.ready.get() { "Sẵn sàng" } else { "Chưa sẵn sàng" }
                        }}
                    </dd>
                </div>
                <div>
                    <dt>"Chỉ có trên máy này"</dt>
                    <dd>{waiting}</dd>
                </div>
                <div>
                    <dt>"Hồ sơ và phiếu đang giữ"</dt>
                    <dd>{records}</dd>
                </div>
                <div>
                    <dt>"Mã máy"</dt>
                    <dd>{move || replica.with(|r| r.device.to_string())}</dd>
                </div>
            </dl>
            <Show when=move || tablet.persistence.get() == Some(Persistence::Denied)>
                <button type="button" class="button" on:click=ask>
                    <Icon name="lock" />
                    "Xin giữ dữ liệu lâu dài"
                </button>
            </Show>
            <section class="form-section" aria-labelledby="storage-advice">
                <h2 id="storage-advice" class="form-section__title">
                    "Khi bộ nhớ sắp đầy"
                </h2>
                <ol class="advice">
                    <li>"Bấm “Đồng bộ ngay” khi có mạng, để máy chủ có đủ những gì đã nhập."</li>
                    <li>
                        "Xóa bớt ảnh, video, ứng dụng không dùng trên máy. Sổ được dùng theo phần bộ nhớ còn trống của máy."
                    </li>
                    <li>
                        "Không bấm “Xóa dữ liệu trang web” hay “Xóa dữ liệu duyệt web” của trình duyệt: việc đó xóa cả những gì chưa gửi."
                    </li>
                    <li>
                        "Nếu không lưu được nữa, những gì đã lưu vẫn còn và vẫn gửi đi được. Ghi tạm ra giấy, giải phóng bộ nhớ rồi nhập tiếp."
                    </li>
                </ol>
            </section>
        </section>
    }
}
