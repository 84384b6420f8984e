//! Who is late, who has not begun, and a word to them that arrives on their tablets.

mod overdue;
mod reminding;

use super::address::Address;
use super::download::Download;
use super::live::Live;
use super::overview::tally_of;
use super::remote::Remote;
use super::season;
use super::settings::InForce;
use crate::app::Current;
use crate::platform;
use crate::screens::tablet::due_source;
use crate::texts::{self, review, urging as say, words};
use crate::ui::{Choice, Icon, SelectField};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use overdue::Overdue;
use reminding::{Remind, Said};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::api::{AreaTallies, CommuneReminders};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::due::Stage;
use thidua_domain::progress::Tally;
use thidua_domain::reminder::Reminder;
use thidua_domain::season::Season;

/// The communes of the account's area, those that need urging first.
#[component]
pub fn UrgingScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Urging own /> })
}

/// A commune as the table shows it.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    commune: AreaCode,
    tally: Tally,
    stage: Stage,
    late: bool,
    last_edit_ms: Option<u64>,
    reminder: Option<Reminder>,
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::NoRoster => say::no_roster(),
        Stage::NotBegun => say::not_begun(),
        Stage::UnderWay => say::under_way(),
        Stage::HandedIn => say::handed_in(),
    }
}

fn stage_slug(stage: Stage) -> &'static str {
    match stage {
        Stage::NoRoster => "chua-co-danh-sach",
        Stage::NotBegun => "chua-bat-dau",
        Stage::UnderWay => "dang-lam",
        Stage::HandedIn => "da-nop-du",
    }
}

fn standings(
    counts: Vec<AreaTallies>,
    sent: &[CommuneReminders],
    assessment: Assessment,
    due: Date,
) -> Vec<Standing> {
    let today = platform::today();
    let last: BTreeMap<_, _> = sent
        .iter()
        .filter_map(|one| Some((&one.commune, one.reminders.first()?)))
        .collect();
    let mut all: Vec<_> = counts
        .into_iter()
        .map(|counts| {
            let tally = tally_of(&counts.tallies, assessment);
            let stage = Stage::of(&tally);
            Standing {
                reminder: last.get(&counts.area).map(|one| (*one).clone()),
                commune: counts.area,
                tally,
                stage,
                late: stage.is_late(due, today),
                last_edit_ms: counts.last_edit_ms,
            }
        })
        .collect();
    // Within a stage, those who have been silent longest come first.
    all.sort_by_key(|one| (one.stage, one.last_edit_ms));
    all
}

#[component]
fn Urging(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let in_force = InForce::here();
    let address = Address::of("/don-doc", &["area", "assessment", "stage"]);
    let top = own.clone();
    let area =
        Memo::new(move |_| AreaCode::parse(&address.get("area")).unwrap_or_else(|_| top.clone()));
    let assessment = Memo::new(move |_| {
        Assessment::parse(&address.get("assessment")).unwrap_or(Assessment::CulturalFamily)
    });
    let news = live.news_of(move || Some(area.get()), season);
    let sent = RwSignal::new(0_u32);
    let again = move || {
        news.get();
        sent.get();
    };
    let counts = Remote::<Vec<AreaTallies>>::read(
        move || {
            let of = assessment.get().as_str();
            Some(format!("/api/communes?area={}&assessment={of}", area.get()))
        },
        again,
    );
    let reminders = Remote::<Vec<CommuneReminders>>::read(
        move || Some(format!("/api/reminders?area={}", area.get())),
        again,
    );
    let due = Memo::new(move |_| {
        let settings = in_force.settings();
        settings.submission(assessment.get(), season.period)
    });
    let all = Memo::new(move |_| {
        let counts = counts.value.get()?;
        let sent = reminders.value.get().unwrap_or_default();
        Some(standings(counts, &sent, assessment.get(), due.get().last))
    });
    let shown = Memo::new(move |_| {
        let wanted = address.get("stage");
        let mut all = all.get()?;
        all.retain(|one| match wanted.as_str() {
            "" => true,
            "tre-han" => one.late,
            slug => stage_slug(one.stage) == slug,
        });
        Some(all)
    });
    let chosen = RwSignal::new(BTreeSet::<AreaCode>::new());
    Effect::new(move |_| {
        area.track();
        assessment.track();
        address.get("stage");
        chosen.set(BTreeSet::new());
    });
    let said = RwSignal::new(None::<usize>);
    let lead = move || {
        let all = all.get()?;
        let count = |stage| all.iter().filter(|one| one.stage == stage).count();
        let late = all.iter().filter(|one| one.late).count();
        Some(say::lead(
            due.with(|due| texts::settings::due_line(due.last, due_source(due))),
            all.len(),
            count(Stage::NoRoster),
            count(Stage::NotBegun),
            count(Stage::UnderWay),
            count(Stage::HandedIn),
            late,
        ))
    };
    let file = Signal::derive(move || Some(format!("/api/reminders/csv?area={}", area.get())));
    view! {
        <section class="page page--wide" aria-labelledby="urging-title">
            <h1 id="urging-title" class="page__title">{review::urging()}</h1>
            <p class="page__lead" data-urging-lead="">{lead}</p>
            <p class="button-row">
                <a class="button" href="/kiem-tra">
                    <Icon name="calendar" />
                    {texts::inspections::nav()}
                </a>
                <a class="button" href="/goi-chuyen-tay">
                    <Icon name="send" />
                    {crate::texts::courier::review_title()}
                </a>
            </p>
            <Filters own address area assessment season />
            <Said said />
            {counts.notice()}
            <Overdue area assessment season again />
            <Remind chosen assessment due said on_sent=move || sent.update(|n| *n += 1) />
            <Communes shown chosen season />
            <p class="button-row">
                <Download href=file label=say::sent_table() />
            </p>
        </section>
    }
}

#[component]
fn Filters(
    own: AreaCode,
    address: Address,
    area: Memo<AreaCode>,
    assessment: Memo<Assessment>,
    season: Season,
) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let level = words::area(&own, season).map(|area| area.level());
    let districts = (level == Some(AreaLevel::Province)).then(|| {
        let below = crate::areas::tree().children(&own, season.date).into_iter();
        let choices: Vec<_> = std::iter::once(Choice::new("", review::whole_province()))
            .chain(below.map(|area| Choice::new(area.code.to_string(), words::area_called(area))))
            .collect();
        let top = own.clone();
        view! {
            <SelectField
                label=review::district()
                choices=Signal::stored(choices)
                value=Signal::derive(move || {
                    let code = area.get();
                    if code == top { String::new() } else { code.to_string() }
                })
                on_change=move |value| go("area", value)
            />
        }
    });
    let titles: Vec<_> = Assessment::ALL
        .into_iter()
        .map(|a| Choice::new(a.as_str(), words::assessment(a)))
        .collect();
    let stages: Vec<_> = [
        Choice::new("", say::all()),
        Choice::new("tre-han", say::late()),
    ]
    .into_iter()
    .chain(
        Stage::ALL
            .into_iter()
            .map(|stage| Choice::new(stage_slug(stage), stage_word(stage))),
    )
    .collect();
    view! {
        <div class="toolbar toolbar--filters" role="group" aria-label=review::filter_list()>
            {districts}
            <SelectField
                label=review::title()
                choices=Signal::stored(titles)
                value=Signal::derive(move || assessment.get().as_str().to_owned())
                on_change=move |value| go("assessment", value)
            />
            <SelectField
                label=say::condition()
                choices=Signal::stored(stages)
                value=Signal::derive(move || address.get("stage"))
                on_change=move |value| go("stage", value)
            />
        </div>
    }
}

#[component]
fn Communes(
    shown: Memo<Option<Vec<Standing>>>,
    chosen: RwSignal<BTreeSet<AreaCode>>,
    season: Season,
) -> impl IntoView {
    let rows = move || shown.get().unwrap_or_default();
    let all = Memo::new(move |_| {
        let rows = rows();
        let chosen = chosen.get();
        !rows.is_empty() && rows.iter().all(|one| chosen.contains(&one.commune))
    });
    let choose_all = move |on: bool| {
        let all = rows().into_iter().map(|one| one.commune);
        chosen.set(if on { all.collect() } else { BTreeSet::new() });
    };
    let none = move || shown.with(|shown| shown.as_ref().is_some_and(Vec::is_empty));
    view! {
        <Show when=none>
            <p class="empty">{say::none()}</p>
        </Show>
        <Show when=move || !rows().is_empty()>
            <div class="table-scroll" tabindex="0" role="region" aria-label=review::areas()>
                <table class="table table--queue">
                    <thead>
                        <tr>
                            <th scope="col" class="table__choose">
                                <input
                                    type="checkbox"
                                    class="check__box"
                                    aria-label=say::choose_all()
                                    prop:checked=move || all.get()
                                    on:change=move |event| choose_all(event_target_checked(&event))
                                />
                            </th>
                            <th scope="col">{review::area()}</th>
                            <th scope="col">{say::condition()}</th>
                            <th scope="col" class="table__number">{say::handed()}</th>
                            <th scope="col">{review::last_sent()}</th>
                            <th scope="col">{say::last_reminder()}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=|one| format!("{one:?}") let:one>
                            <Row one chosen season />
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn Row(one: Standing, chosen: RwSignal<BTreeSet<AreaCode>>, season: Season) -> impl IntoView {
    let name = words::area_name(&one.commune, season);
    let above = crate::areas::tree().ancestors(&one.commune, season.date);
    let district = above.last().copied().map(words::area_called);
    let (tone, icon) = match one.stage {
        Stage::NoRoster | Stage::NotBegun => ("empty", "circle"),
        Stage::UnderWay => ("submitted", "clock"),
        Stage::HandedIn => ("accepted", "check"),
    };
    let late = one.late.then(|| {
        view! {
            <span class="badge badge--returned">
                <Icon name="warning" />
                {say::late()}
            </span>
        }
    });
    let last = one
        .last_edit_ms
        .map_or_else(|| review::never_sent().to_owned(), texts::moment);
    let reminder = one.reminder.map(|reminder| {
        let read = match &reminder.read {
            Some((who, at_ms)) => view! {
                <span class="table__note">
                    {say::read_by(texts::moment(*at_ms), who)}
                </span>
            }
            .into_any(),
            None => view! { <span class="table__note">{say::unread()}</span> }.into_any(),
        };
        view! {
            <span title=reminder.draft.text.clone()>{texts::moment(reminder.sent_ms)}</span>
            {read}
        }
    });
    let code = StoredValue::new(one.commune.clone());
    let is_chosen =
        Memo::new(move |_| code.with_value(|code| chosen.with(|chosen| chosen.contains(code))));
    let choose = move |on: bool| {
        chosen.update(|chosen| {
            if on {
                chosen.insert(code.get_value());
            } else {
                code.with_value(|code| chosen.remove(code));
            }
        });
    };
    view! {
        <tr
            data-area=one.commune.to_string()
            data-stage=stage_slug(one.stage)
            data-chosen=move || is_chosen.get().to_string()
        >
            <td class="table__choose">
                <input
                    type="checkbox"
                    class="check__box"
                    aria-label=say::choose(&name)
                    prop:checked=move || is_chosen.get()
                    on:change=move |event| choose(event_target_checked(&event))
                />
            </td>
            <th scope="row">
                <a href=format!("/dia-ban/{}", one.commune)>{name.clone()}</a>
                <span class="table__note">{district}</span>
            </th>
            <td class="table__badges">
                <span class=format!("badge badge--{tone}")>
                    <Icon name=icon />
                    {stage_word(one.stage)}
                </span>
                {late}
            </td>
            <td class="table__number">
                {format!(
                    "{}/{}",
                    texts::int(one.tally.reported()),
                    texts::int(one.tally.expected),
                )}
            </td>
            <td>{last}</td>
            <td data-cell="reminder">{reminder}</td>
        </tr>
    }
}
