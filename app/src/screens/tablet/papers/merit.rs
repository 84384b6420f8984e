//! Families due a certificate of merit after enough years running.

use super::{CommuneSignature, Paper};
use crate::model::papers::{self, MeritRow};
use crate::tablet::Tablet;
use crate::texts::papers as say;
use crate::ui::Banner;
use leptos::prelude::*;
use thidua_domain::catalogue::Assessment;
use thidua_domain::text;

/// The list for the commune's Chairman: only families whose title of this year has been accepted.
#[component]
pub fn MeritScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let year = tablet.season.period;
    let pack = tablet
        .packs()
        .in_force(Assessment::CulturalFamily, tablet.season.period);
    let needed = pack
        .and_then(|pack| pack.certificate_after_years)
        .unwrap_or_default();
    let basis = pack
        .map(|pack| pack.legal_basis.clone())
        .unwrap_or_default();
    let rows = Memo::new(move |_| tablet.book.with(|book| papers::merit(book.all())));
    let waiting = move || rows.with(|rows| rows.iter().filter(|row| !row.accepted).count());
    let due = move || rows.with(|rows| rows.iter().filter(|row| row.accepted).count());
    let note = move || {
        let waiting = waiting();
        (waiting > 0).then(|| {
            view! {
                <Banner tone="info" icon="clock">
                    <p>
                        {say::merit_waiting(waiting)}
                    </p>
                </Banner>
            }
        })
    };
    let about = Signal::derive(move || {
        format!(
            "Hộ gia đình đủ điều kiện xét tặng Giấy khen: đạt “Gia đình văn hóa” {needed} năm liên tục trở lên, tính đến năm {year}"
        )
    });
    let table = move || {
        rows.get()
            .into_iter()
            .filter(|row| row.accepted)
            .enumerate()
            .map(|(place, row)| view! { <MeritLine place row /> })
            .collect_view()
    };
    view! {
        <Paper title="DANH SÁCH" about form=note>
            <p>
                {move || {
                    format!(
                        "Căn cứ {basis}, có {} hộ đủ điều kiện. Số năm tính theo phiếu đã duyệt và kết quả các năm trước ghi trong sổ.",
                        text::format_int(due() as i64),
                    )
                }}
            </p>
            <table class="paper__table">
                <thead>
                    <tr>
                        <th scope="col">"STT"</th>
                        <th scope="col">"Họ và tên chủ hộ"</th>
                        <th scope="col">"Khu dân cư"</th>
                        <th scope="col">"Số năm liên tục"</th>
                    </tr>
                </thead>
                <tbody>{table}</tbody>
            </table>
            <CommuneSignature recipients=vec!["Chủ tịch UBND xã"] />
        </Paper>
    }
}

#[component]
fn MeritLine(place: usize, row: MeritRow) -> impl IntoView {
    let house_no = row
        .family
        .house_no
        .map(|house_no| format!(" (số {house_no})"));
    view! {
        <tr>
            <td class="paper__number">{place + 1}</td>
            <td>{row.family.head} {house_no}</td>
            <td>{row.area}</td>
            <td class="paper__number">{row.years}</td>
        </tr>
    }
}
