//! One entry with its history, and the decision about it.

mod decide;

use super::desks::Desks;
use super::inspections::InspectionsOf;
use super::live::Live;
use super::overview::Breadcrumb;
use super::photos::Photos;
use super::remote::Remote;
use super::season;
use super::settings::InForce;
use crate::platform;
use crate::texts::stored::{field_label, value_words};
use crate::texts::{self, faults, review, review_entry as say, words};
use crate::ui::{CorrectBy, PackBasis, StateBadge};
use decide::Decide;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::collections::BTreeMap;
use thidua_domain::api::{EntryDetail, HistoryItem};
use thidua_domain::criteria::Pack;
use thidua_domain::date::Date;
use thidua_domain::entry::{self, EntryState, Mended, field};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::subject;

/// The entry that the address names.
#[component]
pub fn EntryScreen() -> impl IntoView {
    let params = use_params_map();
    let key = Memo::new(move |_| {
        params
            .with(|params| params.get("key"))
            .and_then(|key| RecordKey::parse(&key).ok())
    });
    move || key.get().map(|key| view! { <Detail key_=key /> })
}

#[component]
fn Detail(key_: RecordKey) -> impl IntoView {
    let live = expect_context::<Live>();
    let season = season();
    let decided = RwSignal::new(0_u32);
    let commune = RwSignal::new(None);
    let news = live.news_of(move || commune.get(), season);
    let url = format!("/api/entries/{key_}");
    let remote = Remote::<EntryDetail>::read(
        move || Some(url.clone()),
        move || {
            decided.track();
            news.get();
        },
    );
    Effect::new(move |_| {
        let code = remote
            .value
            .with(|detail| detail.as_ref().map(|d| d.subject.commune.clone()));
        if commune.get_untracked() != code {
            commune.set(code);
        }
    });
    view! {
        {remote.notice()}
        {move || {
            remote.value.get().map(|detail| view! { <DetailOf detail season decided /> })
        }}
    }
}

#[component]
fn DetailOf(detail: EntryDetail, season: Season, decided: RwSignal<u32>) -> impl IntoView {
    let Some((assessment, period)) = detail.record.entry_parts() else {
        return ().into_any();
    };
    let packs = InForce::here().settings().packs;
    let Some(pack) = packs.judging(detail.entry.as_ref(), assessment, period) else {
        return ().into_any();
    };
    let name = match subject::label(&detail.subject) {
        "" => words::area_name(&detail.subject.commune, season),
        label => label.to_owned(),
    };
    let house = detail
        .subject
        .text(subject::field::HOUSE_NO)
        .map(review::house);
    let place = [
        house,
        detail.residential_area.clone(),
        Some(words::area_name(&detail.subject.commune, season)),
    ];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let outcome = detail.evaluation.as_ref().map(|evaluation| {
        let points = evaluation
            .points
            .zip(evaluation.pass_mark)
            .map(|(points, mark)| say::points_of(points, mark));
        let reasons = evaluation
            .reasons
            .iter()
            .map(|reason| view! { <li>{texts::reason(reason, pack)}</li> })
            .collect_view();
        view! {
            <p class="result-panel__outcome">
                {words::outcome(assessment, evaluation.outcome)} {points}
            </p>
            <ul class="result-panel__reasons">{reasons}</ul>
        }
    });
    let values = detail.entry.as_ref().map(|record| {
        record
            .fields
            .keys()
            .map(|name| name.as_str())
            .filter(|name| entry::is_content(name) && *name != field::PACK)
            .filter_map(|name| {
                let value = record.get(name)?;
                Some(view! {
                    <div>
                        <dt>{field_label(name, pack)}</dt>
                        <dd>{value_words(value)}</dd>
                    </div>
                })
            })
            .collect_view()
    });
    let state = detail.state;
    let endorsed = detail.entry.as_ref().is_some_and(entry::is_endorsed);
    let desks = Desks::here();
    let desk = move || desks.get().of(assessment, state, endorsed);
    let today = detail.today.unwrap_or_else(platform::today);
    let due = detail.entry.as_ref().and_then(entry::correction_due);
    let correct_by = due.map(|due| view! { <CorrectBy due today /> });
    let mended = mended(&detail);
    let (all_open, mended) = match (detail.state, mended) {
        (EntryState::Submitted, Some(mended)) => (false, Some(mended)),
        _ => (true, None),
    };
    let mended = mended.map(|mended| view! { <MendedSince mended pack /> });
    let history = detail
        .history
        .iter()
        .map(|item| view! { <HistoryRow item=item.clone() pack areas=&detail.area_names /> })
        .collect_view();
    let redacted = (detail.redacted && !pack.exclusions.is_empty()).then(|| {
        view! {
            <p class="form-section__lead">
                {say::exclusion_hidden()}
            </p>
        }
    });
    view! {
        <article class="page page--wide entry">
            <Breadcrumb code=detail.subject.commune.clone() season itself=true />
            <header class="entry__head">
                <div>
                    <h1 class="page__title">{name}</h1>
                    <p class="page__lead">{place}</p>
                    {correct_by}
                </div>
                {move || view! { <StateBadge state desk=desk() /> }}
            </header>
            <div class="entry__columns entry__columns--judged">
                <div class="entry__form">
                    <section class="form-section">
                        <h2 class="form-section__title">{words::assessment(assessment)}</h2>
                        <PackBasis pack />
                        {redacted}
                        {mended}
                        <details class="all-values" open=all_open>
                            <summary>{say::whole_content()}</summary>
                            <dl class="facts facts--wide">{values}</dl>
                        </details>
                    </section>
                    <Photos photos=detail.photos.clone() title=texts::photos::evidence() />
                    <Photos photos=detail.minutes.clone() title=texts::photos::minutes() />
                    <InspectionsOf all=detail.inspections.clone() />
                </div>
                // Who has read the content decides, and looks into the history where that is in doubt.
                <aside class="result-panel" aria-label=say::result_and_decision()>
                    {outcome}
                    <Decide detail=detail.clone() decided />
                </aside>
                <section class="form-section entry__history">
                    <h2 class="form-section__title">{say::history()}</h2>
                    <ol class="timeline">{history}</ol>
                </section>
            </div>
        </article>
    }
    .into_any()
}

/// What was changed since the entry was returned; `None` if its last review did not return it.
fn mended(detail: &EntryDetail) -> Option<Vec<Mended>> {
    // The newest stands first, and the subject's own record has its edits among them.
    let taken = detail
        .history
        .iter()
        .rev()
        .filter(|item| item.rejected.is_none());
    let edits = taken.map(|item| &item.edit);
    entry::mended(edits.filter(|edit| edit.record == detail.record))
}

/// A resubmission shows what changed; the rest was looked at before.
#[component]
fn MendedSince(mended: Vec<Mended>, pack: &'static Pack) -> impl IntoView {
    let heading = match mended.len() {
        0 => say::nothing_changed().to_owned(),
        count => say::changed_items(count),
    };
    let rows = mended
        .into_iter()
        .map(|mended| {
            view! {
                <div>
                    <dt>{field_label(mended.field.as_str(), pack)}</dt>
                    <dd>
                        <del>{value_words(&mended.before)}</del>
                        " → "
                        <ins>{value_words(&mended.now)}</ins>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="mended" data-mended=true>
            <p>
                <strong>{heading}</strong>
            </p>
            <dl class="facts facts--wide">{rows}</dl>
        </div>
    }
}

#[component]
fn HistoryRow<'a>(
    item: HistoryItem,
    pack: &'static Pack,
    areas: &'a BTreeMap<SubjectId, String>,
) -> impl IntoView + use<> {
    let area_name = |value: &Value| match value {
        Value::Text(id) => SubjectId::parse(id).and_then(|id| areas.get(&id).cloned()),
        _ => None,
    };
    let changes = item
        .edit
        .changes
        .iter()
        .filter(|change| {
            !matches!(
                change.field.as_str(),
                field::PACK
                    | field::REVIEW_DIGEST
                    | field::REVIEW_SUBMISSION
                    | field::REVIEW_ENDORSED_SUBMISSION
            )
        })
        .map(|change| {
            let label = field_label(change.field.as_str(), pack);
            let value = match change.field.as_str() {
                field::SUBMITTED => Some(texts::entry::present_content().to_owned()),
                field::REVIEW_ENDORSED => Some(match change.value {
                    Value::Null => texts::stored::taken_back().to_owned(),
                    _ => texts::stored::passed_on().to_owned(),
                }),
                field::REVIEW_DUE => change
                    .value
                    .as_text()
                    .and_then(Date::parse_iso)
                    .map(texts::day),
                subject::field::AREA => area_name(&change.value),
                _ => None,
            };
            let value = value.unwrap_or_else(|| value_words(&change.value));
            view! {
                <li>
                    {label} ": " <strong>{value}</strong>
                </li>
            }
        })
        .collect_view();
    let refused = item.rejected.map(|reason| {
        view! { <p class="field__error">{faults::reject_reason(reason)}</p> }
    });
    view! {
        <li class="timeline__item">
            <p class="timeline__when">
                <strong>{words::author(&item.edit.author)}</strong>
                {say::history_meta(texts::moment(item.edit.time.millis()), texts::moment(item.received_ms), item.edit.id.device.to_string())}
            </p>
            <ul>{changes}</ul>
            {refused}
        </li>
    }
}
