//! One indicator of the commune against its target.

use crate::model::home::{self, Gap};
use crate::model::overview::LocalTally;
use crate::ui::{Icon, TargetBar, VerdictBadge};
use crate::words;
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Direction, Indicator};
use thidua_domain::progress;
use thidua_domain::text;

/// Rate, target line, what is missing, and where the entries are.
#[component]
pub fn IndicatorCard(
    assessment: Assessment,
    indicator: &'static Indicator,
    tally: LocalTally,
    /// How many counted the year before, of how many it is known.
    before: Option<(u64, u64)>,
    /// Who is not in the denominator, in words.
    left_out: Option<String>,
) -> impl IntoView {
    let counts = tally.tally;
    let expected = counts.expected.unsigned_abs();
    let met = counts.accepted.met.unsigned_abs();
    let verdict = progress::verdict(indicator, &counts);
    let unit = words::counted(assessment);
    let target = indicator.target.map(|target| {
        let sign = match indicator.direction {
            Direction::AtMost => "không quá",
            _ => "ít nhất",
        };
        format!("chỉ tiêu {sign} {}%", text::format_hundredths(target))
    });
    let (gap, more) = gap_words(indicator, &tally, unit);
    let before = before.map(|(met, known)| {
        let rate = text::format_rate_percent(met, known);
        if known == expected {
            format!("Năm trước: {rate}")
        } else {
            format!(
                "Năm trước: {rate} (theo {}/{} {unit} có số liệu)",
                number(known),
                number(expected)
            )
        }
    });
    let reported = counts.reported() + tally.on_device.total();
    let chips = [
        ("accepted", "check", "đã duyệt", counts.accepted.total()),
        ("submitted", "send", "đã gửi", counts.submitted.total()),
        ("device", "device", "trên máy", tally.on_device.total()),
        ("draft", "pencil", "đang nhập", counts.draft.total()),
        ("returned", "return", "bị trả lại", counts.returned.total()),
        (
            "changed",
            "warning",
            "sửa sau duyệt",
            counts.changed.total(),
        ),
    ];
    let chips = chips
        .into_iter()
        .filter(|(tone, _, _, count)| {
            *count > 0 || matches!(*tone, "accepted" | "submitted" | "device")
        })
        .map(|(tone, icon, word, count)| {
            view! {
                <li class=format!("chip chip--{tone}") data-count=tone>
                    <Icon name=icon />
                    <strong>{text::format_int(count)}</strong>
                    {format!(" {word}")}
                </li>
            }
        })
        .collect_view();
    let narrowed = left_out.is_some().then_some("");
    view! {
        <article class="card indicator" data-assessment=assessment.as_str()>
            <h2 class="indicator__name">{indicator.name.clone()}</h2>
            <div class="indicator__figure">
                <strong class="indicator__rate">{text::format_rate_percent(met, expected)}</strong>
                <VerdictBadge verdict />
                <span class="indicator__target">{target}</span>
            </div>
            <TargetBar
                expected=counts.expected
                accepted=counts.accepted.met
                submitted=counts.submitted.met
                on_device=tally.on_device.met
                target_percent=indicator.target.map(|target| target.0 as f64 / 100.0)
            />
            <p class="indicator__needed" data-gap=true>{gap}</p>
            <p class="indicator__more">{more}</p>
            <p class="indicator__coverage">
                {format!(
                    "Đã báo cáo {}/{} {unit}",
                    text::format_int(reported),
                    text::format_int(counts.expected),
                )}
            </p>
            <p class="indicator__coverage" data-left-out=narrowed>
                {left_out}
            </p>
            <p class="indicator__coverage">{before}</p>
            <ul class="chips">{chips}</ul>
        </article>
    }
}

fn number(count: u64) -> String {
    text::format_int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What is missing to the target, and whether what waits would be enough.
fn gap_words(
    indicator: &Indicator,
    tally: &LocalTally,
    unit: &str,
) -> (Option<String>, Option<String>) {
    let target = indicator
        .target
        .map(text::format_hundredths)
        .unwrap_or_default();
    match home::gap(indicator, tally) {
        None => (None, None),
        Some(Gap::Reached) => (Some(format!("Đã đủ {target}% bằng số đã duyệt")), None),
        Some(Gap::Room(room)) => (
            Some(format!(
                "Còn trong mức: thêm nhiều nhất {} {unit}",
                number(room)
            )),
            None,
        ),
        Some(Gap::Over(over)) => (
            Some(format!(
                "Vượt mức {target}%: nhiều hơn {} {unit}",
                number(over)
            )),
            None,
        ),
        Some(Gap::Missing { needed, waiting }) => {
            let more = match waiting {
                0 => None,
                waiting if waiting >= needed => Some(format!(
                    "{} {unit} đạt đang chờ duyệt: được duyệt thì đủ",
                    number(waiting)
                )),
                waiting => Some(format!(
                    "{} {unit} đạt đang chờ duyệt: được duyệt hết vẫn thiếu {}",
                    number(waiting),
                    number(needed - waiting)
                )),
            };
            (
                Some(format!(
                    "Còn thiếu {} {unit} để đạt {target}%",
                    number(needed)
                )),
                more,
            )
        }
    }
}
