//! The public posting list of a residential area: who is put forward, and nothing else.

use super::{CommuneSignature, Paper};
use crate::model::papers::{self, ListedFamily};
use crate::screens::tablet::family::subject_in_address;
use crate::tablet::Tablet;
use crate::texts::papers as say;
use crate::ui::Banner;
use leptos::prelude::*;
use thidua_domain::record::SubjectId;
use thidua_domain::subject;
use thidua_domain::text;

/// The posting list of the residential area in the address.
#[component]
pub fn PostingScreen() -> impl IntoView {
    let id = subject_in_address();
    move || id.get().map(|id| view! { <Posting id /> })
}

#[component]
fn Posting(id: SubjectId) -> impl IntoView {
    let tablet = Tablet::here();
    let year = tablet.season.period;
    let review = Memo::new(move |_| tablet.book.with(|book| papers::review(book.all(), id)));
    let area = Memo::new(move |_| {
        tablet
            .subject(id)
            .map(|area| subject::label(&area.record).to_owned())
            .unwrap_or_default()
    });
    let about = Signal::derive(move || {
        format!(
            "Niêm yết danh sách hộ gia đình đề nghị công nhận danh hiệu “Gia đình văn hóa” năm {year}, {}",
            area.get()
        )
    });
    let note = move || {
        let open = review.with(|review| review.open);
        (open > 0).then(|| {
            view! {
                <Banner tone="warning" icon="warning">
                    <p>
                        {say::posting_open(open)}
                    </p>
                </Banner>
            }
        })
    };
    let total = move || text::format_int(review.with(|review| review.proposed.len()) as i64);
    view! {
        <Paper code="TB-UBND" title="THÔNG BÁO" about form=note>
            <p>
                {move || {
                    format!(
                        "Căn cứ kết quả họp bình xét của {}, Ủy ban nhân dân xã niêm yết công khai danh sách {} hộ gia đình dưới đây.",
                        area.get(),
                        total(),
                    )
                }}
            </p>
            {move || view! { <Families families=review.with(|review| review.proposed.clone()) /> }}
            <p>
                "Thời gian niêm yết: từ ngày …… đến hết ngày …… Trong thời gian này, ý kiến về danh sách xin gửi trưởng khu dân cư hoặc Ủy ban nhân dân xã./."
            </p>
            <CommuneSignature recipients=vec!["Niêm yết tại khu dân cư và trụ sở UBND xã"] />
        </Paper>
    }
}

/// Families as a ruled list.
#[component]
pub(super) fn Families(families: Vec<ListedFamily>) -> impl IntoView {
    let rows = families
        .into_iter()
        .enumerate()
        .map(|(place, family)| {
            let house_no = family.house_no.map(|house_no| format!(" (số {house_no})"));
            view! {
                <tr>
                    <td class="paper__number">{place + 1}</td>
                    <td>{family.head} {house_no}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="paper__table">
            <thead>
                <tr>
                    <th scope="col">"STT"</th>
                    <th scope="col">"Họ và tên chủ hộ"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
