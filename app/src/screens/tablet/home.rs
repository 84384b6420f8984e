//! How the commune stands: each indicator against its target, and the residential areas.

use crate::model::overview::{LocalTally, tallies};
use crate::model::roster::{self, AreaRow};
use crate::screens::tablet::{subject_forms::AreaDialog, todo};
use crate::tablet::Tablet;
use crate::ui::{Icon, TargetBar, VerdictBadge};
use crate::words;
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Direction, Directive, Indicator};
use thidua_domain::progress::{self, Verdict};
use thidua_domain::text;

/// The first screen.
#[component]
pub fn HomeScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let adding = RwSignal::new(false);
    let cards = move || {
        let tallies = tablet.book.with(|book| tallies(book.all()));
        Assessment::ALL
            .into_iter()
            .filter(|assessment| *assessment != Assessment::NewRuralCommune)
            .filter_map(|assessment| {
                let indicator = Directive::embedded().indicator(&assessment.indicator())?;
                let tally = tallies.get(&assessment).copied().unwrap_or_default();
                Some(view! { <IndicatorCard assessment indicator tally /> })
            })
            .collect_view()
    };
    let areas = Memo::new(move |_| tablet.book.with(|book| roster::areas(book.all())));
    view! {
        <section class="page" aria-labelledby="home-title">
            <h1 id="home-title" class="page__title">"Tổng quan"</h1>
            <todo::Unfinished />
            <div class="card-grid">{cards}</div>
            <div class="section-head">
                <h2>"Khu dân cư"</h2>
                <button class="button" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    "Thêm khu dân cư"
                </button>
            </div>
            <Show
                when=move || areas.with(|areas| !areas.is_empty())
                fallback=|| {
                    view! {
                        <p class="empty">
                            "Chưa có khu dân cư nào. Khi có mạng, danh sách của xã sẽ tự về máy; hoặc bấm “Thêm khu dân cư”."
                        </p>
                    }
                }
            >
                <ul class="area-list">
                    {move || {
                        areas.get().into_iter().map(|area| view! { <AreaItem area /> }).collect_view()
                    }}
                </ul>
            </Show>
            <AreaDialog open=adding area=None />
        </section>
    }
}

/// One indicator of the commune.
#[component]
fn IndicatorCard(
    assessment: Assessment,
    indicator: &'static Indicator,
    tally: LocalTally,
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
        format!("Chỉ tiêu: {sign} {}%", text::format_hundredths(target))
    });
    let needed = (verdict == Verdict::NotYet || verdict == Verdict::NotReported)
        .then(|| indicator.still_needed(met, expected))
        .flatten()
        .filter(|needed| *needed > 0 && indicator.direction == Direction::AtLeast)
        .zip(indicator.target)
        .map(|(needed, target)| {
            format!(
                "Còn thiếu {} {unit} để đạt {}%",
                text::format_int(i64::try_from(needed).unwrap_or(i64::MAX)),
                text::format_hundredths(target)
            )
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
    view! {
        <article class="card indicator" data-assessment=assessment.as_str()>
            <header class="indicator__head">
                <h2 class="indicator__name">{indicator.name.clone()}</h2>
                <VerdictBadge verdict />
            </header>
            <p class="indicator__figure">
                <strong class="indicator__rate">{text::format_rate_percent(met, expected)}</strong>
                <span class="indicator__target">{target}</span>
            </p>
            <TargetBar
                expected=counts.expected
                accepted=counts.accepted.met
                submitted=counts.submitted.met
                on_device=tally.on_device.met
                target_percent=indicator.target.map(|target| target.0 as f64 / 100.0)
            />
            <p class="indicator__needed">{needed}</p>
            <p class="indicator__coverage">
                {format!(
                    "Đã báo cáo {}/{} {unit}",
                    text::format_int(reported),
                    text::format_int(counts.expected),
                )}
            </p>
            <ul class="chips">{chips}</ul>
        </article>
    }
}

#[component]
fn AreaItem(area: AreaRow) -> impl IntoView {
    let tally = area
        .tallies
        .get(&Assessment::CulturalFamily)
        .copied()
        .unwrap_or_default();
    let not_begun = area.not_begun() && area.families > 0;
    view! {
        <li class="area-list__item">
            <a class="area-list__link" href=format!("/khu/{}", area.id)>
                <span class="area-list__name">{area.name}</span>
                <span class="area-list__meta">
                    {format!(
                        "{} hộ · đã bắt đầu {}",
                        text::format_int(area.families as i64),
                        text::format_int(tally.begun()),
                    )}
                </span>
                {not_begun
                    .then(|| {
                        view! {
                            <span class="badge badge--empty">
                                <Icon name="circle" />
                                "Chưa bắt đầu"
                            </span>
                        }
                    })}
                <TargetBar
                    expected=tally.tally.expected
                    accepted=tally.tally.accepted.met
                    submitted=tally.tally.submitted.met
                    on_device=tally.on_device.met
                />
                <Icon name="chevron" />
            </a>
        </li>
    }
}
