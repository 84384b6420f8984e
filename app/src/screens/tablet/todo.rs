//! What waits for this person, on the first screen: each line leads to where it is done.

use crate::model::overview::Subject;
use crate::store::Draft;
use crate::tablet::Tablet;
use crate::ui::Icon;
use crate::words;
use leptos::prelude::*;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::record::RecordKey;
use thidua_domain::subject;
use thidua_domain::text;

/// Text that was typed and never saved.
#[component]
pub fn Unfinished() -> impl IntoView {
    let tablet = Tablet::here();
    let drafts = tablet.drafts().kept();
    // The subject is named where the draft belongs to a record; the place alone says less.
    let whose = move |key: &str| {
        let record = key
            .split('|')
            .next()
            .and_then(|key| RecordKey::parse(key).ok())?;
        let subject = tablet.subject(record.subject())?;
        Some(subject::label(&subject.record).to_owned())
    };
    let rows = move || {
        drafts
            .get()
            .into_iter()
            .map(|(key, draft)| view! { <UnfinishedRow whose=whose(&key) draft /> })
            .collect_view()
    };
    view! {
        <Show when=move || drafts.with(|drafts| !drafts.is_empty())>
            <section class="todo" aria-labelledby="unfinished-title">
                <h2 id="unfinished-title">"Gõ dở, chưa lưu"</h2>
                <ul class="todo__list">{rows}</ul>
            </section>
        </Show>
    }
}

#[component]
fn UnfinishedRow(whose: Option<String>, draft: Draft) -> impl IntoView {
    let what = match whose {
        Some(name) => format!("{name} · {}", draft.what),
        None => draft.what,
    };
    view! {
        <li class="todo__item">
            <a class="todo__link" href=draft.place>
                <Icon name="pencil" />
                <span class="todo__what">{what}</span>
                <span class="todo__said">{format!("“{}”", draft.text)}</span>
                <span class="todo__when">{words::moment(draft.at)}</span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}

/// Entries a reviewer sent back, with what the reviewer said, and what two people wrote differently.
#[component]
pub fn SentBack() -> impl IntoView {
    let tablet = Tablet::here();
    let found = Memo::new(move |_| {
        tablet.book.with(|book| {
            let all = book.all().iter();
            let mut found: Vec<_> = all
                .filter(|subject| !subject.returned.is_empty())
                .cloned()
                .collect();
            found.sort_by(|a, b| a.order.cmp(&b.order));
            found
        })
    });
    let conflicts = Memo::new(move |_| {
        tablet.book.with(|book| {
            let all = book.all().iter();
            let families = all.filter(|it| it.kind == SubjectKind::Family);
            families.filter(|it| !it.conflicting.is_empty()).count()
        })
    });
    let rows = move || {
        found
            .get()
            .into_iter()
            .take(AT_MOST)
            .flat_map(|subject| {
                let returned = subject.returned.clone();
                returned
                    .into_iter()
                    .map(move |(assessment, comment)| (subject.clone(), assessment, comment))
            })
            .map(|(subject, assessment, comment)| {
                view! { <SentBackRow subject assessment comment /> }
            })
            .collect_view()
    };
    let heading = move || {
        format!(
            "Bị trả lại, cần sửa ({})",
            text::format_int(found.with(Vec::len) as i64)
        )
    };
    let beyond = move || found.with(Vec::len) > AT_MOST;
    view! {
        <Show when=move || conflicts.get() != 0>
            <a class="todo__note" href="/tim?loc=mau-thuan">
                <Icon name="conflict" />
                {move || {
                    format!(
                        "{} hộ có hai người nhập khác nhau, cần chọn giá trị đúng",
                        text::format_int(conflicts.get() as i64),
                    )
                }}
                <Icon name="chevron" />
            </a>
        </Show>
        <Show when=move || found.with(|found| !found.is_empty())>
            <section class="todo" aria-labelledby="sent-back-title">
                <div class="section-head">
                    <h2 id="sent-back-title">{heading}</h2>
                    <Show when=beyond>
                        <a class="button" href="/tim?loc=tra-lai">
                            "Xem tất cả"
                        </a>
                    </Show>
                </div>
                <ul class="todo__list">{rows}</ul>
            </section>
        </Show>
    }
}

/// Lines of the list of what was sent back; the rest is one tap away.
const AT_MOST: usize = 3;

#[component]
fn SentBackRow(subject: Arc<Subject>, assessment: Assessment, comment: String) -> impl IntoView {
    let tablet = Tablet::here();
    let name = match subject.kind {
        SubjectKind::Commune => words::area_name(&tablet.commune.get_untracked(), tablet.season),
        _ => subject::label(&subject.record).to_owned(),
    };
    let place = match subject.kind {
        SubjectKind::Family => format!("/ho/{}", subject.id),
        SubjectKind::ResidentialArea => format!("/khu/{}/danh-gia", subject.id),
        SubjectKind::Unit => format!("/don-vi/{}", subject.id),
        _ => "/xa".to_owned(),
    };
    let area = (subject.kind == SubjectKind::Family)
        .then(|| subject.residential_area())
        .flatten()
        .and_then(|area| untrack(|| tablet.subject(area)))
        .map(|area| format!(" · {}", subject::label(&area.record)));
    view! {
        <li class="todo__item">
            <a class="todo__link" href=place data-returned=true>
                <Icon name="return" />
                <span class="todo__what">{name} {area}</span>
                <span class="todo__said">{format!("“{comment}”")}</span>
                <span class="todo__when">{words::assessment(assessment)}</span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}
