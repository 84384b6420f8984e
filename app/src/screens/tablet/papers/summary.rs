//! The commune's summary of the year: indicators against their targets, and each residential area.

use super::{CommuneSignature, Paper};
use crate::model::overview::{LocalTally, tallies};
use crate::model::papers::{self, SummaryRow};
use crate::model::units::UnitCounts;
use crate::tablet::Tablet;
use crate::texts::{self, papers as say, words};
use crate::ui::Banner;
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Direction, Directive};
use thidua_domain::progress;
use thidua_domain::text;

/// The report, from what has been accepted.
#[component]
pub fn SummaryScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let year = tablet.season.period;
    let tallied = Memo::new(move |_| tablet.book.with(|book| tallies(book.all())));
    let areas = Memo::new(move |_| tablet.book.with(|book| papers::summary(book.all())));
    let units = Memo::new(move |_| tablet.book.with(|book| UnitCounts::of(book.all())));
    let merit = move || {
        let rows = tablet.book.with(|book| papers::merit(book.all()));
        rows.into_iter().filter(|row| row.accepted).count()
    };
    let directive = Directive::embedded();
    let about = Signal::derive(move || {
        format!(
            "Kết quả phong trào thi đua năm {year} của {}",
            texts::officially(|| words::area_name(&tablet.commune.get(), tablet.season))
        )
    });
    let note = move || {
        let unsent = tablet.store().replica().with(|replica| replica.waiting());
        (unsent > 0).then(|| {
            view! {
                <Banner tone="info" icon="device">
                    <p>
                        {say::summary_unsent(unsent)}
                    </p>
                </Banner>
            }
        })
    };
    let indicators = move || {
        tallied.with(|tallied| {
            SHOWN
                .into_iter()
                .map(|assessment| {
                    let tally = tallied.get(&assessment).copied().unwrap_or_default();
                    view! { <IndicatorLine assessment tally /> }
                })
                .collect_view()
        })
    };
    let left_out = move || {
        let said = texts::officially(|| units.with(UnitCounts::said))?;
        Some(view! { <p>{format!("Về đơn vị an toàn về an ninh, trật tự: {said}")}</p> })
    };
    let lines = move || {
        let (rows, sum) = areas.get();
        let numbered = rows.into_iter().enumerate();
        let rows = numbered
            .map(|(place, row)| view! { <AreaLine place=Some(place + 1) row /> })
            .collect_view();
        view! {
            {rows}
            <AreaLine place=None row=sum />
        }
    };
    view! {
        <Paper code="BC-UBND" title="BÁO CÁO" about form=note>
            <p>
                {format!(
                    "Thực hiện Chỉ thị {} ngày {} của Chủ tịch Ủy ban nhân dân tỉnh Sơn La, Ủy ban nhân dân xã báo cáo kết quả như sau. Chỉ tính phiếu đã được duyệt; tỷ lệ so với chỉ tiêu bằng số chưa làm tròn.",
                    directive.number,
                    directive.issued.format_vi(),
                )}
            </p>
            <h2 class="paper__section">"1. Kết quả so với chỉ tiêu"</h2>
            <table class="paper__table">
                <thead>
                    <tr>
                        <th scope="col">"Chỉ tiêu"</th>
                        <th scope="col">"Đã báo cáo"</th>
                        <th scope="col">"Kết quả"</th>
                        <th scope="col">"Chỉ tiêu giao"</th>
                        <th scope="col">"Đánh giá"</th>
                    </tr>
                </thead>
                <tbody>{indicators}</tbody>
            </table>
            {left_out}
            <h2 class="paper__section">"2. Kết quả theo khu dân cư"</h2>
            <table class="paper__table">
                <thead>
                    <tr>
                        <th scope="col">"STT"</th>
                        <th scope="col">"Khu dân cư"</th>
                        <th scope="col">"Số hộ"</th>
                        <th scope="col">"Gia đình văn hóa"</th>
                        <th scope="col">"Tỷ lệ"</th>
                        <th scope="col">"Chờ duyệt"</th>
                        <th scope="col">"Hộ nghèo năm trước"</th>
                        <th scope="col">"Hộ nghèo năm nay"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <h2 class="paper__section">"3. Khen thưởng"</h2>
            <p>
                {move || {
                    format!(
                        "{} hộ đủ điều kiện xét tặng Giấy khen (có danh sách kèm theo)./.",
                        text::format_int(merit() as i64),
                    )
                }}
            </p>
            <CommuneSignature recipients=vec!["UBND huyện", "Phòng Nội vụ huyện"] />
        </Paper>
    }
}

/// What a commune's officers enter of others.
const SHOWN: [Assessment; 4] = [
    Assessment::CulturalFamily,
    Assessment::PovertyReview,
    Assessment::SafeResidentialArea,
    Assessment::SafeUnit,
];

#[component]
fn IndicatorLine(assessment: Assessment, tally: LocalTally) -> impl IntoView {
    let Some(indicator) = Directive::embedded().indicator(&assessment.indicator()) else {
        return ().into_any();
    };
    let counts = tally.tally;
    let (met, expected) = (
        counts.accepted.met.unsigned_abs(),
        counts.expected.unsigned_abs(),
    );
    let target = indicator.target.map(|target| {
        let sign = match indicator.direction {
            Direction::AtMost => "không quá",
            _ => "ít nhất",
        };
        format!("{sign} {}%", text::format_hundredths(target))
    });
    let verdict = texts::officially(|| words::verdict(progress::verdict(indicator, &counts)));
    view! {
        <tr>
            <td>{indicator.name.clone()}</td>
            <td class="paper__number">
                {format!(
                    "{}/{}",
                    text::format_int(counts.reported()),
                    text::format_int(counts.expected),
                )}
            </td>
            <td class="paper__number">
                {format!(
                    "{} ({})",
                    text::format_int(counts.accepted.met),
                    text::format_rate_percent(met, expected),
                )}
            </td>
            <td class="paper__number">{target}</td>
            <td>{verdict}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn AreaLine(place: Option<usize>, row: SummaryRow) -> impl IntoView {
    let number = |number: i64| view! { <td class="paper__number">{text::format_int(number)}</td> };
    let rate = text::format_rate_percent(row.cultural.unsigned_abs(), row.families.unsigned_abs());
    view! {
        <tr class:paper__sum=place.is_none()>
            <td class="paper__number">{place}</td>
            <td>{row.name}</td>
            {number(row.families)}
            {number(row.cultural)}
            <td class="paper__number">{rate}</td>
            {number(row.waiting)}
            {number(row.poor_before)}
            {number(row.poor)}
        </tr>
    }
}
